"""The ranking of a digest: what several documents report of the same events, each thing once.

A sentence is a bag of pairs of neighbouring terms, a unit vector of 1 + ln(frequency): single terms only tell what the
documents are about, pairs what is said of it ("signed agreement", "three dead"). The centre is the sum of all sentences,
early ones counting more, as in ranking.py. What a sentence is worth is

    (Σ its pairs in the centre / max + 0.4/√(1+pos)) · √min(1, len/16, 55/len)

with its place in its own document. Once it is told, its pairs count a tenth, so that the next sentence is one that
agrees with many on something else. Counting once what several texts agree on, by pairs of words, is the idea of Gillick
and Favre (2009, "A scalable global model for summarization"), who look for the best set; taking the best sentence each
time costs a thousandth.

docs/summaries.md has the figures, also of what was tried beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from diplo_cli.summary.ranking import centre, damping, earliness, in_turn, vector

LEAD = 0.4
TOLD = 0.1
"""What a pair counts once it was told. From 0 to 0.2 measures alike; left out or at 0.5 the same is told in other words."""

SHORT, LONG = 16, 55
"""Words. 12 to 20 and 45 to 70 measure alike."""


def by_agreement(
    terms: Sequence[Sequence[str]],
    sizes: Sequence[int],
    positions: Sequence[int],
    favoured: Sequence[bool] = (),
    leans_on: Mapping[int, int] | None = None,
) -> Iterator[int]:
    """All sentences of several documents, by index, in the order in which they should be taken (see `in_turn`).

    The arguments run in parallel: content terms in order, words, place (0-based) in its own document, and whether it
    is of what the user asks for: such sentences come before all others.
    """
    pairs = [vector(list(pairwise(each))) for each in terms]
    early = [earliness(position) for position in positions]
    middle = centre(pairs, early)

    def agreement(i: int) -> float:
        return sum(value * middle[pair] for pair, value in pairs[i].items())

    best = max(map(agreement, range(len(terms))), default=0.0) or 1.0
    told: set[tuple[str, str]] = set()

    def worth(i: int) -> float:
        if not terms[i]:
            return 0.0
        value = (agreement(i) / best + LEAD * early[i]) * damping(sizes[i], SHORT, LONG)
        return value + 1.0 + LEAD if favoured and favoured[i] else value

    def take(i: int) -> None:
        for pair in pairs[i].keys() - told:
            middle[pair] *= TOLD
            told.add(pair)

    return in_turn(len(terms), worth, take, leans_on or {})
