"""Searching an open index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from diplo_cli.engines.base import Engine, Found, Sort
from diplo_cli.errors import QueryError, UnknownNameError
from diplo_cli.library.ids import shortest
from diplo_cli.query.tree import All, And, Phrase, Query, Term
from diplo_cli.search.copies import AT_ONCE, Copies, distinct
from diplo_cli.search.filters import restrict
from diplo_cli.search.leaf import Leaf
from diplo_cli.search.result import Answer, Hit, Matched, SearchRequest, SearchResult
from diplo_cli.search.widen import Widened, Widener
from diplo_cli.text.fold import fold

MOST_LOOKED_FOR = 20  # spellings that no hit shown has, each a query


class Begun(NamedTuple):
    """A search whose hits are read as they are asked for. `result` is without them."""

    result: SearchResult
    ids: tuple[str, ...]
    hits: Iterator[Hit]
    leaves: tuple[Leaf, ...]
    query: Query


def search(engine: Engine, request: SearchRequest) -> SearchResult:
    """What the library has for a request. Raises QueryError, UnknownNameError for what the user wrote wrongly."""
    return finish(engine, begin(engine, request), request)


def finish(engine: Engine, begun: Begun, request: SearchRequest) -> SearchResult:
    """The whole of a search that was begun."""
    hits = tuple(begun.hits)
    if request.per_language is not None:
        hits = tuple(sorted(hits, key=_by_date if request.sort is Sort.DATE else _by_score))
    explanation = (*begun.result.explanation, *(_why(hit) for hit in hits)) if request.explain else ()
    return begun.result._replace(hits=hits, spellings=_spelled(engine, begun, hits), explanation=explanation)


def begin(engine: Engine, request: SearchRequest) -> Begun:
    """As `search`, but the documents are read, some hundreds at a time, as the hits are asked for: memory stays bounded however many there are."""
    unanswered = engine.unanswered
    widened = widen(engine, request)
    query = restrict(widened.query, request.filters.nodes())
    counted = ["lang", "country"] if request.facets or request.per_language is not None else []
    facets = engine.facets(query, counted) if counted else {"lang": {}, "country": {}}
    listing = isinstance(widened.query, All)
    if request.fold:
        parts = _by_language(query, facets["lang"]) if request.per_language is not None else [query]
        wanted = request.limit if request.per_language is None else request.per_language
        first = distinct(engine, parts, query, wanted, request.sort)
        total, partial = first.total, first.partial
        ids = tuple(document.id for document, _, _ in first.hits)
        read: Iterator[Hit] = (
            Hit(each, None if listing else score, each.id, copies=n) for each, score, n in first.hits
        )
    else:
        found = _found(engine, query, request, facets["lang"])
        total, partial = found.total, found.partial
        ids = tuple(document_id for document_id, _ in found.hits)
        scores = [(each, None if listing else score) for each, score in found.hits]
        read = hits_of(engine, scores, tell_copies=request.copies)
    result = SearchResult(
        query=request.query,
        total=total,
        partial=partial or engine.unanswered > unanswered,
        languages=ordered(facets["lang"]),
        countries=ordered(facets["country"]),
        hits=(),
        uncertain=tuple(dict.fromkeys(form.surface for leaf in widened.leaves for form in leaf.uncertain)),
        explanation=_explain(request, widened, query) if request.explain else (),
    )
    return Begun(result, ids, details_of(engine, read, widened.leaves, request), widened.leaves, query)


def widen(engine: Engine, request: SearchRequest) -> Widened:
    """The request's query, parsed and widened; every document where it is empty. Raises QueryError, UnknownNameError."""
    if not request.query:
        return Widened(All(), ())
    from diplo_cli.query.parser import parse

    return Widener(engine, request.names).widen(parse(request.query, exact=request.exact))


def answers(engine: Engine, lines: Iterable[tuple[str, str]], request: SearchRequest) -> Iterator[Answer]:
    """The ids that answer each (query_id, query); a query that cannot be read, or asks too much, gives an answer that says so."""
    from diplo_cli.query.parser import parse

    restrictions = request.filters.nodes()
    widener = Widener(engine, request.names)
    for query_id, text in lines:
        unanswered = engine.unanswered
        try:
            query = restrict(widener.widen(parse(text, exact=request.exact)).query, restrictions)
            found = engine.search(query, limit=request.limit, sort=request.sort)
        except (QueryError, UnknownNameError) as error:
            yield Answer(query_id, text, 0, (), error.message)
            continue
        partial = engine.unanswered > unanswered
        if partial:  # what the widener remembers may be less than there is
            widener = Widener(engine, request.names)
        ids = tuple(document_id for document_id, _ in found.hits)
        yield Answer(query_id, text, found.total, ids, partial=partial)


def _found(engine: Engine, query: Query, request: SearchRequest, languages: Mapping[str, int]) -> Found:
    if request.per_language is None:
        return engine.search(query, limit=request.limit, sort=request.sort)
    total, partial = 0, False
    hits: list[tuple[str, float]] = []
    for part in _by_language(query, languages):
        found = engine.search(part, limit=request.per_language, sort=request.sort)
        total, partial = total + found.total, partial or found.partial
        hits += found.hits
    return Found(total, tuple(hits), partial)


def _by_language(query: Query, languages: Iterable[str]) -> list[Query]:
    return [And((query, Term("lang", language, 0.0))) for language in languages]


def details_of(
    engine: Engine,
    read: Iterable[Hit],
    leaves: tuple[Leaf, ...],
    request: SearchRequest,
    passages: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Hit]:
    """Hits with their labels and what matched, where the request asks for it. `passages`: where to begin the snippet of a document in which no word matches."""
    for hit in read:
        if request.labels:
            hit = hit._replace(label=shortest(engine, hit.document.id))  # noqa: PLW2901
        yield (
            _detailed(hit, leaves, request.snippet_cells, passages.get(hit.document.id, 0)) if request.details else hit
        )


def hits_of(engine: Engine, scores: Sequence[tuple[str, float | None]], *, tell_copies: bool) -> Iterator[Hit]:
    """The hits of these ids and scores, read some hundreds at a time, each told as a copy where it is one and that is asked for."""
    copies = Copies() if tell_copies else None
    for at in range(0, len(scores), AT_ONCE):
        part = dict(scores[at : at + AT_ONCE])
        for document in engine.get(list(part)):
            yield Hit(document, part[document.id], document.id, copy_of=copies.first(document) if copies else "")


def _detailed(hit: Hit, leaves: tuple[Leaf, ...], cells: int, passage: int) -> Hit:
    """The hit with what matched, and a snippet of about so many cells; of what begins at `passage` where nothing matches."""
    from diplo_cli.search.matching import document_matches
    from diplo_cli.snippet import snippet

    document = hit.document
    in_text, in_title = document_matches(document, leaves)
    matched: dict[Matched, None] = {}
    for text, matches in ((document.text, in_text), (document.title, in_title)):
        for match in matches:
            matched[Matched(text[match.start : match.end], match.why, match.probability)] = None
    if not leaves:
        return hit
    spans = [(match.start, match.end, match.leaf) for match in in_text]
    cut = snippet(document.text, spans, width=cells, body=document.body or (), lang=document.lang, at=passage)
    return hit._replace(matched=tuple(matched), snippet=cut)


def _by_score(hit: Hit) -> tuple[float, str]:
    return -(hit.score or 0.0), hit.document.id


def _by_date(hit: Hit) -> tuple[int, str]:
    """Newest first, undated last; a date without a year is none."""
    date = hit.document.date
    stated = "" if date.startswith("--") else date.replace("-", "").ljust(8, "0")
    return -int(stated) if stated.isdecimal() else 1, hit.document.id


def ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts, the most first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _spelled(engine: Engine, begun: Begun, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The other spellings that the documents found have, as they write them: of names each, of a country the plainest in each language."""
    written: dict[str, str] = {}
    countries: dict[str, str] = {}
    for hit in hits:
        for term, why, _ in hit.matched:
            written.setdefault(fold(term), term)
            plainest = countries.get(hit.document.lang)
            if (why == "capital" or (why == "country" and _is_name(term))) and (
                plainest is None or len(term) < len(plainest)
            ):
                countries[hit.document.lang] = term
    spelled = []
    looked_for = 0
    for field, form in ((leaf.written.field, form) for leaf in begun.leaves for form in leaf.forms):
        if form.why in ("exact", "inflected form"):
            continue
        there = written.get(fold(form.surface), "")
        if not there and looked_for < MOST_LOOKED_FOR:  # in none of the hits that were read
            looked_for += 1
            node = Phrase(field, tuple((term,) for term in form.terms), boost=0.0)
            there = form.surface.capitalize() if engine.facets(And((begun.query, node)), ["lang"])["lang"] else ""
        if there:
            spelled.append(there)
    asked = {fold(leaf.written.text) for leaf in begun.leaves}
    found = {fold(term): term for term in [*countries.values(), *spelled]}
    return tuple(term for folded, term in found.items() if folded not in asked)


def _is_name(term: str) -> bool:
    """Whether a country is called so in full: neither Kazakh nor KZ."""
    from diplo_cli.countries.resolver import named_by

    return not term.isupper() and bool(named_by(term))


def _explain(request: SearchRequest, widened: Widened, query: Query) -> tuple[str, ...]:
    """The query as it was read, a line for each way a leaf can be met, and the query as the engine gets it."""
    from diplo_cli.query.describe import describe
    from diplo_cli.query.parser import parse

    lines = _told("read as:", describe(parse(request.query, exact=request.exact))) if request.query else []
    for leaf in widened.leaves:
        word = leaf.written.text
        lines += [f"{word}: {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.forms]
        lines += [f"{word}: the stem {stem} in {language}" for language, stem in leaf.stems.items()]
        lines += [
            f"{word}: any name of the {'capital of' if capital else 'country'} {code}"
            for code, _, capital in (each.partition("/") for each in leaf.countries)
        ]
        lines += [f"{word}: not {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.uncertain]
    return (*lines, *_told("searched for:", describe(query)))


def _told(label: str, tree: str) -> list[str]:
    """A tree beside its label, or below it where it has several lines."""
    first, *others = tree.split("\n")
    return [label, *(f"  {line}" for line in (first, *others))] if others else [f"{label} {first}"]


def _why(hit: Hit) -> str:
    """Why a hit matched."""
    words = (f"{term} ({why} {probability:.2f})" for term, why, probability in hit.matched)
    return f"{hit.document.id}: {', '.join(words) or 'filters alone'}"
