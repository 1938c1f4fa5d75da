"""Two neighbouring words of a name weighed together: which pairs of words of the library, side by side, are the two words asked for.

A logistic model adds what speaks for each word (evidence) to what speaks against the pair; so a word has one weight, and the pairs that reach a line are those whose weights
do. The weights are data/names/fullname.json, learned by tools/build_fullname.py from names in parallel texts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from diplo_cli.names.evidence import FEATURES, Evidence
from diplo_cli.names.letters import CASED_SCRIPTS
from diplo_cli.names.scorer import probability

LINES = {"strict": 3.3, "normal": 0.5, "loose": -1.0}  # log-odds from which a pair is taken
# Weight under which a word is another, however sure its neighbour: `Anwar said` is not Anwar Sadat. Spellings of one script that several languages write
# in ways of their own (ترامب, ٹرمپ) are as far apart as those of two.
_LEAST, _LEAST_ABROAD = -0.5, -3.0
_STEP = 0.5  # log-odds: weights are rounded down to multiples of it, so that a query has few groups


class Weighed(NamedTuple):
    """A term with its weight: log-odds, of which two of a pair are added."""

    term: str
    script: str
    weight: float
    exact: bool


class Pairs(NamedTuple):
    """Each of `firsts` beside each of `seconds` is the name. All are of one script."""

    script: str
    firsts: tuple[Weighed, ...]
    seconds: tuple[Weighed, ...]


@cache
def _weights() -> dict[str, float]:
    path = Path(__file__).parents[1] / "data" / "names" / "fullname.json"
    loaded: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def weigh(found: Sequence[Evidence]) -> list[Weighed]:
    """The terms with their weights, heaviest first, without those that are plainly other words. Half of what speaks against any pair is in each."""
    table = _weights()
    weights = [table[name] for name in FEATURES]
    half = table["pair"] / 2
    weighed = [
        Weighed(
            each.term,
            each.script,
            half + sum(map(mul, weights, each.features)),
            each.features[0] == 1.0,
        )
        for each in found
    ]
    other_script = FEATURES.index("other script")
    weighed = [
        each
        for each, of in zip(weighed, found, strict=True)
        if each.exact
        or each.weight >= (_LEAST_ABROAD if of.features[other_script] or each.script not in CASED_SCRIPTS else _LEAST)
    ]
    return sorted(weighed, key=lambda each: (-each.weight, each.term))


def pairs(firsts: Sequence[Weighed], seconds: Sequence[Weighed], strictness: str = "normal") -> list[Pairs]:
    """The pairs of terms of one script that are sure enough together, as few groups; the words asked for themselves, both exact, are left to the caller.

    `firsts` and `seconds` as `weigh` gives them.
    """
    line = LINES[strictness]
    found = []
    for script in dict.fromkeys(each.script for each in firsts):
        a, b = _of(script, firsts), _of(script, seconds)
        reaches = [sum(other >= line - weight for other, _ in a) for weight, _ in b]
        for at, reach in enumerate(reaches):
            if reach and (at + 1 == len(b) or reaches[at + 1] < reach):  # a corner of the staircase
                found.append(Pairs(script, _terms(a[:reach]), _terms(b[: at + 1])))
    return found


def _terms(groups: Sequence[tuple[float, list[Weighed]]]) -> tuple[Weighed, ...]:
    return tuple(each for _, group in groups for each in group)


def together(weight: float) -> float:
    """How sure (0..1) it is that two terms side by side are the name, from their weights' sum: 0.99 at most."""
    return min(0.99, round(probability(weight), 4))


def _of(script: str, weighed: Sequence[Weighed]) -> list[tuple[float, list[Weighed]]]:
    """The terms of a script in groups of one rounded weight, heaviest first."""
    groups: dict[float, list[Weighed]] = {}
    for each in weighed:
        if each.script == script:
            groups.setdefault(each.weight // _STEP * _STEP, []).append(each)
    return sorted(groups.items(), reverse=True)
