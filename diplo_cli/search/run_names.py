"""Names whose two words stand in one run: 习近平 for Xi Jinping, whose 习 is no word that an index has by itself, and 시진핑."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from diplo_cli.names.letters import known_script
from diplo_cli.names.table import known
from diplo_cli.names.variants import how_sure
from diplo_cli.query.tree import AnyOf, Phrase, Query, Term
from diplo_cli.search.fullnames import Lexicon
from diplo_cli.text.tokens import query_tokens

LEAST = 0.9  # two letters that merely may be a name are a word of the text too often
MOST = 64  # runs looked for


class RunName(NamedTuple):
    """A run that the library has, folded, its tokens side by side, how sure (0..1) it is the name, and the documents that have it."""

    surface: str
    terms: tuple[str, ...]
    probability: float
    documents: int

    def node(self, boost: float) -> Query:
        """The documents that have it; each of its tokens counts, so that all together count `boost`."""
        return _node(self.terms, boost / len(self.terms))


def run_names(lexicon: Lexicon, first: str, second: str, *, ordered: bool = False) -> list[RunName]:
    """The runs of the library for two folded words of a name, out of known spellings of both, the surest first; `ordered`: in this order alone."""
    ways: dict[tuple[str, ...], tuple[str, float]] = {}
    for one, other in ((first, second), (second, first))[: 1 if ordered else 2]:
        for run, sure in _joined(one, other):
            ways.setdefault(tuple(token.term for _, token in query_tokens(run)), (run, sure))
    likeliest = sorted(ways.items(), key=lambda way: -way[1][1])[:MOST]
    if not likeliest or not _documents(lexicon, AnyOf(tuple(_node(terms, 0.0) for terms, _ in likeliest))):
        return []
    found = [RunName(run, terms, sure, _documents(lexicon, _node(terms, 0.0))) for terms, (run, sure) in likeliest]
    return [each for each in found if each.documents]


def _joined(first: str, second: str) -> Iterator[tuple[str, float]]:
    """Known spellings of both words joined: in Chinese where one is a single letter (two longer ones are told by their places), in Korean any."""
    for one in known(first):
        script = known_script(one.term)
        for other in known(second) if script in ("Hani", "Hang") else ():
            sure = round(how_sure(one) * how_sure(other), 4)
            told = script == "Hani" and len(one.term) > 1 and len(other.term) > 1
            if known_script(other.term) == script and sure >= LEAST and not told:
                yield one.term + other.term, sure


def _node(terms: tuple[str, ...], boost: float) -> Query:
    return Term("text", terms[0], boost) if len(terms) == 1 else Phrase("text", tuple((t,) for t in terms), boost=boost)


def _documents(lexicon: Lexicon, node: Query) -> int:
    return sum(lexicon.facets(node, ["lang"])["lang"].values())
