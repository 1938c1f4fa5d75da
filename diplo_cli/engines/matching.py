"""Phrases, nearness and edit distance over token positions, for engines whose library has none that is exact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence


def in_order(positions: Sequence[Collection[int] | None], slop: int) -> bool:
    """Whether a phrase occurs, given where each of its positions' alternatives occur; None stands for any one token.

    At most `slop` tokens stand in between in all. Costs (places of the first) × (positions) × (slop + 1).
    """
    reached: dict[int, int] = {}  # place of the last position matched -> fewest tokens in between so far
    gap = 0
    for places in positions:
        gap += 1
        if places is None:
            continue
        if not reached:
            reached = dict.fromkeys(places, 0)
        else:
            before, reached = reached, {}
            for place, spent in before.items():
                for extra in range(slop - spent + 1):
                    there = place + gap + extra
                    if there in places and spent + extra < reached.get(there, slop + 1):
                        reached[there] = spent + extra
        gap = 0
        if not reached:
            return False
    return bool(reached)


def nearby(groups: Sequence[Sequence[int]], window: int) -> bool:
    """Whether `window` consecutive tokens hold a place for each group, no place serving two; groups are sorted."""
    if not groups or not all(groups):
        return False
    for start in sorted({place for group in groups for place in group}):
        inside = []
        for group in groups:
            first = bisect_left(group, start)
            # As many places as there are groups are enough: the others can take no more than all but one of them.
            places = [place for place in group[first : first + len(groups)] if place < start + window]
            if not places:
                break
            inside.append(places)
        else:
            if _each_its_own(inside):
                return True
    return False


def _each_its_own(choices: Sequence[Sequence[int]]) -> bool:
    """Whether each group can have a place of its own: a bipartite matching by augmenting paths."""
    owner: dict[int, int] = {}

    def settle(group: int, tried: set[int]) -> bool:
        for place in choices[group]:
            if place not in tried:
                tried.add(place)
                if place not in owner or settle(owner[place], tried):
                    owner[place] = group
                    return True
        return False

    return all(settle(group, set()) for group in range(len(choices)))


def within(word: str, other: str, distance: int) -> bool:
    """Whether at most `distance` insertions, deletions, replacements or swaps of neighbours make one word of the other.

    Optimal string alignment, as Lucene and tantivy count: no part is edited twice.
    """
    if abs(len(word) - len(other)) > distance:
        return False
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 < column and letter == other[column - 2] and word[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > distance and min(above) > distance:
            return False
        before, above = above, current
    return above[-1] <= distance
