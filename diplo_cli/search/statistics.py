"""Documents counted by language and country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.query.tree import And, Not, Prefix
from diplo_cli.search.filters import restrict
from diplo_cli.search.result import SearchRequest, language_order
from diplo_cli.search.search import widen


class Count(NamedTuple):
    """How many documents of a language are about a country; `country` "" for those about none."""

    lang: str
    country: str
    documents: int


class Statistics(NamedTuple):
    """`total` documents; `languages` and `countries` count documents, most first. A document about two countries is counted under both."""

    total: int
    languages: Mapping[str, int]
    countries: Mapping[str, int]
    counts: tuple[Count, ...]


def statistics(engine: Engine, request: SearchRequest) -> Statistics:
    """Count what answers a request. Raises QueryError, UnknownNameError."""
    query = restrict(widen(engine, request).query, request.filters.nodes())
    facets = engine.facets(query, ["lang", "country", "lang_country"])
    about_none = engine.facets(And((query, Not(Prefix("country", "")))), ["lang"])["lang"]
    found = facets["lang"]
    languages = {tag: found[tag] for tag in sorted(found, key=lambda tag: language_order(tag, found))}
    countries = dict(sorted(facets["country"].items(), key=lambda item: (-item[1], item[0])))
    counts = [Count(lang, "", number) for lang, number in about_none.items()]
    for key, number in facets["lang_country"].items():
        lang, _, country = key.partition("|")
        counts.append(Count(lang, country, number))
    order = {lang: place for place, lang in enumerate(languages)}
    counts.sort(key=lambda each: (order.get(each.lang, len(order)), -each.documents, each.country == "", each.country))
    return Statistics(sum(languages.values()), languages, countries, tuple(counts))
