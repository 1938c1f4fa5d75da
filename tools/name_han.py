"""Learn which consonants each Chinese character stands for where it writes a foreign name."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from diplo_cli.names import keys, letters


def han(pairs: Iterable[tuple[str, str]], ordinary: str) -> list[str]:
    """Lines "character, consonant key, pinyin units, log-odds" of the characters used in transliteration, from (Latin, Han) pairs and ordinary Chinese text."""
    from pypinyin import lazy_pinyin

    def pinyin(character: str) -> str:
        syllable = lazy_pinyin(character)[0]
        if not syllable.isascii() or not syllable.isalpha():
            return ""
        for written, unit in (("zh", "Z"), ("ch", "C"), ("sh", "S"), ("ng", "n"), ("v", "u")):
            syllable = syllable.replace(written, unit)
        return "r" if syllable == "er" else syllable

    data = [(keys.coarser(keys.indexed_keys(a)[0]), b) for a, b in pairs if keys.indexed_keys(a) and 2 <= len(b) <= 8]
    data = [(key, b) for key, b in data if 1 <= len(key) <= 9]
    readings = {c: pinyin(c) for _, b in data for c in b}
    first = {
        c: keys.coarser("".join(keys.CLASSES.get(letters.sound(u, "Hani"), "") for u in reading))
        for c, reading in readings.items()
    }
    counts: dict[str, Counter[str]] = {}
    for turn in range(4):
        fresh: dict[str, Counter[str]] = defaultdict(Counter)

        def cost(c: str, part: str, turn: int = turn, counts: dict[str, Counter[str]] = counts) -> float:
            if not turn:
                return 0.2 if part == first[c] else 1.2 if part and part[0] == first[c][:1] else 2.5 + 0.7 * len(part)
            known = counts.get(c, Counter())
            return -math.log((known[part] + (1.0 if part == first[c] else 0.05)) / (sum(known.values()) + 3))

        for key, word in data:
            ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
            for c in word:
                here: dict[int, tuple[float, int]] = {}
                for at, (sofar, _) in ways[-1].items():
                    for take in (0, 1, 2):
                        if at + take <= len(key):
                            total = sofar + cost(c, key[at : at + take])
                            if at + take not in here or total < here[at + take][0]:
                                here[at + take] = (total, take)
                ways.append(here)
            at = len(key)
            if at not in ways[-1] or (turn and ways[-1][at][0] / len(word) > 2.2):
                continue
            for i in range(len(word), 0, -1):
                take = ways[i][at][1]
                fresh[word[i - 1]][key[at - take : at]] += 1
                at -= take
        counts = fresh
    used = Counter(c for _, b in data for c in set(b))
    common = Counter(c for c in ordinary if "\u4e00" <= c <= "\u9fff")
    total, everything = sum(used.values()), sum(common.values())
    lines = []
    for c in sorted(counts):
        in_names, in_text = used[c] / total, common[c] / everything
        if used[c] >= 5 and readings[c]:
            odds = max(-4.0, min(4.0, math.log(in_names / (in_text + 2 / everything))))
            lines.append(f"{c}\t{counts[c].most_common(1)[0][0]}\t{readings[c]}\t{odds:.1f}")
    return lines
