"""Pages of hits: order and cursors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from diplo_cli.engines.base import Cursor, Found

Hit = TypeVar("Hit")
UNDATED = -1  # the date of an undated document in an index, and in a cursor


class Row(NamedTuple):
    """A matching document: what it is sorted by (highest first), its id, its score."""

    value: float
    id: str
    score: float


def rounded(score: float) -> float:
    """A score to four decimals: what 32-bit sums taken in different orders agree on, and what is printed."""
    return round(score, 4)


def page(rows: Iterable[Row], total: int, limit: int | None, after: Cursor | None) -> Found:
    """The page after `after` out of rows in any order.

    They must hold the `limit` + 1 rows that follow it, where there are so many.
    """
    ordered = sorted(rows, key=lambda row: (-row.value, row.id))
    if after is not None:
        ordered = [row for row in ordered if (-row.value, row.id) > (-after.value, after.id)]
    shown = ordered if limit is None else ordered[:limit]
    cursor = after
    if shown:
        cursor = Cursor(shown[-1].value, shown[-1].id)
    return Found(
        total, tuple((row.id, row.score) for row in shown), cursor=cursor if len(shown) < len(ordered) else None
    )


def enough(
    hits: list[tuple[float, Hit]], limit: int, after: Cursor | None, *, complete: bool
) -> list[tuple[float, Hit]] | None:
    """Give those of the best hits, highest value first, that the page is made of; None where more must be fetched.

    Fetched hits of the last value may lack some of their equals: without all of them their order by id is not known.
    """
    values = [value for value, _ in hits]
    if after is not None:
        hits = [hit for hit in hits if hit[0] <= after.value]
    sure = hits if complete else [hit for hit in hits if hit[0] > values[-1]]
    tied = sum(1 for value, _ in sure if after is not None and value == after.value)
    if len(sure) - tied > limit:
        last = sure[tied + limit][0]
        return [hit for hit in sure if hit[0] >= last]
    return sure if complete else None
