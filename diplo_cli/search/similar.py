"""The same story elsewhere: documents like one document, in every language, the likest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.meaning.signals import Frequencies, Signals, likeness, signals, strongest, weigh
from diplo_cli.names.keys import asked_keys
from diplo_cli.query.tree import All, And, AnyOf, Not, Or, Prefix, Query, Term
from diplo_cli.search.filters import restrict

if TYPE_CHECKING:
    from diplo_cli.meaning.vectors import Vectors

ASKED = 40  # signals of a document that are looked for, the weightiest
POOL = 100  # documents found by them that are compared in full; 200 find no more
NEAREST = 60  # documents nearest in meaning that are compared in full
SIGNALS = (
    0.3  # what the likeness of signals counts beside the cosine of vectors: .969 of translations found; alone .960
)
LEAST_LIKE, LEAST_NEAR = 0.05, 0.25
"""Scores below which documents are not alike: without vectors, with them.

Without, 95 % of translations lie above .16, but so do unrelated neighbours: it only keeps out what shares next to nothing. With them, cosines of 99 % of translations lie
above .31, of unrelated pairs below .28.
"""
DAYS, HALF_LIFE = 3, 30
"""Reports of one event are some days apart at the most; with each further month a document counts half.

Set by judgement: the data at hand has no dates.
"""


class Similar(NamedTuple):
    """What is like a document: ids with scores (about 0..1), the likest first. `document_id` is its own."""

    document_id: str
    hits: tuple[tuple[str, float], ...]


class Likeness:
    """Finds what is like a document, in one library; what it has read of other documents is kept for the next."""

    def __init__(self, engine: Engine, vectors: Vectors | None, restrictions: Sequence[Query] = ()) -> None:
        self._engine, self._vectors, self._restrictions = engine, vectors, list(restrictions)
        self._read: dict[str, tuple[Signals, str]] = {}
        kept = lru_cache(100_000)
        self._known = Frequencies(
            engine.info().documents,
            engine.facets(All(), ["lang"])["lang"],
            kept(self._under),
            lru_cache(10_000)(self._numbered),
            lru_cache(300)(self._mentioned),
        )

    def like(self, document: Document, limit: int | None) -> Similar:
        """The documents that are like one, at most `limit`."""
        asked = self._signals(document)
        weights = strongest(weigh(asked, self._known), ASKED)
        near = self._near(document)
        pool = list(near) if near else self._pool(document.id, asked, weights)
        self._load(pool)
        least = LEAST_NEAR if near else LEAST_LIKE
        scored = []
        for other in pool:
            if other not in self._read:
                continue
            found, dated = self._read[other]
            size = found.size
            alike = likeness(weights, weigh(found, self._known, weights), size) if weights else 0.0
            score = near[other] + SIGNALS * alike if near else alike
            score *= _together(document.date, dated)
            if score >= least:
                scored.append((other, score))
        scored.sort(key=lambda each: (-each[1], each[0]))
        return Similar(document.id, tuple(scored[:limit]))

    def _near(self, document: Document) -> dict[str, float]:
        """The documents nearest in meaning, with their cosines; none where there are no vectors."""
        own = self._vectors.get([document.id]).get(document.id) if self._vectors else None
        if own is None or self._vectors is None:
            return {}
        wide = NEAREST + 1 if not self._restrictions else 20 * NEAREST  # one is the document itself
        (found,) = self._vectors.nearest(own[None, :], wide, LEAST_NEAR / 2)
        near = {other: score for other, score in found if other != document.id}
        if self._restrictions:
            there = self._engine.search(
                And((AnyOf(tuple(Term("id", other) for other in near)), *self._restrictions)), limit=None
            )
            allowed = {other for other, _ in there.hits}
            near = {other: score for other, score in near.items() if other in allowed}
        return dict(list(near.items())[:NEAREST])

    def _pool(self, own: str, asked: Signals, weights: dict[str, float]) -> list[str]:
        """The documents that share most of what a document's weightiest signals say."""
        nodes: list[Query] = []
        for name, weight in weights.items():
            if name[0] == "#":
                nodes.append(Term("text", name[1:], weight))
            elif name[0] == "@":
                nodes.append(Term("mention", name[1:], weight))
            else:
                keys = {name}
                if name.islower():
                    for term, _ in asked.keys[name]:
                        keys.update(key for key in asked_keys(term)[:6] if key == name or not key.islower())
                nodes.append(AnyOf(tuple(Prefix("names", f"{key}/", weight) for key in sorted(keys))))
        if not nodes:
            return []
        query = And((restrict(Or(tuple(nodes)), self._restrictions), Not(Term("id", own))))
        return [other for other, _ in self._engine.search(query, limit=POOL).hits]

    def _signals(self, document: Document) -> Signals:
        if document.id not in self._read:
            self._read[document.id] = signals(document), document.date
        return self._read[document.id][0]

    def _load(self, ids: Sequence[str]) -> None:
        for document in self._engine.get([one for one in ids if one not in self._read]):
            self._signals(document)

    def _under(self, key: str) -> tuple[int, dict[str, int]]:
        """How many documents hold words under a key (those that hold several are counted for each), and each word."""
        terms: dict[str, int] = {}
        for entry, documents in self._engine.terms("names", f"{key}/"):
            _, term, _ = entry.split("/")
            terms[term] = terms.get(term, 0) + documents
        return sum(terms.values()), terms

    def _numbered(self, number: str) -> int:
        return _exactly(self._engine, "text", number)

    def _mentioned(self, country: str) -> int:
        return _exactly(self._engine, "mention", country)


def _exactly(engine: Engine, field: str, token: str) -> int:
    return next((documents for term, documents in engine.terms(field, token) if term == token), 0)


def _together(one: str, other: str) -> float:
    """What the dates of two documents leave of their likeness: all of it where one is not known to the day."""
    try:
        apart = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 1.0
    return float(0.5 ** (max(0, apart - DAYS) / HALF_LIFE))
