"""Stems: one form for the inflected forms of a word, by language, from folded words.

Snowball (PyStemmer) where it has the language and measures best; stemmers of our own for Arabic, Ukrainian, Malay and
Indonesian and the Turkic languages (`benchmarks/stems.py`). A stem is one of its language only, never shown, and the same for
both scripts of Uzbek, Kazakh, Kyrgyz, Azerbaijani and Serbian, and for longer words of Tajik and Persian.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from diplo_cli.text.arabic import arabic_stem
from diplo_cli.text.light import malay_root, without_fleeting_vowel
from diplo_cli.text.remembered import Remembered
from diplo_cli.text.scripts import (
    azerbaijani_latin,
    kazakh_cyrillic,
    kyrgyz_cyrillic,
    persian_sounds,
    serbian_latin,
    uzbek_latin,
    without_shades,
    without_weak_ends,
)
from diplo_cli.text.turkic import turkic_stem

# Base language -> algorithm of Snowball. Turkish and Arabic have one, but ours keep more of a noun's forms together.
_SNOWBALL_NAMES = """ca catalan, cs czech, da danish, de german, el greek, en english, eo esperanto, es spanish, et estonian,
eu basque, fa persian, fi finnish, fr french, ga irish, hi hindi, hu hungarian, hy armenian, id indonesian, it italian,
lt lithuanian, ms indonesian, nb norwegian, ne nepali, nl dutch, nn norwegian, no norwegian, pl polish, pt portuguese,
ro romanian, ru russian, tg persian, bs serbian, hr serbian, sr serbian, sv swedish, ta tamil, yi yiddish"""
_SNOWBALL: Mapping[str, str] = dict(re.findall(r"(\w+) (\w+)", _SNOWBALL_NAMES))

# Their words hold vowel signs, which `str.isalpha` denies.
_WITH_MARKS = frozenset({"hi", "ne", "ta"})
_OWN = frozenset({"ar", "uk", "uz", "kk", "ky", "az", "tr"})

# Words of both scripts to one, and from how many letters on a stem goes without what its Latin letters do not tell.
_SCRIPTS: Mapping[str, Callable[[str], str]] = {
    "uz": uzbek_latin,
    "az": azerbaijani_latin,
    "kk": kazakh_cyrillic,
    "ky": kyrgyz_cyrillic,
    **dict.fromkeys(("sr", "hr", "bs"), serbian_latin),
}
_LEAST = {"kk": 3, "ky": 4}
# The same of a Persian or Tajik stem: of four letters, one match in five would be wrong.
_LEAST_PERSIAN = 5

# Letters that Snowball's Persian looks for, where folding has the Arabic ones.
_PERSIAN_LETTERS = str.maketrans("يك", "یک")
_ARABIC_LETTERS = str.maketrans("یک", "يك")


def stem_languages() -> frozenset[str]:
    """The base languages that have a stemmer ("en", "uz"): a tag is looked up by what is before its first hyphen."""
    return _STEM_LANGUAGES


_STEM_LANGUAGES = _OWN | _SNOWBALL.keys()


def stem(term: str, lang: str) -> str:
    """The stem of a folded term in the language `lang`, a BCP-47 tag: never empty, in the language's main script.

    It is the term itself where the language has no stemmer.

    >>> stem("meetings", "en"), stem("савдоси", "uz-Cyrl"), stem("savdosi", "uz"), stem("meetings", "th")
    ('meet', 'savdo', 'savdo', 'meetings')
    """
    base = lang.partition("-")[0].lower()
    return stem_terms(base)[term][len(base) + 1 :]


@lru_cache(maxsize=64)
def stem_terms(base: str) -> Mapping[str, str]:
    """Of each term, asked for by itself, what the field of stems has for it in a base language: "en/meet" of "meetings"."""
    return Remembered(lambda term: f"{base}/{_stem(term, base)}", 1 << 12)


def _stem(term: str, base: str) -> str:
    if base not in _STEM_LANGUAGES or len(term) < 3:
        return _SCRIPTS[base](term) or term if base in _SCRIPTS else term  # of "ъ" alone, Latin leaves nothing
    if not term.isalpha() and base not in _WITH_MARKS:
        return term
    return _stemmer(base)(term) or term


@lru_cache(maxsize=64)
def _stemmer(base: str) -> Callable[[str], str]:
    """The stemmer of a base language; Snowball is loaded when first needed (1 ms)."""
    if base == "ar":
        return arabic_stem
    if base == "uk":
        from diplo_cli.text.ukrainian import ukrainian_stem  # its patterns take 1.5 ms

        return ukrainian_stem
    if base in _OWN:
        one_script, least = _SCRIPTS.get(base, str), _LEAST.get(base)
        if least:
            return lambda term: without_shades(turkic_stem(one_script(term), base), least)
        return lambda term: turkic_stem(one_script(term), base)
    snowball = _snowball(_SNOWBALL[base])
    if base in ("id", "ms"):
        return lambda term: snowball(malay_root(term))
    if base == "ru":
        return lambda term: without_fleeting_vowel(snowball(term))
    if base in ("fa", "tg"):
        return lambda term: _persian_stem(term, snowball)
    if base in ("sr", "hr", "bs"):
        return lambda term: snowball(serbian_latin(term))
    return snowball


def _persian_stem(term: str, snowball: Callable[[str], str]) -> str:
    """Snowball's stem, of a longer word by its sounds, so that Tajik and Persian meet; a short Tajik word as it is."""

    def stem_of(word: str) -> str:
        return snowball(word.translate(_PERSIAN_LETTERS)).translate(_ARABIC_LETTERS)

    common = without_weak_ends(stem_of(persian_sounds(term)))
    return common if len(common) >= _LEAST_PERSIAN else stem_of(term)


def _snowball(algorithm: str) -> Callable[[str], str]:
    import Stemmer

    # its own cache is slower than ours and bound to the object
    stem_word: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    return stem_word
