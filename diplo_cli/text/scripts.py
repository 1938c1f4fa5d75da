"""One word, two scripts: Cyrillic to the folded Latin spelling, where a table suffices (Uzbek, Azerbaijani, Serbian)."""

from __future__ import annotations

import re

_COMMON = {"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "и": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f"}

# Latin alphabet of 1995 after folding. ъ is the apostrophe of maʼno, which folding drops; ц is s or ts, so that both become s below.
_UZBEK = str.maketrans(_COMMON | {
    "ж": "j", "з": "z", "й": "y", "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
})  # fmt: skip
# Cyrillic alphabet of 1958 and Latin of 1991, folded (ə, ı, ö, ü, ç, ş, ğ without their marks).
_AZERBAIJANI = str.maketrans(_COMMON | {
    "ғ": "g", "ә": "e", "ж": "j", "з": "z", "ы": "i", "ј": "y", "ҝ": "g", "ө": "o", "ү": "u", "х": "x", "һ": "h", "ч": "c", "ҹ": "c", "ш": "s", "э": "e", "й": "y", "ю": "yu", "я": "ya",
})  # fmt: skip
# Gaj's alphabet, folded; dj for đ is written too, but not by tables.
_SERBIAN = str.maketrans(_COMMON | {
    "ђ": "d", "ж": "z", "з": "z", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s",
})  # fmt: skip

_AFTER_VOWEL_OR_FIRST = r"(?:(?<=[aeiou])|^)"


def uzbek_latin(word: str) -> str:
    """A folded Uzbek word of either script in one Latin form: савдо and savdo, йўл and yoʻl, дунё and dunyo.

    Folding makes ё of Cyrillic an е, so Latin "yo" and "ye" must meet there too: "ye" at the beginning and after a vowel (ёш, yosh: yesh), "e" after a consonant (дунё, dunyo: dune).
    """
    if not word.isascii():
        word = re.sub(r"(?:(?<=[аеиоуўэюя])|^)е", "йе", word).translate(_UZBEK)
    word = re.sub(rf"{_AFTER_VOWEL_OR_FIRST}y[oe]", "ye", word)
    word = re.sub(r"(?<=[bcdfghjklmnpqrstvxz])y[oe]", "e", word)
    return word.replace("ts", "s")


def azerbaijani_latin(word: str) -> str:
    """A folded Azerbaijani word in folded Latin letters."""
    return word if word.isascii() else word.translate(_AZERBAIJANI)


def serbian_latin(word: str) -> str:
    """A folded Serbian, Croatian, Bosnian or Montenegrin word in folded Latin letters."""
    return word if word.isascii() else word.translate(_SERBIAN)
