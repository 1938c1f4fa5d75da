"""The names of the ways to choose sentences, and the order in which each takes a document's sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diplo_cli.errors import DiploError
from diplo_cli.summary.agreement import by_agreement
from diplo_cli.summary.article import Article
from diplo_cli.summary.ranking import by_marginal_relevance, score, vector

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


def order(article: Article, method: str, favoured: Sequence[bool] = (), *, documents: int = 1) -> Iterator[int]:
    """The candidates of an article, by index into its sentences, in the order in which a method takes them.

    `favoured` says of each sentence whether it matches the user's focus. By default every sentence that matches stands
    before every one that does not, but for what would be told twice; one that needs the sentence before it brings that
    along. The other methods take those that match first. `documents`: how many were pooled; the default ranks
    what several say by what they agree on (agreement.py).
    """
    if method == "diplo":
        yield from _ranked(article, favoured, documents)
        return
    if method == "lead":
        ranked = sorted(article.candidates, key=lambda i: article.positions[i])
    else:
        from diplo_cli.summary.sumy_methods import ranked_by_sumy

        ranked = ranked_by_sumy(article, method)
    if favoured:
        ranked.sort(key=lambda i: not favoured[i])
    yield from ranked


def _ranked(article: Article, favoured: Sequence[bool], documents: int) -> Iterator[int]:
    chosen = article.candidates
    place = {i: k for k, i in enumerate(chosen)}
    leans_on = {place[i]: place[j] for i, j in article.leans_on.items() if i in place and j in place}
    liked = [favoured[i] for i in chosen] if any(favoured) else []
    for k in sorted(leans_on, reverse=True) if liked else ():
        liked[leans_on[k]] = liked[leans_on[k]] or liked[k]
    terms = [article.terms[i] for i in chosen]
    sizes = [len(article.words[i]) for i in chosen]
    positions = [article.positions[i] for i in chosen]
    if documents > 1:
        ranked = by_agreement(terms, sizes, positions, liked, leans_on)
    else:
        vectors = [vector(each) for each in terms]
        scores = score(vectors, sizes, positions, article.title_terms)
        if liked:
            scores = [(value + like) / 2 for value, like in zip(scores, liked, strict=True)]
        ranked = by_marginal_relevance(scores, vectors, leans_on)
    for k in ranked:
        yield chosen[k]
