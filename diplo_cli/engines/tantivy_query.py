"""Query trees as tantivy's queries, and diplo's tokens as text that tantivy takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from math import log, prod
from typing import NamedTuple

import tantivy
from tantivy import Occur

from diplo_cli.engines.base import FIELDS
from diplo_cli.engines.escape import shown
from diplo_cli.engines.expand import bounded, fold, near_offsets, phrase_offsets, plain
from diplo_cli.errors import QueryError
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Phrase, Prefix, Query, Range, Term

INDEX_OPTION = {"positions": "position", "counts": "freq", "set": "basic"}
LAYOUTS = (
    4096  # phrases that one Near or sloppy Phrase may come to: two groups in 2,000 tokens, three in 37, four in 11
)
PATTERN = 900  # bytes of the tokens in one regular expression
PHRASES = 256  # remembered
MANY, BLOCK = 48, 16  # tokens in all from which on groups are looked at by blocks of so many
DEEPEST = 200  # floors of one tantivy query: its recursion ends an 8 MB stack between 500 and 2,000
NEVER = 2_147_483_647  # above any date


Phrases = dict[tuple[str, tuple[tuple[str, ...], ...], tuple[tuple[int, ...], ...]], tantivy.Query]
"""The queries made for groups of tokens at layouts of offsets.

tantivy compiles a query's regular expressions when it is first run, and what is made of that query afterwards has them compiled: a Near of 2 × 60 tokens that is asked for by
itself and then as a part of a query takes 29 million instructions the first time and 5 the next.
"""


class _Part(NamedTuple):
    """A translated node: its query, how many floors it has, and whether it means the documents that do not match."""

    query: tantivy.Query
    floors: int
    negated: bool = False

    def positive(self) -> tantivy.Query:
        if not self.negated:
            return self.query
        return tantivy.Query.boolean_query([(Occur.Must, _all()), (Occur.MustNot, self.query)])


def translate(
    query: Query,
    schema: tantivy.Schema,
    searcher: tantivy.Searcher,
    ids_of: Callable[[tantivy.Query], list[str]],
    phrases: Phrases,
) -> tantivy.Query:
    """Turn the tree into one tantivy query.

    `ids_of` finds the ids, as shown, that a query matches: what lies below the 200th floor is found first, scoring 1. `phrases` is remembered from query to query over
    one searcher.
    Raises QueryError where a Near or a sloppy Phrase can be laid out in more than 4,096 ways.
    """
    leaves = _Leaves(schema, searcher, phrases)

    def make(node: Query, parts: list[_Part]) -> _Part:
        floors = 1 + max((part.floors for part in parts), default=0)
        if not parts:
            return _Part(leaves.make(node), floors)
        if isinstance(node, Not):
            return _Part(parts[0].query, floors, not parts[0].negated)
        made = _joined(node, parts)
        if floors < DEEPEST:
            return _Part(made, floors)
        found = tantivy.Query.term_set_query(schema, "id", ids_of(made))
        return _Part(tantivy.Query.const_score_query(found, 1.0), 1)

    return fold(plain(query), make).positive()


def _all() -> tantivy.Query:
    """Every document, scoring 1: beside another clause a bare all_query loses its score."""
    return tantivy.Query.const_score_query(tantivy.Query.all_query(), 1.0)


def _joined(node: Query, parts: list[_Part]) -> tantivy.Query:
    match node:
        case And():
            clauses = [(Occur.MustNot if part.negated else Occur.Must, part.query) for part in parts]
            if all(part.negated for part in parts):
                clauses.append((Occur.Must, _all()))
            return tantivy.Query.boolean_query(clauses)
        case AnyOf():
            return tantivy.Query.disjunction_max_query([part.positive() for part in parts])
        case _:
            return tantivy.Query.boolean_query([(Occur.Should, part.positive()) for part in parts])


class _Leaves:
    """Makes the queries of leaves, and of nodes with nothing below them."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, phrases: Phrases) -> None:
        self._schema = schema
        self._searcher = searcher
        self._known = phrases

    def make(self, node: Query) -> tantivy.Query:
        match node:
            case Term(field, text, boost):
                return self._boosted(self._term(field, text), field, boost)
            case Prefix(field, text, boost):
                # A prefix automaton of distance 0; a regex would need `.` to cross line ends in ids.
                automaton = tantivy.Query.fuzzy_term_query(self._schema, field, self._key(field, text), 0, prefix=True)
                return tantivy.Query.const_score_query(automaton, boost)
            case Fuzzy(field, text, distance, boost):
                automaton = tantivy.Query.fuzzy_term_query(self._schema, field, self._key(field, text), distance)
                return tantivy.Query.const_score_query(automaton, boost)
            case Range(_, since, until):
                return tantivy.Query.const_score_query(self.dated(since or 0, until), 1.0)
            case Phrase(field, positions, slop, boost):
                alternatives = [position for position in positions if position]
                return self._layouts(field, alternatives, phrase_offsets(positions, slop), boost)
            case Near(field, groups, window, boost):
                if not all(groups):
                    return tantivy.Query.empty_query()
                return self._layouts(field, groups, near_offsets(len(groups), window), boost)
            case All() | And():
                return _all()
            case _:
                return tantivy.Query.empty_query()

    def dated(self, least: int, most: int | None) -> tantivy.Query:
        """Documents whose date lies in least..most; undated ones are at -1."""
        return tantivy.Query.range_query(
            self._schema, "date", tantivy.FieldType.Integer, least, NEVER if most is None else most
        )

    def _key(self, field: str, text: str) -> str:
        return shown(field, bounded(field, text))

    def _term(self, field: str, text: str) -> tantivy.Query:
        if not text:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_query(self._schema, field, self._key(field, text), INDEX_OPTION[FIELDS[field]])

    def _boosted(self, query: tantivy.Query, field: str, boost: float) -> tantivy.Query:
        if FIELDS[field] == "set":
            return tantivy.Query.const_score_query(query, boost)
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)

    def _layouts(
        self, field: str, groups: Sequence[Sequence[str]], layouts: Iterator[tuple[int, ...]], boost: float
    ) -> tantivy.Query:
        """Documents that hold one token of each group at one of these layouts of offsets."""
        kept = [list(dict.fromkeys(self._key(field, text) for text in group if text)) for group in groups]
        if not kept or not all(kept):
            return tantivy.Query.empty_query()
        offsets = list(islice(layouts, LAYOUTS + 1))
        if len(offsets) > LAYOUTS:
            message = f"a phrase of {len(kept)} words may lie in more than {LAYOUTS:,} ways"
            raise QueryError(message, "allow fewer words in between")
        key = (field, tuple(map(tuple, kept)), tuple(offsets))
        made = self._known.get(key)
        if made is None:
            if len(kept) == 1:
                ways = [self._term_shown(field, text) for text in kept[0]] if offsets else []
            else:
                together = self._together(field, kept)
                ways = (
                    [way for layout in offsets for way in self._phrases(field, kept, together, layout)]
                    if all(together)
                    else []
                )
            made = tantivy.Query.disjunction_max_query(ways) if ways else tantivy.Query.empty_query()
            if len(self._known) >= PHRASES:
                self._known.clear()
            self._known[key] = made
        return self._boosted(made, field, boost)

    def _term_shown(self, field: str, text: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, text, INDEX_OPTION[FIELDS[field]])

    def _together(self, field: str, groups: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """The groups without tokens that are in no document with one of each other group, as far as blocks of 16 tell.

        Of 2 × 110 spellings of a name few stand in one document. Telling so takes 30 million instructions, compiling all of them as regular expressions 200.
        """
        if sum(map(len, groups)) < MANY:
            return groups
        left = [list(group) for group in groups]
        for at, group in enumerate(left):
            others = [(Occur.Must, self._any(field, other)) for other in left[:at] + left[at + 1 :]]
            blocks = [group[begin : begin + BLOCK] for begin in range(0, len(group), BLOCK)]
            left[at] = [text for block in blocks if self._is_met(field, block, others) for text in block]
        return left

    def _any(self, field: str, group: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query([self._term_shown(field, text) for text in group])

    def _is_met(self, field: str, block: Sequence[str], others: list[tuple[Occur, tantivy.Query]]) -> bool:
        wanted = tantivy.Query.boolean_query([(Occur.Must, self._any(field, block)), *others])
        return bool(self._searcher.search(wanted, 1, count=False).hits)

    def _phrases(
        self, field: str, groups: Sequence[Sequence[str]], together: Sequence[Sequence[str]], layout: Sequence[int]
    ) -> Iterator[tantivy.Query]:
        """The phrases of one layout: of each combination of tokens, or beyond 8 one of regular expressions of those in `together`.

        With 20 × 20 alternatives the latter took 70 ms where 400 phrases took 1,700 (20,000 documents).
        """
        if prod(len(group) for group in groups) <= 8:
            for words in product(*groups):
                placed = sorted(zip(layout, words, strict=True))
                yield tantivy.Query.phrase_query(self._schema, field, list(placed))
            return
        # tantivy weighs a pattern as a word in no document; weighed here as the documents of its words
        weights = [self._rarity(sum(self._searcher.doc_freq(field, text) for text in group)) for group in groups]
        weight = sum(weights) / (len(groups) * self._rarity(0))
        for patterns in product(*(_patterns(group) for group in together)):
            placed = sorted(zip(layout, patterns, strict=True))
            phrase = tantivy.Query.regex_phrase_query(self._schema, field, list(placed))
            yield tantivy.Query.boost_query(phrase, weight)

    def _rarity(self, holding: int) -> float:
        """BM25's inverse document frequency."""
        documents = max(self._searcher.num_docs, holding)
        return log(1 + (documents - holding + 0.5) / (holding + 0.5))


def _patterns(group: Sequence[str]) -> Iterator[str]:
    """Tokens as alternatives of few patterns: tantivy refuses one of more than 1,000 states, of which each byte is one."""
    held: list[str] = []
    states = 0
    for text in group:
        size = len(text.encode()) + 1
        if held and states + size > PATTERN:
            yield "|".join(held)
            held, states = [], 0
        held.append(_literal(text))
        states += size
    yield "|".join(held)


def _literal(text: str) -> str:
    """A token as a pattern for itself; only what the engine's syntax gives a meaning may be escaped."""
    return re.sub(r"[\\.+*?()|\[\]{}^$]", r"\\\g<0>", text)
