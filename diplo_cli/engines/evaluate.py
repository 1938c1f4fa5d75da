"""Answers Query trees over plain posting lists, all of a query's documents at once.

For an engine that stores postings and has no query evaluation that is exact, deep enough and quick enough: Whoosh's
matchers recurse once a floor, take Near for And, and cost as much a posting as the dictionaries here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple, Protocol

from diplo_cli.engines.base import FIELDS
from diplo_cli.engines.expand import bounded, fold
from diplo_cli.engines.matching import in_order, nearby, within
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Phrase, Prefix, Query, Range, Term

K1, B = 1.2, 0.75  # BM25 as tantivy has it
Scores = dict[int, float]


class Posting(NamedTuple):
    """A document's number, how often it holds the token (its weight), and the positions packed as the engine likes."""

    document: int
    weight: float
    value: bytes


class Index(Protocol):
    """What evaluation asks of an index. Deleted documents are in none of the answers."""

    def size(self) -> int:
        """How many documents there are."""

    def everything(self) -> Iterable[int]:
        """Every document."""

    def postings(self, field: str, token: str) -> Iterable[Posting]:
        """The documents that hold a token."""

    def tokens(self, field: str, prefix: str) -> Iterable[str]:
        """The tokens of a field that begin so; some may come twice, some may be in no document."""

    def dated(self) -> Iterable[tuple[int, int]]:
        """Documents that have a date, with it."""

    def unpacked(self, value: bytes) -> tuple[int, ...]:
        """Positions out of a posting's value."""

    def length(self, document: int, field: str) -> int:
        """How many tokens a document has in a field, or nearly."""

    def average(self, field: str) -> float:
        """The mean of those lengths, above 0."""


class _Part(NamedTuple):
    scores: Scores
    negated: bool = False  # means the documents that are not in `scores`


def evaluate(query: Query, index: Index) -> Scores:
    """Score every document that matches a `plain` query."""
    leaves = _Leaves(index)

    def positive(part: _Part) -> Scores:
        if not part.negated:
            return part.scores
        return {document: 1.0 for document in index.everything() if document not in part.scores}

    def make(node: Query, parts: list[_Part]) -> _Part:
        match node:
            case Not():
                return _Part(parts[0].scores, not parts[0].negated)
            case And() if parts:
                taken = [part.scores for part in parts if part.negated]
                given = [part.scores for part in parts if not part.negated]
                if not given:
                    given = [dict.fromkeys(index.everything(), 1.0)]
                fewest = min(given, key=len)
                return _Part(
                    {
                        document: sum(scores[document] for scores in given)
                        for document in fewest
                        if all(document in scores for scores in given)
                        and not any(document in scores for scores in taken)
                    }
                )
            case _ if parts:
                best = isinstance(node, AnyOf)
                merged: Scores = {}
                for part in parts:
                    for document, score in positive(part).items():
                        held = merged.get(document)
                        merged[document] = score if held is None else max(held, score) if best else held + score
                return _Part(merged)
            case _:
                return _Part(leaves.scores(node))

    return positive(fold(query, make))


class _Leaves:
    """Scores the leaves of a tree."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def scores(self, node: Query) -> Scores:
        match node:
            case Term(field, text, boost):
                return self._term(field, bounded(field, text), boost)
            case Prefix(field, text, boost):
                return self._any(field, self._index.tokens(field, bounded(field, text)), boost)
            case Fuzzy(field, text, distance, boost):
                word = bounded(field, text)
                near = (token for token in self._index.tokens(field, "") if within(word, token, distance))
                return self._any(field, near, boost)
            case Range(_, since, until):
                return {
                    document: 1.0
                    for document, date in self._index.dated()
                    if (since is None or date >= since) and (until is None or date <= until)
                }
            case Phrase(field, positions, slop, boost):
                return self._phrase(field, positions, slop, boost)
            case Near(field, groups, window, boost):
                places = [self._places(field, group) for group in groups]
                return {
                    document: boost * sum(score for score, _ in found)
                    for document, found in self._shared(places)
                    if nearby([self._sorted(values) for _, values in found], window)
                }
            case All() | And():
                return dict.fromkeys(self._index.everything(), 1.0)
            case _:
                return {}

    def _any(self, field: str, tokens: Iterable[str], boost: float) -> Scores:
        return {posting.document: boost for token in tokens for posting in self._index.postings(field, token)}

    def _term(self, field: str, token: str, boost: float) -> Scores:
        if FIELDS[field] == "set":
            return {posting.document: boost for posting in self._index.postings(field, token)}
        return {document: boost * score for document, score, _ in self._scored(field, token)}

    def _scored(self, field: str, token: str) -> Iterator[tuple[int, float, bytes]]:
        """Documents with BM25's score and their positions."""
        found = list(self._index.postings(field, token))
        if not found:
            return
        weight = log(1 + (self._index.size() - len(found) + 0.5) / (len(found) + 0.5)) * (K1 + 1)
        average = self._index.average(field)
        for document, count, value in found:
            norm = K1 * (1 - B + B * self._index.length(document, field) / average)
            yield document, weight * count / (count + norm), value

    def _phrase(self, field: str, positions: Sequence[Sequence[str]], slop: int, boost: float) -> Scores:
        places = [self._places(field, position) for position in positions if position]
        scores: Scores = {}
        for document, found in self._shared(places):
            held = iter([set(self._sorted(values)) for _, values in found])
            if in_order([next(held) if position else None for position in positions], slop):
                scores[document] = boost * sum(score for score, _ in found)
        return scores

    def _places(self, field: str, alternatives: Iterable[str]) -> dict[int, tuple[float, list[bytes]]]:
        """Give each document's best score, and the packed positions of the alternatives that it holds."""
        places: dict[int, tuple[float, list[bytes]]] = {}
        for token in dict.fromkeys(bounded(field, text) for text in alternatives):
            for document, score, value in self._scored(field, token):
                best, values = places.get(document, (0.0, []))
                values.append(value)
                places[document] = max(best, score), values
        return places

    def _shared(
        self, places: Sequence[dict[int, tuple[float, list[bytes]]]]
    ) -> Iterator[tuple[int, list[tuple[float, list[bytes]]]]]:
        """Documents that have all of these, with what each has."""
        if not places:
            return
        for document in min(places, key=len):
            if all(document in one for one in places):
                yield document, [one[document] for one in places]

    def _sorted(self, values: Iterable[bytes]) -> list[int]:
        return sorted(place for value in values for place in self._index.unpacked(value))
