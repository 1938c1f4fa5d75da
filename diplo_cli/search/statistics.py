"""Documents counted by language and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.query.tree import And, Not, Prefix, Query
from diplo_cli.search.filters import restrict
from diplo_cli.search.result import SearchRequest, language_order
from diplo_cli.search.search import widen


class Count(NamedTuple):
    """How many documents of a language are about a country; `country` "" for those about none, either None where not counted by it."""

    lang: str | None
    country: str | None
    documents: int


class Statistics(NamedTuple):
    """`total` documents; `languages` and `countries` count documents, most first. A document about two countries is counted under both."""

    total: int
    languages: Mapping[str, int]
    countries: Mapping[str, int]
    counts: tuple[Count, ...]


def answering(engine: Engine, request: SearchRequest) -> Query:
    """The query of a request, widened and restricted. Raises QueryError, UnknownNameError."""
    return restrict(widen(engine, request).query, request.filters.nodes())


def count(engine: Engine, query: Query) -> int:
    """How many documents answer a query: a facet, since a search must also order those of equal score. Every document has one language."""
    return sum(engine.facets(query, ["lang"])["lang"].values())


def statistics(engine: Engine, request: SearchRequest, by: Sequence[str] = ("lang", "country")) -> Statistics:
    """Count what answers a request by language, by country or, most often, by both, the one that `by` names first outermost. Raises QueryError, UnknownNameError."""
    query = answering(engine, request)
    facets = engine.facets(query, ["lang", "country", "lang_country"] if len(by) > 1 else ["lang", "country"])
    found = facets["lang"]
    languages = {tag: found[tag] for tag in sorted(found, key=lambda tag: language_order(tag, found))}
    countries = dict(sorted(facets["country"].items(), key=lambda item: (-item[1], item[0])))
    if "country" not in by:
        alone = tuple(Count(lang, None, number) for lang, number in languages.items())
        return Statistics(sum(languages.values()), languages, countries, alone)
    about_none = engine.facets(And((query, Not(Prefix("country", "")))), ["lang"])["lang"]
    if "lang" not in by:
        alone = tuple(Count(None, country, number) for country, number in countries.items())
        none = sum(about_none.values())
        return Statistics(
            sum(languages.values()), languages, countries, (*alone, Count(None, "", none)) if none else alone
        )
    counts = [Count(lang, "", number) for lang, number in about_none.items()]
    for key, number in facets["lang_country"].items():
        lang, _, country = key.partition("|")
        counts.append(Count(lang, country, number))
    order = {lang: place for place, lang in enumerate(languages)}
    if by[0] == "country":
        first = {country: place for place, country in enumerate(countries)}
        # as each language's last line is of those about none, so are the last lines here
        counts.sort(key=lambda each: (first.get(each.country or "", len(first)), -each.documents, each.lang))
    else:
        counts.sort(
            key=lambda each: (order.get(each.lang or "", len(order)), -each.documents, not each.country, each.country)
        )
    return Statistics(sum(languages.values()), languages, countries, tuple(counts))
