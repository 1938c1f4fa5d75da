"""Several rankings as one, by reciprocal rank (Cormack, Clarke and Büttcher 2009): scores of different kinds need not be comparable."""

from __future__ import annotations

from collections.abc import Sequence

DAMPING = 60  # as in the paper: the first place counts little more than the second


def fused(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Ids with their scores, best first, ties by id; each ranking is best first and holds an id once."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + 1 / (DAMPING + place)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
