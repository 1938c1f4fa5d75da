"""Dates as a user types them in a query or a filter, as the numbers that an index is asked for.

A date is YYYY, YYYY-MM or YYYY-MM-DD in the digits of any script; a range is two dates, either of them left out, with
".." between. Numbers are YYYYMMDD with 00 for what is not stated, as in `engines.base.Entry.date`: a month begins at
its day 00, so that a document dated 2024-05 lies within 2024-05, and one dated 2024 only within 2024.

>>> span("2024-05"), span("2024"), span("2024-05-17")
((20240500, 20240599), (20240000, 20249999), (20240517, 20240517))
>>> span("2024-05..2024-06"), span("..2024"), span("2024-05-01..")
((20240500, 20240699), (None, 20249999), (20240501, None))
>>> span("2024-13")
Traceback (most recent call last):
diplo_cli.errors.QueryError: '2024-13' is no date: there is no month 13
"""

from __future__ import annotations

from diplo_cli.errors import QueryError

FORMS = "write a date as 2024, 2024-05 or 2024-05-17, and a range as 2024-05..2024-06, 2024-05.. or ..2024-06"

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHOWN = 40  # characters of a value that an error repeats


def span(value: str) -> tuple[int | None, int | None]:
    """A date or a range of dates -> (first, last), both inclusive, None where open.

    Raises QueryError (without a position: the caller knows where the value stands) for anything else, for days no
    calendar has, and for a range that ends before it begins.
    """
    value = value.strip()
    first, dots, last = value.partition("..")
    if not dots:
        return since(value), until(value)
    if not first.strip() and not last.strip():
        raise QueryError(f"{_shown(value)} is a range without dates", FORMS)
    low = since(first) if first.strip() else None
    high = until(last) if last.strip() else None
    if low is not None and high is not None and low > high:
        raise QueryError(f"{_shown(value)} ends before it begins", FORMS)
    return low, high


def since(value: str) -> int:
    """Give the first number within a date: 20240500 for 2024-05. Raises QueryError as `span` does, for a range too."""
    year, month, day = _parts(value)
    return year * 10000 + (month or 0) * 100 + (day or 0)


def until(value: str) -> int:
    """Give the last number within a date: 20240599 for 2024-05. Raises QueryError as `span` does, for a range too."""
    year, month, day = _parts(value)
    return year * 10000 + (99 if month is None else month) * 100 + (99 if day is None else day)


def _parts(value: str) -> tuple[int, int | None, int | None]:
    """Year, month and day; None for what is not stated."""
    parts = value.strip().split("-")
    if tuple(map(len, parts)) not in {(4,), (4, 2), (4, 2, 2)} or not "".join(parts).isdecimal():
        raise QueryError(f"{_shown(value)} is no date", FORMS)
    year, month, day = (*map(int, parts), None, None)[:3]
    if not year:
        raise QueryError(f"{_shown(value)} is no date: there is no year 0", FORMS)
    if month is not None and not 1 <= month <= 12:
        raise QueryError(f"{_shown(value)} is no date: there is no month {month}", FORMS)
    if month is not None and day is not None:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if not 1 <= day <= _DAYS[month - 1] - (month == 2 and not leap):
            raise QueryError(f"{_shown(value)} is no date: that month has no day {day}", FORMS)
    return year, month, day


def _shown(value: str) -> str:
    """A value as an error repeats it: quoted, control characters escaped, cut short."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
