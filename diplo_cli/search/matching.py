"""Where in a document each leaf of a query is met, and why: what snippets light and `matched` tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.names.letters import known_script
from diplo_cli.query.tree import Written
from diplo_cli.search.fullnames import met
from diplo_cli.search.leaf import Leaf, fuzzy_distance
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import Token, tokenize


class Match(NamedTuple):
    """A leaf of the query met at text[start:end]. `why`: "exact", "stem", "other script", "prefix", "fuzzy", "country", "capital", "full name", or how a spelling was found."""

    start: int
    end: int
    leaf: int
    why: str
    probability: float


_ABSENT = Leaf(Written(""), (), {})


def find_matches(text: str, lang: str, leaves: Sequence[Leaf], *, title: bool = False) -> list[Match]:
    """All matches in `text`, in order of place; of two that overlap the surer one, then the longer.

    `title`: the text is a title, where leaves that ask for titles alone count too.
    """
    tokens = tokenize(text)
    leaves = [leaf if title or leaf.written.field == "text" else _ABSENT for leaf in leaves]
    found: list[Match] = []
    for number, leaf in enumerate(leaves):
        found += _forms(text, tokens, number, leaf)
        if leaf.written.kind in ("prefix", "fuzzy"):
            found += _patterns(tokens, number, leaf)
        if leaf.beside:
            found += _full_names(tokens, number, leaf)
    found += _stems(tokens, lang, leaves)
    found += _countries(text, lang, leaves)
    return _without_overlaps(found)


def document_matches(document: Document, leaves: Sequence[Leaf]) -> tuple[list[Match], list[Match]]:
    """The matches in a document's text, and those in its title."""
    in_text = find_matches(document.text, document.lang, leaves)
    in_title = find_matches(document.title, document.lang, leaves, title=True) if document.title else []
    return in_text, in_title


def _forms(text: str, tokens: Sequence[Token], number: int, leaf: Leaf) -> list[Match]:
    """The leaf's own words and their spellings, side by side where they are several."""
    by_first: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for form in leaf.forms:
        by_first.setdefault(form.terms[0], []).append((form.terms, form.why, form.probability))
    found = []
    for at, token in enumerate(tokens):
        for terms, why, probability in by_first.get(token.term, ()):
            last = at + len(terms)
            if last <= len(tokens) and all(tokens[at + i].term == term for i, term in enumerate(terms)):
                start, end = token.start, tokens[last - 1].end
                if why == "exact" or not (_is_katakana(text[start - 1 : start]) or _is_katakana(text[end : end + 1])):
                    found.append(Match(start, end, number, why, probability))
    return found


def _is_katakana(letter: str) -> bool:
    """Whether a name in katakana goes on here: トン within クリントン is no spelling of Ton."""
    return "ァ" <= letter <= "ヺ" or letter == "ー"


def _full_names(tokens: Sequence[Token], number: int, leaf: Leaf) -> list[Match]:
    """The leaf and the next one, or the two words of a phrase, side by side in spellings that are sure enough together."""
    found = []
    for each in met([token.term for token in tokens], leaf.beside):
        spans = [(tokens[start].start, tokens[end - 1].end) for start, end in (each.first, each.second)]
        if leaf.written.kind == "phrase":
            found.append(Match(spans[0][0], spans[1][1], number, "full name", each.probability))
        else:
            found += [
                Match(*span, number + of * leaf.next, "full name", each.probability) for of, span in enumerate(spans)
            ]
    return found


def _patterns(tokens: Sequence[Token], number: int, leaf: Leaf) -> list[Match]:
    from diplo_cli.text.han import simplified

    wanted, kind = simplified(fold(leaf.written.text)), leaf.written.kind  # as terms are
    if kind == "prefix":
        return [Match(t.start, t.end, number, kind, 1.0) for t in tokens if t.term.startswith(wanted)]
    from diplo_cli.engines.matching import within

    near = {term: within(wanted, term, fuzzy_distance(wanted)) for term in {token.term for token in tokens}}
    return [Match(t.start, t.end, number, kind, 1.0) for t in tokens if near[t.term]]


def _stems(tokens: Sequence[Token], lang: str, leaves: Sequence[Leaf]) -> list[Match]:
    wanted: dict[str, int] = {}
    base = lang.partition("-")[0]
    for number, leaf in enumerate(leaves):
        if base in leaf.stems:
            wanted.setdefault(leaf.stems[base], number)
    if not wanted:
        return []
    from diplo_cli.text.stems import stem

    return [
        Match(token.start, token.end, wanted[form], _by_stem(leaves[wanted[form]], token.term), 1.0)
        for token in tokens
        if (form := stem(token.term, lang)) in wanted
    ]


def _by_stem(leaf: Leaf, term: str) -> str:
    """Why a word with the leaf's stem is met: it is a form of it, or the same word in a language's other script."""
    scripts = known_script(fold(leaf.written.text)), known_script(term)
    return "other script" if all(scripts) and scripts[0] != scripts[1] else "stem"


def _countries(text: str, lang: str, leaves: Sequence[Leaf]) -> list[Match]:
    wanted = {code: number for number, leaf in enumerate(leaves) for code in leaf.countries}
    if not wanted:
        return []
    from diplo_cli.countries.salience import capital_token
    from diplo_cli.countries.tagger import find

    found = []
    for mention in find(text, lang):
        capital = mention.kind == "capital"
        named = capital_token(mention.code) if capital else mention.code
        if named in wanted:
            found.append(Match(mention.start, mention.end, wanted[named], "capital" if capital else "country", 1.0))
    return found


def _without_overlaps(found: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start, -m.probability, m.start - m.end, m.why != "exact", m.leaf)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
