"""One word, two scripts: Cyrillic to the folded Latin spelling, where a table suffices."""

from __future__ import annotations

import re

_COMMON = dict(zip("абвгдеиклмнопрстуф", "abvgdeiklmnoprstuf", strict=True))

# Latin alphabet of 1995 after folding. ъ is the apostrophe of maʼno, which folding drops; ц is written s or ts.
_UZBEK = str.maketrans(
    _COMMON
    | dict(zip("жзйхыэўқғҳц", "jzyxieoqghs", strict=True))
    | {"ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
# Cyrillic alphabet of 1958 and Latin of 1991, folded (ə, ı, ö, ü, ç, ş, ğ without their marks).
_AZERBAIJANI = str.maketrans(
    _COMMON | dict(zip("ғәжзыјҝөүхһчҹшэй", "gejziygouxhccsey", strict=True)) | {"ю": "yu", "я": "ya"}
)
# Gaj's alphabet, folded; đ written dj cannot be told from d and j.
_SERBIAN = str.maketrans(_COMMON | dict(zip("ђжзјћхцчш", "dzzjchccs", strict=True)) | {"љ": "lj", "њ": "nj", "џ": "dz"})

_AFTER_VOWEL_OR_FIRST = r"(?:(?<=[aeiou])|^)"


def uzbek_latin(word: str) -> str:
    """A folded Uzbek word of either script in one Latin form: савдо and savdo, йўл and yoʻl, дунё and dunyo.

    Folding makes ё of Cyrillic an е, so Latin "yo" and "ye" must meet there too: "ye" at the beginning and after a
    vowel (ёш, yosh: yesh), "e" after a consonant (дунё, dunyo: dune).
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
