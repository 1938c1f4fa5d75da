"""What an engine means, in plain Python: every definition as it stands in `query.tree`, one document at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product

from diplo_cli.engines.base import Entry
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Range, Term


class Oracle:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.document.id: entry for entry in entries}

    def matching(self, query: Query) -> set[str]:
        return {id_ for id_, entry in self.entries.items() if holds(query, entry)}

    def by_date(self, query: Query) -> list[str]:
        dates = {id_: self.entries[id_].date for id_ in self.matching(query)}
        return sorted(dates, key=lambda id_: (-1 * (-1 if dates[id_] is None else dates[id_] or 0), id_))

    def facet(self, query: Query, field: str) -> dict[str, int]:
        return dict(Counter(token for id_ in self.matching(query) for token in set(tokens(self.entries[id_], field))))

    def terms(self, field: str, prefix: str) -> list[tuple[str, int]]:
        counts = self.facet(All(), field)
        return sorted((token, count) for token, count in counts.items() if token.startswith(prefix))


def tokens(entry: Entry, field: str) -> Sequence[str]:
    return [entry.document.id] if field == "id" else entry.tokens.get(field, ())


def holds(query: Query, entry: Entry) -> bool:
    match query:
        case All():
            return True
        case Term(field, text):
            return text in tokens(entry, field)
        case Prefix(field, text):
            return any(token.startswith(text) for token in tokens(entry, field))
        case Fuzzy(field, text, distance):
            return any(edits(text, token) <= distance for token in tokens(entry, field))
        case Range(_, since, until):
            date = entry.date
            return date is not None and (since is None or since <= date) and (until is None or date <= until)
        case Phrase(field, positions, slop):
            return any(
                phrase(tokens(entry, field), start, positions, slop) for start in range(len(tokens(entry, field)))
            )
        case Near(field, groups, window):
            places = [[at for at, token in enumerate(tokens(entry, field)) if token in group] for group in groups]
            return any(len(set(one)) == len(one) and max(one) - min(one) < window for one in product(*places) if one)
        case And(nodes):
            return all(holds(node, entry) for node in nodes)
        case Or(nodes) | AnyOf(nodes):
            return any(holds(node, entry) for node in nodes)
        case Not(node):
            return not holds(node, entry)
    raise AssertionError(query)


def phrase(text: Sequence[str], at: int, positions: Sequence[Sequence[str]], slop: int) -> bool:
    if not positions or at >= len(text) or (positions[0] and text[at] not in positions[0]):
        return False
    rest = positions[1:]
    return not rest or any(phrase(text, at + 1 + extra, rest, slop - extra) for extra in range(slop + 1))


@cache
def edits(word: str, other: str) -> int:
    if not word or not other:
        return len(word) + len(other)
    best = min(
        edits(word[1:], other) + 1, edits(word, other[1:]) + 1, edits(word[1:], other[1:]) + (word[0] != other[0])
    )
    if len(word) > 1 < len(other) and word[0] == other[1] and word[1] == other[0]:
        best = min(best, edits(word[2:], other[2:]) + 1)
    return best
