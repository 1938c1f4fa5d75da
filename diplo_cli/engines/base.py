"""The engine seam: what diplo asks of a full-text engine, and nothing of what an engine is.

An engine gets diplo's own tokens and Query trees. It does not tokenise, fold, stem, highlight, group or know of names. Whatever the engine, the same entries give the
same result sets, totals, facets and date order; only scores differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, Self

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.query.tree import Query

if TYPE_CHECKING:
    from diplo_cli.engines.opensearch_place import Cluster

# field -> what is kept of its tokens. "positions": order and counts (phrases, BM25); "counts": counts (BM25); "set": presence only (each match scores its boost).
FIELDS: Mapping[str, Literal["positions", "counts", "set"]] = {
    "text": "positions",  # folded words of title and text
    "title": "positions",  # folded words of the title
    "stem": "counts",  # "en/meet": language and stem
    "names": "set",  # "KEY/term/1": the lexicon of names
    "id": "set",
    "lang": "set",  # the tag: uz-Cyrl
    "country": "set",  # countries the document is about
    "mention": "set",
    "named": "set",
    "source": "set",  # host
    "lang_country": "set",  # "ar|KZ"
    "pair": "set",  # "KZ|MY", letters in order
    "lang_pair": "set",  # "ar|KZ|UZ"
    "month": "set",  # "2024-05"; none where undated
    "copy": "set",  # of copies of one text at least one is the same
    "text_of": "set",  # the id of the document that keeps this one's text
    "path": "set",  # what the file table calls the file: for deleting all documents of one
}

FORMAT = 3
"""Of an index. 1: the first; 2: stored documents are compressed, the names of a document are one text; 3: compressed with what they share, the text of duplicates once."""
FACETS = ("lang", "country", "lang_country", "pair", "lang_pair", "source", "month")


class Encoded(NamedTuple):
    """A document's vectors, one after the other: of its title and lead, then of its passages, which begin at `starts` in its text."""

    packed: bytes
    starts: tuple[int, ...] = ()


class Entry(NamedTuple):
    """A document with its tokens: `tokens[field]` in order, repeated as they occur ("set" fields: distinct). `date`: YYYYMMDD with 00 for what is not stated, None if undated.

    `stored`: the document's record where another process has made it (`record.to_record`); then no more than the id and the path of `document` need be there.
    `number`: of the text in its file, as `Raw` has it. `vectors`: of its meaning; embedded engines pass them over.
    `text_key`: a digest of the text, the same for the same text alone; b"" of an empty one.
    """

    document: Document
    tokens: Mapping[str, Sequence[str]]
    date: int | None = None
    stored: bytes = b""
    number: int = 0
    vectors: Encoded | None = None
    text_key: bytes = b""


class Sort(Enum):
    """SCORE: best first, ties by id. DATE: newest first, undated last, ties by id."""

    SCORE = "score"
    DATE = "date"


class Cursor(NamedTuple):
    """The last hit of a page: its sort value (score, or date with -1 for undated) and id. The next page begins after it."""

    value: float
    id: str


class Found(NamedTuple):
    """What a search found. `total` counts all matching documents; `hits` are (id, score) of this page in order; `partial`: some of the index did not answer."""

    total: int
    hits: tuple[tuple[str, float], ...]
    partial: bool = False
    cursor: Cursor | None = None  # for the next page; None when nothing follows


class EngineInfo(NamedTuple):
    """`versions`: of the engine's library, for messages. `writers`: "one" (a lock) or "many" (a cluster)."""

    name: str
    documents: int
    versions: str
    writers: Literal["one", "many"]


class Writer(Protocol):
    """A writing session: a context manager that commits at the end, and drops what is not committed when an exception leaves it."""

    def add(self, entry: Entry) -> None:
        """Add a document, in place of any with the same id."""

    def delete(self, field: str, token: str) -> None:
        """Delete the documents that hold `token` in a "set" field."""

    def commit(self) -> None:
        """Make all that was added and deleted visible and safe from a crash."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Engine(Protocol):
    """An open index. `close()` it when done."""

    @property
    def unanswered(self) -> int:
        """How many of the questions asked so far some of the index did not answer, so that there may be more: 0 but on a cluster."""

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """The documents that match; `limit` None is all of them."""

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each field (of FACETS) how many matching documents hold each token; exact counts."""

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """The tokens of `field` that begin with `prefix`, in order, with how many documents hold them."""

    def get(self, ids: Sequence[str]) -> list[Document]:
        """The documents of these ids, in this order; unknown ids are left out."""

    def info(self) -> EngineInfo:
        """What the index is and how many documents it holds."""

    def writer(self) -> Writer:
        """Begin a writing session. Raises IndexLockedError where another process writes and the engine has one writer."""

    def close(self) -> None:
        """Let go of the index; closing twice is no error."""


def open_engine(name: str, place: Path | Cluster, *, create: bool = False) -> Engine:
    """Open the index at `place` with the engine `name`: a folder ("tantivy", "whoosh") or a cluster ("opensearch"). `create` makes an empty one where there is none.

    Raises IndexBrokenError where it cannot be opened, DiploError for an engine nobody knows.
    """
    if name not in ENGINES:
        raise DiploError(f"unknown engine {name!r}", f"engines: {', '.join(ENGINES)}")
    engine: Engine = import_module(f"diplo_cli.engines.{name}").open(place, create=create)
    return engine


EMBEDDED = ("tantivy", "whoosh")
CLUSTER = "opensearch"
ENGINES = (*EMBEDDED, CLUSTER)
"""Engines that keep and search an index, in a folder or on a cluster; each library is imported only when its engine is opened."""
