"""Which script a text is written in: letters counted by Unicode block."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter

# First and last code point of each block, and the ISO 15924 code of its script (Unicode 15, Blocks.txt). Japanese
# kana and Hangul keep their own codes here; `Jpan` and `Kore` are what a whole text is in.
_BLOCKS = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),  # phonetic letters: the ə of Azerbaijani is at U+0259
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x0870, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hang"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0xFF21, 0xFF5A, "Latn"),
    (0xFF66, 0xFF9D, "Kana"),
    (0x20000, 0x3134F, "Hani"),
)
_STARTS = [block[0] for block in _BLOCKS]

# A letter of these writes about as much as three of an alphabet: a syllable or a word.
_DENSE = {"Hani": 3, "Kana": 3, "Hang": 3}
# A share of a text's letters above which a script other than Latin is the text's own: what is left of a foreign
# page's menus, bylines and "SHARE" buttons is nearly always English.
_OWN_SHARE = 0.3


def _script(char: str) -> str:
    """The ISO 15924 code of the script that `char` is a letter (or mark) of; "" for anything else."""
    point = ord(char)
    place = bisect_right(_STARTS, point) - 1
    if place < 0 or point > _BLOCKS[place][1] or unicodedata.category(char)[0] not in "LM":
        return ""
    return _BLOCKS[place][2]


class _Scripts(dict[str, str]):
    """Scripts of the characters met so far: a few hundred in a library, one look-up in Unicode's tables each."""

    def __missing__(self, char: str) -> str:
        self[char] = found = _script(char)
        return found


_SCRIPTS = _Scripts()


class _Others(dict[int, int]):
    """A table for str.translate: letters of other scripts become spaces, everything else stays."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self.script = script

    def __missing__(self, point: int) -> int:
        self[point] = kept = point if _SCRIPTS[chr(point)] in {self.script, ""} else 0x20
        return kept


_OTHERS: dict[str, _Others] = {}


def letters(text: str) -> dict[str, int]:
    """How many letters `text` has of each script, by ISO 15924 code; `Kana`, `Hani` and `Hang` for themselves."""
    counts: dict[str, int] = {}
    for char, count in Counter(text).items():
        if script := _SCRIPTS[char]:
            counts[script] = counts.get(script, 0) + count
    return counts


def weigh(counts: dict[str, int]) -> tuple[str, float]:
    """The script a text is in, and its share in 0..1, from `letters`; ("Zyyy", 0.0) where there is none.

    Kana and Chinese characters count as one script, `Hani`. A non-Latin script needs three tenths of the letters only;
    the share is then that among the non-Latin ones.
    """
    weights: dict[str, int] = {}
    for script, count in counts.items():
        merged = "Hani" if script == "Kana" else script
        weights[merged] = weights.get(merged, 0) + count * _DENSE.get(script, 1)
    total = sum(weights.values())
    if not total:
        return "Zyyy", 0.0
    main = max(weights, key=lambda script: (weights[script], script))
    if main == "Latn" and len(weights) > 1:
        other = max((script for script in weights if script != "Latn"), key=lambda script: (weights[script], script))
        if weights[other] >= _OWN_SHARE * total:
            main = other
    if main != "Latn":
        total -= weights.get("Latn", 0)
    return main, weights[main] / total


# Latin letters that look like Cyrillic ones: keyboards and old fonts leave them inside Cyrillic words ("Лeпo je"),
# which then match no profile.
_LOOKALIKES = str.maketrans("ABCEHIJKMOPSTXYaceijopsxyəƏ", "АВСЕНІЈКМОРЅТХУасеіјорѕхуәӘ")
_LATIN_IN_CYRILLIC = re.compile(r"(?<=[\u0400-\u052f])[A-Za-zƏə]+|(?<![A-Za-zƏə])[A-Za-zƏə]+(?=[\u0400-\u052f])")


def only(text: str, script: str) -> str:
    """`text` with spaces for the letters of other scripts; Latin letters inside Cyrillic words become Cyrillic."""
    if script == "Cyrl":
        text = _LATIN_IN_CYRILLIC.sub(lambda run: run[0].translate(_LOOKALIKES), text)
    return text.translate(_OTHERS.setdefault(script, _Others(script)))
