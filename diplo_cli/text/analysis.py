"""The analysis of a text for the index: its words and their stems. A query goes through the same functions."""

from __future__ import annotations

from typing import NamedTuple

from diplo_cli.text.stems import stem_languages, stem_terms
from diplo_cli.text.tokens import Words, tokenize

VERSION = 3
"""Raised whenever the same text would give other tokens, stems or entries in the lexicon of names: an older index is named, to be rebuilt.

2: Chinese in one form of its characters; both scripts of Kazakh and Kyrgyz; stems of Arabic and Ukrainian; words in small letters stand in the lexicon of names under one key.
3: stems of Persian and Tajik."""


class Analysis(NamedTuple):
    """A text's tokens, and their stems as the engine's "stems" field takes them.

    A stem is "en/meet": one for each token where the language has a stemmer, none where it has not.
    """

    tokens: Words
    stems: list[str]


def analyse(text: str, lang: str, tokens: Words | None = None) -> Analysis:
    """Words and stems of a text in the language `lang` (a BCP-47 tag; "und" has no stems). `tokens`: its words, where they are known."""
    if tokens is None:
        tokens = tokenize(text)
    base = lang.partition("-")[0]
    if base not in stem_languages():
        return Analysis(tokens, [])
    return Analysis(tokens, list(map(stem_terms(base).__getitem__, tokens.terms)))
