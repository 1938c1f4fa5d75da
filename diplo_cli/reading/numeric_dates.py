"""Dates in a line whose month is a number: 2024-06-13, 13.06.2024, 2024年6月13日, พ.ศ. 2567. Digits are ASCII by then."""

from __future__ import annotations

import re

from diplo_cli.reading.calendars import BUDDHIST_OFFSET, SOLAR_YEARS, Found, iso_date, solar_iso

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
HAN_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}

_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})(?P<s>[-./])\s?(\d{1,2})(?P=s)\s?(\d{1,2})(?!\d|[-/]\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?=T\d)")
_DAY_FIRST = re.compile(r"(?<![\d.,/-])(\d{1,2})(?P<s>[-./])\s?(\d{1,2})(?P=s)\s?(\d{4})(?!\d|[-/]\d)")
_EAST_ASIAN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|民國|民国)\s?(?P<n>\d{1,3}|[元〇零一二三四五六七八九十]{1,3})\s?年|(?P<y>\d{4}|[〇零一二三四五六七八九]{4})\s?[年년])"
    r"(?:\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?[月월](?:\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号號일])?)?"
    r"|(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日号號일]"
)
_VIETNAMESE_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_VIETNAMESE = re.compile(
    r"(\d{1,2})\s+tháng\s+(\d{1,2}|mười (?:một|hai)|một|hai|ba|tư|năm(?! \d)|sáu|bảy|tám|chín|mười)(?:\s*,?\s*(?:năm\s+)?(\d{4})(?!\d))?",
    re.IGNORECASE,
)
_MONGOLIAN = re.compile(r"(\d{4})\s+оны\s+(\d{1,2})[\s-]*(?:р|д[уү]г[аэ]+р)?\s*сарын\s+(\d{1,2})(?!\d)", re.IGNORECASE)
_MARKED_YEAR = re.compile(r"(?:(พ\.\s?ศ\.)|ค\.\s?ศ\.)\s?(\d{4})(?!\d)")


def numeric_dates(head: str, *, persian: bool) -> list[Found]:
    """Dates in numbers alone; with `persian` (its digits were written), years of the solar Hijri calendar are such."""
    found = []
    for pattern in (_YEAR_FIRST, _COMPACT):
        for match in pattern.finditer(head):
            year, month, day = (int(part) for part in match.groups() if part not in {"-", ".", "/"})
            iso = solar_iso(year, month, day) if persian and year in SOLAR_YEARS else iso_date(year, month, day)
            found.append(Found(iso, *match.span()))
    for match in _DAY_FIRST.finditer(head):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match["s"] == "." or first > 12 or first == second:
            found.append(Found(iso_date(year, second, first), *match.span()))
        elif second > 12:
            found.append(Found(iso_date(year, first, second), *match.span()))
    return [date for date in found if date.iso]


def marked_dates(head: str) -> list[Found]:
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
            iso = iso_date(year, _han_number(month) if month else None, _han_number(day) if day else None)
            found.append(Found(iso, *match.span()))
    found.extend(
        Found(iso_date(int(match[3]) if match[3] else None, _vietnamese_month(match[2]), int(match[1])), *match.span())
        for match in _VIETNAMESE.finditer(head)
    )
    found.extend(
        Found(iso_date(int(match[1]), int(match[2]), int(match[3])), *match.span())
        for match in _MONGOLIAN.finditer(head)
    )
    found.extend(
        Found(iso_date(int(match[2]) - (BUDDHIST_OFFSET if match[1] else 0), None, None), *match.span())
        for match in _MARKED_YEAR.finditer(head)
    )
    return [date for date in found if date.iso]


def _vietnamese_month(written: str) -> int:
    return int(written) if written.isdecimal() else _VIETNAMESE_MONTHS.index(written.casefold()) + 1


def _han_number(written: str) -> int:
    """A number below 1000 in ASCII digits, or below 100 in Chinese numerals (十七, 二十, 元)."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(HAN_DIGITS[digit]) for digit in written))
    return (HAN_DIGITS[tens[-1]] if tens and tens[-1] in HAN_DIGITS else 1) * 10 + (HAN_DIGITS[ones[0]] if ones else 0)
