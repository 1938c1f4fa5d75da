"""Dates in queries and filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.errors import QueryError
from diplo_cli.query.dates import since, span, until

UNHURRIED = settings(deadline=None)  # a busy machine is no failure


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", 20240000, 20249999),
        ("2024-05", 20240500, 20240599),
        ("2024-05-17", 20240517, 20240517),
        ("2024-02-29", 20240229, 20240229),
        (" 2024-05 ", 20240500, 20240599),
        ("٢٠٢٤-٠٥", 20240500, 20240599),
        ("2024-05..2024-06", 20240500, 20240699),
        ("2024..2024-06-30", 20240000, 20240630),
        ("..2024", None, 20249999),
        ("2024-05-01..", 20240501, None),
    ],
)
def test_forms(value: str, first: int | None, last: int | None) -> None:
    assert span(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "..",
            " .. ",
            "2024-13",
            "2024-00",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-05-00",
            "0000",
        ),
        *("24", "2024-5", "2024/05", "last year", "2024...2025", "2024-06..2024-05", "2024-05-17T10:00", "2024-05..x"),
        *("²⁰²⁴", "2024\x00", "\ud800", "2024-", "-2024"),
    ],
)
def test_anything_else_names_the_forms(value: str) -> None:
    with pytest.raises(QueryError) as caught:
        span(value)
    assert "2024-05..2024-06" in caught.value.hint
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("bound", [since, until])
def test_a_bound_is_one_date(bound: Callable[[str], int]) -> None:
    with pytest.raises(QueryError, match=r"'2024\.\.2025' is no date"):
        bound("2024..2025")


@UNHURRIED
@given(st.dates())
def test_every_day_of_the_calendar_lies_in_its_month_and_year_and_no_other_day_is_one(day: date) -> None:
    number = day.year * 10000 + day.month * 100 + day.day
    for length in 4, 7, 10:
        assert since(day.isoformat()[:length]) <= number <= until(day.isoformat()[:length])
    assert span(day.isoformat()) == (number, number)
    if day < date.max and (day + timedelta(days=1)).month != day.month:
        with pytest.raises(QueryError, match="no day"):
            span(f"{day.isoformat()[:8]}{day.day + 1}")


@UNHURRIED
@given(st.text(max_size=20))
def test_nothing_but_a_query_error_comes_out(value: str) -> None:
    try:
        first, last = span(value)
    except QueryError:
        return
    assert first is None or last is None or first <= last
