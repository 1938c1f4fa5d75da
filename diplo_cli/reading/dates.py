"""Written dates of any language and calendar -> ISO 8601, whole or partial; what is not certain is no date.

What is read: year-first numbers (2024-06-13, 2024/06/13, 20240613T…, 2024. 6. 13.), day-first with dots (13.06.2024: CLDR knows
no locale that puts the month first before a dot), slashes and hyphens only where day and month cannot be exchanged
(13/06/2024, 06/13/2024, 05/05/2024, but not 03/04/2024), and day, month name and year in any order that CLDR's languages
use, with their digits. Solar Hijri, Thai Buddhist, Japanese era and Minguo years are converted; lunar Hijri years are not,
since a table may be a day out, and two-digit years never are.

Month names: Unicode CLDR, through tools/build_dates.py.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from diplo_cli.reading.characters import LETTER

DATA = Path(__file__).parent.parent / "data" / "dates"
FIRST_YEAR, LAST_YEAR = 1900, 2049  # a later "year" is Bikram Sambat or Buddhist, and no news is that old
LONGEST_HEADER = 400  # characters of a line that are looked at
BUDDHIST_OFFSET = 543
SOLAR_YEARS = range(1300, 1420)  # above, the number may as well be a lunar year

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}

_URL = re.compile(r"(?:https?://|www\.)\S+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})(?P<s>[-./])\s?(\d{1,2})(?P=s)\s?(\d{1,2})(?!\d|[-/]\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?=T\d)")
_DAY_FIRST = re.compile(r"(?<![\d.,/-])(\d{1,2})(?P<s>[-./])\s?(\d{1,2})(?P=s)\s?(\d{4})(?!\d|[-/]\d)")
_EAST_ASIAN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|民國|民国)\s?(?P<n>\d{1,3}|[元〇零一二三四五六七八九十]{1,3})\s?年|(?P<y>\d{4}|[〇零一二三四五六七八九]{4})\s?[年년])"
    r"(?:\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?[月월](?:\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号號일])?)?"
    r"|(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日号號일]"
)
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,?\s*(?:năm\s+)?(\d{4})(?!\d))?", re.IGNORECASE)
_MONGOLIAN = re.compile(r"(\d{4})\s+оны\s+(\d{1,2})[\s-]*(?:р|д[уү]г[аэ]+р)?\s*сарын\s+(\d{1,2})(?!\d)", re.IGNORECASE)
_MARKED_YEAR = re.compile(r"(?:(พ\.\s?ศ\.)|ค\.\s?ศ\.)\s?(\d{4})(?!\d)")
_TOKEN = re.compile(rf"(?P<number>\d+)|{LETTER}+(?:[.'’ʻʼ`]{LETTER}+)*")
_GAP = re.compile(r"[\s.,،、\-–/'’()ºª٬\u200e\u200f]*")
_KEY_NOISE = re.compile(r"[\u0307.'’ʻʼ`\u200c\u200d\u0640\u064b-\u0652\s]+")
_ARABIC = str.maketrans("أإآیىک", "اااييك")

# Words that may stand between day, month and year: short ones of any language, and these longer ones.
_LONG_FILLERS = frozenset(("tháng", "năm", "ngày", "жылғы", "жылдын", "йилнинг", "года", "року", "година", "yilning", "წლის", "թվականի", "gada"))

# Endings of the cases of Turkic names too short to be cut freely.
_SHORT_ENDINGS = frozenset(("да", "де", "та", "те", "дан", "ден", "da", "de", "ta", "te", "dan", "den"))


class Found(NamedTuple):
    """A date found in a line: ISO 8601 (maybe partial), and where it stands."""

    iso: str
    start: int
    end: int


class _Token(NamedTuple):
    text: str
    number: int  # -1 for a word
    start: int
    end: int


class _Month(NamedTuple):
    number: int
    solar: bool
    wide: bool
    languages: frozenset[str]  # empty: whatever the language


def find_date(line: str, lang: str = "und") -> str:
    """The first date written in `line`: "2024-06-13", "2024-06", "2024", "--02-19" (no year is stated), or "".

    A whole date is preferred to an earlier partial one. `lang` (a BCP-47 tag) decides only between month names that
    mean different months in different languages; without it they are no date.
    """
    found = locate_date(line, lang)
    return found.iso if found else ""


def stated_date(value: str, lang: str = "und") -> str:
    """A date from a metadata field: as `find_date`, and also "2024-06" and "2024", which in a text would be mere numbers."""
    stripped = value.strip()
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?", stripped, re.ASCII):
        return _iso(int(match[1]), int(match[2]) if match[2] else None, None)
    return find_date(stripped, lang)


def locate_date(line: str, lang: str = "und") -> Found | None:
    """As `find_date`, with the place of the date in `line`; None where there is none."""
    head = line[:LONGEST_HEADER]
    persian = "\u06f0" <= max(head, default="") and any("\u06f0" <= character <= "\u06f9" for character in head)
    if not head.isascii():
        head = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), head)
    if not any(character.isdigit() for character in head) and "年" not in head:
        return None
    head = _URL.sub(_blank, head)
    found = [*_numeric(head, persian=persian), *_marked(head)]
    head = _CLOCK.sub(_blank, head)
    found += _named(head, lang)
    if not found:
        return None
    whole = [date for date in found if len(date.iso) == len("2024-06-13")]
    return min(whole or found, key=lambda date: (-len(date.iso), date.start) if not whole else (0, date.start))


def month_key(name: str) -> str:
    """A month's name as the table has it: case-folded, without dots, apostrophes, Arabic vowel signs and hamza."""
    return _KEY_NOISE.sub("", name.casefold()).translate(_ARABIC)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    """ISO 8601 of what is known, "" if no such day exists or the year is not one of publication."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    if month is None:
        return f"{year}"
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year}-{month:02}" if year is not None else ""
    try:
        datetime.date(2000 if year is None else year, month, day)
    except ValueError:
        return ""
    return f"--{month:02}-{day:02}" if year is None else f"{year}-{month:02}-{day:02}"


def _solar_iso(year: int, month: int, day: int) -> str:
    """ISO date of a solar Hijri day, by the 33-year cycle of leap years (exact for the years 1206..1498)."""
    if year not in SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return ""
    leaps = {1, 5, 9, 13, 17, 22, 26, 30}
    days = sum(366 if earlier % 33 in leaps else 365 for earlier in range(SOLAR_YEARS.start, year))
    new_year = datetime.date(1921, 3, 21) + datetime.timedelta(days)  # 1 Farvardin 1300
    return (new_year + datetime.timedelta(31 * (month - 1) - max(0, month - 7) + day - 1)).isoformat()


def _numeric(head: str, *, persian: bool) -> list[Found]:
    found = []
    for pattern in (_YEAR_FIRST, _COMPACT):
        for match in pattern.finditer(head):
            year, month, day = (int(part) for part in match.groups() if part not in {"-", ".", "/"})
            iso = _solar_iso(year, month, day) if persian and year in SOLAR_YEARS else _iso(year, month, day)
            found.append(Found(iso, *match.span()))
    for match in _DAY_FIRST.finditer(head):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match["s"] == "." or first > 12 or first == second:
            found.append(Found(_iso(year, second, first), *match.span()))
        elif second > 12:
            found.append(Found(_iso(year, first, second), *match.span()))
    return [date for date in found if date.iso]


def _marked(head: str) -> list[Found]:
    """Dates whose parts are marked by words of their own: 2024年6月13日, 令和7年, tháng, оны … сарын, พ.ศ."""
    found = []
    if "年" in head or "月" in head or "월" in head:
        for match in _EAST_ASIAN.finditer(head):
            year: int | None = None
            if match["era"]:
                year = ERAS[match["era"]] + _han_number(match["n"])
            elif match["y"]:
                year = int("".join(str(HAN_DIGITS.get(digit, digit)) for digit in match["y"]))
            month, day = match["m"] or match["m2"], match["d"] or match["d2"]
            iso = _iso(year, _han_number(month) if month else None, _han_number(day) if day else None)
            found.append(Found(iso, *match.span()))
    for match in _VIETNAMESE.finditer(head):
        found.append(Found(_iso(int(match[3]) if match[3] else None, int(match[2]), int(match[1])), *match.span()))
    for match in _MONGOLIAN.finditer(head):
        found.append(Found(_iso(int(match[1]), int(match[2]), int(match[3])), *match.span()))
    for match in _MARKED_YEAR.finditer(head):
        found.append(Found(_iso(int(match[2]) - (BUDDHIST_OFFSET if match[1] else 0), None, None), *match.span()))
    return [date for date in found if date.iso]


def _han_number(written: str) -> int:
    """A number below 1000 in ASCII digits, or below 100 in Chinese numerals (十七, 二十, 元)."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(HAN_DIGITS[digit]) for digit in written))
    return (HAN_DIGITS[tens[-1]] if tens and tens[-1] in HAN_DIGITS else 1) * 10 + (HAN_DIGITS[ones[0]] if ones else 0)


def _named(head: str, lang: str) -> list[Found]:
    """Dates with a month's name: the numbers beside it are its day and year, fillers such as `de` or `жылғы` between."""
    tokens = [
        _Token(match[0], int(match[0]) if match["number"] and len(match[0]) <= 4 else -1, match.start(), match.end())
        for match in _TOKEN.finditer(head)
    ]
    found = []
    for index, token in enumerate(tokens):
        if token.text[0].isdigit():
            continue
        last = index
        month = _month(token.text, lang, cut=False)
        if not month and index + 1 < len(tokens) and not tokens[index + 1].text[0].isdigit():
            month = _month(token.text + tokens[index + 1].text, lang, cut=True)  # كانون الثاني
            last = index + 1 if month else index
        month = month or _month(token.text, lang, cut=True)
        if month and (date := _around(head, tokens, index, last, month, lang)):
            found.append(date)
    return found


def _around(head: str, tokens: Sequence[_Token], first: int, last: int, month: _Month, lang: str) -> Found | None:
    """The date whose month's name is tokens[first..last]."""
    left = _number_beside(head, tokens, first, -1, month, lang)
    right = _number_beside(head, tokens, last, 1, month, lang)
    left_value = tokens[left].number if left is not None else -1
    right_value = tokens[right].number if right is not None else -1
    after = _number_beside(head, tokens, right, 1, month, lang) if right is not None else None
    before = _number_beside(head, tokens, left, -1, month, lang) if left is not None else None
    year_of = _year_reader(head, tokens, month)
    day: int | None = None
    year: int | None = None
    edges = [first, last]
    if right is not None and _is_day(right_value) and after is not None and year_of(after):  # May 17, 2024
        day, year, edges = right_value, year_of(after), [*edges, after]
    elif left is not None and _is_day(left_value):  # 17 May 2024; 2024 жылғы 17 мамыр; 17 May
        if before is not None and _is_day(tokens[before].number) and tokens[left].start - tokens[before].end <= 3:
            return None  # 16-17 May: days of an event
        day, edges = left_value, [*edges, left]
        if right is not None and year_of(right):
            year, edges = year_of(right), [*edges, right]
        elif before is not None and year_of(before):
            year, edges = year_of(before), [*edges, before]
    elif right is not None and _is_day(right_value):  # May 17; 2024 m. gegužės 17
        day, edges = right_value, [*edges, right]
        if left is not None and year_of(left):
            year, edges = year_of(left), [*edges, left]
    elif right is not None and year_of(right):  # May 2024
        year, edges = year_of(right), [*edges, right]
    if year is None and not month.wide:
        return None
    if month.solar:
        iso = _solar_iso(year, month.number, day) if year is not None and day is not None else ""
    else:
        iso = _iso(year, month.number, day)
    return Found(iso, tokens[min(edges)].start, tokens[max(edges)].end) if iso else None


def _is_day(number: int) -> bool:
    return 1 <= number <= 31


def _year_reader(head: str, tokens: Sequence[_Token], month: _Month) -> Callable[[int], int | None]:
    """A function: index of a number -> the year that it is beside this month, or None."""

    def year_of(index: int) -> int | None:
        token = tokens[index]
        if token.end - token.start != 4:
            return None
        if month.solar:
            return token.number if token.number in SOLAR_YEARS else None
        if any("\u0e00" <= character <= "\u0e7f" for character in head) and token.number > LAST_YEAR:
            return token.number - BUDDHIST_OFFSET
        return token.number if FIRST_YEAR <= token.number <= LAST_YEAR else None

    return year_of


def _number_beside(head: str, tokens: Sequence[_Token], index: int, step: int, month: _Month, lang: str) -> int | None:
    """Index of the number next to token `index` in direction `step`: at most two fillers, or the same month's other name, between."""
    here = index
    for _ in range(3):
        there = here + step
        if not 0 <= there < len(tokens):
            return None
        low, high = sorted((here, there))
        if not _GAP.fullmatch(head, tokens[low].end, tokens[high].start):
            return None
        token = tokens[there]
        if token.number >= 0:
            return there
        if token.text[0].isdigit():
            return None
        other = _month(token.text, lang, cut=False)
        if other and other.wide and other.number != month.number:  # the number is that other month's
            return None
        if not other and len(token.text) > 4 and token.text.casefold() not in _LONG_FILLERS:
            return None
        here = there
    return None


def _month(word: str, lang: str, *, cut: bool) -> _Month | None:
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
        if length >= 5 or ending in _SHORT_ENDINGS:
            month = _meaning(table.get(stem, ()), base)
            if month and month.wide and not month.solar:
                return month
    return None


def _meaning(meanings: Sequence[_Month], base: str) -> _Month | None:
    """The one meaning that a month's name has in a language, None if it has several."""
    clear = [month for month in meanings if not month.languages or base in month.languages]
    return clear[0] if clear else None


@functools.cache
def _months() -> dict[str, tuple[_Month, ...]]:
    """Folded name -> its meanings. Built at the first line that has digits: 4 ms."""
    table: dict[str, tuple[_Month, ...]] = {}
    for row in (DATA / "solar_hijri.tsv").read_text(encoding="utf-8").splitlines():
        number, *names = row.split("\t")
        for name in names:
            table[month_key(name)] = (_Month(int(number), solar=True, wide=True, languages=frozenset()),)
    for row in (DATA / "forms.tsv").read_text(encoding="utf-8").splitlines():
        number, *names = row.split("\t")
        for name in names:
            table[month_key(name)] = (_Month(int(number), solar=False, wide=True, languages=frozenset()),)
    for row in (DATA / "months.tsv").read_text(encoding="utf-8").splitlines():
        name, number, kind, languages = row.split("\t")
        month = _Month(int(number), solar=False, wide=kind == "wide", languages=frozenset(languages.split()))
        if not month.languages:
            table[name] = (month,)
        else:
            table[name] = (*table.get(name, ()), month)
    return table
