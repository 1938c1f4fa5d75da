"""Folding: one form for all ways to write the same word, in any script and without knowing its language.

Two spellings fold together when they differ by width, case, presentation form, by a mark that does not tell letters
apart (Latin diacritics, Greek tonos, Hebrew points, Arabic vowel signs), by one of the letter forms of Arabic,
Persian and Urdu, by an apostrophe or by an invisible character. What readers hold for another letter stays another
letter: Cyrillic й ў ї, Kazakh қ ө, the vowel signs of India.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining, decimal, normalize

LONGEST_TERM = 128
"""Terms are cut at this many characters: engines refuse terms of 64 KB, and no word is that long."""

# The fifth column of oʻ and gʻ, the hamza and ayn of transliterations, geresh and gershayim of Hebrew, saltillo,
# prime, the Armenian apostrophe: all written for each other.
APOSTROPHES = "'`´‘’‛′‵ʹʺʻʼʽʾʿˀˁˈˊˋꞋꞌ՚׳״＇"

# Seen by nobody: soft hyphen, zero-width and bidirectional controls, and the Armenian tone marks, which are
# punctuation set inside a word.
_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x055B, 0x055C), (0x055E, 0x055E), (0x061C, 0x061C), (0x180E, 0x180E),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF),
)  # fmt: skip
INVISIBLE = "".join(chr(code) for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))
"""Characters that are passed over inside a word."""

# Composed Cyrillic letters that are letters of their own. Not ё ѐ ѝ, nor ӣ ӯ, which Tajik writers leave out for want
# of a keyboard.
_KEPT = frozenset("йўїѓќ")

# Letters without a decomposition that are taken for another when the keyboard lacks them. ə is e, as Azerbaijani is
# written without it ("Eliyev"); ы, ь, ґ have no such habit.
_LETTERS = {
    **dict(zip("ıøłđðəǝħŧŋĸɓɗƙƴɲς", "iolddeehtnkbdkynσ", strict=True)),
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    # Arabic: alef wasla and with a wavy hamza; yeh without dots, of Persian, with a tail; teh marbuta and every heh;
    # keheh and the kafs; the high hamza of Kazakh in Arabic letters
    **dict(zip("ٱٲٳىیېۍێةہھەۃۀۂکڪګۓ", "اااييييي" + "ههههههه" + "ككگے", strict=True)),
    "ٴ": "",
    # Hindi writes either nasal sign
    "ँ": "ं",
    # the separators of numbers: 86,8 and 86.8 and ٨٦٫٨ are one
    **dict.fromkeys(",٫٬", "."),
    # Catalan l·l
    "·": "",
}

# Nukta goes where it marks a borrowed sound that is often left out (Devanagari, Gujarati, Kannada: अज़रबैजान,
# अजरबैजान); in Bengali, Odia and Gurmukhi it makes other letters (ড় ય় ਸ਼).
_DROPPED_MARKS = frozenset("\u093c\u0abc\u0cbc")


def _drops(mark: str) -> bool:
    """Whether a combining mark tells no letters apart.

    So do those of Latin, Greek and Cyrillic, Hebrew points, Arabic and Syriac vowel signs, variation selectors.
    """
    return (
        "\u0300" <= mark <= "\u036f"
        or "\u0483" <= mark <= "\u0489"
        or "\u0591" <= mark <= "\u05c7"
        or "\u0610" <= mark <= "\u061a"
        or "\u064b" <= mark <= "\u065f"
        or mark == "\u0670"
        or "\u06d6" <= mark <= "\u06ed"
        or "\u0730" <= mark <= "\u074a"
        or "\u08ca" <= mark <= "\u08ff"
        or "\u1ab0" <= mark <= "\u1aff"
        or "\u1dc0" <= mark <= "\u1dff"
        or "\u20d0" <= mark <= "\u20f0"
        or "\ufe00" <= mark <= "\ufe2f"
        or "\U000e0100" <= mark <= "\U000e01ef"
        or mark in _DROPPED_MARKS
    )


class _Letters(dict[int, str]):
    """For `str.translate`: what a code point folds to, worked out when first met (for all Unicode it takes 0.3 s)."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter in _KEPT:
        return letter
    if letter in APOSTROPHES or letter == "ـ":
        return ""
    kind = category(letter)
    if kind in ("Cf", "Cc", "Cs") or letter in INVISIBLE:
        return " " if letter.isspace() else ""
    if kind[0] == "Z":
        return " "
    if kind[0] == "M":
        return "" if _drops(letter) else _LETTERS.get(letter, letter)
    if kind == "Nd":
        return str(decimal(letter))
    parts = normalize("NFD", letter)
    if len(parts) > 1 and (combining(parts[1]) or parts[1] in _DROPPED_MARKS) and _drops(parts[-1]):
        return "".join(_LETTERS.get(part, part) for part in parts if not _drops(part))
    return letter


_LETTER_FOLDS = _Letters()


def _fold_once(word: str) -> str:
    # NFKC would make the acute accent, typed for an apostrophe, a space with a mark
    return normalize("NFKC", normalize("NFKC", word.replace("´", "")).casefold()).translate(_LETTER_FOLDS)


_UNSURE = "\0"
_JAMO = frozenset(map(chr, (*range(0x1100, 0x1200), *range(0xA960, 0xA980), *range(0xD7B0, 0xD800))))


class _Alone(dict[int, str]):
    """For `str.translate`: what a letter or digit folds to whatever stands beside it; NUL for all that may depend on that.

    What composes with the letter before it is a mark, or a conjoining jamo of Korean.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = _fold(letter)
        parts = (letter, *normalize("NFKC", letter), *folded)
        sure = folded and all(category(part)[0] in "LN" for part in parts) and _JAMO.isdisjoint(parts)
        self[code] = folded = folded if sure else _UNSURE
        return folded


_ALONE = _Alone()


def fold_letters(word: str) -> str:
    """`fold(word)` where it is no more than that of each letter or digit by itself; "" where there may be more to it. An eighth of the time."""
    folded = word.translate(_ALONE)
    return "" if _UNSURE in folded else folded


def fold(word: str) -> str:
    """The form under which a word is indexed and looked up.

    >>> fold("Тоқаев"), fold("Erdoğan"), fold("oʻzbek"), fold("توكاييفْ")
    ('тоқаев', 'erdogan', 'ozbek', 'توكاييف')

    Any text goes in; empty comes out where nothing but marks, apostrophes and invisible characters went in.
    Idempotent, blind to case, and the same for every language. White space becomes a space, so a phrase may be folded
    too.
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    if folded := fold_letters(word):
        return folded
    return _remembered(word) if len(word) <= LONGEST_TERM else _fold(word)


def _fold(word: str) -> str:
    folded = _fold_once(word)
    if folded.isascii():
        return folded
    # Dropping a mark may bring letters together that compose, or bare a letter that folds on: it takes another round,
    # rarely two.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


# Longer texts are folded anew each time: 8,000 of a megabyte each would fill the memory.
_remembered = lru_cache(maxsize=1 << 13)(_fold)
