"""The leaves of a query: what each can be met by in a text, and what kind of word it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category

from diplo_cli.query.tree import AnyOf, Phrase, Query, Term, Written
from diplo_cli.search.fullnames import PARTICLES, Beside
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import query_tokens, tokenize


class Form(NamedTuple):
    """One way a leaf can be met in a text: tokens side by side. `why`: "exact" or what the names room says; `probability` 0..1 that it is what was asked for."""

    terms: tuple[str, ...]
    why: str
    probability: float
    surface: str


class Leaf(NamedTuple):
    """A leaf of the query and all that meets it.

    `stems`: language -> stem; `countries`: codes; `uncertain`: spellings that were not sure enough.
    `beside`: what meets it and the leaf `next` places on together, or the two words of a phrase, side by side.
    """

    written: Written
    forms: tuple[Form, ...]
    stems: dict[str, str]
    countries: tuple[str, ...] = ()
    uncertain: tuple[Form, ...] = ()
    beside: tuple[Beside, ...] = ()
    next: int = 1


class Widened(NamedTuple):
    """The query for the engine, and what became of each leaf, in order."""

    query: Query
    leaves: tuple[Leaf, ...]


SURE = 0.9
_PARTED = re.compile("(?<=[^\x00-\u024f])[·・‧](?=[^\x00-\u024f])")  # between Latin letters it is Catalan spelling
MOST_PHRASES = 64  # combinations of spellings looked for when a phrase is lit


def parts_of(whole: Written) -> tuple[Written, ...]:
    """安瓦尔·易卜拉欣: the parts of a name; else the leaf as it is."""
    texts = _PARTED.split(whole.text) if whole.kind == "word" else []
    if len(texts) < 2 or not all(texts):
        return (whole,)
    parts, at = [], 0
    for text in texts:
        at = whole.text.index(text, at)
        parts.append(
            Written(text, whole.kind, whole.exact, whole.field, whole.start + at, whole.start + at + len(text))
        )
        at += len(text)
    return tuple(parts)


def fuzzy_distance(word: str) -> int:
    """How many letters `word~` may differ by: one, or two from six letters on."""
    return 1 if len(word) < 6 else 2


def may_be(form: Form, word: str) -> bool:
    """Whether a spelling may stand for a word where one of them is called like a country.

    The gazetteer knows what countries are called in any script: what merely sounds like one (Britta, Minako) is none, but for a slip of one letter (Kazakstan).
    """
    asked, there = country_of(word), country_of(form.surface)
    if asked == there:
        return True
    if there and not asked:
        from diplo_cli.engines.matching import within

        return form.probability >= SURE and len(word) >= 6 and within(word, form.surface, 1)
    return form.probability >= SURE


def is_run(word: str) -> bool:
    """Whether a word of several tokens is written in one: a name in Chinese, Japanese, Thai."""
    return all(letter.isalnum() or category(letter)[0] == "M" for letter in word)


def is_piece(term: str) -> bool:
    """Whether a term is one letter of a script without spaces, whose words are kept as pairs of letters."""
    return len(term) == 1 and len(tokenize(term * 2)) > 1


def is_one(written: Written) -> bool:
    """Whether a leaf is one word, or a run of letters of a script without spaces: what may be a word of a name."""
    return len(query_tokens(written.text)) == 1 or is_run(fold(written.text))


def is_particle(word: str) -> bool:
    """Whether a name may be written without this word of it: a particle, or an initial."""
    return word in PARTICLES or (len(word) == 1 and not is_piece(word))


def is_plain(node: Query) -> bool:
    """Whether a node is a word that may be widened."""
    return isinstance(node, Written) and asks_for_a_word(node)


def asks_for_a_word(node: Written) -> bool:
    """Whether a leaf is a word of the text in any form: neither pattern nor phrase, nor exactly as written."""
    return node.kind == "word" and not node.exact and node.field == "text"


def phrase_of(field: str, positions: Sequence[tuple[str, ...]], boost: float) -> Query:
    """Tokens side by side, one alternative of each position; of one position, the token."""
    if len(positions) == 1:
        terms = tuple(Term(field, term, boost) for term in positions[0])
        return terms[0] if len(terms) == 1 else AnyOf(terms)
    return Phrase(field, tuple(positions), boost=boost)


def country_of(name: str) -> str:
    """The code of the country that is called so; "" for none."""
    from diplo_cli.countries.resolver import named_by

    return named_by(name)
