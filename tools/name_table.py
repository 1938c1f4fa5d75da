"""Compile the table of known spellings, diplo_cli/data/names/known.table, from groups of spellings of one name."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from zlib import crc32

from name_sources import lines_of

from diplo_cli.names.costs import measure
from diplo_cli.names.letters import known_script, units
from diplo_cli.names.table import BUCKETS_PER_ENTRY, HEADER, MAGIC
from diplo_cli.text.tokens import tokenize

# Cost a letter up to which two members of a group are spellings of one name, not a translation or a pet name of it;
# for each group more that has both, as much again: Michael and Майкл are far apart, and together in many.
NEAR, NEAR_EAST_ASIAN = 0.9, 1.4
_EAST_ASIAN = ("Hani", "Hang")
# How a Japanese name is read, not how it is written; up to three of them are the endings of many words, and left out.
_HIRAGANA = re.compile("[ぁ-ゖ]")
# Chinese says "the surname Kim"; Slavic and Lithuanian families write a woman's name in another way
_SURNAME = re.compile("[姓氏]$|씨$")
_OF_A_WOMAN = re.compile(r"(?:owna|ovna|evna|ewna|owa|ova|iene|aite|yte|ute|овна|евна|ова)$")
_LONGEST, _MOST_WORDS = 40, 4


def _member(spelling: str) -> str:
    """A spelling as a text has it: its tokens joined by spaces, a run of Chinese or Japanese as it is; "" if it is none."""
    if not 1 <= len(spelling) <= _LONGEST or any(c.isdigit() or not (c.isprintable()) for c in spelling):
        return ""
    script = known_script(spelling)
    if script in ("Hani", "Kana"):
        return spelling if all(c.isalpha() or c == "ー" for c in spelling) else ""
    words = [token.term for token in tokenize(spelling)]
    if not script and any(len(word) < 3 for word in words):
        return ""  # a script without spaces, in pieces
    least = 1 if script in ("Hang", "Hani") else 2
    if not words or len(words) > _MOST_WORDS or max(map(len, words)) < least:
        return ""
    return " ".join(words)


@cache
def _distance(word: str, first: str, second: str) -> Callable[[str, float], float]:
    return measure(word, first, second)


def _apart(a: str, b: str) -> float | None:
    """How far apart two members are, 1 being the most for one name; None if a script is not read."""
    first, second = known_script(a), known_script(b)
    x, y = units(a.replace(" ", ""), first), units(b.replace(" ", ""), second)
    if not x or not y:
        return None
    near = NEAR_EAST_ASIAN if first in _EAST_ASIAN or second in _EAST_ASIAN else NEAR
    return _distance(x, first, second)(y, 99.0) / (len(x) + len(y)) / near


def _together(lines: Sequence[Sequence[str]]) -> Counter[tuple[str, str]]:
    """How many groups have both of two spellings, for those that more than one has."""
    met = Counter(member for members in lines for member in members)
    pairs: Counter[tuple[str, str]] = Counter()
    for members in lines:
        again = sorted(member for member in members if met[member] > 1)
        pairs.update(combinations(again, 2))
    return Counter({pair: n for pair, n in pairs.items() if n > 1})


def _linked(words: list[str], together: Counter[tuple[str, str]]) -> list[list[str]]:
    """The words in clusters of spellings near each other (average linkage), largest first."""
    groups = {i: [word] for i, word in enumerate(words)}
    between: dict[tuple[int, int], float] = {}
    for i, j in combinations(groups, 2):
        a, b = words[i], words[j]
        apart = _apart(a, b)
        between[i, j] = (9.0 if apart is None else apart) / max(1, together[min(a, b), max(a, b)])
    while between:
        least, (i, j) = min((apart, pair) for pair, apart in between.items())
        if least > 1:
            break
        here, there = len(groups[i]), len(groups[j])
        for k in groups.keys() - {i, j}:
            to_i, to_j = (min(i, k), max(i, k)), (min(j, k), max(j, k))
            between[to_i] = (between[to_i] * here + between[to_j] * there) / (here + there)
        groups[i] += groups.pop(j)
        between = {pair: apart for pair, apart in between.items() if j not in pair}
    return sorted(groups.values(), key=lambda group: (-len(group), group))


def clusters(members: Sequence[str], together: Counter[tuple[str, str]]) -> list[list[str]]:
    """The members of a group in clusters of spellings of one name; what stands alone is left out.

    What cannot be compared (scripts that are not read; names written in Chinese characters by sense) goes with the most.
    """
    members = [m for m in members if not _SURNAME.search(m)]
    begins = {m[:3] for m in members if not _OF_A_WOMAN.search(m)}
    members = [m for m in members if not (_OF_A_WOMAN.search(m) and m[:3] in begins)]
    scripts = {m: known_script(m) for m in members}
    native = any(_HIRAGANA.search(m) for m in members) or "Hang" in scripts.values()
    found = _linked([m for m in members if scripts[m] and scripts[m] not in _EAST_ASIAN], together)
    if not found:
        return [members] if len(members) > 1 else []
    written = [{scripts[m] for m in group} for group in found]
    latin = [i for i, of in enumerate(written) if of == {"Latn"}]
    others = [i for i, of in enumerate(written) if "Latn" not in of and len(of) > 1]
    if latin and others and all("Latn" not in of or of == {"Latn"} for of in written):
        found[latin[0]] += found[others[0]]  # Hughes: what several scripts agree on is how the Latin name sounds
        del found[others[0]]
    placed = [list(group) for group in found]
    for m in members:
        if not scripts[m] or (scripts[m] in _EAST_ASIAN and native):
            placed[0].append(m)
        elif scripts[m] in _EAST_ASIAN:
            apart = [[_apart(m, other) for other in group] for group in found]
            mean = [sum(9.0 if d is None else d for d in each) / len(each) for each in apart]
            nearest = min(range(len(found)), key=mean.__getitem__)
            if mean[nearest] <= 1:
                placed[nearest].append(m)
    written_so = [[m for m in group if len(m) > 3 or not _HIRAGANA.search(m)] for group in placed]
    return [group for group in written_so if len(group) > 1]


def table_bytes(groups: Iterable[tuple[tuple[str, ...], int]]) -> bytes:
    """The table of (spellings, how many groups attest them), as diplo_cli.names.table reads it."""
    text = bytearray()
    entries: list[tuple[str, int]] = []
    for members, support in groups:
        entries += [(member, len(text)) for member in members]
        text += f"{support}\t{chr(9).join(members)}\n".encode()
    size = max(1, int(len(entries) * BUCKETS_PER_ENTRY))
    buckets: list[dict[int, None]] = [{} for _ in range(size)]  # a line once, whichever of its spellings led there
    for member, at in entries:
        buckets[crc32(member.encode()) % size][at] = None
    starts = [0]
    for bucket in buckets:
        starts.append(starts[-1] + len(bucket))
    offsets = [at for bucket in buckets for at in bucket]
    head = HEADER.pack(MAGIC, size, len(offsets), len(text))
    return head + struct.pack(f"<{len(starts)}I", *starts) + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(text)


def table(source: Path) -> tuple[bytes, int, int]:
    """The table compiled from a file of groups, how many groups it holds and how many spellings in them."""
    lines = [[m for m in dict.fromkeys(map(_member, line)) if m] for line in lines_of(source)]
    together = _together(lines)
    counted: Counter[tuple[str, ...]] = Counter()
    for members in lines:
        counted.update(tuple(sorted(group)) for group in clusters(members, together))
    ordered = sorted(counted.items())
    return table_bytes(ordered), len(ordered), sum(len(members) for members, _ in ordered)
