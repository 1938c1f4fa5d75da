"""The summary of one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.summary.article import article
from diplo_cli.summary.length import ALONE, Length, at_most, check_length
from diplo_cli.summary.methods import known_method, order

SENTENCES = 3


class Sentence(NamedTuple):
    """A whole sentence without line breaks, and its place (0-based) among the sentences of its document."""

    text: str
    position: int


class Summary(NamedTuple):
    """Some sentences of a document, in its order; `method` is one of METHODS."""

    id: str
    lang: str
    title: str
    method: str
    sentences: tuple[Sentence, ...]


def summarise(
    document: Document,
    *,
    method: str = "diplo",
    sentences: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    focus: Callable[[str], bool] | None = None,
) -> Summary:
    """The sentences that say most of a document, in its order.

    `sentences` (≥ 1, default 3), `words` (≥ 1: whole sentences, never more than so many words unless the first alone is
    longer) and `ratio` (over 0 to 1: that share of the document's sentences, at least one) bind together where several
    are given. `focus` says whether a sentence is of what the user asks for; such sentences are preferred. Raises
    NothingToSummariseError where the document has no sentence, TooLongError where it has too many for the method,
    DiploError for an unknown method or an impossible length.
    """
    method = known_method(method)
    check_length(sentences, words, ratio)
    source = article(document)
    sentences = at_most(sentences, ratio, len(source.candidates))
    if sentences is None and words is None:
        sentences = SENTENCES
    length = Length(sentences, words, overlooked=0) if method == "lead" else Length(sentences, words)
    sizes = [len(terms) for terms in source.words]
    if length.holds(source.candidates, sizes):  # nothing to choose: methods of sumy would take minutes over a book
        chosen = list(source.candidates)
    else:
        favoured = [focus(sentence) for sentence in source.sentences] if focus else []
        chosen = length.fill(order(source, method, favoured), sizes, source.leans_on if method == "diplo" else ALONE)
    return Summary(
        id=document.id,
        lang=document.lang,
        title=source.title,
        method=method,
        sentences=tuple(Sentence(source.sentences[i], i) for i in sorted(chosen)),
    )
