"""Learn the letter costs of each pair of scripts, by expectation maximisation over spellings of one name."""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

from name_sources import SCRIPTS

from diplo_cli.names import costs as learned
from diplo_cli.names import letters

FEWEST_PAIRS = 300  # below this a pair of scripts is compared by sounds
MOST_PAIRS = 9000
VOWELS_APART, CONSONANTS_APART = 3.0, 3.5  # the most that two vowels, or two consonants of one class, are apart


def learn_costs(pairs: list[tuple[str, str]], first: str, second: str) -> dict[tuple[str, str], float]:
    """Costs of letters by expectation maximisation over best alignments (Viterbi), smoothed by how alike two letters sound."""
    words = [(letters.units(a, first), letters.units(b, second)) for a, b in pairs]
    words = [(a, b) for a, b in words if a and b and len(a) < 15 and len(b) < 17]
    same = first == second

    def heard(a: str, b: str) -> float:
        if same and a == b:
            return 0.0
        return learned.heard_cost(letters.sound(a, first) if a else "", letters.sound(b, second) if b else "")

    def highest(a: str, b: str) -> float:
        """The pairs are of a few languages: what they never do, others may (Uzbek о for a)."""
        like = heard(a, b)
        return (
            VOWELS_APART if a and b and like < 0.8 else CONSONANTS_APART if a and b and like <= 1.0 else learned.HIGHEST
        )

    counts: Counter[tuple[str, str]] = Counter()
    given: dict[tuple[str, str], float] = {}
    a_total = b_total = 0
    of_a: Counter[str] = Counter()
    of_b: Counter[str] = Counter()

    def estimate(a: str, b: str) -> float:
        if same and a == b:
            return 0.0
        expected = 3.0 * math.exp(-2.0 * heard(a, b))  # what a letter pair is worth before it was ever seen
        count = counts[a, b] + expected
        by_a = count / ((of_a[a] if a else a_total) + 5)
        by_b = count / ((of_b[b] if b else b_total) + 5)
        return min(highest(a, b), max(0.0, -0.5 * (math.log(min(1, by_a)) + math.log(min(1, by_b)))))

    for turn in range(4):
        fresh: Counter[tuple[str, str]] = Counter()
        source = estimate if turn else heard
        given.clear()

        def cost(a: str, b: str, source: object = source) -> float:
            found = given.get((a, b))
            if found is None:
                found = given[a, b] = source(a, b)  # type: ignore[operator]
            return found

        for x, y in words:
            table = [[0.0] * (len(y) + 1) for _ in range(len(x) + 1)]
            for j, b in enumerate(y):
                table[0][j + 1] = table[0][j] + cost("", b)
            for i, a in enumerate(x):
                row, above, drop = table[i + 1], table[i], cost(a, "")
                row[0] = above[0] + drop
                for j, b in enumerate(y):
                    row[j + 1] = min(above[j] + cost(a, b), above[j + 1] + drop, row[j] + cost("", b))
            i, j = len(x), len(y)
            if table[i][j] / (i + j) > 0.8:
                continue  # not two spellings of one name
            while i or j:
                if i and j and abs(table[i][j] - table[i - 1][j - 1] - cost(x[i - 1], y[j - 1])) < 1e-9:
                    i, j = i - 1, j - 1
                    fresh[x[i], y[j]] += 1
                elif i and abs(table[i][j] - table[i - 1][j] - cost(x[i - 1], "")) < 1e-9:
                    i -= 1
                    fresh[x[i], ""] += 1
                else:
                    j -= 1
                    fresh["", y[j]] += 1
        counts = fresh
        of_a.clear()
        of_b.clear()
        for (a, b), n in counts.items():
            of_a[a] += n
            of_b[b] += n
        a_total = sum(len(x) + 1 for x, _ in words)
        b_total = sum(len(y) + 1 for _, y in words)
    alphabet = sorted({c for x, _ in words for c in x}), sorted({c for _, y in words for c in y})
    if same:
        alphabet = (sorted({*alphabet[0], *alphabet[1]}),) * 2
    return {(a, b): estimate(a, b) for a in ["", *alphabet[0]] for b in ["", *alphabet[1]] if a or b}


def write_costs(table: dict[tuple[str, str], float], first: str, second: str, folder: Path) -> None:
    """One file a pair: the letters of both sides, and a row of costs a letter, a character a cost (see diplo_cli.names.costs)."""
    a_side, b_side = sorted({a for a, _ in table if a}), sorted({b for _, b in table if b})
    rows = [
        "".join(chr(48 + round(table.get((a, b), 0.0) / learned.STEP)) for b in ["", *b_side]) for a in ["", *a_side]
    ]
    text = json.dumps(
        {"first": "".join(a_side), "second": "".join(b_side), "costs": rows}, ensure_ascii=False, indent=0
    )
    (folder / f"{first}-{second}.json").write_text(text + "\n", encoding="utf-8")


def build_costs(
    rows: list[tuple[str, str, str, str, bool, bool]], groups: list[dict[str, list[str]]], folder: Path
) -> None:
    """Write the letter costs of every pair of scripts with enough pairs into a folder."""
    dice = random.Random(5)  # noqa: S311 - a sample, the same each time
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for a, sa, b, sb, _, sure in rows:
        if sure and sa in SCRIPTS and sb in SCRIPTS:
            found[(sa, sb) if sa <= sb else (sb, sa)].add((a, b) if sa <= sb else (b, a))
    native = {pair for pair, words in found.items() if len(words) > 3000}  # enough without the groups
    for group in groups:
        for i, first in enumerate(SCRIPTS):
            for second in SCRIPTS[i:]:
                if (first, second) in native and first != second:
                    continue
                if first == second:
                    spelled = group.get(first, [])
                    if len(spelled) > 1:
                        x, y = dice.sample(spelled, 2)
                        found[first, second].update({(x, y), (y, x)})
                else:
                    found[first, second].update(
                        (x, y) for x in group.get(first, [])[:3] for y in group.get(second, [])[:2]
                    )
    for first, second in sorted(found):
        pairs = sorted(found[first, second])
        if first == second == "Hani" or len(pairs) < FEWEST_PAIRS:
            continue
        table = learn_costs(dice.sample(pairs, min(MOST_PAIRS, len(pairs))), first, second)
        write_costs(table, first, second, folder)
        print("costs", first, second, len(pairs), len(table), flush=True)
