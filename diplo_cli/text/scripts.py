"""One word, two scripts, where a table suffices: folded words of either script in one form.

Uzbek, Azerbaijani and Serbian lose nothing in Latin letters. Folded Kazakh and Kyrgyz do (ә ғ қ ң ө ү ұ), and their
endings are told by what is lost, so their Latin words are read as Cyrillic ones, and stems are compared by
`without_shades`. Tajik and Persian share the letters that both write, which are enough in longer words.
"""

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


# The alphabets of 2021 and 2018, that of the news agency before, and letters as typed without any: folded, ı is i, ş is
# s, ñ is n. After a vowel y and i are й, before one и.
_DIGRAPHS = {"iya": "ия", "iia": "ия", "ts": "ц", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "ғ"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_GLIDE = re.compile("(?<=[aeou])[iy]|^[iy](?=[aou])")
_BEFORE_VOWEL = re.compile("[iy](?=[aou])")
# ң is ng before a consonant and at the end, and n, folded, in the genitive: -тың after a voiceless letter, -дың after a
# voiced one, -ның after a vowel or nasal
_NG = re.compile("ng(?![aeiouy])")
_GENITIVE = re.compile("((?<=[kqpstfh])t|(?<=[lrywzjvu])d|(?<=[aeiouymn])n)([iy])n$")
_KAZAKH = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абчдефгхіжклмнопқрстувухіз")
_KYRGYZ = str.maketrans("abcdefghijklmnopqrstuvwxyzғ", "абчдефгхижклмнопкрстуввхызг")
# Kazakh words are of one kind of vowels, with front ones к and г, with back ones қ and ғ; ұ, ү, ө stand in the first
# syllable.
_BACK = re.compile("[aqy]")
_ROUND = re.compile("^([^aeiouy]*)([ou])(?=[^aeiouy])")
_FRONT, _HARD = {"o": "ө", "u": "ү"}, {"o": "о", "u": "ұ"}
_TO_HARD = str.maketrans("ікг", "ықғ")


def kazakh_cyrillic(word: str) -> str:
    """A folded Kazakh word in Cyrillic letters, as near as its folded Latin ones tell: yntymaqtastyq is ынтымақтастық."""
    if not word.isascii():
        return word
    front = "e" in word or ("i" in word and not _BACK.search(word))
    vowels = _FRONT if front else _HARD
    word = _ROUND.sub(lambda match: match[1] + vowels[match[2]], _GENITIVE.sub(r"\1\2ң", word))
    word = _read_as_cyrillic(word).translate(_KAZAKH)
    return word if front else word.translate(_TO_HARD)


def kyrgyz_cyrillic(word: str) -> str:
    """A folded Kyrgyz word in Cyrillic letters, as near as its Latin ones tell: kyzmattashtyk is кызматташтык."""
    return _read_as_cyrillic(word).translate(_KYRGYZ) if word.isascii() else word


def _read_as_cyrillic(word: str) -> str:
    """A Latin word with Cyrillic letters for what takes two letters, or depends on its neighbours."""
    word = _DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], _NG.sub("ң", word))
    return _BEFORE_VOWEL.sub("и", _GLIDE.sub("й", word))


# What folded Latin does not tell apart, and what it writes in two letters.
_SHADES = str.maketrans("әғңөұүыійэшщчц", "агноууиииессчс", "ъь") | {ord("я"): "иа", ord("ю"): "иу"}


def without_shades(stem: str, least: int) -> str:
    """A Kazakh or Kyrgyz stem of `least` letters or more without what folded Latin letters do not tell.

    Shorter ones would meet other words: ән song and аң beast; іс and іш; of three letters, көл lake and қол hand.
    """
    if len(stem) < least:
        return stem
    stem = stem.translate(_SHADES).replace("ии", "и")
    return stem if len(stem) < 4 else stem.replace("қ", "к")


# Folded Tajik in folded Persian letters, without the vowels that Persian leaves unwritten or only sometimes writes (of
# folded ӣ, ӯ and ё no more is left); of Persian letters of one sound one.
_TAJIK = str.maketrans(
    dict(zip("бвгдзйклмнопрстфхцчшщжғқҳҷ", "بوگدزيكلمناپرستفخسچششژققهج", strict=True)) | dict.fromkeys("аеиуыэюяъь", "")
)
_ONE_SOUND = str.maketrans(dict(zip("صثذضظطغح", "سسزززتقه", strict=True)) | {"ع": "", "ء": ""})


def persian_sounds(word: str) -> str:
    """A folded Tajik or Persian word in folded Persian letters, one a sound: мувофиқат and موافقت."""
    return word.translate(_TAJIK).translate(_ONE_SOUND)


def without_weak_ends(word: str) -> str:
    """A word by `persian_sounds` without ا before and ه or ي after it, which in Tajik are vowels: иқтисод is اقتصاد."""
    return word.removeprefix("ا").rstrip("هي")
