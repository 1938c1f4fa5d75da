"""Search by meaning: documents that say what the query says, in any language and other words, beside those that hold its words and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log10

from diplo_cli.engines.base import Engine, Found, Sort
from diplo_cli.errors import QueryError, UnknownNameError
from diplo_cli.meaning.fusion import fused
from diplo_cli.meaning.vectors import Nearest, Vectors
from diplo_cli.query.tree import And as AllOf
from diplo_cli.query.tree import AnyOf, FieldIs, Not, Or, Query, Term, Written
from diplo_cli.search.copies import AT_ONCE, Copies
from diplo_cli.search.filters import restrict
from diplo_cli.search.result import Answer, Hit, Matched, SearchRequest, SearchResult
from diplo_cli.search.search import Begun, details_of, hits_of, ordered
from diplo_cli.search.widen import Widened, Widener

CHANCE, RISE, RISE_OF_PASSAGES = 0.216, 0.060, 0.067
"""The cosine that 2 % of queries of unrelated words reach by chance grows with the number of vectors by so much for ten times as many, as a maximum of many does.

Measured on 1,271 pairs of words and samples of 50 to 3,737 documents of NTREX and FLORES (.32 to .42), and of 50 to 6,000 of their sentences (.33 to .47).
"""
LEAST = 0.30  # what is asked of the nearest that holds the words too, and of each further document, to the query and the nearest together
MOST = 100  # documents found by meaning, at the most
WIDE = 20  # times as many are looked at where filters take some away


def begin(engine: Engine, vectors: Vectors, request: SearchRequest) -> Begun:
    """As `search.begin`, by words, names and meaning. Raises QueryError, UnknownNameError; DiploError where the encoder is not installed."""
    from diplo_cli.query.parser import parse

    tree = parse(request.query, exact=request.exact)
    widened = Widener(engine, request.names).widen(tree)
    restrictions = [*request.filters.nodes(), *_fields(engine, request, tree)]
    lexical = restrict(widened.query, restrictions)
    by_words = engine.search(lexical, limit=None)
    near = _near(engine, vectors, _words(tree), restrictions, widened.query)
    uncertain = [form.surface for leaf in widened.leaves for form in leaf.uncertain]
    if by_words.total and not near and _only_guessed(engine, request, tree, restrictions):
        by_words, lexical = Found(0, ()), AnyOf(())
        uncertain = [form.surface for leaf in widened.leaves for form in leaf.forms if form.why != "exact"]
    scores = fused([[one for one, _ in by_words.hits], list(near)]) if near else dict(by_words.hits)
    query: Query = lexical
    if near:
        query = Or((lexical, restrict(AnyOf(tuple(Term("id", one) for one in near)), restrictions)))
    facets = engine.facets(query, ["lang", "country"])
    order = list(scores)
    if request.sort is Sort.DATE:
        order = [one for one, _ in engine.search(query, limit=None, sort=Sort.DATE).hits if one in scores]
    chosen = _chosen(engine, order, facets["lang"], request)
    result = SearchResult(
        query=request.query,
        total=len(scores),
        partial=by_words.partial,
        languages=ordered(facets["lang"]),
        countries=ordered(facets["country"]),
        hits=(),
        uncertain=tuple(dict.fromkeys(uncertain)),
        explanation=_explain(widened, near, _line(vectors)) if request.explain else (),
    )
    read = hits_of(engine, [(one, scores[one]) for one in chosen], tell_copies=request.copies)
    counted = (hit._replace(copies=chosen[hit.document.id]) for hit in read)
    passages = {one: each.start for one, each in near.items() if each.start is not None}
    hits = (_with_meaning(hit, near) for hit in details_of(engine, counted, widened.leaves, request, passages))
    return Begun(result, tuple(chosen), hits, widened.leaves, query)


def answers(
    engine: Engine, vectors: Vectors, lines: Iterable[tuple[str, str]], request: SearchRequest
) -> Iterator[Answer]:
    """As `search.answers`, by words, names and meaning. The queries are encoded one by one: two words in 7 ms of CPU, a title in some 30."""
    for query_id, text in lines:
        try:
            begun = begin(engine, vectors, request._replace(query=text, details=False))
        except (QueryError, UnknownNameError) as error:
            yield Answer(query_id, text, 0, (), error.message)
            continue
        yield Answer(query_id, text, begun.result.total, begun.ids)


def clear(vectors: int, *, passages: bool) -> float:
    """The cosine that the nearest of so many vectors must reach for any document to count; with `passages` among them."""
    return CHANCE + (RISE_OF_PASSAGES if passages else RISE) * log10(max(vectors, 1))


def _near(
    engine: Engine, vectors: Vectors, text: str, restrictions: list[Query], by_words: Query
) -> dict[str, Nearest]:
    """The documents nearest to a text; none where nothing is near. `by_words`: what finds those that hold its words.

    The nearest document is asked with, beside the text: a title says in a few words what its article says in many. Of translations 90 % come first instead of 73 %.
    """
    from diplo_cli.meaning.encoder import encode
    from diplo_cli.meaning.query import midway

    if not text or not len(vectors):
        return {}
    asked = encode([text])
    line = _line(vectors)
    (best,) = vectors.nearest(asked, MOST, min(line, LEAST), passages=True)
    there = _allowed(engine, best, [])
    first = next(iter(there), "")
    if not first:
        return {}
    # The nearest may be one that the filters leave out: what is said in another language, or elsewhere, is near it.
    if there[first] < line and not engine.search(AllOf((by_words, Term("id", first))), limit=1).total:
        return {}
    wider = midway(asked[0], vectors.closest([first], asked[0])[first].vector)
    (more,) = vectors.nearest(wider, MOST * WIDE if restrictions else MOST, LEAST, passages=True)
    near = list(_allowed(engine, more, restrictions))[:MOST]
    # What is told of each is how near it is to the query itself.
    return vectors.closest(near, asked[0])


def _line(vectors: Vectors) -> float:
    return clear(vectors.compared, passages=vectors.compared > len(vectors))


def _only_guessed(engine: Engine, request: SearchRequest, tree: Query, restrictions: list[Query]) -> bool:
    """Whether all that several words find are unsure spellings of names, though none is written as a name: where nothing is near in meaning, they are chance.

    Of pairs of words that no document holds, 3 % more find nothing so. How near in meaning what is guessed is tells nothing: right ones are as far as wrong ones.
    """
    text = _words(tree)
    if request.names != "normal" or len(text.split()) < 2 or not text.islower():
        return False
    sure = restrict(Widener(engine, "strict").widen(tree).query, restrictions)
    return not engine.search(sure, limit=1).total


def _allowed(engine: Engine, found: Sequence[tuple[str, float]], restrictions: list[Query]) -> dict[str, float]:
    """Those of the documents that are in the index and that the filters let through, in order."""
    if not found:
        return {}
    ids = AnyOf(tuple(Term("id", one) for one, _ in found))
    there = {one for one, _ in engine.search(restrict(ids, restrictions), limit=None).hits}
    return {one: score for one, score in found if one in there}


def _words(tree: Query) -> str:
    """The words of a query that are to be there, as written: what is encoded."""
    if isinstance(tree, Written):
        return tree.text
    if isinstance(tree, (AllOf, Or, AnyOf)):
        return " ".join(text for node in tree.nodes if (text := _words(node)))
    return ""


def _fields(engine: Engine, request: SearchRequest, tree: Query) -> list[Query]:
    """What a query demands by fields, or will not have: it binds what is found by meaning, too."""
    kept = _without_words(tree)
    return [Widener(engine, request.names).widen(kept).query] if kept else []


def _without_words(tree: Query) -> Query | None:
    """A query with each of its words taken for any document: its fields and what it will not have, None where they leave out nothing."""
    if isinstance(tree, (FieldIs, Not)):
        return tree
    if isinstance(tree, (AllOf, Or, AnyOf)):
        parts = [_without_words(node) for node in tree.nodes]
        kept = tuple(part for part in parts if part is not None)
        if isinstance(tree, AllOf):
            return AllOf(kept) if kept else None
        return Or(kept) if len(kept) == len(parts) else None
    return None


def _chosen(engine: Engine, ids: Sequence[str], languages: Mapping[str, int], request: SearchRequest) -> dict[str, int]:
    """The first documents of each language, or of all, as many as the request asks for, each with how many copies of it follow: these are left out where they are to be folded.

    Documents are read until there are enough, so later copies are not counted.
    """
    most = request.per_language
    if most is None and not request.fold:
        return dict.fromkeys(ids[: request.limit], 0)
    copies = Copies()
    left = {language: documents if most is None else min(most, documents) for language, documents in languages.items()}
    kept: dict[str, int] = {}
    for at in range(0, len(ids), AT_ONCE):
        for document in engine.get(ids[at : at + AT_ONCE]):
            first = copies.first(document) if request.fold else ""
            if first in kept:
                kept[first] += 1
            elif not first and left.get(document.lang, 0) and len(kept) != request.limit:
                kept[document.id] = 0
                left[document.lang] -= 1
        if not any(left.values()) or len(kept) == request.limit:
            break
    return kept


def _with_meaning(hit: Hit, near: dict[str, Nearest]) -> Hit:
    found = near.get(hit.document.id)
    return hit if found is None else hit._replace(matched=(*hit.matched, Matched("", "meaning", found.cosine)))


def _explain(widened: Widened, near: dict[str, Nearest], line: float) -> tuple[str, ...]:
    lines = [
        f"{leaf.written.text}: {form.surface} ({form.why} {form.probability:.2f})"
        for leaf in widened.leaves
        for form in leaf.forms
    ]
    best = f"{max(each.cosine for each in near.values()):.2f} at best" if near else f"nothing as near as {line:.2f}"
    return (*lines, f"meaning: {len(near)} documents, {best}")
