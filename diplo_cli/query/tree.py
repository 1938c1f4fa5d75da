"""The Query tree: what is asked of a library, in nodes that every engine can answer.

The parser makes a tree whose leaves are as written (`Written`); the search widens those leaves to terms of the index. An engine sees only the latter.
"""

from __future__ import annotations

from typing import ClassVar, Never, dataclass_transform


@dataclass_transform(frozen_default=True)
class Node:
    """A node: a value that never changes, made as its fields say.

    Unlike a dataclass it costs nothing at start-up (0.3 ms a class); unlike NamedTuples, nodes of two kinds are never equal.
    """

    fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - inspect costs 5 ms
        setattr(cls, "__match_args__", cls.fields)  # noqa: B010 - mypy makes its own of it

    def __init__(self, *values: object, **named: object) -> None:
        given = dict(zip(self.fields, values, strict=False)) | named
        if len(given) != len(values) + len(named) or not given.keys() <= set(self.fields):
            raise TypeError(f"{type(self).__name__} has the fields {self.fields}")
        vars(self).update(given)
        self._values()  # AttributeError where a field without a default is missing

    def _values(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.fields])

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Node) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        fields = zip(self.fields, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in fields)})"

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} never changes")


class All(Node):
    """Every document; each scores 1."""


class Term(Node):
    """Documents that hold the token `text` in `field`."""

    field: str
    text: str
    boost: float = 1.0


class Prefix(Node):
    """Documents that hold a token beginning with `text`; each scores `boost`."""

    field: str
    text: str
    boost: float = 1.0


class Fuzzy(Node):
    """Documents that hold a token within `distance` (1 or 2) insertions, deletions, replacements or swaps of neighbours of `text`; each scores `boost`."""

    field: str
    text: str
    distance: int = 1
    boost: float = 1.0


class Phrase(Node):
    """Tokens side by side in `field`: one alternative of each position, in order; an empty position stands for any one token.

    `slop` tokens may stand between them in all, in order. The first and the last position are never empty.
    """

    field: str
    positions: tuple[tuple[str, ...], ...]
    slop: int = 0
    boost: float = 1.0


class Near(Node):
    """One token of each group within `window` consecutive tokens of `field`, in any order, no token serving two groups."""

    field: str
    groups: tuple[tuple[str, ...], ...]
    window: int
    boost: float = 1.0


class Range(Node):
    """Documents whose date (`field` is "date") lies in since..until, both inclusive, as numbers YYYYMMDD; None is open. Undated documents never match."""

    field: str
    since: int | None
    until: int | None


class AnyOf(Node):
    """At least one of `nodes`; scores as the best of them: alternatives for one thing."""

    nodes: tuple[Query, ...]


class And(Node):
    """All of `nodes`; scores add. A `Not` among them takes its documents away; a tree of only `Not`s is taken from `All`."""

    nodes: tuple[Query, ...]


class Or(Node):
    """At least one of `nodes`; scores add."""

    nodes: tuple[Query, ...]


class Not(Node):
    """The documents that `node` does not match."""

    node: Query


class Written(Node):
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


class FieldIs(Node):
    """`name:value` as the user wrote it, for the fields lang, country, mentions, pair, source and date (`value` may be a range `a..b`)."""

    name: str
    value: str
    start: int = 0
    end: int = 0


Query = All | Term | Prefix | Fuzzy | Phrase | Near | Range | AnyOf | And | Or | Not | Written | FieldIs
