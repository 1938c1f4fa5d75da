"""Documents by month, year or day."""

from __future__ import annotations

from typing import Literal, NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.query.dates import since, until
from diplo_cli.query.tree import And, Query, Range, Term
from diplo_cli.search.result import SearchRequest, language_order
from diplo_cli.search.statistics import answering, count

Unit = Literal["year", "month", "day"]
Split = Literal["", "lang", "country"]
_LAST_YEAR = 9999
STATED: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}
"""Characters of a period."""


class Period(NamedTuple):
    """How many documents are of a period: "2024", "2024-05", "2024-05-17".

    A period shorter than the unit asked for is of documents that state no more; "" of those that state no year. `key`: the language or the country, "" where not asked for.
    """

    period: str
    documents: int
    key: str = ""


class Timeline(NamedTuple):
    """`total` documents by period, oldest first, the undated last; under each period the languages or countries with most documents first.

    `keys`: all languages or countries, most documents first. A document about two countries is counted under both.
    """

    total: int
    unit: Unit
    split: Split
    keys: tuple[str, ...]
    periods: tuple[Period, ...]


def timeline(engine: Engine, request: SearchRequest, unit: Unit = "month", split: Split = "") -> Timeline:
    """Count what answers a request by period, each period by language or country where `split` says so. Raises QueryError, UnknownNameError."""
    query = answering(engine, request)
    total = count(engine, query)
    if not split:
        counted = [Period(period, number) for period, number in periods(engine, query, unit).items()]
        return Timeline(total, unit, split, (), tuple(sorted(counted, key=_place)))
    found = engine.facets(query, [split])[split]
    keys = sorted(found, key=lambda key: language_order(key, found) if split == "lang" else (-found[key], key))
    counted = [
        Period(period, number, key)
        for key in keys
        for period, number in periods(engine, And((query, Term(split, key))), unit).items()
    ]
    # sorted() is stable: within a period equal numbers stay in the order of keys
    return Timeline(
        total, unit, split, tuple(keys), tuple(sorted(counted, key=lambda each: (*_place(each), -each.documents)))
    )


def _place(each: Period) -> tuple[bool, str]:
    return not each.period, each.period


def within(query: Query, period: str) -> Query:
    """Narrow a query to documents dated by a period that `periods` gave: "2024" are those that state no month."""
    first = since(period)
    return And((query, Range("date", first, until(period) if len(period) > STATED["year"] else first)))


def periods(engine: Engine, query: Query, unit: Unit) -> dict[str, int]:
    """Give the documents of each period that has any, in no order; see `Period`.

    Months are counted by the engine at once; years and days, and documents that state no month, by narrowing the question down to where documents are.
    """
    dated = count(engine, And((query, Range("date", 1, None))))
    undated = count(engine, query) - dated
    table = {"": undated} if undated else {}
    if not dated:
        return table
    months = engine.facets(query, ["month"])["month"]
    years: dict[str, int] = {}
    for month, number in months.items():
        years[month[:4]] = years.get(month[:4], 0) + number
    # documents that state their year alone
    bare = {} if sum(months.values()) == dated else _years(engine, query, 1, _LAST_YEAR, dated)
    for year, number in bare.items():
        if number > years.get(year, 0):
            table[year] = number - years.get(year, 0)
    if unit == "year":
        for year, number in years.items():
            table[year] = table.get(year, 0) + number
    elif unit == "month":
        table |= months
    else:
        for month, number in months.items():
            table |= _days(engine, query, month, number)
    return table


def _years(engine: Engine, query: Query, first: int, last: int, documents: int) -> dict[str, int]:
    """Documents by year, of the `documents` dated from `first` to `last`: halved until a year is left, empty halves never asked."""
    if not documents:
        return {}
    if first == last:
        return {f"{first:04}": documents}
    middle = (first + last) // 2
    early = count(engine, And((query, Range("date", first * 10_000, middle * 10_000 + 9_999))))
    return _years(engine, query, first, middle, early) | _years(engine, query, middle + 1, last, documents - early)


def _days(engine: Engine, query: Query, month: str, documents: int) -> dict[str, int]:
    """Documents by day, of the `documents` of a month; those that state no day under the month."""
    table: dict[str, int] = {}
    begin = since(month)
    for day in range(32):
        if not documents:
            break
        number = count(engine, And((query, Range("date", begin + day, begin + day))))
        if number:
            table[f"{month}-{day:02}" if day else month] = number
            documents -= number
    return table
