"""Each word of a query, widened to what the library writes for it: its other forms, its other script, other spellings of the same name, other names of the same country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from diplo_cli.errors import QueryError
from diplo_cli.query.tree import (
    All,
    And,
    AnyOf,
    FieldIs,
    Fuzzy,
    Not,
    Or,
    Prefix,
    Query,
    Term,
    Written,
)
from diplo_cli.search.filters import field_node
from diplo_cli.search.fullnames import Beside, Lexicon, beside
from diplo_cli.search.leaves import (
    MOST_PHRASES,
    Form,
    Leaf,
    Widened,
    asks_for_a_word,
    country_of,
    fuzzy_distance,
    is_one,
    is_particle,
    is_piece,
    is_plain,
    is_run,
    may_be,
    parts_of,
    phrase_of,
)
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import query_tokens

# What a match of another kind counts beside the very word asked for (1.0); a spelling counts by how sure it is.
STEM_BOOST, SPELLING_BOOST, COUNTRY_BOOST = 0.5, 0.8, 0.5
Strictness = Literal["strict", "normal", "loose"]
LONGEST_COUNTRY = 6  # words: "Saint Vincent and the Grenadines", "Democratic Republic of the Congo"


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
            parts = parts_of(node)
            return self._leaf(node) if len(parts) == 1 else And(tuple(self._words(parts)))
        if isinstance(node, FieldIs):
            return field_node(node)
        if isinstance(node, And):
            parted = [
                part for each in node.nodes for part in (parts_of(each) if isinstance(each, Written) else (each,))
            ]
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
        """The nodes of an And; neighbouring words that name a country together ("Saudi Arabia") are met by any name of it, others may be a name: see `_name`."""
        result: list[Query] = []
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
            while at < len(nodes) and is_plain(nodes[at]) and not self._country_at(nodes, at)[1]:
                words.append(nodes[at])
                at += 1
            if words:
                result += self._name([word for word in words if isinstance(word, Written)])
            else:
                result.append(self._node(nodes[at]))
                at += 1
        return result

    def _country_at(self, nodes: Sequence[Query], at: int) -> tuple[int, str]:
        """How many of the words from `at` on name a country together, at least two, and its code; "" for none."""
        for size in range(min(LONGEST_COUNTRY, len(nodes) - at), 1, -1):
            words = [node for node in nodes[at : at + size] if isinstance(node, Written) and asks_for_a_word(node)]
            code = country_of(" ".join(word.text for word in words)) if len(words) == size else ""
            if code:
                return size, code
        return 0, ""

    def _name(self, words: Sequence[Written]) -> list[Query]:
        """Neighbouring words: each is met by itself, or beside one of its neighbours where the two are words of one name.

        `Anwar Ibrahim`: ((Anwar or its spellings) or N) and ((Ibrahim or its spellings) or N), where N are pairs side by side that only together are sure enough.
        """
        nodes = [[self._leaf(word)] for word in words]
        first = len(self._leaves) - len(words)
        content = [at for at, word in enumerate(words) if is_one(word) and not is_particle(fold(word.text))]
        for number, (at, after) in enumerate(pairwise(content)):
            if any(not is_one(word) for word in words[at:after]):
                continue
            found = beside(
                self._lexicon, fold(words[at].text), fold(words[after].text), self.strictness, window=after - at + 1
            )
            if found:
                self._leaves[first + at] = self._leaves[first + at]._replace(beside=tuple(found), next=after - at)
                together = [each.node() for each in found]
                begin = 0 if not number else at
                end = len(words) - 1 if after == content[-1] else after
                for place in range(begin, end + 1):
                    if at <= place <= after or is_particle(fold(words[place].text)):
                        nodes[place] += together
        return [ways[0] if len(ways) == 1 else AnyOf(tuple(ways)) for ways in nodes]

    def _leaf(self, written: Written) -> Query:
        placed = query_tokens(written.text)
        if not placed:
            raise QueryError(f"{written.text!r} holds no letter or digit to search for", "", written.start)
        terms = [token.term for _, token in placed]
        if written.kind == "word" and len(terms) == 1 and is_piece(terms[0]):
            written = Written(terms[0], "prefix", written.exact, written.field, written.start, written.end)
        if written.kind in ("prefix", "fuzzy"):
            return self._pattern(written, terms)
        positions: list[tuple[str, ...]] = [()] * (placed[-1][0] - placed[0][0] + 1)
        for position, token in placed:
            positions[position - placed[0][0]] = (token.term,)
        leaf = Leaf(written, (Form(tuple(terms), "exact", 1.0, written.text),), {})
        nodes: list[Query] = [phrase_of(written.field, positions, 1.0)]
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
        found: tuple[Beside, ...] = ()
        uncertain: list[Form] = []
        stems: dict[str, str] = {}
        word = fold(written.text)
        one = len(terms) == 1
        if one:
            stems = self._stems(terms[0]) if not written.text[:1].isupper() else self._stems_of_name(terms[0])
            if written.field == "text":
                nodes += [Term("stem", f"{language}/{stem}", STEM_BOOST) for language, stem in stems.items()]
        whole = one or (written.kind == "word" and is_run(word))
        for form in self._spellings(word if not one else terms[0]) if whole else ():
            if form.probability >= self._threshold and may_be(form, word):
                forms.append(form)
                nodes.append(
                    phrase_of(written.field, [(term,) for term in form.terms], SPELLING_BOOST * form.probability)
                )
            else:
                uncertain.append(form)
        if not whole:
            forms += self._spelled_phrase(written, positions, nodes)
            words = fold(written.text).split()
            if len(words) == 2 and written.kind == "phrase" and written.field == "text":
                found = tuple(beside(self._lexicon, words[0], words[1], self.strictness, ordered=True))
                nodes += [each.node() for each in found]
        countries = (
            tuple(dict.fromkeys(code for form in forms if (code := country_of(form.surface))))
            if whole or written.kind == "phrase"
            else ()
        )
        if written.field == "text":
            nodes += [Term("named", code, COUNTRY_BOOST) for code in countries]
        return Leaf(written, tuple(forms), stems, countries, tuple(uncertain), found)

    def _spelled_phrase(self, written: Written, positions: list[tuple[str, ...]], nodes: list[Query]) -> list[Form]:
        """Several words side by side, each in any of its spellings: `"Anwar Ibrahim"`, Kassym-Jomart."""
        widened: list[dict[str, float]] = [dict.fromkeys(alternatives, 1.0) for alternatives in positions]
        for alternatives in widened:
            for form in self._spellings(next(iter(alternatives))) if alternatives else ():
                if form.probability >= self._threshold and len(form.terms) == 1:
                    alternatives.setdefault(form.terms[0], form.probability)
        if all(len(alternatives) < 2 for alternatives in widened):
            return []
        nodes.append(phrase_of(written.field, [tuple(alternatives) for alternatives in widened], SPELLING_BOOST))
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

    def _stems_of_name(self, term: str) -> dict[str, str]:
        """The stems of a word asked for with a capital.

        One that the library never has in small letters is a name to it, and no form of a word that it has so: Demet is none of German dem, Childe none of child.
        """
        from diplo_cli.names.candidates import standing

        stems = self._stems(term)
        if standing(term, self._names).lower:
            return stems
        ordinary = {stem for stem in set(stems.values()) - {term} if standing(stem, self._names).lower}
        return {language: stem for language, stem in stems.items() if stem not in ordinary}

    def _names(self, prefix: str) -> Iterable[tuple[str, int]]:
        return self._lexicon.terms("names", prefix)

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
            for each in spellings(term, self._names, strictness=self.strictness)
        ]
