"""What crosses languages by itself: names and loan words by their keys, numbers, countries.

Two reports of one event share few words and many of these. How much one says is how rare it is in the library, as in BM25's inverse document frequency; how alike two documents
are is the cosine of their signals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log, sqrt
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.names.keys import LOWER, START, coarser
from diplo_cli.names.letters import CASED_SCRIPTS, known_script
from diplo_cli.names.lexicon import lexicon
from diplo_cli.text.tokens import tokenize

READ = 20_000  # characters of a document whose names are looked at: what it is about stands there
LEAST_LANGUAGE = 20  # documents: of fewer nothing can be said
LEAST_KEY = 2  # consonants: one alone is in every document
# What a word says of a document by how it is written, beside a word with a capital in mid-sentence.
_LOWER, _START, _COARSE = 0.2, 0.7, 0.7


class Signals(NamedTuple):
    """`keys`: key -> the words of the document under it, each with how much its writing says (0..1); `numbers` of two digits or more; `countries` mentioned."""

    keys: Mapping[str, tuple[tuple[str, float], ...]]
    numbers: frozenset[str]
    countries: frozenset[str]
    lang: str

    @property
    def size(self) -> float:
        """How much there is of all signals."""
        written = sum(max(said for _, said in terms) ** 2 for terms in self.keys.values())
        return written + len(self.numbers) + len(self.countries)


def signals(document: Document) -> Signals:
    """The signals of a document. 2 ms for 3 KB."""
    text = document.text[:READ]
    tokens = tokenize(text)
    keys: dict[str, dict[str, float]] = {}
    for entry in sorted(lexicon(text, tokens)):
        key, term, how = entry.split("/")
        if len(key) < LEAST_KEY:
            continue
        said = _said(term, int(how))
        keys.setdefault(key, {})[term] = said
        if not key.islower():
            # Kana, hangul and Han tell fewer consonants apart: their documents are met on coarser keys.
            coarse = coarser(key)
            if len(coarse) >= LEAST_KEY:
                keys.setdefault(coarse, {})[term] = said * _COARSE
    numbers = {token.term for token in tokens if len(token.term) > 1 and any(map(str.isdigit, token.term))}
    return Signals(
        {key: tuple(terms.items()) for key, terms in keys.items()},
        frozenset(numbers),
        frozenset(document.mentions),
        document.lang,
    )


def _said(term: str, how: int) -> float:
    if known_script(term) not in CASED_SCRIPTS:
        return 1.0
    return _LOWER if how == LOWER else _START if how == START else 1.0


class Frequencies(NamedTuple):
    """How many documents a library has, in all and in each language, and how many of them hold what a signal says.

    `key`: the documents under a key, and those of each word there; `number` and `country`: those that hold one.
    """

    documents: int
    languages: Mapping[str, int]
    key: Callable[[str], tuple[int, Mapping[str, int]]]
    number: Callable[[str], int]
    country: Callable[[str], int]


def weigh(found: Signals, known: Frequencies, only: Mapping[str, float] | None = None) -> dict[str, float]:
    """What each signal says of its document: "KEY", "#176", "@KZ" -> weight. `only`: look at these alone."""
    # A word is rare or not among the words of its own language.
    within = 1 + max(known.languages.get(found.lang, 0), LEAST_LANGUAGE)
    weights: dict[str, float] = {}
    for key, terms in found.keys.items():
        if only is not None and key not in only:
            continue
        under, documents = known.key(key)
        rarity = log((1 + known.documents) / (1 + min(under, known.documents)))
        said = max(
            said * log(within / (1 + min(documents.get(term, 0), within - 1))) / log(within) for term, said in terms
        )
        if said > 0 and rarity > 0:
            weights[key] = said * rarity
    for sign, values, count in (("#", found.numbers, known.number), ("@", found.countries, known.country)):
        for value in values:
            if only is None or sign + value in only:
                rarity = log((1 + known.documents) / (1 + min(count(value), known.documents)))
                if rarity > 0:
                    weights[sign + value] = rarity
    return weights


def strongest(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """The `most` weightiest signals, ties by name."""
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most])


def likeness(asked: Mapping[str, float], other: Mapping[str, float], size: float) -> float:
    """How alike two documents are: what they share, for the length of both. `other` holds the signals of `asked` alone; `size` is how many the other has in all."""
    shared = sum(weight * other[name] for name, weight in asked.items() if name in other)
    length = sqrt(sum(weight * weight for weight in asked.values())) * sqrt(max(size, 1))
    return shared / length if length else 0.0
