"""Each word of a query, widened to what the library writes for it: its other forms, its other script, other spellings of the same name, other names of the same country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Protocol
from unicodedata import category

from diplo_cli.errors import QueryError
from diplo_cli.query.tree import (
    All,
    And,
    AnyOf,
    FieldIs,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Written,
)
from diplo_cli.search.filters import field_node
from diplo_cli.text.fold import fold
from diplo_cli.text.script import parts as script_parts
from diplo_cli.text.tokens import query_tokens, tokenize

# What a match of another kind counts beside the very word asked for (1.0); a spelling counts by how sure it is.
STEM_BOOST, SPELLING_BOOST, COUNTRY_BOOST = 0.5, 0.8, 0.5
Strictness = Literal["strict", "normal", "loose"]
LONGEST_COUNTRY = 6  # words: "Saint Vincent and the Grenadines", "Democratic Republic of the Congo"


class Form(NamedTuple):
    """One way a leaf can be met in a text: tokens side by side. `why`: "exact" or what the names room says; `probability` 0..1 that it is what was asked for."""

    terms: tuple[str, ...]
    why: str
    probability: float
    surface: str


class Leaf(NamedTuple):
    """A leaf of the query and all that meets it. `stems`: language -> stem; `countries`: codes; `uncertain`: spellings that were not sure enough."""

    written: Written
    forms: tuple[Form, ...]
    stems: dict[str, str]
    countries: tuple[str, ...] = ()
    uncertain: tuple[Form, ...] = ()


class Widened(NamedTuple):
    """The query for the engine, and what became of each leaf, in order."""

    query: Query
    leaves: tuple[Leaf, ...]


class Lexicon(Protocol):
    """What widening asks of a library: an Engine, or the words of a few texts."""

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """As Engine.terms."""

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """As Engine.facets."""


class Widener:
    """Widens queries over one library. `strictness` is the names room's: "strict", "normal", "loose"."""

    def __init__(self, lexicon: Lexicon, strictness: Strictness = "normal") -> None:
        self._lexicon, self.strictness = lexicon, strictness
        self._leaves: list[Leaf] = []

    def widen(self, query: Query) -> Widened:
        """Replace every Written and FieldIs leaf. Raises QueryError, UnknownNameError."""
        self._leaves = []
        return Widened(self._node(query), tuple(self._leaves))

    @cached_property
    def _languages(self) -> list[str]:
        """The languages of the library, without scripts: a word may be a form of a word of any."""
        return sorted({tag.partition("-")[0] for tag in self._lexicon.facets(All(), ["lang"])["lang"]})

    def _node(self, node: Query) -> Query:
        if isinstance(node, Written):
            parts = _PARTED.split(node.text) if node.kind == "word" else ()
            if len(parts) < 2 and node.kind in ("word", "prefix") and not node.exact:
                parts = script_parts(node.text)  # 合作ASEAN: word by word, as no writer holds to one spacing
            if len(parts) > 1 and all(parts):  # 安瓦尔·易卜拉欣: the parts of a name
                return And(tuple(self._leaf(_part(node, part)) for part in parts))
            return self._leaf(node)
        if isinstance(node, FieldIs):
            return field_node(node)
        if isinstance(node, And):
            return And(tuple(self._words(node.nodes)))
        if isinstance(node, Or):
            return Or(tuple(self._node(each) for each in node.nodes))
        if isinstance(node, Not):
            kept = len(self._leaves)
            inner = self._node(node.node)
            del self._leaves[kept:]  # what must not be there is neither shown nor told
            return Not(inner)
        return node

    def _words(self, nodes: Sequence[Query]) -> list[Query]:
        """The nodes of an And; neighbouring words that name a country together ("Saudi Arabia") are met by any name of it."""
        result: list[Query] = []
        at = 0
        while at < len(nodes):
            for size in range(min(LONGEST_COUNTRY, len(nodes) - at), 1, -1):
                words = [node for node in nodes[at : at + size] if isinstance(node, Written) and _plain(node)]
                code = _country(" ".join(word.text for word in words)) if len(words) == size else ""
                if code:
                    parts = tuple(self._leaf(word) for word in words)
                    last = self._leaves[-1]
                    self._leaves[-1] = Leaf(
                        last.written, last.forms, last.stems, (*last.countries, code), last.uncertain
                    )
                    result.append(AnyOf((And(parts), Term("named", code, COUNTRY_BOOST))))
                    at += size
                    break
            else:
                result.append(self._node(nodes[at]))
                at += 1
        return result

    def _leaf(self, written: Written) -> Query:
        placed = query_tokens(written.text)
        if not placed:
            raise QueryError(f"{written.text!r} holds no letter or digit to search for", "", written.start)
        terms = [token.term for _, token in placed]
        if written.kind == "word" and len(terms) == 1 and _is_piece(terms[0]):
            written = Written(terms[0], "prefix", written.exact, written.field, written.start, written.end)
        if written.kind in ("prefix", "fuzzy"):
            return self._pattern(written, terms)
        positions: list[tuple[str, ...]] = [()] * (placed[-1][0] - placed[0][0] + 1)
        for position, token in placed:
            positions[position - placed[0][0]] = (token.term,)
        leaf = Leaf(written, (Form(tuple(terms), "exact", 1.0, written.text),), {})
        nodes: list[Query] = [_phrase(written.field, positions, 1.0)]
        if not written.exact:
            leaf = self._widened(written, terms, nodes, positions)
        self._leaves.append(leaf)
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _pattern(self, written: Written, terms: list[str]) -> Query:
        if len(terms) > 1:
            raise QueryError(f"{written.text!r} is more than one word: * and ~ go with one", "", written.start)
        self._leaves.append(Leaf(written, (), {}))
        if written.kind == "prefix":
            return Prefix(written.field, terms[0])
        return Fuzzy(written.field, terms[0], fuzzy_distance(terms[0]))

    def _widened(
        self, written: Written, terms: list[str], nodes: list[Query], positions: list[tuple[str, ...]]
    ) -> Leaf:
        """Add to `nodes` all that means the same as the leaf; say what in a Leaf."""
        forms = [Form(tuple(terms), "exact", 1.0, written.text)]
        uncertain: list[Form] = []
        stems: dict[str, str] = {}
        word = fold(written.text)
        one = len(terms) == 1
        if one:
            stems = self._stems(terms[0])
            if written.field == "text":
                nodes += [Term("stem", f"{language}/{stem}", STEM_BOOST) for language, stem in stems.items()]
        whole = one or (written.kind == "word" and _is_run(word))
        # The gazetteer knows what a country is called: what merely sounds like it must be the surer.
        least = max(self._threshold, SURE) if _country(written.text) else self._threshold
        for form in self._spellings(word if not one else terms[0]) if whole else ():
            if form.probability >= least:
                forms.append(form)
                nodes.append(
                    _phrase(written.field, [(term,) for term in form.terms], SPELLING_BOOST * form.probability)
                )
            else:
                uncertain.append(form)
        if not whole:
            forms += self._spelled_phrase(written, positions, nodes)
        countries = (
            tuple(dict.fromkeys(code for form in forms if (code := _country(form.surface))))
            if whole or written.kind == "phrase"
            else ()
        )
        if written.field == "text":
            nodes += [Term("named", code, COUNTRY_BOOST) for code in countries]
        return Leaf(written, tuple(forms), stems, countries, tuple(uncertain))

    def _spelled_phrase(self, written: Written, positions: list[tuple[str, ...]], nodes: list[Query]) -> list[Form]:
        """Several words side by side, each in any of its spellings: `"Anwar Ibrahim"`, Kassym-Jomart."""
        widened: list[dict[str, float]] = [dict.fromkeys(alternatives, 1.0) for alternatives in positions]
        for alternatives in widened:
            for form in self._spellings(next(iter(alternatives))) if alternatives else ():
                if form.probability >= self._threshold and len(form.terms) == 1:
                    alternatives.setdefault(form.terms[0], form.probability)
        if all(len(alternatives) < 2 for alternatives in widened):
            return []
        nodes.append(_phrase(written.field, [tuple(alternatives) for alternatives in widened], SPELLING_BOOST))
        from itertools import islice, product
        from math import prod

        spelled = islice(product(*(alternatives.items() or [("", 0.0)] for alternatives in widened)), 1, MOST_PHRASES)
        return [
            Form(tuple(terms), "spelling", prod(chances), " ".join(terms))
            for terms, chances in (zip(*each, strict=True) for each in spelled)
            if all(chances)
        ]

    def _stems(self, term: str) -> dict[str, str]:
        from diplo_cli.text.stems import stem, stem_languages

        known = stem_languages()
        return {language: stem(term, language) for language in self._languages if language in known}

    @cached_property
    def _threshold(self) -> float:
        from diplo_cli.names.variants import threshold

        return threshold(self.strictness)

    def _spellings(self, term: str) -> list[Form]:
        from diplo_cli.names.variants import spellings

        return [
            Form(
                tuple(token.term for _, token in query_tokens(each.term)) or (each.term,),
                each.why,
                each.probability,
                each.term,
            )
            for each in spellings(term, lambda prefix: self._lexicon.terms("names", prefix), strictness=self.strictness)
        ]


SURE = 0.9
_PARTED = re.compile("(?<=[^\x00-\u024f])[·・‧](?=[^\x00-\u024f])")  # between Latin letters it is Catalan spelling
MOST_PHRASES = 64  # combinations of spellings looked for when a phrase is lit


def _part(whole: Written, text: str) -> Written:
    at = whole.start + whole.text.index(text)
    kind = whole.kind if whole.text.endswith(text) else "word"  # 合作ASEAN*: the last part alone goes on
    return Written(text, kind, whole.exact, whole.field, at, at + len(text))


def fuzzy_distance(word: str) -> int:
    """How many letters `word~` may differ by: one, or two from six letters on."""
    return 1 if len(word) < 6 else 2


def _is_run(word: str) -> bool:
    """Whether a word of several tokens is written in one: a name in Chinese, Japanese, Thai."""
    return all(letter.isalnum() or category(letter)[0] == "M" for letter in word)


def _is_piece(term: str) -> bool:
    """Whether a term is one letter of a script without spaces, whose words are kept as pairs of letters."""
    return len(term) == 1 and len(tokenize(term * 2)) > 1


def _plain(node: Written) -> bool:
    return node.kind == "word" and not node.exact and node.field == "text"


def _phrase(field: str, positions: Sequence[tuple[str, ...]], boost: float) -> Query:
    if len(positions) == 1:
        terms = tuple(Term(field, term, boost) for term in positions[0])
        return terms[0] if len(terms) == 1 else AnyOf(terms)
    return Phrase(field, tuple(positions), boost=boost)


def _country(name: str) -> str:
    from diplo_cli.countries.resolver import named_by

    return named_by(name)
