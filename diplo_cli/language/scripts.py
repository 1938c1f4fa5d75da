"""Which script a text is written in: letters counted by Unicode block."""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_letters

from diplo_cli.text.script import NO_SCRIPT, script_of

# A letter of these writes about as much as three of an alphabet: a syllable or a word.
_DENSE = {"Hani": 3, "Kana": 3, "Hang": 3}
_FEW = 150
_ASCII_LETTERS = ascii_letters.encode()
# A share of a text's letters above which a script other than Latin is the text's own: what is left of a foreign
# page's menus, bylines and "SHARE" buttons is nearly always English.
_OWN_SHARE = 0.3


class _Others(dict[int, int]):
    """A table for str.translate: letters of other scripts become spaces, everything else stays."""

    def __init__(self, script: str) -> None:
        super().__init__()
        self.script = script

    def __missing__(self, point: int) -> int:
        self[point] = kept = point if script_of(chr(point)) in {self.script, NO_SCRIPT} else 0x20
        return kept


_OTHERS: dict[str, _Others] = {}


def letters(text: str) -> dict[str, int]:
    """How many letters `text` has of each script, by ISO 15924 code; `Kana`, `Hani` and `Hang` for themselves."""
    counts: dict[str, int] = {}
    others = [] if text.isascii() else [char for char in set(text) if char > "\x7f"]
    # to count one letter at a time is faster where there are few (a third of the time for an alphabet)
    tally = Counter(text) if len(others) > _FEW else {char: text.count(char) for char in others}
    for char in others:
        script = script_of(char)
        if script != NO_SCRIPT:
            counts[script] = counts.get(script, 0) + tally[char]
    written = text.encode("utf-8", "surrogatepass")  # where no byte of another letter is one of ASCII
    if plain := len(written) - len(written.translate(None, _ASCII_LETTERS)):
        counts["Latn"] = counts.get("Latn", 0) + plain
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
        return NO_SCRIPT, 0.0
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
_LATIN_RUN = "[A-Za-zƏə]+"  # compiled and remembered by re when first needed: searches come by here for the names of languages alone


def _beside_cyrillic(run: re.Match[str]) -> str:
    text, start, end = run.string, run.start(), run.end()
    beside = (start and "\u0400" <= text[start - 1] <= "\u052f") or "\u0400" <= text[end : end + 1] <= "\u052f"
    return run[0].translate(_LOOKALIKES) if beside else run[0]


def looked_through(text: str, script: str) -> str:
    """`text` with Latin letters inside Cyrillic words made Cyrillic, where that is the script; as long as before."""
    return re.sub(_LATIN_RUN, _beside_cyrillic, text) if script == "Cyrl" else text


def only(text: str, script: str) -> str:
    """`text` with spaces for the letters of other scripts, one each."""
    return text.translate(_OTHERS.setdefault(script, _Others(script)))
