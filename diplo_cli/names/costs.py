"""How far apart two words of two scripts are: an edit distance between their letters, with costs learned for each pair of scripts.

A cost is -½·(log p(b|a) + log p(a|b)) of letters a and b aligned in pairs of spellings of one name (nothing, "", is a letter too): 0 for letters that always stand for each
other, 7 at most. The tables are data/names/costs/*.json, one a pair of scripts, learned by tools/build_names.py, ~5 KB, 0.2 ms to read, read when first needed. A pair without
a table is compared by sounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from diplo_cli.names.letters import VOWELS, sound

STEP = 0.1  # a stored cost is chr(48 + cost / STEP)
HIGHEST = 7.0
_COSTS = {chr(48 + steps): steps * STEP for steps in range(round(HIGHEST / STEP) + 1)}
_UNKNOWN = chr(48 + round(HIGHEST / 2 / STEP))
_CLASSES = {s: c for c, group in enumerate(("pb", "fvw", "tdTD", "szSZCJc", "kqgGxh", "lr", "mn")) for s in group}


Row = tuple[Mapping[str, float], float]
"""Of one letter: the cost of each letter in its place, and of nothing in its place."""


class Costs:
    """Costs between the letters of two scripts. A letter's row is decoded when it is asked for: a word has six of the 40 letters, and all would take 1 ms a pair of scripts."""

    def __init__(self, letters: str, others: str, stored: Sequence[Sequence[str]]) -> None:
        """`stored`: a row for nothing and for each of `letters`, in it a cost for nothing and for each of `others`."""
        self.letters, self.others = letters, others
        self._stored = dict(zip(("", *letters), stored, strict=True))
        self._rows: dict[str, Row] = {}
        self.add, _ = self.row("")

    def row(self, letter: str) -> Row:
        """The costs of a letter; of "" those of letters for nothing. What is not known costs HIGHEST / 2."""
        found = self._rows.get(letter)
        if found is None:
            drop, *changes = (_COSTS[each] for each in self._stored.get(letter, _UNKNOWN))
            found = self._rows[letter] = dict(zip(self.others, changes, strict=False)), drop
        return found


@cache
def costs(first: str, second: str) -> Costs | None:
    """The costs from letters of script `first` to letters of `second` (ISO 15924), None where there is no table: see `heard_cost`."""
    folder = Path(__file__).parents[1] / "data" / "names" / "costs"
    for one, other in ((first, second), (second, first)):
        try:
            table = json.loads((folder / f"{one}-{other}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        if one == first:
            return Costs(table["first"], table["second"], table["costs"])
        return Costs(table["second"], table["first"], list(zip(*table["costs"], strict=True)))
    return None


def heard_cost(a: str, b: str) -> float:
    """Cost of two sounds (see letters), "" for nothing, where nothing was learned."""
    if a == b:
        return 0.1
    if not a or not b:
        return 0.9 if (a or b) in VOWELS or (a or b) in "xh" else 2.2
    if a in VOWELS and b in VOWELS:
        return 0.7
    return 1.0 if _CLASSES.get(a, a) == _CLASSES.get(b, b) else 3.0


@cache
def _heard(first: str, second: str, letter: str, others: str) -> Row:
    """The row of a letter by sounds; of "" what `others` cost for nothing."""
    heard = sound(letter, first) if letter else ""
    return {other: heard_cost(heard, sound(other, second)) for other in others}, heard_cost(heard, "")


def measure(word: str, first: str, second: str) -> Callable[[str, float], float]:
    """A function (units of a word of script `second`, limit) -> its distance from `word` (units of script `first`), or `limit` as soon as it is known to be no less."""
    table = costs(first, second)
    if table is None:

        def heard(other: str, limit: float) -> float:
            others = "".join(sorted(set(other)))
            add, _ = _heard(first, second, "", others)
            return distance([_heard(first, second, letter, others) for letter in word], add, other, limit)

        return heard
    rows = [table.row(letter) for letter in word]
    add = table.add
    return lambda other, limit: distance(rows, add, other, limit)


def distance(
    rows: list[tuple[Mapping[str, float], float]], add: Mapping[str, float], other: str, limit: float
) -> float:
    """Weighted edit distance from a word, given as a row of costs a letter, to `other`; `limit` as soon as every way costs as much. ~15 µs for two words of 8 letters."""
    half = HIGHEST / 2
    adds = [add.get(b, half) for b in other]
    before = [0.0]
    for cost in adds:
        before.append(before[-1] + cost)
    pairs = list(zip(other, adds, strict=True))
    for row, drop in rows:
        diagonal = before[0]
        left = diagonal + drop
        least = left
        here = [left]
        at = 1
        for b, cost_of_b in pairs:
            above = before[at]
            best = diagonal + row.get(b, half)
            best = min(best, above + drop)
            best = min(best, left + cost_of_b)
            here.append(best)
            if best < least:  # noqa: PLR1730 - min() costs a third of the whole loop
                least = best
            left, diagonal = best, above
            at += 1
        if least >= limit:
            return limit
        before = here
    return before[-1]
