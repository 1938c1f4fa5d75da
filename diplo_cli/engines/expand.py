"""What every embedded engine does to tokens and queries before its library sees them.

Tokens are bounded, trees made plainer, phrases laid out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import TypeVar

from diplo_cli.engines.base import FIELDS, Entry
from diplo_cli.errors import IndexLockedError
from diplo_cli.query.tree import All, And, AnyOf, FieldIs, Not, Or, Query, Written

Result = TypeVar("Result")

LONGEST_TOKEN = (
    200  # characters; engines drop or refuse tokens of some tens of thousands of bytes, each at another length
)


def bounded(field: str, token: str) -> str:
    """The token as engines keep it: at most 200 characters.

    A longer word is cut. A longer member of a "set" field (an id, a path) ends in a digest of the whole, so that two
    of them stay two. Queries pass their tokens through here as entries do.
    """
    if len(token) <= LONGEST_TOKEN:
        return token
    if FIELDS[field] != "set":
        return token[:LONGEST_TOKEN]
    from hashlib import blake2b  # 2 ms, and hardly ever needed

    digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{token[: LONGEST_TOKEN - len(digest) - 1]}#{digest}"


def kept_tokens(entry: Entry) -> Mapping[str, Sequence[str]]:
    """Give the bounded tokens of an entry by field: no empty ones, "set" fields distinct, "id" the document's."""
    kept: dict[str, Sequence[str]] = {"id": (bounded("id", entry.document.id),)}
    for field, kind in FIELDS.items():
        tokens = entry.tokens.get(field, ())
        if field == "id" or not tokens:
            continue
        if not all(tokens) or max(map(len, tokens)) > LONGEST_TOKEN:  # rare: the copy is made only then
            tokens = [bounded(field, token) for token in tokens if token]
        if tokens:
            kept[field] = tuple(dict.fromkeys(tokens)) if kind == "set" else tokens
    return kept


def refuse_unwritable(path: Path) -> None:
    """Raise IndexLockedError for a folder that this user may not write to."""
    if not os.access(path, os.W_OK):
        message = f"the index in {path} may only be read"
        raise IndexLockedError(message, "make its folder writable")


def nodes_of(query: Query) -> tuple[Query, ...]:
    """The nodes right below a node."""
    match query:
        case And(nodes) | Or(nodes) | AnyOf(nodes):
            return nodes
        case Not(node):
            return (node,)
        case Written() | FieldIs():
            message = f"an engine was given {query!r}: the search widens what is as written before it asks"
            raise TypeError(message)
        case _:
            return ()


def fold(query: Query, make: Callable[[Query, list[Result]], Result]) -> Result:
    """Build a result from the leaves up: `make(node, results of the nodes right below it, in order)`.

    Without recursion: a query of ten thousand brackets must not reach Python's limit.
    """
    results: list[Result] = []
    waiting: list[tuple[Query, bool]] = [(query, False)]
    while waiting:
        node, opened = waiting.pop()
        below = nodes_of(node)
        if below and not opened:
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(below))
            continue
        start = len(results) - len(below)
        parts = results[start:]
        del results[start:]
        results.append(make(node, parts))
    return results.pop()


def plain(query: Query) -> Query:
    """The same query with fewer floors, and the same scores.

    And in And, Or in Or and AnyOf in AnyOf are joined, Not of Not is gone, lone nodes are unwrapped.
    """

    def make(node: Query, parts: list[Query]) -> Query:
        match node:
            case Not():
                below = parts[0]
                return below.node if isinstance(below, Not) else Not(below)
            case And():
                flat = tuple(_members(parts, And))
                return flat[0] if len(flat) == 1 else And(flat) if flat else All()
            case Or() | AnyOf():
                kind = type(node)
                flat = tuple(_members(parts, kind))
                return flat[0] if len(flat) == 1 else kind(flat)
            case _:
                return node

    return fold(query, make)


def _members(parts: Sequence[Query], kind: type[And | Or | AnyOf]) -> Iterator[Query]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.nodes
        else:
            yield part


def phrase_offsets(positions: Sequence[Sequence[str]], slop: int) -> Iterator[tuple[int, ...]]:
    """Each way to lay out a phrase's non-empty positions: their offsets from the first, tightest first.

    With n of them there are C(slop + n - 1, n - 1) ways.
    """
    places = [place for place, alternatives in enumerate(positions) if alternatives]
    gaps = len(places) - 1
    for spread in range((slop if gaps else 0) + 1):
        for bars in combinations(range(spread + gaps - 1), gaps - 1) if gaps else ((),):
            offsets, before, shift = [0], -1, 0
            for gap, bar in enumerate((*bars, spread + gaps - 1)[:gaps]):
                shift += bar - before - 1  # tokens let in between this position and the next
                before = bar
                offsets.append(places[gap + 1] - places[0] + shift)
            yield tuple(offsets)


def near_offsets(groups: int, window: int) -> Iterator[tuple[int, ...]]:
    """Each way to lay out so many groups within `window` tokens, in any order, no two at one place, the first at 0.

    With g groups and a window of w there are g·(w-1)!/(w-g)! ways.
    """
    for first in range(groups):
        for others in permutations(range(1, window), groups - 1):
            yield (*others[:first], 0, *others[first:])
