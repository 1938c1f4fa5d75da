"""A query, widened leaf by leaf; neighbouring words are taken together where they name a country or a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from diplo_cli.query.tree import And, AnyOf, FieldIs, Not, Or, Query, Term, Written
from diplo_cli.search.filters import field_node
from diplo_cli.search.fullnames import PARTICLES, Lexicon, beside
from diplo_cli.search.leaf import COUNTRY_BOOST, Form, Leaf, LeafWidener, Strictness, is_piece, is_run, place
from diplo_cli.search.run_names import run_names
from diplo_cli.text.fold import fold
from diplo_cli.text.script import parts as script_parts
from diplo_cli.text.tokens import query_tokens

LONGEST_COUNTRY = 6  # words: "Saint Vincent and the Grenadines", "Democratic Republic of the Congo"
_PARTED = "(?<=[^\x00-\u024f])[·・‧](?=[^\x00-\u024f])"  # between Latin letters it is Catalan spelling


class Widened(NamedTuple):
    """The query for the engine, and what became of each leaf, in order."""

    query: Query
    leaves: tuple[Leaf, ...]


class Widener:
    """Widens queries over one library. `strictness` is the names room's: "strict", "normal", "loose"."""

    def __init__(self, lexicon: Lexicon, strictness: Strictness = "normal") -> None:
        self._lexicon, self.strictness = lexicon, strictness
        self._widener = LeafWidener(lexicon, strictness)
        self._leaves: list[Leaf] = []

    def widen(self, query: Query) -> Widened:
        """Replace every Written and FieldIs leaf. Raises QueryError, UnknownNameError."""
        self._leaves = []
        return Widened(self._node(query), tuple(self._leaves))

    def _leaf(self, written: Written, *, alone: bool = False) -> Query:
        node, leaf = self._widener.widen(written, alone=alone)
        self._leaves.append(leaf)
        return node

    def _node(self, node: Query) -> Query:
        if isinstance(node, Written):
            parts = _parts(node)
            return self._leaf(node, alone=True) if len(parts) == 1 else And(tuple(self._words(parts)))
        if isinstance(node, FieldIs):
            return field_node(node)
        if isinstance(node, And):
            parted = [part for each in node.nodes for part in (_parts(each) if isinstance(each, Written) else (each,))]
            return And(tuple(self._words(parted)))
        if isinstance(node, Or):
            return Or(tuple(self._node(each) for each in node.nodes))
        if isinstance(node, Not):
            kept = len(self._leaves)
            inner = self._node(node.node)
            del self._leaves[kept:]  # what must not be there is neither shown nor told
            return Not(inner)
        return node

    def _words(self, nodes: Sequence[Query]) -> list[Query]:
        """The nodes of an And; neighbouring words that name a country or a capital together ("Saudi Arabia") are met by any name of it, others may be a name: see `_name`."""
        result: list[Query] = []
        alone = sum(isinstance(node, Written) for node in nodes) == 1
        at = 0
        while at < len(nodes):
            size, code = self._country_at(nodes, at)
            if code:
                parts = tuple(self._leaf(word) for word in nodes[at : at + size] if isinstance(word, Written))
                self._leaves[-1] = self._leaves[-1]._replace(countries=(*self._leaves[-1].countries, code))
                result.append(AnyOf((And(parts), Term("named", code, COUNTRY_BOOST))))
                at += size
                continue
            words = []
            while at < len(nodes) and _is_plain(nodes[at]) and not self._country_at(nodes, at)[1]:
                words.append(nodes[at])
                at += 1
            if words:
                result += self._name([word for word in words if isinstance(word, Written)], alone=alone)
            else:
                result.append(self._node(nodes[at]))
                at += 1
        return result

    def _country_at(self, nodes: Sequence[Query], at: int) -> tuple[int, str]:
        """How many of the words from `at` on name a country or a capital together, at least two, and what stands for it in `named`; "" for none."""
        for size in range(min(LONGEST_COUNTRY, len(nodes) - at), 1, -1):
            words = [node for node in nodes[at : at + size] if isinstance(node, Written) and _plain(node)]
            code = place(" ".join(word.text for word in words)) if len(words) == size else ""
            if code:
                return size, code
        return 0, ""

    def _name(self, words: Sequence[Written], *, alone: bool = False) -> list[Query]:
        """Neighbouring words: each is met by itself, or beside one of its neighbours where the two are words of one name.

        `Anwar Ibrahim`: ((Anwar or its spellings) or N) and ((Ibrahim or its spellings) or N), where N are pairs side by side that only together are sure enough.
        """
        nodes = [[self._leaf(word, alone=alone)] for word in words]
        first = len(self._leaves) - len(words)
        content = [at for at, word in enumerate(words) if _is_one(word) and not _is_particle(fold(word.text))]
        for number, (at, after) in enumerate(pairwise(content)):
            if any(not _is_one(word) for word in words[at:after]):
                continue
            found = beside(
                self._lexicon,
                self._widener.names,
                fold(words[at].text),
                fold(words[after].text),
                self.strictness,
                window=after - at + 1,
            )
            runs = run_names(self._lexicon, fold(words[at].text), fold(words[after].text))
            if not found and not runs:
                continue
            begin = 0 if not number else at
            end = len(words) - 1 if after == content[-1] else after
            places = [k for k in range(begin, end + 1) if at <= k <= after or _is_particle(fold(words[k].text))]
            # The pair stands for each of these words: together they count as it does.
            boost = self._widener.full_name_boost([fold(words[at].text), fold(words[after].text)]) / len(places)
            together = [*(each.node(boost) for each in found), *(run.node(boost) for run in runs)]
            for word_at in places:
                nodes[word_at] += together
            leaf = self._leaves[first + at]
            forms = [Form(run.terms, "full name", run.probability, run.surface, run.documents) for run in runs]
            self._leaves[first + at] = leaf._replace(
                forms=(*leaf.forms, *forms), beside=tuple(found) or leaf.beside, next=after - at if found else leaf.next
            )
        return [ways[0] if len(ways) == 1 else AnyOf(tuple(ways)) for ways in nodes]


def _parts(whole: Written) -> tuple[Written, ...]:
    """The parts of a word that is several: of a name (安瓦尔·易卜拉欣), or of two scripts (合作ASEAN), as no writer holds to one spacing; else the leaf as it is."""
    texts = re.split(_PARTED, whole.text) if whole.kind == "word" and not whole.text.isascii() else []
    if len(texts) < 2 and whole.kind in ("word", "prefix") and not whole.exact:
        texts = list(script_parts(whole.text))
    if len(texts) < 2 or not all(texts):
        return (whole,)
    parts, at = [], 0
    for text in texts:
        at = whole.text.index(text, at)
        start, end = whole.start + at, whole.start + at + len(text)
        at += len(text)
        kind = whole.kind if at == len(whole.text) else "word"  # 合作ASEAN*: the last part alone goes on
        parts.append(Written(text, kind, whole.exact, whole.field, start, end))
    return tuple(parts)


def _is_one(written: Written) -> bool:
    """Whether a leaf is one word, or a run of letters of a script without spaces: what may be a word of a name."""
    return len(query_tokens(written.text)) == 1 or is_run(fold(written.text))


def _is_particle(word: str) -> bool:
    """Whether a name may be written without this word of it: a particle, or an initial."""
    return word in PARTICLES or (len(word) == 1 and not is_piece(word))


def _is_plain(node: Query) -> bool:
    return isinstance(node, Written) and _plain(node)


def _plain(node: Written) -> bool:
    return node.kind == "word" and not node.exact and node.field == "text"
