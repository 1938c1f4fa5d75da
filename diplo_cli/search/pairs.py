"""Countries that documents are about together."""

from __future__ import annotations

from typing import NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.query.tree import And, Prefix, Query
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.statistics import answering, count


class Pair(NamedTuple):
    """How many documents are about `a` and `b` (codes in order) together.

    `languages`: theirs, those with most of the documents first. `since` and `until`: the first and the last month, or
    year where no month is stated, that one of them is dated; "" where none is. `undated`: documents without a year.
    Where nobody asked for dates they are "" and 0.
    """

    a: str
    b: str
    documents: int
    languages: tuple[str, ...]
    since: str = ""
    until: str = ""
    undated: int = 0


class Pairs(NamedTuple):
    """`total` documents, of which `paired` are about two countries or more; the pairs, those written about most first.

    A document about three countries is counted under three pairs. `countries`: all
    that stand in a pair, those with most documents in pairs first.
    """

    total: int
    paired: int
    countries: tuple[str, ...]
    pairs: tuple[Pair, ...]


def pairs(engine: Engine, request: SearchRequest, *, dated: bool = True) -> Pairs:
    """Count the pairs in what answers a request. `dated`: find their dates too, a question to the engine for each month.

    Raises QueryError, UnknownNameError.
    """
    query = answering(engine, request)
    facets = engine.facets(query, ["pair", "lang_pair"])
    languages: dict[str, dict[str, int]] = {}
    for key, number in facets["lang_pair"].items():
        lang, _, pair = key.partition("|")
        languages.setdefault(pair, {})[lang] = number
    dates = _dates(engine, query) if dated and facets["pair"] else {}
    found = []
    weights: dict[str, int] = {}
    for key, number in sorted(facets["pair"].items(), key=lambda item: (-item[1], item[0])):
        a, _, b = key.partition("|")
        order = sorted(languages.get(key, {}).items(), key=lambda item: (-item[1], item[0]))
        when = dates.get(key, ("", "", 0))
        found.append(Pair(a, b, number, tuple(tag for tag, _ in order), *when[:2], number - when[2] if dated else 0))
        for code in (a, b):
            weights[code] = weights.get(code, 0) + number
    countries = tuple(sorted(weights, key=lambda code: (-weights[code], code)))
    paired = count(engine, And((query, Prefix("pair", ""))))
    return Pairs(count(engine, query), paired, countries, tuple(found))


def _dates(engine: Engine, query: Query) -> dict[str, tuple[str, str, int]]:
    """The first and the last date of each pair's documents, as `periods` tells them, and how many have one.

    A library has fewer months than pairs: its months are asked for their pairs, not its pairs for their months.
    """
    from diplo_cli.search.timeline import periods, within

    spans: dict[str, tuple[str, str, int]] = {}
    for period in sorted(periods(engine, query, "month")):
        if period:
            for pair, number in engine.facets(within(query, period), ["pair"])["pair"].items():
                first, _, before = spans.get(pair, (period, period, 0))
                spans[pair] = (first, period, before + number)
    return spans
