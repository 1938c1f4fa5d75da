"""The letters of a word as the scorer compares them, and the sounds they stand for.

`units` cuts a folded word (text.fold) into its script's own letters, one character each: what a script writes with two letters (sh, дж, μπ) is one unit, what it writes in two
ways (Persian and Arabic kaf, Traditional and Simplified) is one letter. `sounds` gives each unit a sound in one alphabet for all scripts:

    a e i o u y w   vowels and glides           b p f v m n        as in English
    d t T D         T, D: th of thin, then      s z S Z C J c      S sh, Z zh, C ch, J dzh, c ts
    k q g G x h     G gh, x kh                  l r                as in English

The letter tables follow the romanisations of BGN/PCGN (Cyrillic, Arabic, Hebrew, Greek, Georgian, Armenian), Hunterian (Devanagari), Hepburn (kana) and Revised Romanization
(hangul).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from diplo_cli.text.script import script_of

COARSE_SCRIPTS = frozenset({"Kana", "Hang", "Hani"})  # they merge l and r, f and p, closing m and n
CASED_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
VOWELS = frozenset("aeiouyw")

_LATIN_DIGRAPHS = {
    "tsch": "č", "dsch": "ĵ", "shch": "ŝ", "sch": "ŝ", "tch": "č", "dzh": "ĵ", "dj": "ĵ", "kh": "ĥ", "gh": "ġ",
    "zh": "ž", "sh": "š", "ch": "ĉ", "th": "þ",
    "dh": "ð", "ph": "φ", "ck": "ǩ", "tz": "ŧ", "ts": "ŧ", "cz": "ć", "sz": "ś", "qu": "ǫ", "ou": "ù", "oo": "ú",
    "ee": "í",
}  # fmt: skip
_LATIN_SOUNDS = {c: c for c in "abdefghijklmnopqrstuvwyz"} | {
    "c": "k", "x": "k", "ç": "c", "ĉ": "C", "č": "C", "ć": "C", "š": "S", "ŝ": "S", "ś": "s", "ž": "Z", "ġ": "G",
    "ĥ": "x", "þ": "T", "ð": "D", "φ": "f", "ǩ": "k", "ŧ": "c",
    "ǫ": "k", "ĵ": "J", "ù": "u", "ú": "u", "í": "i",
}  # fmt: skip
_CYRILLIC_SOUNDS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True)) | {
    "й": "y", "э": "e", "ж": "Z", "х": "x", "ц": "c", "ч": "C", "ш": "S", "щ": "S", "ю": "u", "я": "a", "қ": "q",
    "ғ": "G", "ҳ": "h", "ў": "o", "ә": "a", "ө": "o", "ү": "u",
    "ұ": "u", "і": "i", "ң": "n", "һ": "h", "ї": "i", "є": "e",
    "ґ": "g", "ҷ": "J", "ӣ": "i", "ӯ": "u", "ҡ": "q", "ҙ": "D", "ҫ": "T", "ј": "y", "љ": "l", "њ": "n", "ћ": "C",
    "ђ": "J",
    "џ": "J", "ѓ": "g", "ќ": "k", "җ": "J", "ҹ": "J", "ѕ": "c", "ӱ": "u", "ӧ": "o", "ԥ": "p", "1": "J",
}  # fmt: skip
_ARABIC_SOUNDS = {
    "ا": "a", "ب": "b", "ة": "a", "ت": "t", "ث": "T", "ج": "J", "ح": "h", "خ": "x", "د": "d", "ذ": "D", "ر": "r",
    "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "D", "ط": "t",
    "ظ": "z", "ع": "a", "غ": "G", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y", "پ": "p", "چ": "C", "ژ": "Z", "گ": "g",
    "ڭ": "n", "ڤ": "v", "ڠ": "n", "څ": "c", "ځ": "z", "ښ": "S",
}  # fmt: skip
_HEBREW_SOUNDS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", "abgdhwzxtyklmnsapckrSt", strict=True)) | {"ף": "f"}
_GREEK_SOUNDS = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", "avgdeziTiklmnkoprstifxpo", strict=True)) | {
    "1": "b",
    "2": "d",
    "3": "g",
    "4": "u",
    "5": "c",
}
_GEORGIAN_SOUNDS = dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "abgdevztiklmnopZrstupkGqSCcccCxJh", strict=True))
_ARMENIAN_SOUNDS = dict(
    zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "abgdezeytZilxckhcGCmynSoCpJrsvtrcwpkof", strict=True)
) | {"1": "u"}
_DEVANAGARI_SOUNDS = dict(zip("अआइउऋएओकखगचजटतदनपबमयरलवशसहािुृेों", "aaiureokxgCJttdnpbmyrlvSshaiureon", strict=True))
_JAMO_SOUNDS = dict(zip("ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄌᄍᄎᄏᄐᄑᄒ", "kknttrmppssJJCktph", strict=True)) | {
    **dict(zip("ᅡᅢᅣᅤᅥᅦᅧᅨᅩᅪᅫᅬᅭᅮᅯᅰᅱᅲᅳᅴᅵ", "aeaeoeoeoaeeouoeiuuii", strict=True)),
    **dict(zip("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "kkntrmptsnJCktph", strict=True)),
}
_SAME_SOUNDS = {c: c for c in "aeiouywbpfvmndtTDszSZCJckqgGxhlr"}
_SOUNDS: dict[str, dict[str, str]] = {
    "Latn": _LATIN_SOUNDS, "Cyrl": _CYRILLIC_SOUNDS, "Arab": _ARABIC_SOUNDS, "Hebr": _HEBREW_SOUNDS,
    "Grek": _GREEK_SOUNDS, "Geor": _GEORGIAN_SOUNDS, "Armn": _ARMENIAN_SOUNDS,
    "Deva": _DEVANAGARI_SOUNDS, "Kana": _SAME_SOUNDS, "Hang": _JAMO_SOUNDS, "Hani": _SAME_SOUNDS | {"j": "J", "q": "C",
    "x": "S"},
}  # fmt: skip

_ARABIC_SAME: dict[int, str | None] = str.maketrans({
    "ی": "ي", "ى": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ۓ": "ي", "ئ": "ي", "ێ": "ي", "ک": "ك", "ہ": "ه", "ۀ": "ه",
    "ۃ": "ة", "ە": "ه", "ۂ": "ه", "ھ": None, "ٱ": "ا", "أ": "ا",
    "إ": "ا", "آ": "ا", "ں": "ن", "ۇ": "و", "ۆ": "و", "ۋ": "و", "ۈ": "و", "ؤ": "و", "ء": None,
    "ٹ": "ت", "ټ": "ت", "ڈ": "د", "ډ": "د", "ڑ": "ر", "ړ": "ر", "ڕ": "ر", "ڵ": "ل", "ڼ": "ن",
})  # fmt: skip
_HEBREW_FINAL: dict[int, str | None] = {ord(final): letter for final, letter in zip("ךםןץ", "כמנצ", strict=True)}
_GREEK_DIGRAPHS = {"μπ": "1", "ντ": "2", "γκ": "3", "γγ": "3", "ου": "4", "τσ": "5", "τζ": "5"}
_DEVANAGARI_SAME: dict[int, str | None] = str.maketrans(
    dict(zip("ीूईऊऐऑऔैॉौॅऍटठडढषखघभझणथधफछ", "िुइउएओओेोोेएततददशकगबजनतदपच", strict=True))
    | {"्": None, "ः": None, "़": None, "ँ": "ं"}
)

_KANA = {
    letter: consonant + vowel
    for consonant, letters in {
        "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト", "d": "ダヂヅデド", "n": "ナニヌネノ",
        "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
    }.items()
    for letter, vowel in zip(letters, "aiueo", strict=True)
} | {
    "シ": "Si", "チ": "Ci", "ツ": "cu", "フ": "fu", "ジ": "Ji", "ヂ": "Ji", "ヅ": "zu", "ヤ": "ya", "ユ": "yu", "ヨ": "yo",
    "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu",
}  # fmt: skip
_KANA_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo"}


# How Russian writes the letters that Kazakh, Uzbek, Kyrgyz and Tajik Cyrillic have beyond its own.
_RUSSIAN = str.maketrans(dict(zip("әғқңөұүһіўҳӣӯ", "агкноуухиухиу", strict=True)))


class _Units(dict[int, str | None]):
    """For `str.translate`: the unit of each letter; what is no letter of the script goes."""

    def __missing__(self, code: int) -> None:
        return None


_SAME: dict[str, dict[int, str | None]] = {
    "Cyrl": {ord("ё"): "е"},
    "Arab": _ARABIC_SAME,
    "Hebr": _HEBREW_FINAL,
    "Deva": _DEVANAGARI_SAME,
}
_UNITS = {
    script: _Units({ord(unit): unit for unit in table} | _SAME.get(script, {})) for script, table in _SOUNDS.items()
}
# In their order, by the letter that they end with: no word is looked through for those of a letter that it has not.
_LATIN_BY_LETTER = [
    (letter, dict(group)) for letter, group in groupby(_LATIN_DIGRAPHS.items(), key=lambda pair: pair[0][-1])
]
_SOFT_C = re.compile("(?<!c)c(?=[eiy])")
_LINES = {script: _Units({**table, ord("\n"): "\n"}) for script, table in _UNITS.items()}


# The letters of the scripts most words are of: where all of a word are in one, no look at each is needed. More scripts would cost a search 0.3 ms of compiling.
_OF_ONE = re.compile(
    "(?P<Latn>[a-z\u00e0-\u00f6\u00f8-\u024f]+)|(?P<Cyrl>[\u0400-\u0481\u048a-\u052f]+)|(?P<Arab>[\u0620-\u064a\u0671-\u06d3]+)"
)


_ALL_OF_ONE = re.compile(_OF_ONE.pattern.replace("]", "\n]"))


def script_of_all(terms: Sequence[str]) -> str:
    """The script of all letters of all of these words, which have nothing but letters; "" where that takes a look at each."""
    found = _ALL_OF_ONE.fullmatch("\n".join(terms))
    return str(found.lastgroup) if found else ""


def known_script(term: str) -> str:
    """ISO 15924 code of the script of the first letter of `term` that is of one read here, "" if none is.

    A word without one has no key and no spellings.
    """
    if found := _OF_ONE.match(term):
        return str(found.lastgroup)
    for letter in term:
        if letter.isalpha() and (script := script_of(letter)) in _SOUNDS:
            return script
    return ""


def whole_script(term: str) -> str:
    """The script of all letters of `term` that can be read, "" where there are none, or of several: what mixes scripts (وbat, Тokaev) is no one word."""
    if found := _OF_ONE.fullmatch(term):
        return str(found.lastgroup)
    found_scripts = {script_of(letter) for letter in term if letter.isalpha()} & _SOUNDS.keys()
    return found_scripts.pop() if len(found_scripts) == 1 else ""


def _replace(word: str, pairs: dict[str, str]) -> str:
    for written, unit in pairs.items():
        if written in word:
            word = word.replace(written, unit)
    return word


def once(text: str, letters: Iterable[str]) -> str:
    """`text` with each row of one of these letters as one of it."""
    for letter in letters:
        while letter + letter in text:
            text = text.replace(letter + letter, letter)
    return text


def _latin(word: str) -> str:
    letters = set(word)
    for letter, pairs in _LATIN_BY_LETTER:
        if letter in letters:
            word = _replace(word, pairs)
    if "c" in letters:
        word = _SOFT_C.sub("ç", word)
    return once(word, set(word).difference("aeiou"))


def _kana(word: str) -> str:
    out: list[str] = []
    for c in word:
        letter = chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c
        if letter in _KANA:
            out.append(_KANA[letter])
        elif letter in _KANA_SMALL and out:
            vowel, before = _KANA_SMALL[letter], out[-1]
            base = "w" if before == "u" else before[:-1] if before[-1] in "aiueo" else before
            out[-1] = base + (vowel[-1] if base[-1:] in ("S", "C", "J") else vowel)
    return "".join(out)


@cache
def han_table() -> dict[str, tuple[str, str, float]]:
    """Characters used to write foreign names in Chinese -> (consonant key, pinyin units, log-odds of standing in a name rather than in text).

    From data/names/han.tsv: 761 characters, 0.5 ms to read, read when first needed.
    """
    path = Path(__file__).parents[1] / "data" / "names" / "han.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row[0]: (row[1], row[2], float(row[3])) for row in rows}


@lru_cache(maxsize=1 << 13)  # the lexicon remembers what becomes of them
def units(term: str, script: str) -> str:
    """The letters of a folded word as the scorer compares them, one character each; "" where no letter of `script` is known."""
    if script == "Kana":
        return _kana(term)
    if script == "Hani":
        table = han_table()
        return "".join(table[c][1] for c in term if c in table)
    return _joined(term, script).translate(_UNITS[script]) if script in _UNITS else ""


def units_of(terms: Sequence[str], script: str) -> list[str]:
    """The `units` of each of many words: as lines of one text they take a fifth of the time."""
    text = "\n".join(terms)
    if script in ("Kana", "Hani") or script not in _LINES or text.count("\n") != len(terms) - 1:
        return [units(term, script) for term in terms]
    return _joined(text, script).translate(_LINES[script]).split("\n")


def _joined(term: str, script: str) -> str:
    """A word, or several in lines, with what `script` writes with several letters as one."""
    if script == "Latn":
        return _latin(term)
    if script == "Cyrl":
        return term.replace("дж", "1")
    if script == "Grek":
        return _replace(term, _GREEK_DIGRAPHS)
    if script == "Armn":
        return term.replace("ու", "1").replace("եւ", "եվ")
    return unicodedata.normalize("NFD", term) if script == "Hang" else term


def russian(term: str, script: str) -> str:
    """A folded word as Russian writes it, where it is in Cyrillic with letters that Russian has not: Рәбиға, "Cyrl" -> рабига; else the word itself."""
    return term.translate(_RUSSIAN) if script == "Cyrl" else term


def sound(unit: str, script: str) -> str:
    """The sound of one unit of `script`, a letter of the alphabet above; "" for none."""
    return _SOUNDS[script].get(unit, "")


def heard_in(script: str) -> dict[str, str]:
    """The units of a script and their sounds."""
    return dict(_SOUNDS[script])


def sounds(term: str, script: str) -> str:
    """The sounds of a word, one character a unit: "шариф", "Cyrl" -> "Sarif"."""
    table = _SOUNDS.get(script, {})
    return "".join(table[unit] for unit in units(term, script))
