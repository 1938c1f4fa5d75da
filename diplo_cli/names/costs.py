"""How far apart two words of two scripts are: an edit distance between their letters, with costs learned for each pair of scripts.

A cost is -½·(log p(b|a) + log p(a|b)) of letters a and b aligned in pairs of spellings of one name (nothing, "", is a letter too): 0 for letters that always stand for each
other, 7 at most. The tables are data/names/costs/*.json, one a pair of scripts, learned by tools/build_names.py, ~5 KB, 0.2 ms to read, read when first needed. A pair without
a table is compared by sounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from diplo_cli.names.letters import VOWELS, sound

STEP = 0.1  # a stored cost is chr(48 + cost / STEP)
HIGHEST = 7.0
_CLASSES = {s: c for c, group in enumerate(("pb", "fvw", "tdTD", "szSZCJc", "kqgGxh", "lr", "mn")) for s in group}


class Costs(NamedTuple):
    """`change[a][b]`: cost of letter b in the place of a; `drop[a]`: of a with nothing for it; `add[b]`: of b for nothing. Unknown letters cost HIGHEST / 2."""

    change: Mapping[str, Mapping[str, float]]
    drop: Mapping[str, float]
    add: Mapping[str, float]


@cache
def _stored(first: str, second: str) -> Costs | None:
    path = Path(__file__).parents[1] / "data" / "names" / "costs" / f"{first}-{second}.json"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    a, b = table["first"], table["second"]
    rows = [[(ord(c) - 48) * STEP for c in row] for row in table["costs"]]  # row 0 and column 0 are nothing
    change = {x: dict(zip(b, rows[i + 1][1:], strict=True)) for i, x in enumerate(a)}
    drop = {x: rows[i + 1][0] for i, x in enumerate(a)}
    return Costs(change, drop, dict(zip(b, rows[0][1:], strict=True)))


@cache
def costs(first: str, second: str) -> Costs | None:
    """The costs from letters of script `first` to letters of `second` (ISO 15924), None where there is no table: see `heard_costs`."""
    found = _stored(first, second)
    if found is None and first != second:
        turned = _stored(second, first)
        if turned is not None:
            change: dict[str, dict[str, float]] = {b: {} for b in turned.add}
            for a, row in turned.change.items():
                for b, cost in row.items():
                    change[b][a] = cost
            found = Costs(change, turned.add, turned.drop)
    return found


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
def _heard(first: str, second: str, letters: str, others: str) -> Costs:
    sounds_a, sounds_b = {a: sound(a, first) for a in letters}, {b: sound(b, second) for b in others}
    change = {a: {b: heard_cost(x, y) for b, y in sounds_b.items()} for a, x in sounds_a.items()}
    return Costs(
        change, {a: heard_cost(x, "") for a, x in sounds_a.items()}, {b: heard_cost("", y) for b, y in sounds_b.items()}
    )


def measure(word: str, first: str, second: str) -> Callable[[str, float], float]:
    """A function (units of a word of script `second`, limit) -> its distance from `word` (units of script `first`), or `limit` as soon as it is known to be no less."""
    table = costs(first, second)
    if table is None:

        def heard(other: str, limit: float) -> float:
            guess = _heard(first, second, "".join(sorted(set(word))), "".join(sorted(set(other))))
            return distance([(guess.change[a], guess.drop[a]) for a in word], guess.add, other, limit)

        return heard
    half = HIGHEST / 2
    rows = [(table.change.get(a, {}), table.drop.get(a, half)) for a in word]
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
