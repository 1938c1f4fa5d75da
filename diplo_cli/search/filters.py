"""Filters, from flags and from `field:value` in a query, as nodes of the Query tree."""

from __future__ import annotations

from typing import NamedTuple

from diplo_cli.errors import QueryError, UnknownNameError
from diplo_cli.query.tree import And, AnyOf, FieldIs, Prefix, Query, Range, Term


class Filters(NamedTuple):
    """Restrictions as the user wrote them; all must hold, but one of several languages is enough."""

    lang: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def nodes(self) -> list[Query]:
        """The restrictions as nodes. Raises UnknownNameError, QueryError."""
        nodes: list[Query] = []
        if self.lang:
            nodes.append(AnyOf(tuple(_flagged(each) for each in self.lang)))
        nodes += [_country("country", each) for each in self.country]
        nodes += [_country("mention", each) for each in self.mentions]
        nodes += [_pair(each) for each in self.pair]
        if self.source:
            nodes.append(AnyOf(tuple(_source(each) for each in self.source)))
        if self.since or self.until:
            from diplo_cli.query.dates import since, until

            first = since(self.since) if self.since else None
            last = until(self.until) if self.until else None
            if first is not None and last is not None and first > last:
                raise QueryError(f"--since {self.since} is after --until {self.until}", "swap them")
            nodes.append(Range("date", first, last))
        return nodes


def field_node(leaf: FieldIs) -> Query:
    """The node of `name:value` in a query. Raises UnknownNameError, QueryError with the place of the leaf."""
    try:
        if leaf.name == "date":
            from diplo_cli.query.dates import span

            return Range("date", *span(leaf.value))
        makers = {"lang": _language, "pair": _pair, "source": _source}
        if leaf.name in makers:
            return makers[leaf.name](leaf.value)
        return _country("mention" if leaf.name == "mentions" else "country", leaf.value)
    except UnknownNameError as error:
        raise QueryError(f"{leaf.name}:{leaf.value}: {error.message}", error.hint, leaf.start) from error
    except QueryError as error:
        raise QueryError(error.message, error.hint, leaf.start) from error


def _language(written: str) -> Query:
    from diplo_cli.language import resolve

    tag = resolve(written)
    exactly = "-" in tag or "-" in written or "_" in written  # uz-Latn is uz, but not uz-Cyrl
    return Term("lang", tag) if exactly else AnyOf((Term("lang", tag), Prefix("lang", f"{tag}-")))


def _flagged(written: str) -> Query:
    """The language of `--lang`. Raises UnknownNameError, which says what to do where several stand in one flag."""
    try:
        return _language(written)
    except UnknownNameError as error:
        if "," not in written:
            raise
        raise UnknownNameError(error.message, "repeat --lang for each language") from error


def _country(field: str, written: str) -> Query:
    from diplo_cli.countries.resolver import resolve

    return Term(field, resolve(written))


def _pair(written: str) -> Query:
    """`KZ-MY`, `kazakhstan-malaysia`; a name may itself hold a hyphen (Timor-Leste), so every place to part is tried."""
    from diplo_cli.countries.resolver import resolve

    text = written.replace("–", "-").replace(",", "-")
    problem: Exception | None = None
    for at in [place for place, letter in enumerate(text) if letter == "-"]:
        try:
            a, b = sorted((resolve(text[:at]), resolve(text[at + 1 :])))
            if a == b:
                raise QueryError(f"a pair is two countries: {written!r} names one", f"ask for --country {a}")
        except UnknownNameError as error:
            problem = problem or error
        else:
            return Term("pair", f"{a}|{b}")
    if problem is not None:
        raise problem
    raise QueryError(f"a pair is two countries: {written!r} is not", "part them by a hyphen: KZ-MY")


def _source(written: str) -> Query:
    """A host, however it is written: `www.astanatimes.com`, `https://astanatimes.com/news`."""
    host = written.lower().split("://")[-1].split("/")[0].removeprefix("www.")
    return Term("source", host)


def restrict(query: Query, nodes: list[Query]) -> Query:
    """`query` with all of `nodes`."""
    return And((query, *nodes)) if nodes else query
