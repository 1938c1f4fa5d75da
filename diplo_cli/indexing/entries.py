"""A file -> entries for the engine: a document's whole way through the house."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR, Meaning
from diplo_cli.countries.tagger import tag
from diplo_cli.document import Document
from diplo_cli.engines.base import Encoded, Entry
from diplo_cli.errors import ReadingError
from diplo_cli.language import identify
from diplo_cli.names.lexicon import lexicon
from diplo_cli.query.dates import span
from diplo_cli.reading.formats import GZIP, ZSTANDARD, Format, format_of
from diplo_cli.reading.origin import host_of
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.read import read, read_bytes
from diplo_cli.reading.repeats import site_of
from diplo_cli.reading.structure import structure
from diplo_cli.text.analysis import analyse
from diplo_cli.text.signature import copy_terms, signature
from diplo_cli.text.tokens import Words, tokenize

_UNITS = {"jsonl": "line", "table": "row", "feed": "item", "archive": "file"}  # by reader, as its BadRecords say

OPENING = 80  # characters of a text's beginning that stand for a missing title
OPENING_READ = 1_000

Repeated = Mapping[str, Container[str]]  # host -> keys of the lines that its documents repeat
NOTHING: Repeated = MappingProxyType({})


class Problem(NamedTuple):
    """A record of a file that could not be read, and why; the rest of the file was. `where` is "" for a file of one document.

    `unexpected`: a fault of diplo's own, which another version may not have.
    """

    where: str
    reason: str
    unexpected: bool = False

    @property
    def told(self) -> str:
        """Where and why, as a report says it."""
        return f"{self.where}: {self.reason}" if self.where else self.reason


def entries(
    data: bytes | None,
    key: str,
    file_id: str,
    prefix: str = "",
    *,
    path: Path | None = None,
    debug: bool = False,
    detector: str = DEFAULT_DETECTOR,
    repeated: Repeated = NOTHING,
    meaning: Meaning = "",
) -> Iterator[Entry | Problem]:
    """The entries of all documents in the contents of a file, which the index calls `key`; where `data` are None, it is read from `path` as a stream.

    `file_id` is the id of a document that states none; ids that a file states get `prefix`. An error that nobody foresaw is a problem of that document alone, but raised
    with `debug`. `detector` tells their languages; `repeated`: what other documents of their sites have; `meaning`: what of each gets vectors.
    Raises ReadingError where the file cannot be read at all.
    """
    try:
        for item in texts(path or Path(key), key, data):
            yield entry_at(
                item, key, file_id, prefix, debug=debug, detector=detector, repeated=repeated, meaning=meaning
            )
    except ReadingError:
        raise
    except Exception as error:
        if debug:
            raise
        yield unexpected("", error)


def numbered(file_id: str, raw: Raw) -> str:
    """The id of a document that states none: its file's, and for one of many the number of its line, row or part ("news.csv-7")."""
    return f"{file_id}-{raw.number}" if raw.number else file_id


def entry_at(
    item: Raw | Problem,
    key: str,
    file_id: str,
    prefix: str = "",
    *,
    debug: bool,
    detector: str,
    repeated: Repeated = NOTHING,
    meaning: Meaning = "",
) -> Entry | Problem:
    """The entry of one of the texts of a file; arguments and errors as of `entries`."""
    if isinstance(item, Problem):
        return item
    try:
        entry = entry_of(item, prefix + item.id if item.id else numbered(file_id, item), key, detector, repeated)
        return _with_vectors(entry, passages=meaning == "passages") if meaning else entry
    except Exception as error:
        if debug:
            raise
        return unexpected(item.id, error)


def _with_vectors(entry: Entry, *, passages: bool) -> Entry:
    from diplo_cli.meaning.encoder import encode, packed
    from diplo_cli.meaning.passages import lead, passages_of

    document = entry.document
    spans = passages_of(document) if passages else []
    texts = [lead(document), *(document.text[start:end] for start, end in spans)]
    return entry._replace(vectors=Encoded(b"".join(packed(encode(texts))), tuple(start for start, _ in spans)))


def place(key: str, number: int) -> str:
    """Where a document stands in the file called `key`, as `Problem.where` says it ("line 7"); "" in a file of one document."""
    if not number:
        return ""
    return f"{_UNITS.get(format_within(key).reader, 'part')} {number}"


def format_within(key: str) -> Format:
    """The format of a file by its name; of one that is compressed, that of what is in it ("news.jsonl.gz")."""
    found = format_of(key, b"")
    return format_of(key.rpartition(".")[0], b"") if found in (GZIP, ZSTANDARD) else found


def unexpected(where: str, error: Exception) -> Problem:
    """A fault that nobody foresaw, as a problem of the document at `where`."""
    return Problem(where, f"unexpected {type(error).__name__}: {error}", unexpected=True)


def texts(path: Path, name: str, data: bytes | None = None) -> Iterator[Raw | Problem]:
    """The texts in a file, or in `data` where that is given; `name` is what errors call it. Raises ReadingError where there is none."""
    for item in read(path, name) if data is None else read_bytes(data, name):
        yield item if isinstance(item, Raw) else Problem(f"{item.unit} {item.line}", item.message)


def document_of(raw: Raw, document_id: str, key: str, detector: str = DEFAULT_DETECTOR) -> Document:
    """All that can be said of a text: structure, then the language of its own lines, then its countries."""
    return _told(raw, document_id, key, None, detector, NOTHING)


def entry_of(
    raw: Raw, document_id: str, key: str, detector: str = DEFAULT_DETECTOR, repeated: Repeated = NOTHING
) -> Entry:
    """The document in a text, as of `document_of`, with its tokens by field of the engine. `repeated`: lines that its site has on other documents."""
    tokens = tokenize(raw.text)
    return _tokens_of(_told(raw, document_id, key, tokens, detector, repeated), tokens)._replace(number=raw.number)


def _told(raw: Raw, document_id: str, key: str, tokens: Words | None, detector: str, repeated: Repeated) -> Document:
    """The document in a text. `tokens`: of the whole text, where they are known."""
    lines = repeated.get(site_of(raw), frozenset()) if repeated else frozenset()
    parts = structure(raw.text, title=raw.title, date=raw.date, repeated=lines)
    body = "\n".join(raw.text[start:end] for start, end in parts.body) or raw.text
    title = raw.title or parts.title
    declared = f"{raw.lang_declared}-{raw.script_declared}" if raw.script_declared else raw.lang_declared
    language = identify(body, declared, detector)
    words = _within(raw.text, tokens, parts.body) if tokens is not None else None
    if words is None:
        words = tokenize(body)
    about = tag(body, language.tag, title, tokens=words)
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
        words=len(words),
        dropped=parts.dropped,
        body=parts.body,
        signature=signature(words.terms),
    )


def _within(text: str, words: Words, spans: Sequence[tuple[int, int]]) -> Words | None:
    """Those of a text's words that lie in `spans`, placed as in these joined by line ends; None where a span begins or ends within a word or a terminal sequence.

    A tenth of the time of cutting the joined text into words again.
    """
    if not spans:
        return words
    if "\x1b" in text or "\x9b" in text:
        return None
    found = Words([], [], [])
    at = 0
    for start, end in spans:
        if not (_parts(text, start) and _parts(text, end)):
            return None
        found.extend(words, bisect_left(words.starts, start), bisect_left(words.starts, end), at - start)
        at += end - start + 1
    return found


def _parts(text: str, place: int) -> bool:
    """Whether no word goes on across a place: white space stands on one of its sides."""
    return place in (0, len(text)) or text[place - 1].isspace() or text[place].isspace()


def _opening(body: str) -> str:
    """The first words of a text, whole, at most 80 characters."""
    words = " ".join(body[:OPENING_READ].split())
    if len(words) <= OPENING:
        return words
    cut = words[: OPENING - 1]
    at = cut.rfind(" ")
    return f"{cut[:at] if at > OPENING // 2 else cut}…"


def entry_from(document: Document) -> Entry:
    """The entry of a document of which all is known."""
    return _tokens_of(document, tokenize(document.text))


def _tokens_of(document: Document, tokens: Words) -> Entry:
    """The entry of a document. `tokens`: of its text."""
    from hashlib import blake2b

    text, titled = document.text, tokenize(document.title)
    if document.title and document.title not in text and not _opens_with(text, tokens, titled, document.title):
        text = f"{document.title}\n\n{text}"
        tokens = tokenize(text)
    analysis = analyse(text, document.lang, tokens)
    countries = sorted(document.countries)
    pairs = [f"{a}|{b}" for a, b in combinations(countries, 2)]
    since = _date(document.date)
    return Entry(
        document,
        {
            "text": tokens.terms,
            "title": titled.terms,
            "stem": analysis.stems,
            "names": sorted(lexicon(text, tokens)),
            "lang": [document.lang],
            "country": countries,
            "mention": sorted(document.mentions),
            "named": sorted(document.named),
            "source": [host] if (host := host_of(document.source)) else [],
            "lang_country": [f"{document.lang}|{country}" for country in countries],
            "pair": pairs,
            "lang_pair": [f"{document.lang}|{pair}" for pair in pairs],
            "month": [document.date[:7]] if since is not None and len(document.date) >= len("2024-05") else [],
            "copy": copy_terms(document.signature),
            "path": [document.path],
        },
        since,
        text_key=blake2b(document.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if document.text
        else b"",
    )


def _opens_with(text: str, tokens: Words, titled: Words, title: str) -> bool:
    """Whether a text begins with its title, however the lines of the title are broken and marked up."""
    size = min(len(text), 2 * len(title) + 200)
    head = tokens.terms[: bisect_right(tokens.ends, size)]
    wanted = titled.terms
    return any(head[at : at + len(wanted)] == wanted for at in range(len(head) - len(wanted) + 1))


def _date(stated: str) -> int | None:
    """YYYYMMDD of a partial date, 00 for what it does not state; None without a year."""
    return span(stated)[0] if stated and not stated.startswith("--") else None
