"""A light stemmer for Arabic, and its broken plurals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from diplo_cli.text.fold import fold
from diplo_cli.text.light import without_suffixes

_FIRST_LETTER = "\u0600"  # no character before it is Arabic
_TABLE = Path(__file__).parents[1] / "data" / "text" / "arabic_plurals.txt"

# light10 of Larkey, Ballesteros and Connell 2007, on folded words (one alef, yeh for alef maksura, heh for teh marbuta).
# Its suffixes are regrouped from the outside in, so that علاقاته loses its pronoun and then its plural; more pronouns.
_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_PRONOUNS = (("هما", "ها", "هم", "نا", "كم", "ه"),)
_ENDINGS = (("ات",), ("ان", "ون", "ين", "يه", "ه", "ي"), ("ي",))
# Words that begin with و or ل of their own, which is no conjunction or preposition: beginnings, of news.
_WAW_WORDS = "وزار وزراء وزير وفد وفود ولاي وثيق وثائق وكال وحدات وسيط وسائل وسيل واشنطن وطني وطنية واقع واجب واردات"
_LAM_WORDS = """لبنان ليبي لندن لاتفي ليتواني لكسمبورغ لاهاي لاجئ لاعب لقاء لغات لجان لجن لوائح لائح لواء لوحات لحظات لقاح
ليبرال"""
_OWN_WAW, _OWN_LAM = (tuple(fold(words).split()) for words in (_WAW_WORDS, _LAM_WORDS))


def arabic_stem(word: str) -> str:
    """The stem of a folded Arabic word, at least 3 letters (2 after لل); of a broken plural that of its singular.

    The conjunction goes, the article with its prepositions or ل, then pronouns and the endings of number, gender and
    case. The ت before them is that of ة: رغبته, رغبة.
    """
    if max(word, default="") < _FIRST_LETTER:
        return word  # a query's word is stemmed in all languages of a library: one that is not Arabic has no need of the table
    stem = _without_affixes(word)
    return _plurals().get(stem, stem)


def _without_affixes(word: str) -> str:
    if len(word) >= 5 and word[0] == "و" and not word.startswith(_OWN_WAW):
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= (2 if prefix == "لل" else 3):
            keep = prefix == "لل" and word[1:].startswith(_OWN_LAM)
            word = word[1:] if keep else word[len(prefix) :]
            break
    else:
        if word[0] == "ل" and len(word) >= 5 and not word.startswith(_OWN_LAM):
            word = word[1:]
    word = without_suffixes(word, _PRONOUNS, 3)
    if len(word) >= 4 and word[-1] == "ت" and word[-2] != "ا":
        word = word[:-1]
    word = without_suffixes(word, _ENDINGS, 3)
    return word[:-1] if len(word) >= 4 and word[-1] == "ا" else word


@cache
def _plurals() -> Mapping[str, str]:
    """The stem of a broken plural -> that of its singular: 250, read in 0.5 ms with the first Arabic word."""
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            singular, *plurals = map(fold, line.split())
            stem = _without_affixes(singular)
            found.update({_without_affixes(article + plural): stem for plural in plurals for article in ("", "ال")})
    return found
