"""Dates in a line whose month has a name: 17 May 2024, 2024 жылғы 17 мамыр, كانون الثاني. Digits are ASCII by then."""

from __future__ import annotations

import re
from typing import NamedTuple

from diplo_cli.reading.calendars import (
    BUDDHIST_OFFSET,
    ETHIOPIAN_ERA,
    FIRST_YEAR,
    GREGORIAN_ERA,
    LAST_YEAR,
    SOLAR_YEARS,
    Found,
    ethiopian_iso,
    iso_date,
    solar_iso,
)
from diplo_cli.reading.characters import LETTER
from diplo_cli.reading.months import Month, find_month

_TOKEN = re.compile(rf"(?P<number>\d+)|{LETTER}+(?:[.'’ʻʼ`]{LETTER}+)*")
_GAP = re.compile(r"[\s.,،፣、\-–/'’()ºª٬\u200e\u200f]*")

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


# "Year", with whatever endings: жылғы, жылдың, йилнинг, yilning, ýylyň
_YEAR_STEMS = ("жыл", "йил", "yil", "ýyl", "jyl", "сол", "оны")


def _is_filler(word: str) -> bool:
    """Whether a word of five letters or more may stand between the parts of a date."""
    return word in _LONG_FILLERS or (len(word) <= 9 and word.startswith(_YEAR_STEMS))


class _Token(NamedTuple):
    text: str
    number: int  # -1 for a word
    start: int
    end: int


def named_dates(head: str, lang: str) -> list[Found]:
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
            return solar_iso(year_number, month.number, day_number) if year_number and day_number else ""
        if month.ethiopian:
            stated = year is not None and ETHIOPIAN_ERA.match(self.head, self.tokens[year].end)
            if not stated or not year_number or not day_number or GREGORIAN_ERA.search(self.head):
                return ""
            return ethiopian_iso(year_number, month.number, day_number)
        return iso_date(year_number, month.number, day_number) if year_number or month.alone else ""

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
            if not other and len(token.text) > 4 and not _is_filler(token.text.casefold()):
                return None
            here = there
        return None
