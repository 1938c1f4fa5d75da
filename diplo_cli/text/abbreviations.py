"""Abbreviations that end in a full stop without ending the sentence, by language: `data/text/abbreviations.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parents[1] / "data" / "text" / "abbreviations.txt"

# Lent to languages without a table: no word in Latin letters is like one of theirs.
_LENDERS = ("ru", "ar", "hi")


class Abbreviations(NamedTuple):
    """In lower case, without the last full stop.

    `titles` never end a sentence; `numbered` do unless a number follows ("No. 5", but "She said no."); `endings` may,
    and do where one of the `openers` follows, words that begin sentences ("of Acme Inc. The").
    """

    titles: frozenset[str]
    numbered: frozenset[str]
    endings: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=64)
def abbreviations(lang: str) -> Abbreviations:
    """The abbreviations of a base language ("en"), with those that most languages share."""
    table = _read()
    sections = ["*", *([lang] if (lang, "titles") in table else _LENDERS)]
    titles, numbered, endings, openers = (
        frozenset().union(*(table.get((section, kind), frozenset()) for section in sections))
        for kind in Abbreviations._fields
    )
    numbered -= endings
    return Abbreviations(titles - endings - numbered, numbered, endings, openers)


@lru_cache(maxsize=1)
def _read() -> Mapping[tuple[str, str], frozenset[str]]:
    """The table by language and kind: 10 KB, read when the first sentence is cut."""
    table: defaultdict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    section = ""
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            kind, _, words = line.partition(":")
            table[section, kind] |= frozenset(words.split())
    return dict(table)
