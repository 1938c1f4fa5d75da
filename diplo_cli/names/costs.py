"""How far apart two words of two scripts are: an edit distance between their letters, with costs learned for each pair of scripts.

A cost is -½·(log p(b|a) + log p(a|b)) of letters a and b aligned in pairs of spellings of one name (nothing, "", is a letter too): 0 for letters that always stand for each
other, 7 at most. The tables are data/names/costs/*.json, one a pair of scripts, learned by tools/build_names.py, ~5 KB, 0.2 ms to read, read when first needed. A pair without
a table is compared by sounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from diplo_cli.names.letters import VOWELS, sound

STEP = 0.1  # a stored cost is chr(48 + cost / STEP)
HIGHEST = 7.0
_COSTS = {chr(48 + steps): steps * STEP for steps in range(round(HIGHEST / STEP) + 1)}
_REMEMBERED = 3_000  # columns of distances a word, 0.4 KB each
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


@lru_cache(maxsize=32)  # a name is measured for itself and for its neighbour, against much the same words
def measure(word: str, first: str, second: str) -> Callable[[str, float], float]:
    """A function (units of a word of script `second`, limit) -> its distance from `word` (units of script `first`), or `limit` as soon as it is known to be no less.

    A weighted edit distance, 1 µs a letter that no word measured before had in the same place after the same letters: candidates share their beginnings.
    """
    table = costs(first, second)
    heard = [sound(letter, first) for letter in word]
    half = HIGHEST / 2
    drops = [heard_cost(each, "") for each in heard] if table is None else [table.row(letter)[1] for letter in word]
    letters: dict[
        str, tuple[float, list[tuple[float, float]]]
    ] = {}  # cost of a letter for nothing; and (for each of `word`, of that for nothing)
    start = list(accumulate(drops, initial=0.0))
    columns = {"": start}  # of the table of distances, by the beginning of a word that they end

    def known(letter: str) -> tuple[float, list[tuple[float, float]]]:
        if table is None:
            there = sound(letter, second)
            changes, add = [heard_cost(each, there) for each in heard], heard_cost("", there)
        else:
            changes, add = [table.row(each)[0].get(letter, half) for each in word], table.add.get(letter, half)
        letters[letter] = found = add, list(zip(changes, drops, strict=True))
        return found

    def apart(other: str, limit: float) -> float:
        at = len(other)
        while (column := columns.get(other[:at])) is None:
            at -= 1
        for place in range(at, len(other)):
            if min(column) >= limit:
                return limit
            letter = other[place]
            add, costs_of = letters.get(letter) or known(letter)
            column = _next(column, add, costs_of)
            if len(columns) < _REMEMBERED:
                columns[other[: place + 1]] = column
        return column[-1]

    return apart


def _next(before: list[float], add: float, letters: list[tuple[float, float]]) -> list[float]:
    """The column of distances after one more letter, which costs `add` for nothing and beside each letter of the word the first of `letters`, that for nothing the second."""
    diagonal = before[0]
    best = diagonal + add
    column = [best]
    place = 0
    for change, drop in letters:
        place += 1  # noqa: SIM113 - enumerate costs a tenth of the loop, which is where a search for a name spends most of its time
        best += drop
        other = diagonal + change
        if other < best:  # noqa: PLR1730 - min() doubles the loop
            best = other
        diagonal = before[place]
        other = diagonal + add
        if other < best:  # noqa: PLR1730
            best = other
        column.append(best)
    return column
