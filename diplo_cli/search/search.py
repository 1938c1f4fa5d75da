"""Searching an open index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diplo_cli.engines.base import Engine, Found, Sort
from diplo_cli.errors import QueryError, UnknownNameError
from diplo_cli.library.ids import shortest
from diplo_cli.query.tree import All, And, Query, Term
from diplo_cli.search.filters import restrict
from diplo_cli.search.leaves import Leaf, Widened
from diplo_cli.search.result import Answer, Hit, Matched, SearchRequest, SearchResult
from diplo_cli.search.widen import Widener
from diplo_cli.text.fold import fold

AT_ONCE = 500  # documents read from the index at a time, where all are wanted


class Begun(NamedTuple):
    """A search whose hits are read as they are asked for. `result` is without them."""

    result: SearchResult
    ids: tuple[str, ...]
    hits: Iterator[Hit]
    leaves: tuple[Leaf, ...]


def search(engine: Engine, request: SearchRequest) -> SearchResult:
    """What the library has for a request. Raises QueryError, UnknownNameError for what the user wrote wrongly."""
    begun = begin(engine, request)
    hits = tuple(begun.hits)
    if request.per_language is not None:
        hits = tuple(sorted(hits, key=_by_date if request.sort is Sort.DATE else _by_score))
    explanation = (*begun.result.explanation, *(_why(hit) for hit in hits)) if request.explain else ()
    return begun.result._replace(hits=hits, spellings=_spelled(begun.leaves, hits), explanation=explanation)


def begin(engine: Engine, request: SearchRequest) -> Begun:
    """As `search`, but the documents are read, some hundreds at a time, as the hits are asked for: memory stays bounded however many there are."""
    widened = widen(engine, request)
    query = restrict(widened.query, request.filters.nodes())
    facets = engine.facets(query, ["lang", "country"])
    found = _found(engine, query, request, facets["lang"])
    listing = isinstance(widened.query, All)
    result = SearchResult(
        query=request.query,
        total=found.total,
        partial=found.partial,
        languages=_ordered(facets["lang"]),
        countries=_ordered(facets["country"]),
        hits=(),
        uncertain=tuple(dict.fromkeys(form.surface for leaf in widened.leaves for form in leaf.uncertain)),
        explanation=_explain(request, widened, query) if request.explain else (),
    )
    scores = [(document_id, None if listing else score) for document_id, score in found.hits]
    ids = tuple(document_id for document_id, _ in scores)
    return Begun(result, ids, _hits(engine, scores, widened.leaves, request), widened.leaves)


def widen(engine: Engine, request: SearchRequest) -> Widened:
    """The request's query, parsed and widened; every document where it is empty. Raises QueryError, UnknownNameError."""
    if not request.query:
        return Widened(All(), ())
    from diplo_cli.query.parser import parse

    return Widener(engine, request.names).widen(parse(request.query, exact=request.exact))


def answers(engine: Engine, lines: Iterable[tuple[str, str]], request: SearchRequest) -> Iterator[Answer]:
    """The ids that answer each (query_id, query); a query that cannot be read gives an answer that says so."""
    from diplo_cli.query.parser import parse

    restrictions = request.filters.nodes()
    widener = Widener(engine, request.names)
    for query_id, text in lines:
        try:
            query = restrict(widener.widen(parse(text, exact=request.exact)).query, restrictions)
        except (QueryError, UnknownNameError) as error:
            yield Answer(query_id, text, 0, (), error.message)
            continue
        found = engine.search(query, limit=request.limit, sort=request.sort)
        yield Answer(query_id, text, found.total, tuple(document_id for document_id, _ in found.hits))


def _found(engine: Engine, query: Query, request: SearchRequest, languages: Mapping[str, int]) -> Found:
    if request.per_language is None:
        return engine.search(query, limit=request.limit, sort=request.sort)
    total, partial = 0, False
    hits: list[tuple[str, float]] = []
    for language in languages:
        found = engine.search(And((query, Term("lang", language, 0.0))), limit=request.per_language, sort=request.sort)
        total, partial = total + found.total, partial or found.partial
        hits += found.hits
    return Found(total, tuple(hits), partial)


def _hits(
    engine: Engine, scores: Sequence[tuple[str, float | None]], leaves: tuple[Leaf, ...], request: SearchRequest
) -> Iterator[Hit]:
    for at in range(0, len(scores), AT_ONCE):
        part = dict(scores[at : at + AT_ONCE])
        for document in engine.get(list(part)):
            hit = Hit(document, part[document.id], document.id)
            if request.labels:
                hit = hit._replace(label=shortest(engine, document.id))
            yield _detailed(hit, leaves, request.snippet_cells) if request.details else hit


def _detailed(hit: Hit, leaves: tuple[Leaf, ...], cells: int) -> Hit:
    """The hit with what matched, and a snippet of about so many cells."""
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
    cut = snippet(document.text, spans, width=cells, body=document.body or (), lang=document.lang)
    return hit._replace(matched=tuple(matched), snippet=cut)


def _by_score(hit: Hit) -> tuple[float, str]:
    return -(hit.score or 0.0), hit.document.id


def _by_date(hit: Hit) -> tuple[int, str]:
    """Newest first, undated last; a date without a year is none."""
    date = hit.document.date
    stated = "" if date.startswith("--") else date.replace("-", "").ljust(8, "0")
    return -int(stated) if stated.isdecimal() else 1, hit.document.id


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _spelled(leaves: Sequence[Leaf], hits: Sequence[Hit]) -> tuple[str, ...]:
    """The other spellings, as the documents write them: of names each, of a country the plainest in each language."""
    written: dict[str, str] = {}
    countries: dict[str, str] = {}
    for hit in hits:
        for term, why, _ in hit.matched:
            written.setdefault(fold(term), term)
            plainest = countries.get(hit.document.lang)
            if why == "country" and (plainest is None or len(term) < len(plainest)) and _is_name(term):
                countries[hit.document.lang] = term
    forms = (form for leaf in leaves for form in leaf.forms if form.why not in ("exact", "inflected form"))
    spelled = [written.get(fold(form.surface)) or form.surface.capitalize() for form in forms]
    asked = {fold(leaf.written.text) for leaf in leaves}
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

    lines = [f"read as: {describe(parse(request.query, exact=request.exact))}"] if request.query else []
    for leaf in widened.leaves:
        word = leaf.written.text
        lines += [f"{word}: {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.forms]
        lines += [f"{word}: the stem {stem} in {language}" for language, stem in leaf.stems.items()]
        lines += [f"{word}: any name of the country {code}" for code in leaf.countries]
        lines += [f"{word}: not {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.uncertain]
    return (*lines, f"searched for: {describe(query)}")


def _why(hit: Hit) -> str:
    """Why a hit matched."""
    words = (f"{term} ({why} {probability:.2f})" for term, why, probability in hit.matched)
    return f"{hit.document.id}: {', '.join(words) or 'filters alone'}"
