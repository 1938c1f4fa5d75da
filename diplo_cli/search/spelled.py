"""The spellings of a name that a library has, with how many documents have each: what `diplo names` tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from diplo_cli.engines.base import Engine
from diplo_cli.names.letters import known_script
from diplo_cli.query.tree import Query
from diplo_cli.search.leaf import Leaf, phrase_of
from diplo_cli.search.matching import Match, find_matches
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import widen
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import query_tokens

_READ = 500  # documents read for the spellings of a name of several words, the best first
_APART = 3  # characters that may stand between two words of a name: " · "


class Spelled(NamedTuple):
    """A spelling as the library writes it, in small letters (one word: folded).

    Its script (ISO 15924), the documents that have it, how sure (0..1) that it is the name, and why.
    """

    term: str
    script: str
    documents: int
    probability: float
    why: str


def spelled(engine: Engine, request: SearchRequest) -> list[Spelled]:
    """The spellings of the name that `request.query` is, surest first, in each script; those under the line, too, where the name is one word.

    Raises QueryError.
    """
    widened = widen(engine, request)
    leaves = [leaf for leaf in widened.leaves if leaf.forms]
    found = _words(leaves[0]) if len(leaves) == 1 else _names(engine, widened.query, leaves)
    listed: dict[str, Spelled] = {}
    for term, probability, why in sorted(found, key=lambda each: -each[1]):
        placed = query_tokens(term)
        folded = fold(term)
        if not placed or folded in listed:
            continue
        positions: list[tuple[str, ...]] = [()] * (placed[-1][0] + 1 - placed[0][0])
        for position, token in placed:
            positions[position - placed[0][0]] = (token.term,)
        node = phrase_of("text", positions, 1.0)
        documents = sum(engine.facets(node, ["lang"])["lang"].values())
        if documents:
            listed[folded] = Spelled(term, known_script(term) or "Zyyy", documents, probability, why)
    return sorted(listed.values(), key=lambda each: (-each.probability, -each.documents, each.term))


def _words(leaf: Leaf) -> Iterator[tuple[str, float, str]]:
    for form in (*leaf.forms, *leaf.uncertain):
        yield fold(form.surface), form.probability, form.why


def _names(engine: Engine, query: Query, leaves: Sequence[Leaf]) -> Iterator[tuple[str, float, str]]:
    """Each name of several words, side by side in a document, as it is written there."""
    hits = engine.search(query, limit=_READ).hits
    for document in engine.get([document_id for document_id, _ in hits]):
        matches = find_matches(document.text, document.lang, leaves)
        for at in range(len(matches) - len(leaves) + 1):
            run = matches[at : at + len(leaves)]
            if _is_name(run, len(leaves)):
                surface = " ".join(document.text[run[0].start : run[-1].end].split())
                why = next((match.why for match in run if match.why != "exact"), "exact")
                yield surface.lower(), min(match.probability for match in run), why


def _is_name(run: Sequence[Match], words: int) -> bool:
    close = all(after.start - before.end <= _APART for before, after in pairwise(run))
    return close and len({match.leaf for match in run}) == words
