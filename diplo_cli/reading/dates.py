"""Written dates of any language and calendar -> ISO 8601, whole or partial; what is not certain is no date.

What is read: year-first numbers (2024-06-13, 2024/06/13, 20240613T…, 2024. 6. 13.), day-first with dots (13.06.2024: CLDR knows
no locale that puts the month first before a dot), slashes and hyphens only where day and month cannot be exchanged
(13/06/2024, 06/13/2024, 05/05/2024, but not 03/04/2024), and day, month name and year in any order that CLDR's languages
use, with their digits. Solar Hijri, Thai Buddhist, Japanese era and Minguo years are converted; lunar Hijri years are not,
since a table may be a day out, and two-digit years never are.

Month names: Unicode CLDR, through tools/build_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from diplo_cli.reading.characters import LETTER
from diplo_cli.reading.months import Month, find_month

FIRST_YEAR, LAST_YEAR = 1900, 2049  # a later "year" is Bikram Sambat or Buddhist, and no news is that old
LONGEST_HEADER = 400  # characters of a line that are looked at
BUDDHIST_OFFSET = 543
SOLAR_YEARS = range(1300, 1420)  # above, the number may as well be a lunar year

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}

_URL = re.compile(r"(?:https?://|www\.)\S+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DIGIT = re.compile(r"\d")
_PERSIAN_DIGIT = re.compile("[\u06f0-\u06f9]")
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

# Words that may stand between day, month and year: short ones of any language, and these longer ones.
_LONG_FILLERS = frozenset(
    (
        "tháng",
        "năm",
        "ngày",
        "жылғы",
        "жылдын",
        "йилнинг",
        "года",
        "року",
        "година",
        "yilning",
        "წლის",
        "թվականի",
        "gada",
    )
)


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
    if not _DIGIT.search(head) and "年" not in head:  # 二〇二四年
        return None
    persian = _PERSIAN_DIGIT.search(head) is not None
    if not head.isascii():
        head = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), head)
    head = _URL.sub(_blank, head)
    found = [*_numeric(head, persian=persian), *_marked(head)]
    head = _CLOCK.sub(_blank, head)
    found += _named(head, lang)
    if not found:
        return None
    whole = [date for date in found if len(date.iso) == len("2024-06-13")]
    return min(whole or found, key=lambda date: (-len(date.iso), date.start) if not whole else (0, date.start))


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
        dt.date(2000 if year is None else year, month, day)
    except ValueError:
        return ""
    return f"--{month:02}-{day:02}" if year is None else f"{year}-{month:02}-{day:02}"


def _solar_iso(year: int, month: int, day: int) -> str:
    """ISO date of a solar Hijri day, by the 33-year cycle of leap years (exact for the years 1206..1498)."""
    if year not in SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return ""
    leaps = {1, 5, 9, 13, 17, 22, 26, 30}
    days = sum(366 if earlier % 33 in leaps else 365 for earlier in range(SOLAR_YEARS.start, year))
    new_year = dt.date(1921, 3, 21) + dt.timedelta(days)  # 1 Farvardin 1300
    return (new_year + dt.timedelta(31 * (month - 1) - max(0, month - 7) + day - 1)).isoformat()


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
    found.extend(
        Found(_iso(int(match[3]) if match[3] else None, int(match[2]), int(match[1])), *match.span())
        for match in _VIETNAMESE.finditer(head)
    )
    found.extend(
        Found(_iso(int(match[1]), int(match[2]), int(match[3])), *match.span()) for match in _MONGOLIAN.finditer(head)
    )
    found.extend(
        Found(_iso(int(match[2]) - (BUDDHIST_OFFSET if match[1] else 0), None, None), *match.span())
        for match in _MARKED_YEAR.finditer(head)
    )
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
    line = _Tokens(head, lang)
    found = []
    for index, token in enumerate(line.tokens):
        if token.text[0].isdigit():
            continue
        last = index
        month = find_month(token.text, lang, cut=False)
        if not month and index + 1 < len(line.tokens) and not line.tokens[index + 1].text[0].isdigit():
            month = find_month(token.text + line.tokens[index + 1].text, lang, cut=True)  # كانون الثاني
            last = index + 1 if month else index
        month = month or find_month(token.text, lang, cut=True)
        if month and (date := line.date_around(index, last, month)):
            found.append(date)
    return found


class _Tokens:
    """The numbers and words of a line, and the numbers that stand beside a month's name."""

    def __init__(self, head: str, lang: str) -> None:
        self.head = head
        self.lang = lang
        self.thai = any("\u0e00" <= character <= "\u0e7f" for character in head)
        self.tokens = [
            _Token(
                match[0], int(match[0]) if match["number"] and len(match[0]) <= 4 else -1, match.start(), match.end()
            )
            for match in _TOKEN.finditer(head)
        ]

    def date_around(self, first: int, last: int, month: Month) -> Found | None:
        """The date whose month's name is tokens[first..last]."""
        left = self._number_beside(first, -1, month)
        right = self._number_beside(last, 1, month)
        before = self._number_beside(left, -1, month) if left is not None else None
        after = self._number_beside(right, 1, month) if right is not None else None
        day: int | None = None
        year: int | None = None
        used: list[int | None] = []
        if self._is_day(right) and self._year(after, month):  # May 17, 2024
            day, year, used = right, after, [right, after]
        elif self._is_day(left):  # 17 May 2024; 2024 жылғы 17 мамыр; 17 May
            if self._is_range(before, left):
                return None
            year = next((index for index in (right, before) if self._year(index, month)), None)
            day, used = left, [left, year]
        elif self._is_day(right):  # May 17; 2024 m. gegužės 17
            year = left if self._year(left, month) else None
            day, used = right, [right, year]
        elif self._year(right, month):  # May 2024
            year, used = right, [right]
        iso = self._iso(year, month, day)
        edges = [first, last, *(index for index in used if index is not None)]
        return Found(iso, self.tokens[min(edges)].start, self.tokens[max(edges)].end) if iso else None

    def _iso(self, year: int | None, month: Month, day: int | None) -> str:
        """ISO date of a month and the tokens of its year and day."""
        day_number = self.tokens[day].number if day is not None else None
        year_number = self._year(year, month)
        if month.solar:
            return _solar_iso(year_number, month.number, day_number) if year_number and day_number else ""
        return _iso(year_number, month.number, day_number) if year_number or month.wide else ""

    def _is_day(self, index: int | None) -> bool:
        return index is not None and 1 <= self.tokens[index].number <= 31

    def _is_range(self, before: int | None, day: int | None) -> bool:
        """Whether another day stands right before (16-17 May): the days of an event, not of publication."""
        return (
            before is not None
            and day is not None
            and self._is_day(before)
            and self.tokens[day].start - self.tokens[before].end <= 3
        )

    def _year(self, index: int | None, month: Month) -> int | None:
        """The year that a number is beside this month, None if it is none."""
        if index is None or self.tokens[index].end - self.tokens[index].start != 4:
            return None
        number = self.tokens[index].number
        if month.solar:
            return number if number in SOLAR_YEARS else None
        if self.thai and number > LAST_YEAR:
            number -= BUDDHIST_OFFSET
        return number if FIRST_YEAR <= number <= LAST_YEAR else None

    def _number_beside(self, index: int, step: int, month: Month) -> int | None:
        """The number next to a token in direction `step`: at most two fillers, or the same month's other name, between."""
        here = index
        for _ in range(3):
            there = here + step
            if not 0 <= there < len(self.tokens):
                return None
            low, high = sorted((here, there))
            if not _GAP.fullmatch(self.head, self.tokens[low].end, self.tokens[high].start):
                return None
            token = self.tokens[there]
            if token.number >= 0:
                return there
            if token.text[0].isdigit():
                return None
            other = find_month(token.text, self.lang, cut=False)
            if other and other.wide and other.number != month.number:  # the number is that other month's
                return None
            if not other and len(token.text) > 4 and token.text.casefold() not in _LONG_FILLERS:
                return None
            here = there
        return None
