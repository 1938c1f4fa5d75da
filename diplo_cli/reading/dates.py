"""Written dates of any language and calendar -> ISO 8601, whole or partial; what is not certain is no date.

What is read: year-first numbers (2024-06-13, 2024/06/13, 20240613T…, 2024. 6. 13.), day-first with dots (13.06.2024: CLDR knows
no locale that puts the month first before a dot), slashes and hyphens only where day and month cannot be exchanged
(13/06/2024, 06/13/2024, 05/05/2024, but not 03/04/2024), and day, month name and year in any order that CLDR's languages
use, with their digits. Solar Hijri, Thai Buddhist, Japanese era and Minguo years are converted; lunar Hijri years are not,
since a table may be a day out, and two-digit years never are. Months with Ethiopian names are converted where the era is stated
(ዓ.ም), and are no date elsewhere: Eritrea gives the names to Gregorian months.

Month names: Unicode CLDR, through tools/build_dates.py.
"""

from __future__ import annotations

import re
import unicodedata

from diplo_cli.reading.calendars import ETHIOPIAN_ERA, Found, iso_date
from diplo_cli.reading.named_dates import named_dates
from diplo_cli.reading.numeric_dates import marked_dates, numeric_dates

LONGEST_HEADER = 400  # characters of a line that are looked at

_URL = re.compile(r"(?:https?://|www\.)\S+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DIGIT = re.compile(r"\d")
_PERSIAN_DIGIT = re.compile("[\u06f0-\u06f9]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


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
        return iso_date(int(match[1]), int(match[2]) if match[2] else None, None)
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
    numeric = numeric_dates(head, persian=persian)
    found = [date for date in numeric if not ETHIOPIAN_ERA.match(head, date.end)] + marked_dates(head)
    head = _CLOCK.sub(_blank, head)
    found += named_dates(head, lang)
    if not found:
        return None
    whole = [date for date in found if len(date.iso) == len("2024-06-13")]
    return min(whole or found, key=lambda date: (-len(date.iso), date.start) if not whole else (0, date.start))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
