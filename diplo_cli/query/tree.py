"""The Query tree: what is asked of a library, in nodes that every engine can answer.

The parser makes a tree whose leaves are as written (`Written`); the search widens those leaves to terms of the index. An engine sees only the latter.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every document; each scores 1."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that hold the token `text` in `field`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents that hold a token beginning with `text`; each scores `boost`."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Documents that hold a token within `distance` (1 or 2) insertions, deletions, replacements or swaps of neighbours of `text`; each scores `boost`."""

    field: str
    text: str
    distance: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens side by side in `field`: one alternative of each position, in order; an empty position stands for any one token.

    `slop` tokens may stand between them in all, in order. The first and the last position are never empty.
    """

    field: str
    positions: tuple[tuple[str, ...], ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """One token of each group within `window` consecutive tokens of `field`, in any order, no token serving two groups."""

    field: str
    groups: tuple[tuple[str, ...], ...]
    window: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """Documents whose date (`field` is "date") lies in since..until, both inclusive, as numbers YYYYMMDD; None is open. Undated documents never match."""

    field: str
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `nodes`; scores as the best of them: alternatives for one thing."""

    nodes: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of `nodes`; scores add. A `Not` among them takes its documents away; a tree of only `Not`s is taken from `All`."""

    nodes: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `nodes`; scores add."""

    nodes: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The documents that `node` does not match."""

    node: Query


@dataclass(frozen=True, slots=True)
class Written:
    """A leaf as the user wrote it, before widening.

    `kind`: "word", "phrase", "prefix" (tok*) or "fuzzy" (tokaev~). `exact`: written with =, or the whole query with --exact.
    `start` and `end` are its place in the query text (0-based, end exclusive). `field`: "text" or "title".
    """

    text: str
    kind: str = "word"
    exact: bool = False
    field: str = "text"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class FieldIs:
    """`name:value` as the user wrote it, for the fields lang, country, mentions, pair, source and date (`value` may be a range `a..b`)."""

    name: str
    value: str
    start: int = 0
    end: int = 0


Query = All | Term | Prefix | Fuzzy | Phrase | Near | Range | AnyOf | And | Or | Not | Written | FieldIs
