"""Neighbouring words of a query as a name: what the library writes side by side for them, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from diplo_cli.names.candidates import Terms
from diplo_cli.query.tree import And, AnyOf, Near, Phrase, Query, Term
from diplo_cli.text.tokens import query_tokens, tokenize

FULL_NAME_BOOST = 0.8
PARTICLES = frozenset(
    [
        "a",
        "al",
        "an",
        "and",
        "bin",
        "bint",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "en",
        "et",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "of",
        "san",
        "st",
        "the",
        "und",
        "van",
        "ve",
        "von",
        "y",
        "и",
        "де",
        "дер",
        "ван",
        "фон",
        "бин",
        "ибн",
        "аль",
        "эль",
        "оф",
        "و",
        "بن",
        "ابن",
        "دي",
        "دا",
        "فون",
        "وان",
        "آف",
        "ال",
        "של",
        "בן",
        "דה",
        "ד",
    ]
)
"""Words within a name that scripts and languages write differently or leave out."""


class Lexicon(Protocol):
    """What widening asks of a library: an Engine, or the words of a few texts."""

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """As Engine.terms."""

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """As Engine.facets."""


class Part(NamedTuple):
    """A word of the library that may be one word of the name.

    The tokens to look for, its first and last token where it stands in a text, how many it takes up there, and its weight.
    """

    terms: tuple[str, ...]
    ends: tuple[str, ...]
    size: int
    weight: float
    exact: bool


class Beside(NamedTuple):
    """Each of `firsts` beside each of `seconds` stands for two neighbouring words of the query; `ordered`: in this order, as in a phrase.

    `window`: how many tokens may hold both: two, and one for each particle between them.
    """

    firsts: tuple[Part, ...]
    seconds: tuple[Part, ...]
    ordered: bool = False
    window: int = 2

    @property
    def sides(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Both, the first first."""
        return self.firsts, self.seconds

    def node(self, boost: float = FULL_NAME_BOOST) -> Query:
        """The documents where two of them stand side by side, which counts `boost`.

        Words of one token are told by their places. A name in Chinese is a run of tokens: the last of one must stand right before the first of the other, and both runs be there.
        """
        if not self.ordered and all(part.size == 1 for side in self.sides for part in side):
            groups = tuple(tuple(dict.fromkeys(part.terms[0] for part in side)) for side in self.sides)
            return Near("text", groups, self.window, boost)
        ways = [
            Phrase("text", (_ends(one, -1), _ends(other, 0)), boost=boost)
            for one, other in (self.sides, self.sides[::-1])[: 1 if self.ordered else 2]
        ]
        return And((AnyOf(tuple(ways)), self.both()))

    def both(self) -> Query:
        """The documents where there is one of each, wherever; scores nothing."""
        return And(tuple(AnyOf(tuple(_phrase(part.terms, boost=0.0) for part in side)) for side in self.sides))


class Met(NamedTuple):
    """Two words of a text side by side, by their tokens (first, and the one behind the last), and how sure (0..1) it is that they are the name."""

    first: tuple[int, int]
    second: tuple[int, int]
    probability: float


def met(terms: Sequence[str], found: Sequence[Beside]) -> list[Met]:
    """Where `found` is met in a text, given by its tokens' terms."""
    from diplo_cli.names.fullname import together

    seconds = _spans(terms, {part for each in found for part in each.seconds})
    starts: dict[int, list[tuple[int, int, Part]]] = {}
    ends: dict[int, list[tuple[int, int, Part]]] = {}
    for span in seconds:
        starts.setdefault(span[0], []).append(span)
        ends.setdefault(span[1], []).append(span)
    out = []
    for start, end, part in _spans(terms, {part for each in found for part in each.firsts}):
        gaps = range(max(each.window for each in found) - 1)
        for other_start, _, other in (
            side for gap in gaps for side in (*starts.get(end + gap, ()), *ends.get(start - gap, ()))
        ):
            turned = other_start < start
            if any(part in each.firsts and other in each.seconds and not (turned and each.ordered) for each in found):
                spans = ((start, start + len(part.terms)), (other_start, other_start + len(other.terms)))
                out.append(Met(*spans, together(part.weight + other.weight)))
    return out


def _spans(terms: Sequence[str], parts: Iterable[Part]) -> list[tuple[int, int, Part]]:
    by_first: dict[str, list[Part]] = {}
    for part in parts:
        by_first.setdefault(part.terms[0], []).append(part)
    return [
        (at, at + part.size, part)
        for at, term in enumerate(terms)
        for part in by_first.get(term, ())
        if tuple(terms[at : at + len(part.terms)]) == part.terms
    ]


def beside(
    lexicon: Lexicon, names: Terms, first: str, second: str, strictness: str, *, ordered: bool = False, window: int = 2
) -> list[Beside]:
    """What stands in the library for two folded words of a name, side by side; [] where there is nothing but the words themselves.

    `names`: its lexicon of names; `ordered`: in this order alone; `window` as for Beside.
    """
    from diplo_cli.names.evidence import evidence
    from diplo_cli.names.fullname import Weighed, pairs, weigh

    @cache  # a word is in several groups
    def part(each: Weighed) -> Part:
        whole = tokenize(each.term)
        return Part(
            tuple(token.term for _, token in query_tokens(each.term)),
            (whole[0].term, whole[-1].term) if whole else (),
            len(whole),
            each.weight,
            each.exact,
        )

    from diplo_cli.countries.resolver import named_by

    weighed = [
        # What merely sounds like a country is none, as for a single word: Great Britain is not Britta Grauert
        [each for each in weigh(evidence(word, names)) if each.exact or named_by(each.term) in ("", named_by(word))]
        for word in (first, second)
    ]
    by_script: dict[str, list[Beside]] = {}
    for group in pairs(weighed[0], weighed[1], strictness):
        sides = [tuple(made for each in side if (made := part(each)).terms) for side in (group.firsts, group.seconds)]
        if all(sides) and not all(one.exact for side in sides for one in side):
            by_script.setdefault(group.script, []).append(Beside(sides[0], sides[1], ordered, window))
    found = []
    for groups in by_script.values():
        widest = Beside(_all(each.firsts for each in groups), _all(each.seconds for each in groups), ordered, window)
        # Most scripts of a library have nothing of the name: told at 1 ms for both words in one document, at 5 ms for side by side (60 spellings of each)
        # (asked with a boost of 1: an engine may remember what a Near came to, and the query that is made of these counts them otherwise)
        if _is_met(lexicon, widest.both()) and _is_met(lexicon, widest.node(1.0)):
            found += [each for each in groups if len(groups) == 1 or _is_met(lexicon, each.node(1.0))]
    return found


def _all(sides: Iterable[tuple[Part, ...]]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(part for side in sides for part in side))


def _is_met(lexicon: Lexicon, node: Query) -> bool:
    return any(lexicon.facets(node, ["lang"])["lang"].values())


def _ends(side: Sequence[Part], at: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.ends[at] for part in side))


def _phrase(terms: tuple[str, ...], *, boost: float) -> Query:
    if len(terms) == 1:
        return Term("text", terms[0], boost)
    return Phrase("text", tuple((term,) for term in terms), boost=boost)
