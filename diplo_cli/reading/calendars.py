"""Years, months and days of several calendars -> ISO 8601, and where in a line they were found."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2049  # a later "year" is Bikram Sambat or Buddhist, and no news is that old
BUDDHIST_OFFSET = 543
SOLAR_YEARS = range(1300, 1420)  # above, the number may as well be a lunar year
ETHIOPIAN_ERA = re.compile(r"\s*ዓ\s?[.·፡/]?\s?ም")  # after a year; where it is not stated the calendar may be another
GREGORIAN_ERA = re.compile(r"እ\s?[.·፡/]?\s?ኤ\s?[.·፡/]?\s?አ")


class Found(NamedTuple):
    """A date found in a line: ISO 8601 (maybe partial), and where it stands."""

    iso: str
    start: int
    end: int


def iso_date(year: int | None, month: int | None, day: int | None) -> str:
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


def solar_iso(year: int, month: int, day: int) -> str:
    """ISO date of a solar Hijri day, by the 33-year cycle of leap years (exact for the years 1206..1498)."""
    if year not in SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return ""
    leaps = {1, 5, 9, 13, 17, 22, 26, 30}
    days = sum(366 if earlier % 33 in leaps else 365 for earlier in range(SOLAR_YEARS.start, year))
    new_year = dt.date(1921, 3, 21) + dt.timedelta(days)  # 1 Farvardin 1300
    return (new_year + dt.timedelta(31 * (month - 1) - max(0, month - 7) + day - 1)).isoformat()


def ethiopian_iso(year: int, month: int, day: int) -> str:
    """ISO date of an Ethiopian day (Amete Mihret): twelve months of 30 days and one of 5, or of 6 before each leap year of the Julian calendar."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 13:
        return ""
    if not 1 <= day <= (30 if month < 13 else 5 + (year % 4 == 3)):
        return ""
    days = 365 * (year - 2000) + year // 4 - 500 + 30 * (month - 1) + day - 1
    return (dt.date(2007, 9, 12) + dt.timedelta(days)).isoformat()  # 1 Meskerem 2000
