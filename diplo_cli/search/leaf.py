"""A leaf of a query, widened to what the library writes for it: its other forms, its other script, other spellings of the same name, other names of the same country."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple
from unicodedata import category

from diplo_cli.errors import QueryError
from diplo_cli.names.candidates import Listing, Terms, standing
from diplo_cli.names.letters import COARSE_SCRIPTS
from diplo_cli.query.tree import AnyOf, Fuzzy, Phrase, Prefix, Query, Term, Written
from diplo_cli.search.fullnames import FULL_NAME_BOOST, Beside, Lexicon, beside
from diplo_cli.search.rarity import Rarity
from diplo_cli.search.run_names import run_names
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import query_tokens, tokenize

# What a match of another kind counts beside the very word asked for (1.0); a spelling counts by how sure it is.
STEM_BOOST, SPELLING_BOOST, COUNTRY_BOOST = 0.5, 0.8, 0.5
SURE = 0.9
SHORT_RUN = 2  # Chinese characters
MOST_PHRASES = 64  # combinations of spellings looked for when a phrase is lit
Strictness = Literal["strict", "normal", "loose"]


class Form(NamedTuple):
    """One way a leaf can be met in a text: tokens side by side. `why`: "exact" or what the names room says; `probability` 0..1 that it is what was asked for.

    `documents`: how many have it, told of other spellings alone.
    """

    terms: tuple[str, ...]
    why: str
    probability: float
    surface: str
    documents: int = 0


class Leaf(NamedTuple):
    """A leaf of the query and all that meets it.

    `stems`: language -> stem; `countries`: codes, of capitals "EG/capital"; `uncertain`: spellings that were not sure enough.
    `beside`: what meets it and the leaf `next` places on together, or the two words of a phrase, side by side.
    """

    written: Written
    forms: tuple[Form, ...]
    stems: dict[str, str]
    countries: tuple[str, ...] = ()
    uncertain: tuple[Form, ...] = ()
    beside: tuple[Beside, ...] = ()
    next: int = 1


class LeafWidener:
    """Widens leaves over one library. `strictness` is the names room's: "strict", "normal", "loose"."""

    def __init__(self, lexicon: Lexicon, strictness: Strictness) -> None:
        self._lexicon, self._strictness = lexicon, strictness
        self.rarity = Rarity(lexicon)

    @cached_property
    def _languages(self) -> list[str]:
        """The languages of the library, without scripts: a word may be a form of a word of any."""
        return sorted({tag.partition("-")[0] for tag in self.rarity.languages})

    def widen(self, written: Written, *, alone: bool = False) -> tuple[Query, Leaf]:
        """The query for the engine, and what became of the leaf. `alone`: no other word must be there, too. Raises QueryError."""
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
            leaf = self._widened(written, terms, nodes, positions, self._threshold(alone=alone))
        return (nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))), leaf

    def _pattern(self, written: Written, terms: list[str]) -> tuple[Query, Leaf]:
        if len(terms) > 1:
            raise QueryError(f"{written.text!r} is more than one word: * and ~ go with one", "", written.start)
        if written.kind == "prefix":
            return Prefix(written.field, terms[0]), Leaf(written, (), {})
        return Fuzzy(written.field, terms[0], fuzzy_distance(terms[0])), Leaf(written, (), {})

    def _widened(
        self, written: Written, terms: list[str], nodes: list[Query], positions: list[tuple[str, ...]], line: float
    ) -> Leaf:
        """Add to `nodes` all that means the same as the leaf, spellings from a probability of `line` on; say what in a Leaf."""
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
        if one:
            word = terms[0]
        for form in self._spellings(word) if whole else ():
            (forms if form.probability >= line and _may_be(form, word) else uncertain).append(form)
        asked = self.rarity.documents(word) if whole else 0
        if whole:
            nodes += self._spelled(written.field, asked, forms[1:])
        if not whole:
            forms += self._spelled_phrase(written, positions, nodes)
            words = fold(written.text).split()
            if len(words) == 2 and written.kind == "phrase" and written.field == "text":
                found = tuple(beside(self._lexicon, self.names, words[0], words[1], self._strictness, ordered=True))
                boost = self.full_name_boost(words)
                for run in run_names(self._lexicon, words[0], words[1], ordered=True):
                    forms.append(Form(run.terms, "full name", run.probability, run.surface, run.documents))
                    nodes.append(run.node(boost))
                nodes += [each.node(boost) for each in found]
        spelled = forms[1:] if whole or written.kind == "phrase" else []
        called = [place(written.text), *(country(form.surface) for form in spelled)]
        countries = tuple(dict.fromkeys(filter(None, called)))
        if written.field == "text":
            most = min(1.0, self.rarity.weight(asked)) if asked else 1.0
            nodes += [Term("named", code, COUNTRY_BOOST * most) for code in countries]
        return Leaf(written, tuple(forms), stems, countries, tuple(uncertain), found)

    def _spelled(self, field: str, asked: int, forms: Sequence[Form]) -> list[Query]:
        """The spellings of a word that `asked` documents have: none counts more for being rarer than it, or where nothing has it, than the commonest of them.

        A run of Chinese is scored by each of its pairs of letters, which are no rarer than the whole.
        """
        common = asked or max((form.documents for form in forms), default=0)
        nodes: list[Query] = []
        for form in forms:
            entry = _run_entry(form) if field == "text" else ""
            parts = 1 if entry else len(form.terms)
            boost = SPELLING_BOOST * form.probability * self.rarity.ratio([common], [form.documents] * parts)
            terms = [(term,) for term in form.terms]
            nodes.append(Term("names", entry, boost) if entry else phrase_of(field, terms, boost))
        return nodes

    def full_name_boost(self, words: Sequence[str]) -> float:
        """What two words side by side count as, so that they count no more than the two folded `words` asked for, however rare they are."""
        return FULL_NAME_BOOST * self.rarity.ratio(map(self.rarity.documents, words), [1] * len(words))

    def _spelled_phrase(self, written: Written, positions: list[tuple[str, ...]], nodes: list[Query]) -> list[Form]:
        """Several words side by side, each in any of its spellings: `"Anwar Ibrahim"`, Kassym-Jomart."""
        widened: list[dict[str, float]] = [dict.fromkeys(alternatives, 1.0) for alternatives in positions]
        asked, rarest = [], []
        for alternatives in filter(None, widened):
            word = next(iter(alternatives))
            asked.append(self.rarity.documents(word))
            rarest.append(asked[-1])
            for form in self._spellings(word):
                if form.probability >= self._threshold() and len(form.terms) == 1:
                    alternatives.setdefault(form.terms[0], form.probability)
                    rarest[-1] = min(rarest[-1], form.documents)
        if all(len(alternatives) < 2 for alternatives in widened):
            return []
        boost = SPELLING_BOOST * self.rarity.ratio(asked, rarest)
        nodes.append(phrase_of(written.field, [tuple(alternatives) for alternatives in widened], boost))
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
        stems = self._stems(term)
        if standing(term, self.names).lower:
            return stems
        ordinary = {stem for stem in set(stems.values()) - {term} if standing(stem, self.names).lower}
        return {language: stem for language, stem in stems.items() if stem not in ordinary}

    @cached_property
    def names(self) -> Terms:
        """The library's lexicon of names."""
        return Listing(lambda prefix: self._lexicon.terms("names", prefix))

    def _threshold(self, *, alone: bool = False) -> float:
        from diplo_cli.names.variants import threshold

        return threshold(self._strictness, alone=alone)

    def _spellings(self, term: str) -> list[Form]:
        from diplo_cli.names.variants import spellings

        forms = [
            Form(
                tuple(token.term for _, token in query_tokens(each.term)) or (each.term,)
                if each.script in COARSE_SCRIPTS
                else (each.term,),  # a token of the library as it is
                each.why,
                each.probability,
                each.term,
                each.documents,
            )
            for each in spellings(term, self.names, strictness=self._strictness)
        ]
        return [form for form in map(self._counted, forms) if form.documents]

    def _counted(self, form: Form) -> Form:
        """A spelling that the lexicon does not list, with the documents that have it."""
        if form.documents:
            return form
        node = phrase_of("text", [(term,) for term in form.terms], 0.0)
        return form._replace(documents=sum(self._lexicon.facets(node, ["lang"])["lang"].values()))


def fuzzy_distance(word: str) -> int:
    """How many letters `word~` may differ by: one, or two from six letters on."""
    return 1 if len(word) < 6 else 2


def _may_be(form: Form, word: str) -> bool:
    """Whether a spelling may stand for a word where one of them is called like a country.

    The gazetteer knows what countries are called in any script: what merely sounds like one (Britta, Minako) is none, but for a slip of one letter (Kazakstan).
    """
    asked, there = country(word), country(form.surface)
    if asked == there:
        return True
    if there and not asked:
        from diplo_cli.engines.matching import within

        return form.probability >= SURE and len(word) >= 6 and within(word, form.surface, 1)
    return form.probability >= SURE


def _run_entry(form: Form) -> str:
    """The lexicon's entry of a spelling that is a whole run of katakana, or of two Chinese characters; "" for others.

    Its letters side by side would be met within longer names, too: トン in クリントン, 里斯 in 克里斯托弗. A longer run of Chinese is looked for as it is, since where it ends is
    a guess; so is one written by hand (近平), whose characters the lexicon may not list.
    """
    from diplo_cli.names.keys import LOWER, indexed_keys
    from diplo_cli.names.letters import known_script

    script = known_script(form.surface)
    if script == "Kana" or (script == "Hani" and len(form.surface) <= SHORT_RUN and form.why != "alias"):
        return "".join(f"{key}/{form.surface}/{LOWER}" for key in indexed_keys(form.surface)[:1])
    return ""


def is_run(word: str) -> bool:
    """Whether a word of several tokens is written in one: a name in Chinese, Japanese, Thai."""
    return all(letter.isalnum() or category(letter)[0] == "M" for letter in word)


def is_piece(term: str) -> bool:
    """Whether a term is one letter of a script without spaces, whose words are kept as pairs of letters."""
    return len(term) == 1 and len(tokenize(term * 2)) > 1


def phrase_of(field: str, positions: Sequence[tuple[str, ...]], boost: float) -> Query:
    """The documents that have tokens side by side, any of each position's alternatives; an empty position is met by anything."""
    if len(positions) == 1:
        terms = tuple(Term(field, term, boost) for term in positions[0])
        return terms[0] if len(terms) == 1 else AnyOf(terms)
    return Phrase(field, tuple(positions), boost=boost)


def place(name: str) -> str:
    """What a document names that names the country, or the capital, that is called so: "EG", "EG/capital"; "" where none is."""
    from diplo_cli.countries.resolver import capital_of
    from diplo_cli.countries.salience import capital_token

    return country(name) or (capital_token(code) if (code := capital_of(name)) else "")


def country(name: str) -> str:
    """The code of the country that is called so; "" where none is."""
    from diplo_cli.countries.resolver import named_by

    return named_by(name)
