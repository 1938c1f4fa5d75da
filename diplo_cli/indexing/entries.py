"""A file -> entries for the engine: a document's whole way through the house."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR
from diplo_cli.countries.tagger import tag
from diplo_cli.document import Document
from diplo_cli.engines.base import Entry
from diplo_cli.errors import ReadingError
from diplo_cli.language import identify
from diplo_cli.names.lexicon import lexicon
from diplo_cli.query.dates import span
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.read import read, read_bytes
from diplo_cli.reading.structure import structure
from diplo_cli.text.analysis import analyse
from diplo_cli.text.tokens import tokenize

OPENING = 80  # characters of a text's beginning that stand for a missing title
OPENING_READ = 1_000


class Problem(NamedTuple):
    """A record of a file that could not be read, and why; the rest of the file was. `where` is "" for a file of one document.

    `unexpected`: a fault of diplo's own, which another version may not have.
    """

    where: str
    reason: str
    unexpected: bool = False


def entries(
    data: bytes,
    key: str,
    file_id: str,
    prefix: str = "",
    *,
    debug: bool = False,
    detector: str = DEFAULT_DETECTOR,
    meaning: bool = False,
) -> Iterator[Entry | Problem]:
    """The entries of all documents in the contents of a file, which the index calls `key`.

    `file_id` is the id of a document that states none; ids that a file states get `prefix`. An error that nobody foresaw is a problem of that document alone, but raised
    with `debug`. `detector` tells their languages; with `meaning` each gets a vector. Raises ReadingError where the file cannot be read at all.
    """
    try:
        for item in texts(Path(key), key, data):
            if isinstance(item, Problem):
                yield item
            else:
                document_id = prefix + item.id if item.id else numbered(file_id, item)
                made = _entry(item, document_id, key, debug=debug, detector=detector)
                yield _with_vector(made) if meaning and isinstance(made, Entry) else made
    except ReadingError:
        raise
    except Exception as error:
        if debug:
            raise
        yield _unexpected("", error)


def numbered(file_id: str, raw: Raw) -> str:
    """The id of a document that states none: its file's, and for a record of JSON Lines the number of its line ("news-7")."""
    return f"{os.path.splitext(file_id)[0]}-{raw.number}" if raw.number else file_id  # noqa: PTH122 - an id is no path


def _entry(raw: Raw, document_id: str, key: str, *, debug: bool, detector: str) -> Entry | Problem:
    try:
        return entry_of(document_of(raw, document_id, key, detector))
    except Exception as error:
        if debug:
            raise
        return _unexpected(raw.id, error)


def _with_vector(entry: Entry) -> Entry:
    from diplo_cli.meaning.encoder import encode, lead, packed

    return entry._replace(vector=packed(encode([lead(entry.document)]))[0])


def _unexpected(where: str, error: Exception) -> Problem:
    return Problem(where, f"unexpected {type(error).__name__}: {error}", unexpected=True)


def texts(path: Path, name: str, data: bytes | None = None) -> Iterator[Raw | Problem]:
    """The texts in a file, or in `data` where that is given; `name` is what errors call it. Raises ReadingError where there is none."""
    for item in read(path) if data is None else read_bytes(data, name):
        yield item if isinstance(item, Raw) else Problem(f"line {item.line}", item.message)


def document_of(raw: Raw, document_id: str, key: str, detector: str = DEFAULT_DETECTOR) -> Document:
    """All that can be said of a text: structure, then the language of its own lines, then its countries."""
    parts = structure(raw.text, title=raw.title, date=raw.date)
    body = "\n".join(raw.text[start:end] for start, end in parts.body) or raw.text
    title = raw.title or parts.title
    declared = f"{raw.lang_declared}-{raw.script_declared}" if raw.script_declared else raw.lang_declared
    language = identify(body, declared, detector)
    tokens = tokenize(body)
    about = tag(body, language.tag, title, tokens=tokens)
    return Document(
        id=document_id,
        path=key,
        text=raw.text,
        title=title,
        opening="" if title else _opening(body),
        date=raw.date or parts.date,
        lang=language.tag,
        script=language.script,
        confidence=language.confidence,
        lang_declared=raw.lang_declared,
        countries=about.countries,
        multilateral=about.multilateral,
        mentions=about.mentions,
        named=about.named,
        actors=about.actors,
        source=raw.source or parts.source,
        publisher=raw.publisher or parts.publisher,
        words=len(tokens),
        dropped=parts.dropped,
        body=parts.body,
    )


def _opening(body: str) -> str:
    """The first words of a text, whole, at most 80 characters."""
    words = " ".join(body[:OPENING_READ].split())
    if len(words) <= OPENING:
        return words
    cut = words[: OPENING - 1]
    at = cut.rfind(" ")
    return f"{cut[:at] if at > OPENING // 2 else cut}…"


def entry_of(document: Document) -> Entry:
    """A document's tokens, by field of the engine."""
    text = document.text
    if document.title and document.title not in text and not _opens_with(text, document.title):
        text = f"{document.title}\n\n{text}"
    analysis = analyse(text, document.lang)
    countries = sorted(document.countries)
    pairs = [f"{a}|{b}" for a, b in combinations(countries, 2)]
    since = _date(document.date)
    return Entry(
        document,
        {
            "text": [token.term for token in analysis.tokens],
            "title": [token.term for token in tokenize(document.title)],
            "stem": analysis.stems,
            "names": sorted(lexicon(text, analysis.tokens)),
            "lang": [document.lang],
            "country": countries,
            "mention": sorted(document.mentions),
            "named": sorted(document.named),
            "source": _host(document.source),
            "lang_country": [f"{document.lang}|{country}" for country in countries],
            "pair": pairs,
            "lang_pair": [f"{document.lang}|{pair}" for pair in pairs],
            "month": [document.date[:7]] if since is not None and len(document.date) >= len("2024-05") else [],
            "path": [document.path],
        },
        since,
    )


def _opens_with(text: str, title: str) -> bool:
    """Whether a text begins with its title, however the lines of the title are broken and marked up."""
    head = [token.term for token in tokenize(text[: 2 * len(title) + 200])]
    wanted = [token.term for token in tokenize(title)]
    return any(head[at : at + len(wanted)] == wanted for at in range(len(head) - len(wanted) + 1))


def _date(stated: str) -> int | None:
    """YYYYMMDD of a partial date, 00 for what it does not state; None without a year."""
    return span(stated)[0] if stated and not stated.startswith("--") else None


def _host(source: str) -> list[str]:
    from urllib.parse import urlsplit

    try:
        host = urlsplit(source).hostname
    except ValueError:
        return []
    return [host.removeprefix("www.")] if host else []
