"""The names of the ways to choose sentences, and the order in which each takes a document's sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplo_cli.errors import DiploError
from diplo_cli.summary.article import Article
from diplo_cli.summary.ranking import NEVER_ALIKE, by_marginal_relevance, score, unlike, vector

SUMY_METHODS = ("lexrank", "lsa", "luhn", "textrank", "edmundson", "sum-basic", "kl", "reduction")
METHODS = ("diplo", "lead", *SUMY_METHODS)
"""`diplo` is the ranking of ranking.py, `lead` the opening sentences, the rest sumy's."""


def known_method(method: str) -> str:
    """The method as METHODS spells it, from any case, spaces or underscores.

    Raises DiploError with the nearest name where there is none.
    """
    asked = method.strip().casefold().replace("_", "-").replace(" ", "-")
    spelled = {name.replace("-", ""): name for name in METHODS}
    if found := spelled.get(asked.replace("-", "")):
        return found
    from difflib import get_close_matches

    near = get_close_matches(asked, METHODS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"The methods are {', '.join(METHODS)}."
    raise DiploError(f"no summary method is called {method!r}", hint)


def order(article: Article, method: str, favoured: Sequence[bool] = (), *, alike: float = NEVER_ALIKE) -> Iterator[int]:
    """The candidates of an article, by index into its sentences, in the order in which a method takes them.

    `favoured` says of each sentence whether it matches the user's focus. The default adds as much to its score as the
    best sentence of the document has, so that every sentence that matches stands before every one that does not, but
    for what would be told twice; the other methods take those that match first. A sentence whose cosine with one before
    it reaches `alike` is left out.
    """
    if method == "diplo":
        yield from _by_score(article, favoured, alike)
        return
    if method == "lead":
        ranked = sorted(article.candidates, key=lambda i: article.positions[i])
    else:
        from diplo_cli.summary.sumy_methods import ranked_by_sumy

        ranked = ranked_by_sumy(article, method)
    if favoured:
        ranked.sort(key=lambda i: not favoured[i])
    vectors = {i: vector(article.terms[i]) for i in ranked}
    yield from ranked if alike == NEVER_ALIKE else unlike(ranked, vectors, alike)


def _by_score(article: Article, favoured: Sequence[bool], alike: float) -> Iterator[int]:
    chosen = article.candidates
    vectors = [vector(article.terms[i]) for i in chosen]
    scores = score(
        vectors, [len(article.words[i]) for i in chosen], [article.positions[i] for i in chosen], article.title_terms
    )
    if any(favoured):
        scores = [(value + favoured[i]) / 2 for value, i in zip(scores, chosen, strict=True)]
    place = {i: k for k, i in enumerate(chosen)}
    leans_on = {place[i]: place[j] for i, j in article.leans_on.items() if i in place and j in place}
    for k in by_marginal_relevance(scores, vectors, leans_on, alike=alike):
        yield chosen[k]
