"""How long a summary may be, and which sentences of a ranking fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from diplo_cli.errors import DiploError

ALONE: Mapping[int, int] = MappingProxyType({})


class Length(NamedTuple):
    """At most so many sentences and so many words; None binds nothing.

    `first` binds the first sentence instead of `words`. `overlooked` is how many sentences too long for the rest of the
    words are passed over before a summary ends. Further down a shorter one would be chosen for its length, not for what
    it says: of 0, 1, 2, 3, 5 and all, 3 finds as much as all (docs/summaries.md).
    """

    sentences: int | None
    words: int | None
    first: int | None = None
    overlooked: int = 3

    def holds(self, candidates: Sequence[int], sizes: Sequence[int]) -> bool:
        """Whether all the candidates fit."""
        return (self.sentences is None or len(candidates) <= self.sentences) and (
            self.words is None or sum(sizes[i] for i in candidates) <= self.words
        )

    def fill(self, ranked: Iterable[int], sizes: Sequence[int], leans_on: Mapping[int, int] = ALONE) -> list[int]:
        """The first of `ranked` that fit, in that order. What leans on a sentence that does not fit is left out with it."""
        taken: list[int] = []
        too_long: set[int] = set()
        total = misses = 0
        if self.sentences == 0:
            return taken
        for i in ranked:
            limit = self.words if taken else self.first
            misfit = limit is not None and total + sizes[i] > limit
            if misfit or leans_on.get(i) in too_long:
                too_long.add(i)
                misses += misfit
                if misses > self.overlooked:
                    break
                continue
            taken.append(i)
            total += sizes[i]
            if len(taken) == self.sentences or (self.words is not None and total >= self.words):
                break
        return taken


def check_length(sentences: int | None, words: int | None, ratio: float | None = None) -> None:
    """Raise DiploError where a length asks for nothing."""
    for name, value in (("sentences", sentences), ("words", words)):
        if value is not None and value < 1:
            raise DiploError(f"a summary of {value} {name} is none", f"Ask for 1 or more {name}.")
    if ratio is not None and not 0 < ratio <= 1:
        raise DiploError(
            f"a ratio of {ratio:g} is no share of a document", "Give a number over 0 and up to 1, such as 0.2."
        )


def at_most(sentences: int | None, ratio: float | None, candidates: int) -> int | None:
    """The number of sentences that both a number and a share of `candidates` allow; one at least where there is a share."""
    if ratio is None:
        return sentences
    share = max(1, round(ratio * candidates))
    return share if sentences is None else min(share, sentences)
