"""Copies among the hits: the same text under several ids, told by signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.engines.base import Cursor, Engine, Found, Sort
from diplo_cli.query.tree import And, AnyOf, Query, Term
from diplo_cli.text.signature import LOOKED_UP, Signature, copy_terms, near

MOST = 20_000  # texts that later ones are compared with, some 10 MB
MOST_COUNTED = 1_000  # copies of one text
MOST_ALIKE = 50  # texts that a later one is compared with for one run of words that all share: a tail, a disclaimer
AT_ONCE = 500  # documents read from the index at a time
BESIDE_COPIES = 3  # times as many hits are read at first as are wanted


class Copies:
    """Tells for each document of an answer which earlier one it is a copy of."""

    def __init__(self) -> None:
        self._texts: dict[int, list[tuple[str, Signature]]] = {}
        self._known = 0

    def first(self, document: Document) -> str:
        """The id of the first document with this text, "" where this is it."""
        own = document.signature
        for number in own[:LOOKED_UP]:
            for document_id, other in self._texts.get(number, ()):
                if near(own, other):
                    return document_id
        if own and self._known < MOST:
            self._known += 1
            for number in own[:LOOKED_UP]:
                alike = self._texts.setdefault(number, [])
                if len(alike) < MOST_ALIKE:
                    alike.append((document.id, own))
        return ""


class Distinct(NamedTuple):
    """The first of each text, with its score, and how many copies of it match; `total` counts all that match."""

    total: int
    partial: bool
    hits: tuple[tuple[Document, float, int], ...]


def distinct(engine: Engine, queries: Iterable[Query], whole: Query, wanted: int | None, sort: Sort) -> Distinct:
    """Of each query `wanted` texts, or all; a text that an earlier query gave is a copy, too. Copies are counted over all that `whole` matches.

    Hits are read on until there are as many texts: at most 20,000 of a query.
    """
    copies = Copies()
    total, partial = 0, False
    firsts: list[tuple[Document, float]] = []
    copied: set[str] = set()
    for query in queries:
        left = wanted
        for place, found in enumerate(_pages(engine, query, wanted, sort)):
            if not place:
                total, partial = total + found.total, partial or found.partial
            scores = dict(found.hits)
            for document in engine.get(list(scores)):
                first = copies.first(document)
                if first:
                    copied.add(first)
                elif left is None or left > 0:
                    firsts.append((document, scores[document.id]))
                    left = None if left is None else left - 1
            if left == 0:
                break
    return Distinct(
        total,
        partial,
        tuple(
            (document, score, len(copies_of(engine, document, whole)) if document.id in copied else 0)
            for document, score in firsts
        ),
    )


def _pages(engine: Engine, query: Query, wanted: int | None, sort: Sort) -> Iterator[Found]:
    if wanted is None:
        found = engine.search(query, limit=None, sort=sort)
        yield found._replace(hits=found.hits[:AT_ONCE])
        for at in range(AT_ONCE, len(found.hits), AT_ONCE):
            yield found._replace(hits=found.hits[at : at + AT_ONCE])
        return
    after: Cursor | None = None
    read, size = 0, wanted * BESIDE_COPIES
    while read < MOST:
        found = engine.search(query, limit=size, after=after, sort=sort)
        yield found
        after = found.cursor
        if after is None:
            return
        read, size = read + len(found.hits), AT_ONCE


def copies_of(engine: Engine, document: Document, query: Query) -> list[str]:
    """The ids of other documents with this text that match `query`, as its hits are ordered; at most 1,000."""
    if not document.signature:
        return []
    terms = AnyOf(tuple(Term("copy", term, 0.0) for term in copy_terms(document.signature)))
    found = engine.search(And((query, terms)), limit=MOST_COUNTED)
    others = engine.get([document_id for document_id, _ in found.hits if document_id != document.id])
    return [other.id for other in others if near(document.signature, other.signature)]
