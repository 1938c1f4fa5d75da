"""What is known of one document: plain values, made while indexing, stored in the index, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Dropped(NamedTuple):
    r"""A line that is not the article's own: its number (0-based, as `str.split("\n")` counts), its text, and the reason."""

    number: int
    line: str
    reason: str


class Document(NamedTuple):
    """One document of a library.

    `id` is unique in the library and `path` names the file it was read from. `text` is as read, boilerplate included.
    `title` is "" where the text has none; `opening` then holds the first words of its own.
    `date` is ISO 8601 and may be partial: "2024-06-13", "2024-06", "2024", "--02-19" (no year is stated), "".
    `lang` is a BCP-47 tag ("und": no evidence), `confidence` in 0..1. `countries` (ISO 3166 alpha-2, at most 3, most salient first) is what the document is about;
    `mentions` counts every country in it, `named` those called by a name or adjective rather than by a capital alone. `dropped` are the lines that are not the article's;
    `body` are the places (start, end) in `text` of those that are, None where nobody has looked.
    `signature` tells copies of a text (text/signature.py). `text_of` is the id of another document with the very same text, where an index stores it with that one alone.
    """

    id: str
    path: str
    text: str
    title: str = ""
    opening: str = ""
    date: str = ""
    lang: str = "und"
    script: str = "Zyyy"
    confidence: float = 0.0
    lang_declared: str = ""
    countries: tuple[str, ...] = ()
    multilateral: bool = False
    mentions: Mapping[str, int] = MappingProxyType({})
    named: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    source: str = ""
    publisher: str = ""
    words: int = 0
    dropped: tuple[Dropped, ...] = ()
    body: tuple[tuple[int, int], ...] | None = None
    signature: tuple[int, ...] = ()
    text_of: str = ""
