"""The summary of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.summary.article import article
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


class Length(NamedTuple):
    """How long a summary may be: at most so many sentences and so many words; None binds nothing.

    `overlooked` is how many sentences too long for the rest of the words are passed over before it ends. Further down a
    shorter one would be chosen for its length, not for what it says: of 0, 1, 2, 3, 5 and all, 3 finds as much as all
    (docs/summaries.md).
    """

    sentences: int | None
    words: int | None
    overlooked: int = 3

    def holds(self, candidates: Sequence[int], sizes: Sequence[int]) -> bool:
        """Whether all the candidates fit."""
        return (self.sentences is None or len(candidates) <= self.sentences) and (
            self.words is None or sum(sizes[i] for i in candidates) <= self.words
        )

    def fill(self, ranked: Iterable[int], sizes: Sequence[int]) -> list[int]:
        """The first of `ranked` that fit, in that order; the first alone even where it is longer than `words`."""
        taken: list[int] = []
        total = misses = 0
        for i in ranked:
            if taken and self.words is not None and total + sizes[i] > self.words:
                misses += 1
                if misses > self.overlooked:
                    break
                continue
            taken.append(i)
            total += sizes[i]
            if (self.sentences is not None and len(taken) >= self.sentences) or (
                self.words is not None and total >= self.words
            ):
                break
        return taken


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
    NothingToSummariseError where the document has no sentence, DiploError for an unknown method or an impossible
    length.
    """
    method = known_method(method)
    check_length(sentences, words, ratio)
    source = article(document)
    if ratio is not None:
        share = max(1, round(ratio * len(source.candidates)))
        sentences = share if sentences is None else min(share, sentences)
    length = Length(
        SENTENCES if sentences is None and words is None else sentences, words, overlooked=0 if method == "lead" else 3
    )
    sizes = [len(terms) for terms in source.words]
    if length.holds(source.candidates, sizes):  # nothing to choose: methods of sumy would take minutes over a book
        chosen = list(source.candidates)
    else:
        favoured = [focus(sentence) for sentence in source.sentences] if focus else []
        chosen = length.fill(order(source, method, favoured), sizes)
    return Summary(
        id=document.id,
        lang=document.lang,
        title=source.title,
        method=method,
        sentences=tuple(Sentence(source.sentences[i], i) for i in sorted(chosen)),
    )


def check_length(sentences: int | None, words: int | None, ratio: float | None = None) -> None:
    """Raise DiploError where a length asks for nothing."""
    for name, value in (("sentences", sentences), ("words", words)):
        if value is not None and value < 1:
            raise DiploError(f"a summary of {value} {name} is none", f"Ask for 1 or more {name}.")
    if ratio is not None and not 0 < ratio <= 1:
        raise DiploError(
            f"a ratio of {ratio:g} is no share of a document", "Give a number over 0 and up to 1, such as 0.2."
        )
