"""Month names of CLDR's languages, and of the solar Hijri calendar: a written word -> the month it names.

data/dates/months.tsv is compiled by tools/build_dates.py; forms.tsv has the spellings and inflected forms that CLDR lacks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "data" / "dates"
_KEY_NOISE = re.compile(r"[\u0307.'’ʻʼ`\u200c\u200d\u0640\u064b-\u0652\s]+")
_ARABIC = str.maketrans("أإآیىک", "اااييك")

# Endings of the cases of Turkic names too short to be cut freely.
_SHORT_ENDINGS = frozenset(("да", "де", "та", "те", "дан", "ден", "da", "de", "ta", "te", "dan", "den"))
# 13-марты, 13-июну, 13 июни: "of it" in Turkic languages, the Tajik izafet
_POSSESSIVE = frozenset("иыіуү")
# Abbreviations that are no other word beside a number, as are "mar 5" (Tuesday), "5 ago", "set 5".
_ALONE = frozenset(
    (
        *("jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("янв", "февр", "апр", "июн", "июл", "авг", "сент", "окт", "нояб", "дек"),
    )
)


class Month(NamedTuple):
    """A month: 1..12, of the Gregorian calendar, the solar Hijri or the Ethiopian (1..13); `wide` unless the name is an abbreviation.

    `alone`: a date of it needs no year.
    """

    number: int
    solar: bool
    wide: bool
    languages: frozenset[str]  # empty: whatever the language
    alone: bool = False
    ethiopian: bool = False


def month_key(name: str) -> str:
    """A month's name as the table has it: case-folded, without dots, apostrophes, Arabic vowel signs and hamza."""
    return _KEY_NOISE.sub("", name.casefold()).translate(_ARABIC)


@functools.lru_cache(maxsize=1 << 12)
def find_month(word: str, lang: str, *, cut: bool) -> Month | None:
    """The month a word names; with `cut`, endings of inflection come off and the Hebrew prefix too."""
    table = _months()
    key = month_key(word)
    base = lang.split("-", 1)[0]
    if not cut:
        return _meaning(table.get(key, ()), base)
    if month := _meaning(table.get(key, ()), base):
        return month
    if key.startswith("ב"):
        return _meaning(table.get(key[1:], ()), base)
    for length in range(len(key) - 1, max(2, len(key) - 5), -1):
        stem, ending = key[:length], key[length:]
        if length >= 5 or ending in _SHORT_ENDINGS or ending in _POSSESSIVE:
            month = _meaning(table.get(stem, ()), base)
            if month and month.wide and not month.solar:
                return month
    return None


def _meaning(meanings: Sequence[Month], base: str) -> Month | None:
    """The one meaning that a month's name has in a language, None if it has several."""
    clear = [month for month in meanings if not month.languages or base in month.languages]
    return clear[0] if clear else None


@functools.cache
def _months() -> dict[str, tuple[Month, ...]]:
    """Folded name -> its meanings. Read at the first line that has digits and is looked at for a date: 5 ms."""
    table: dict[str, tuple[Month, ...]] = {}
    for name, number in _listed("solar_hijri.tsv"):
        table[name] = (Month(number, solar=True, wide=True, languages=frozenset()),)
    for name, number in _listed("forms.tsv"):
        table[name] = (Month(number, solar=False, wide=True, languages=frozenset(), alone=True),)
    for row in (DATA / "months.tsv").read_text(encoding="utf-8").splitlines():
        name, written, kind, languages = row.split("\t")
        wide = kind == "wide"
        month = Month(int(written), False, wide, frozenset(languages.split()), alone=wide or name in _ALONE)
        table[name] = (*table.get(name, ()), month) if month.languages else (month,)
    # Last: CLDR has the names that Eritrea gives the Gregorian months, which are those of other days in Ethiopia.
    for name, number in _listed("ethiopian.tsv"):
        table[name] = (Month(number, solar=False, wide=True, languages=frozenset(), ethiopian=True),)
    return table


def _listed(file: str) -> Iterator[tuple[str, int]]:
    """The names of a table with a month a row, folded, each with its number."""
    for row in (DATA / file).read_text(encoding="utf-8").splitlines():
        number, *names = row.split("\t")
        for name in names:
            yield month_key(name), int(number)
