"""Searching an open index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine, Found
from diplo_cli.errors import QueryError, UnknownNameError
from diplo_cli.library.ids import shortest
from diplo_cli.query.tree import All, And, Query, Term
from diplo_cli.search.filters import restrict
from diplo_cli.search.result import Answer, Hit, Matched, SearchRequest, SearchResult
from diplo_cli.search.widen import Leaf, Widened, Widener
from diplo_cli.text.fold import fold


def search(engine: Engine, request: SearchRequest) -> SearchResult:
    """What the library has for a request. Raises QueryError, UnknownNameError for what the user wrote wrongly."""
    widened = widen(engine, request)
    query = restrict(widened.query, request.filters.nodes())
    facets = engine.facets(query, ["lang", "country"])
    found = _hits(engine, query, request, facets["lang"])
    listing = isinstance(widened.query, All)
    documents = engine.get([document_id for document_id, _ in found.hits])
    scores = dict(found.hits)
    hits = tuple(
        _hit(engine, document, None if listing else scores[document.id], widened.leaves, request)
        for document in documents
    )
    return SearchResult(
        query=request.query,
        total=found.total,
        partial=found.partial,
        languages=_ordered(facets["lang"]),
        countries=_ordered(facets["country"]),
        hits=hits,
        spellings=_spelled(widened.leaves, hits),
        uncertain=tuple(dict.fromkeys(form.surface for leaf in widened.leaves for form in leaf.uncertain)),
        explanation=_explain(widened, query) if request.explain else (),
    )


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


def _hits(engine: Engine, query: Query, request: SearchRequest, languages: Mapping[str, int]) -> Found:
    if request.per_language is None:
        return engine.search(query, limit=request.limit, sort=request.sort)
    total, partial = 0, False
    hits: list[tuple[str, float]] = []
    for language in languages:
        found = engine.search(And((query, Term("lang", language, 0.0))), limit=request.per_language, sort=request.sort)
        total, partial = total + found.total, partial or found.partial
        hits += found.hits
    return Found(total, tuple(hits), partial)


def _hit(
    engine: Engine, document: Document, score: float | None, leaves: tuple[Leaf, ...], request: SearchRequest
) -> Hit:
    if not request.details:
        return Hit(document, score, document.id)
    from diplo_cli.search.matching import document_matches
    from diplo_cli.snippet import snippet

    in_text, in_title = document_matches(document, leaves)
    spans = [(match.start, match.end, match.leaf) for match in in_text]
    matched: dict[Matched, None] = {}
    for text, matches in ((document.text, in_text), (document.title, in_title)):
        for match in matches:
            matched[Matched(text[match.start : match.end], match.why, match.probability)] = None
    return Hit(
        document,
        score,
        shortest(engine, document.id),
        tuple(matched),
        snippet(document.text, spans, width=request.snippet_cells, body=body_spans(document), lang=document.lang)
        if leaves
        else None,
    )


def body_spans(document: Document) -> list[tuple[int, int]]:
    """Where the lines that are the article's own stand in a document's text."""
    dropped = {line.number for line in document.dropped}
    spans, at = [], 0
    for number, line in enumerate(document.text.split("\n")):
        if number not in dropped and line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


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
    spelled = [written.get(fold(form.surface), form.surface) for form in forms]
    asked = {fold(leaf.written.text) for leaf in leaves}
    found = {fold(term): term for term in [*countries.values(), *spelled]}
    return tuple(term for folded, term in found.items() if folded not in asked)


def _is_name(term: str) -> bool:
    """Whether a country is called so in full: neither Kazakh nor KZ."""
    from diplo_cli.countries.resolver import named_by

    return not term.isupper() and bool(named_by(term))


def _explain(widened: Widened, query: Query) -> tuple[str, ...]:
    """The query as the engine gets it, then a line for each way a leaf can be met."""
    from diplo_cli.query.describe import describe

    lines = [f"query: {describe(query)}"]
    for leaf in widened.leaves:
        lines += [f"{leaf.written.text}: {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.forms]
        lines += [f"{leaf.written.text}: the stem {stem} in {language}" for language, stem in leaf.stems.items()]
        lines += [f"{leaf.written.text}: any name of the country {code}" for code in leaf.countries]
        lines += [
            f"{leaf.written.text}: not {form.surface} ({form.why} {form.probability:.2f})" for form in leaf.uncertain
        ]
    return tuple(lines)
