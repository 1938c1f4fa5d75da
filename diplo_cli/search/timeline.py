"""Documents by month, year or day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.query.dates import since, until
from diplo_cli.query.tree import And, Query, Range
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
    rest = dict(found)
    table: dict[tuple[str, str], int] = {}
    # a question for each period, not one for each period and key
    for period in periods(engine, query, unit):
        if period:
            for key, number in engine.facets(within(query, period, unit), [split])[split].items():
                table[key, period] = number
                rest[key] -= number
    table |= {(key, ""): number for key, number in rest.items() if number}
    order = {key: place for place, key in enumerate(keys)}
    counted = [Period(period, table[key, period], key) for key, period in sorted(table, key=lambda at: order[at[0]])]
    # sorted() is stable: within a period equal numbers stay in the order of keys
    return Timeline(
        total, unit, split, tuple(keys), tuple(sorted(counted, key=lambda each: (*_place(each), -each.documents)))
    )


def _place(each: Period) -> tuple[bool, str]:
    return not each.period, each.period


def within(query: Query, period: str, unit: Unit = "month") -> Query:
    """Narrow a query to documents dated by a period that `periods` gave for `unit`: of months, "2024" are those that state none."""
    first = since(period)
    return And((query, Range("date", first, until(period) if len(period) >= STATED[unit] else first)))


def latest(table: Sequence[Period], limit: int | None) -> tuple[Period, ...]:
    """Give those of the last `limit` dated periods (None, 0: of all), and the undated."""
    dated = sorted({each.period for each in table if each.period})
    kept = {"", *(dated[-limit:] if limit else dated)}
    return tuple(each for each in table if each.period in kept)


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
    bare = {} if sum(months.values()) == dated else _halved(engine, query, (1, _LAST_YEAR), dated, 10_000)
    for year, number in ((f"{year:04}", number) for year, number in bare.items()):
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


def _halved(engine: Engine, query: Query, span: tuple[int, int], documents: int, size: int) -> dict[int, int]:
    """Documents by year or day, of the `documents` dated within `span` (its first and last, in units of `size` in a date's number).

    Halved until one is left, empty halves never asked: a question for each but one of those that have documents, and at most 14 (years) or 5 (days) times as many.
    """
    first, last = span
    if not documents:
        return {}
    if first == last:
        return {first: documents}
    middle = (first + last) // 2
    early = count(engine, And((query, Range("date", first * size, middle * size + size - 1))))
    found = _halved(engine, query, (first, middle), early, size)
    return found | _halved(engine, query, (middle + 1, last), documents - early, size)


def _days(engine: Engine, query: Query, month: str, documents: int) -> dict[str, int]:
    """Documents by day, of the `documents` of a month; those that state no day under the month."""
    begin = since(month)
    found = _halved(engine, query, (begin, begin + 31), documents, 1)
    return {f"{month}-{date - begin:02}" if date > begin else month: number for date, number in found.items()}
