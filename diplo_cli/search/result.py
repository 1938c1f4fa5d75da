"""What a search says: plain values for the renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from diplo_cli.document import Document
from diplo_cli.engines.base import Sort
from diplo_cli.search.filters import Filters

if TYPE_CHECKING:
    from diplo_cli.snippet import Snippet


class SearchRequest(NamedTuple):
    """What to search. `query` "" is every document. `limit`: hits in all, None for all; `per_language`: hits of each language. `names`: "strict", "normal", "loose".

    `details`: find matches and cut snippets of about so many cells, which reads each hit's text; `labels`: find the shortest id of each;
    `copies`: tell which hits are copies of an earlier one; `fold`: leave those out, and count them, `limit` and `per_language` being texts;
    `explain`: describe the query, its widening and why each hit matched; `facets`: count the languages and countries of all documents that match, which costs as much as
    finding them.
    """

    query: str = ""
    filters: Filters = Filters()
    limit: int | None = None
    per_language: int | None = None
    sort: Sort = Sort.SCORE
    exact: bool = False
    names: Literal["strict", "normal", "loose"] = "normal"
    details: bool = True
    snippet_cells: int = 160
    labels: bool = False
    copies: bool = False
    fold: bool = False
    explain: bool = False
    facets: bool = True


class Matched(NamedTuple):
    """A word of the document that answers the query: as written there, why, and how sure (0..1)."""

    term: str
    why: str
    probability: float


class Hit(NamedTuple):
    """A document that was found. `label` is the shortest id that means it, or the whole one. `score` is None in a listing.

    `copy_of`: the id of the first hit that has the same text, or nearly, where the request asks for it; `copies`: how many such hits were left out.
    """

    document: Document
    score: float | None
    label: str
    matched: tuple[Matched, ...] = ()
    snippet: Snippet | None = None
    copy_of: str = ""
    copies: int = 0

    @property
    def heading(self) -> str:
        """The title, or the opening words where there is none."""
        return heading(self.document)


class SearchResult(NamedTuple):
    """`total`, `languages` and `countries` count all matching documents, whatever the limit; the last two are empty where the request does not ask for them.

    `spellings`: other spellings that were accepted; `uncertain`: those that were not sure enough.
    """

    query: str
    total: int
    partial: bool
    languages: Mapping[str, int]
    countries: Mapping[str, int]
    hits: tuple[Hit, ...]
    spellings: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()


class Answer(NamedTuple):
    """The answer to one line of a file of queries; `error` says why it could not be asked, `partial` that some of the index did not answer."""

    query_id: str
    query: str
    total: int
    ids: tuple[str, ...]
    error: str = ""
    partial: bool = False


class Group(NamedTuple):
    """Hits under one heading: a language tag, or the set of countries they are about (codes in order; more than three: `("*",)`). `groups` or `hits` is empty."""

    key: tuple[str, ...]
    kind: str
    groups: tuple[Group, ...]
    hits: tuple[Hit, ...]


def heading(document: Document) -> str:
    """A document's title, or its opening words where it has none."""
    return document.title or document.opening


def language_order(tag: str, languages: Mapping[str, int]) -> tuple[int, str]:
    """Where a language stands among others: those with most documents first, then by their own names."""
    from diplo_cli.language import endonym

    return -languages.get(tag, 0), endonym(tag)


def group(hits: Sequence[Hit], by: Sequence[str], languages: Mapping[str, int]) -> tuple[Group, ...]:
    """Hits under headings, each once, nested as `by` ("lang", "country") says.

    Languages with most documents come first, then by their own names; countries in order of code.
    """
    if not by:
        return ()
    kind, rest = by[0], by[1:]
    parts: dict[tuple[str, ...], list[Hit]] = {}
    for hit in hits:
        key = (hit.document.lang,) if kind == "lang" else _countries(hit.document)
        parts.setdefault(key, []).append(hit)
    ordered = sorted(parts, key=lambda key: language_order(key[0], languages) if kind == "lang" else (key == (), key))
    return tuple(
        Group(key, kind, group(parts[key], rest, languages), () if rest else tuple(parts[key])) for key in ordered
    )


def _countries(document: Document) -> tuple[str, ...]:
    return ("*",) if document.multilateral else tuple(sorted(document.countries))
