"""Copies among the hits: the same text under several ids, told by signatures."""

from __future__ import annotations

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.query.tree import And, AnyOf, Query, Term
from diplo_cli.text.signature import LOOKED_UP, Signature, copy_terms, near

MOST = 20_000  # texts that later ones are compared with, some 10 MB
MOST_COUNTED = 1_000  # copies of one text


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
                self._texts.setdefault(number, []).append((document.id, own))
        return ""


def copies_of(engine: Engine, document: Document, query: Query) -> list[str]:
    """The ids of other documents with this text that match `query`, as its hits are ordered; at most 1,000."""
    if not document.signature:
        return []
    terms = AnyOf(tuple(Term("copy", term, 0.0) for term in copy_terms(document.signature)))
    found = engine.search(And((query, terms)), limit=MOST_COUNTED)
    others = engine.get([document_id for document_id, _ in found.hits if document_id != document.id])
    return [other.id for other in others if near(document.signature, other.signature)]
