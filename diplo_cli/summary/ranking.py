"""The default ranking: which sentences say most of a document, in plain Python, for any language.

A sentence is a bag of terms, a unit vector of 1 + ln(frequency). Its score is

    (cos(v_i, Σ_j v_j/√(1+pos_j)) / max + 0.5/√(1+pos_i) + 0.3 · cos(v_i, title) / max) · √min(1, len/12, 70/len)

that is: how central it is, early sentences counting more (news tells the most important thing first); how early it
stands; how much of the title it has; and a damping of sentences under 12 words (headings, exclamations) and over 70
(lists). Sentences are then taken by maximal marginal relevance (Carbonell & Goldstein 1998): λ · score − (1 − λ) · its
greatest cosine with one that is already taken, λ = 0.6.

Cost: linear in the words for the scores; a taken sentence is compared only with those that could still come next (see
`in_turn`). The ranking of digests is in agreement.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import log, sqrt
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Vector = Mapping[str, float]

LEAD = 0.5
TITLE = 0.3
RELEVANCE = 0.6
SHORT, LONG = 12, 70
"""Words; outside of them a sentence is damped by the square root of how far it is."""

COMPARED = 200
"""Taken sentences that another is compared with, the first of them: no summary is longer, and all 5,000 of a book would cost 11 s."""


def vector(terms: Sequence[T]) -> dict[T, float]:
    """The unit vector of a bag of terms; empty for none."""
    weights = {term: 1.0 + log(count) if count > 1 else 1.0 for term, count in Counter(terms).items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two unit vectors, 0..1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)


def score(
    vectors: Sequence[Vector], sizes: Sequence[int], positions: Sequence[int], title: Sequence[str] = ()
) -> list[float]:
    """How much each sentence says of the whole, 0..1, the best being 1 (all 0 where no sentence has a term).

    `sizes` are words a sentence, `positions` the place (0-based) of each in its own document: over several documents
    each counts its own.
    """
    early = [earliness(position) for position in positions]
    middle = centre(vectors, early)
    central = _of_best([sum(value * middle[term] for term, value in sentence.items()) for sentence in vectors])
    heading = vector(title)
    titled = _of_best([cosine(sentence, heading) for sentence in vectors]) if heading else [0.0] * len(vectors)
    return _of_best(
        [
            (central[i] + LEAD * early[i] + TITLE * titled[i]) * damping(size, SHORT, LONG) if vectors[i] else 0.0
            for i, size in enumerate(sizes)
        ]
    )


def earliness(position: int) -> float:
    """The weight of a place (0-based) in a document: 1 for the first, 0.5 for the fourth."""
    return 1.0 / sqrt(1 + position)


def centre(vectors: Sequence[Mapping[T, float]], weights: Sequence[float]) -> dict[T, float]:
    """The weighted sum of vectors."""
    middle: dict[T, float] = {}
    for sentence, weight in zip(vectors, weights, strict=True):
        for term, value in sentence.items():
            middle[term] = middle.get(term, 0.0) + value * weight
    return middle


def damping(size: int, short: int, long: int) -> float:
    """1 for sentences of `short` to `long` words, less for others."""
    return sqrt(min(1.0, size / short, long / size)) if size else 0.0


def by_marginal_relevance(
    scores: Sequence[float], vectors: Sequence[Vector], leans_on: Mapping[int, int] | None = None
) -> Iterator[int]:
    """All sentences, by index, in the order in which they should be taken; see `in_turn`.

    Only the first COMPARED that are taken are compared with.
    """
    taken: list[int] = []
    likeness = [0.0] * len(scores)
    compared = [0] * len(scores)

    def worth(i: int) -> float:
        if compared[i] < (known := min(len(taken), COMPARED)):
            likeness[i] = max(likeness[i], *(cosine(vectors[i], vectors[j]) for j in taken[compared[i] : known]))
            compared[i] = known
        return RELEVANCE * scores[i] - (1.0 - RELEVANCE) * likeness[i]

    return in_turn(len(scores), worth, taken.append, leans_on or {})


def in_turn(
    size: int, worth: Callable[[int], float], take: Callable[[int], None], leans_on: Mapping[int, int]
) -> Iterator[int]:
    """The numbers below `size`, each time the one that is worth most, ties by number; `take` is told of each.

    Lazy: who wants three pays for three. `leans_on` names, for a sentence that cannot stand alone, the one before it: it
    waits until that one was taken, and comes at the end if it never is.

    A sentence's worth may only sink as others are taken, so an outdated worth is a bound: only the top of the heap is
    brought up to date. The order is that of asking for every worth every time, at a fraction of the cost (marginal
    relevance of 5,000 sentences, 50 taken: 0.05 s for 0.24 s).
    """
    heap = [(-worth(i), i) for i in range(size)]
    heapify(heap)
    asked = [0] * size  # how many were taken when its worth was last asked for
    was_taken = [False] * size
    taken = 0
    waiting: dict[int, list[int]] = {}
    while heap or waiting:
        if not heap:
            # nothing else is left: those that waited in vain, as if they stood alone
            heap = [(-worth(i), i) for group in waiting.values() for i in group]
            heapify(heap)
            waiting, leans_on = {}, {}
        _, i = heappop(heap)
        if asked[i] < taken:
            asked[i] = taken
            heappush(heap, (-worth(i), i))
            continue
        support = leans_on.get(i)
        if support is not None and not was_taken[support]:
            waiting.setdefault(support, []).append(i)
            continue
        was_taken[i] = True
        take(i)
        taken += 1
        yield i
        for follower in waiting.pop(i, ()):
            heappush(heap, (-worth(follower), follower))


def unlike(
    ranked: Iterable[int], terms: Sequence[Sequence[str]], alike: float, told: Iterable[Vector] = ()
) -> Iterator[int]:
    """What is left of a ranking without the sentences whose cosine with one of `told`, or before them, reaches `alike`.

    The first COMPARED are looked at.
    """
    kept = list(told)
    for i in ranked:
        found = vector(terms[i])
        if all(cosine(found, other) < alike for other in kept):
            if len(kept) < COMPARED:
                kept.append(found)
            yield i


def _of_best(values: list[float]) -> list[float]:
    best = max(values, default=0.0)
    return [value / best for value in values] if best > 0 else values
