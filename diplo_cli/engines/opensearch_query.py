"""Query trees as OpenSearch's queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, permutations
from typing import Any, NamedTuple

from diplo_cli.engines.base import FIELDS
from diplo_cli.engines.expand import fold, phrase_offsets, plain
from diplo_cli.engines.opensearch_fields import key
from diplo_cli.errors import QueryError
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Phrase, Prefix, Query, Range, Term

Json = dict[str, Any]
EVERY: Json = {"constant_score": {"filter": {"match_all": {}}, "boost": 1.0}}
NOTHING: Json = {"match_none": {}}
CLAUSES = 900  # leaves of one query; OpenSearch refuses more than 1,024 as it comes
DEEPEST = 25  # floors of one query: Elasticsearch takes 30
ORDERS = 24  # orders in which the words of a Near may stand, where some words serve several of its groups: 4 groups


class _Part(NamedTuple):
    """A translated node: its query, how many floors and leaves it has, and whether it means the documents that do not match."""

    query: Json
    floors: int
    leaves: int
    negated: bool = False

    def positive(self) -> Json:
        return _taken_from_all([self.query]) if self.negated else self.query


def translate(query: Query, found: Callable[[Json], Json]) -> Json:
    """Turn the tree into one query.

    `found` makes of a query one leaf that matches the same documents and scores 1: what is too deep or has too many
    leaves for one query is found first. Raises QueryError where a Near or sloppy Phrase comes to too many leaves.
    """

    def make(node: Query, parts: list[_Part]) -> _Part:
        if not parts:
            leaf, leaves = _leaf(node)
            return _Part(leaf, 1, leaves)
        if isinstance(node, Not):
            return parts[0]._replace(negated=not parts[0].negated)
        merged = _merged(node, parts)
        while sum(part.leaves for part in merged) > CLAUSES:
            merged = _smaller(node, merged, found)
        floors = 2 + max(part.floors for part in merged)
        made = _Part(_joined(node, merged), floors, sum(part.leaves for part in merged))
        return made if floors < DEEPEST else _Part(found(made.query), 1, 1)

    return fold(plain(query), make).positive()


def _smaller(node: Query, parts: list[_Part], found: Callable[[Json], Json]) -> list[_Part]:
    """The same parts with fewer leaves: the one that has most of them found first, or half of many small ones."""
    most = max(parts, key=lambda part: part.leaves)
    if most.leaves > 1:
        return [part._replace(query=found(part.query), floors=1, leaves=1) if part is most else part for part in parts]
    half = parts[: len(parts) // 2]
    if isinstance(node, And):
        return [_Part(found(_joined(node, half)), 1, 1), *parts[len(parts) // 2 :]]
    return [_Part(found(_joined(AnyOf(()), half)), 1, 1), *parts[len(parts) // 2 :]]


def _merged(node: Query, parts: list[_Part]) -> list[_Part]:
    """The parts of an AnyOf with members of one set field and one boost as one leaf: a list of ids is no list of clauses."""
    if not isinstance(node, AnyOf):
        return parts
    kept: list[_Part] = []
    members: dict[tuple[str, float], list[str]] = {}
    for part in parts:
        scored = part.query.get("constant_score")
        term = scored["filter"].get("term") if scored and not part.negated else None
        if scored and term:
            ((field, value),) = term.items()
            members.setdefault((field, scored["boost"]), []).append(value)
        else:
            kept.append(part)
    for (field, boost), values in members.items():
        kept += [
            _Part(_constant({"terms": {field: values[at : at + 50_000]}}, boost), 1, 1)
            for at in range(0, len(values), 50_000)
        ]
    return kept


def _joined(node: Query, parts: Sequence[_Part]) -> Json:
    if isinstance(node, And):
        taken = [part.query for part in parts if part.negated]
        given = [part.query for part in parts if not part.negated]
        return {"bool": {"must": given or [EVERY]} | ({"must_not": taken} if taken else {})}
    positive = [part.positive() for part in parts]
    if isinstance(node, AnyOf):
        return positive[0] if len(positive) == 1 else {"dis_max": {"queries": positive}}
    return {"bool": {"should": positive, "minimum_should_match": 1}}


def _taken_from_all(queries: list[Json]) -> Json:
    return {"bool": {"must": [EVERY], "must_not": queries}}


def _constant(query: Json, boost: float) -> Json:
    return {"constant_score": {"filter": query, "boost": boost}}


def _leaf(node: Query) -> tuple[Json, int]:
    """The query of a node with nothing below it, and how many leaves it has there."""
    match node:
        case Term(field, text, boost):
            if not text and field != "id":
                return NOTHING, 1
            if FIELDS[field] == "set":
                return _constant({"term": {field: key(field, text)}}, boost), 1
            return {"term": {field: {"value": key(field, text), "boost": boost}}}, 1
        case Prefix(field, text, boost):
            return _constant({"prefix": {field: {"value": key(field, text)}}}, boost), 1
        case Fuzzy(field, text, distance, boost):
            return _constant(_fuzzy(field, key(field, text), distance), boost), 1
        case Range(_, since, until):
            bounds = {"gte": since or 0} | ({} if until is None else {"lte": until})
            return _constant({"range": {"date": bounds}}, 1.0), 1
        case Phrase(field, positions, slop, boost):
            return _phrase(field, positions, slop, boost)
        case Near(field, groups, window, boost):
            return _near(field, groups, window, boost)
        case All() | And():
            return EVERY, 1
        case _:
            return NOTHING, 1


def _fuzzy(field: str, word: str, distance: int) -> Json:
    """Documents with a token within so many edits.

    OpenSearch's own leaves out tokens that have no more letters than edits, or are reached from such a word: patterns
    of each edit find those.
    """
    if len(word) > 2 * distance:
        # As a constant score: any other way stops at 50 tokens.
        return {"fuzzy": {field: {"value": word, "fuzziness": distance, "rewrite": "constant_score"}}}
    patterns: set[tuple[str, ...]] = {tuple(_literal(letter) for letter in word)}
    for _ in range(distance):
        patterns |= {edited for pattern in patterns for edited in _edits(pattern)}
    return {"regexp": {field: {"value": "|".join(sorted("".join(p) for p in patterns if p)), "flags": "NONE"}}}


def _edits(pattern: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """A pattern with one letter less, more, another, or swapped with the next; a part once edited is any letter."""
    for at in range(len(pattern) + 1):
        yield (*pattern[:at], ".", *pattern[at:])
        if at < len(pattern):
            yield pattern[:at] + pattern[at + 1 :]
            yield (*pattern[:at], ".", *pattern[at + 1 :])
        if at + 1 < len(pattern):
            yield (*pattern[:at], pattern[at + 1], pattern[at], *pattern[at + 2 :])


def _literal(letter: str) -> str:
    return f"\\{letter}" if letter in '.?+*|{}[]()"\\#@&<>~^-/' else letter


def literal(text: str) -> str:
    """A text as a regular expression of Lucene's for itself."""
    return "".join(map(_literal, text))


def _keys(field: str, group: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key(field, text) for text in group if text))


def _phrase(field: str, positions: Sequence[Sequence[str]], slop: int, boost: float) -> tuple[Json, int]:
    groups = [_keys(field, position) for position in positions if position]
    if not groups or not all(groups):
        return NOTHING, 1
    if len(groups) == 1:
        return _best(field, groups[0], boost), len(groups[0])
    if slop and all(positions):
        return _within(field, groups, [_in_order(groups, slop)], boost)
    words = sum(map(len, groups))
    layouts = list(islice(phrase_offsets(positions, slop), CLAUSES // words + 1))
    if len(layouts) * words > CLAUSES:
        raise QueryError(f"a phrase of {len(groups)} words may lie in too many ways", "allow fewer words in between")
    ways = [_side_by_side(field, groups, layout) for layout in layouts]
    if len(ways) == 1 and words == len(groups):
        ways[0]["span_near"]["boost"] = boost
        return ways[0], words
    return _within(field, groups, ways, boost, len(ways) * words)


def _near(field: str, groups: Sequence[Sequence[str]], window: int, boost: float) -> tuple[Json, int]:
    kept = [_keys(field, group) for group in groups]
    if not kept or not all(kept) or window < len(kept):
        return NOTHING, 1
    if len(kept) == 1:
        return _best(field, kept[0], boost), len(kept[0])
    gaps = window - len(kept)
    words = sum(map(len, kept))
    if len({word for group in kept for word in group}) == words:
        return _within(field, kept, [_intervals(kept, gaps, ordered=False)], boost)
    # A token that serves two groups would be taken for both: in order, each has its own.
    orders = list(islice(permutations(kept), ORDERS + 1))
    if len(orders) > ORDERS:
        raise QueryError(f"{len(kept)} groups that share words may lie in too many ways", "allow fewer")
    return _within(field, kept, [_in_order(order, gaps) for order in orders], boost, len(orders) * words)


def _best(field: str, words: Sequence[str], boost: float) -> Json:
    """Documents with any of these words, scored by the best of them."""
    terms = [{"term": {field: {"value": word, "boost": boost}}} for word in words]
    return terms[0] if len(terms) == 1 else {"dis_max": {"queries": terms}}


def _within(
    field: str, groups: Sequence[Sequence[str]], ways: Sequence[Json], boost: float, leaves: int = 1
) -> tuple[Json, int]:
    """Documents where the groups stand in one of these `ways`, scored by the best word of each group (as `evaluate` does)."""
    filters = [{"intervals": {field: way}} if "all_of" in way else way for way in ways]
    placed = filters[0] if len(filters) == 1 else {"bool": {"should": filters, "minimum_should_match": 1}}
    must = [_best(field, group, boost) for group in groups]
    return {"bool": {"must": must, "filter": [placed]}}, leaves + sum(map(len, groups))


def _in_order(groups: Sequence[Sequence[str]], gaps: int) -> Json:
    return _intervals(groups, gaps, ordered=True)


def _intervals(groups: Sequence[Sequence[str]], gaps: int, *, ordered: bool) -> Json:
    """Where a word of each group stands, with at most so many others in between: exact, for each takes one place."""
    places = [
        {"any_of": {"intervals": [{"match": {"query": word}} for word in group]}}
        if len(group) > 1
        else {"match": {"query": group[0]}}
        for group in groups
    ]
    return {"all_of": {"intervals": places, "ordered": ordered, "max_gaps": gaps}}


def _side_by_side(field: str, groups: Sequence[Sequence[str]], layout: Sequence[int]) -> Json:
    """Where a word of each group stands at its offset exactly."""
    clauses: list[Json] = []
    before = -1
    for group, offset in zip(groups, layout, strict=True):
        if offset > before + 1:
            clauses.append({"span_gap": {field: offset - before - 1}})
        before = offset
        words: list[Json] = [{"span_term": {field: word}} for word in group]
        clauses.append(words[0] if len(words) == 1 else {"span_or": {"clauses": words}})
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}
