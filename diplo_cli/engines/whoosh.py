"""The engine in pure Python: Whoosh's files and postings, for machines that tantivy has no wheel for.

Whoosh stores; its query parser, analyzers, matchers and scorers are not used (see `evaluate`). Its unpickling is
guarded (see `whoosh_pickle`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from diplo_cli.document import Document
from diplo_cli.engines import whoosh_fields  # before anything of Whoosh
from diplo_cli.engines.base import FIELDS, Cursor, EngineInfo, Entry, Found, Sort
from diplo_cli.engines.evaluate import evaluate
from diplo_cli.engines.expand import bounded, kept_tokens, plain, refuse_unwritable
from diplo_cli.engines.paging import UNDATED, Row, enough, page, rounded
from diplo_cli.engines.record import to_record, with_texts
from diplo_cli.engines.room import no_room
from diplo_cli.engines.whoosh_snapshot import Snapshot
from diplo_cli.errors import DiploError, IndexBrokenError, IndexLockedError
from diplo_cli.query.tree import Query

SEGMENT_ID = re.compile("[0-9a-z]+")


def open(path: Path, *, create: bool = False) -> WhooshEngine:  # noqa: A001 (the name every engine has)
    """Open the index at `path`; `create` makes an empty one where there is none.

    Raises IndexBrokenError where it cannot be opened.
    """
    from whoosh.index import TOC, FileIndex

    storage = whoosh_fields.Folder(path)
    with _broken(path), _closing(storage):
        if create:
            path.mkdir(parents=True, exist_ok=True)
            if TOC._latest_generation(storage, "MAIN") < 0:  # noqa: SLF001 (`exists_in` would unpickle to know)
                FileIndex.create(storage, whoosh_fields.schema())
        return WhooshEngine(path, FileIndex(storage))


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    """Whatever Whoosh raises over its files (assertions, struct errors, bare Exceptions) as IndexBrokenError."""
    try:
        yield
    except DiploError:
        raise
    except Exception as error:
        if full := no_room(path, error):
            raise full from error
        reason = " ".join(f"{type(error).__name__} {error}".split())
        message = f"the index in {path} cannot be read: {reason}"
        raise IndexBrokenError(message, "run: diplo index --rebuild") from error


@contextmanager
def _closing(folder: whoosh_fields.Folder) -> Iterator[None]:
    """Close an index's files where an error leaves it half open."""
    try:
        yield
    except BaseException:
        folder.close_all()
        raise


class WhooshEngine:
    """An open Whoosh index: a view of its last commit when it was opened, or of its own writers' since."""

    unanswered = 0

    def __init__(self, path: Path, index: Any) -> None:
        self._path = path
        self.index = index
        if whoosh_fields.outline(index.schema) != whoosh_fields.outline(whoosh_fields.schema()):
            message = "its fields are not those of this diplo"
            raise ValueError(message)
        for segment in index._segments():  # noqa: SLF001 (the only way to them)
            if segment.indexname != "MAIN" or not SEGMENT_ID.fullmatch(segment.segid):
                message = "a segment lies outside of it"
                raise ValueError(message)
        self._snapshot = Snapshot(index.reader())

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """One page of the documents that match, as the seam says."""
        query = plain(query)
        with _broken(self._path):
            scores = {document: rounded(score) for document, score in evaluate(query, self._snapshot).items()}
            values: dict[int, float] = scores
            if sort is Sort.DATE:
                values = dict.fromkeys(scores, float(UNDATED))
                values.update(
                    (document, float(date)) for document, date in self._snapshot.dated() if document in scores
                )
            hits = sorted(((value, document) for document, value in values.items()), reverse=True)
            if limit is not None:
                hits = enough(hits, limit, after, complete=True) or []
            documents = [document for _, document in hits]
            ids = self._snapshot.ids(documents)
            rows = [Row(value, id_, scores[document]) for (value, document), id_ in zip(hits, ids, strict=True)]
            return page(rows, len(scores), limit, after)

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching documents by token, as the seam says. Reads every posting of the fields."""
        query = plain(query)
        with _broken(self._path):
            matching = evaluate(query, self._snapshot).keys()
            found: dict[str, dict[str, int]] = {}
            for field in fields:
                counts = {
                    token: sum(posting.document in matching for posting in self._snapshot.postings(field, token))
                    for token in dict.fromkeys(self._snapshot.tokens(field, ""))
                }
                found[field] = {token: count for token, count in counts.items() if count}
            return found

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """List tokens as the seam says. Counts postings where anything was deleted: some 15 µs each."""
        with _broken(self._path):
            tokens = sorted(set(self._snapshot.tokens(field, bounded(field, prefix))))
            counted = [(token, self._snapshot.frequency(field, token)) for token in tokens]
            return [(token, documents) for token, documents in counted if documents]

    def get(self, ids: Sequence[str]) -> list[Document]:
        """Give the documents of these ids, as the seam says."""
        return with_texts(self._stored(ids), self._stored)

    def _stored(self, ids: Sequence[str]) -> list[Document]:
        with _broken(self._path):
            return [
                self._snapshot.stored(posting.document)
                for one in ids
                for posting in self._snapshot.postings("id", bounded("id", one))
            ]

    def info(self) -> EngineInfo:
        """Tell Whoosh's version."""
        import whoosh

        return EngineInfo("whoosh", self._snapshot.size(), f"Whoosh {whoosh.versionstring()}", "one")

    def writer(self) -> WhooshWriter:
        """Begin a writing session, as the seam says."""
        return WhooshWriter(self, self._path)

    def close(self) -> None:
        """Close the files. Nothing is asked of the index afterwards."""
        self._snapshot.close()
        self.index.storage.close_all()

    def refresh(self) -> None:
        """See what was committed since."""
        self._snapshot.close()
        self._snapshot = Snapshot(self.index.reader())


class WhooshWriter:
    """A writing session: one lock, and a writer of Whoosh's for each commit.

    Whoosh cannot delete what it has not committed, so the set tokens of added documents are kept until then.
    """

    def __init__(self, engine: WhooshEngine, path: Path) -> None:
        self._engine = engine
        self._path = path
        refuse_unwritable(path)
        with _broken(path):
            self._lock = engine.index.lock("WRITELOCK")
            if not self._lock.acquire():
                message = f"another process is writing to the index in {path}"
                raise IndexLockedError(message, "try again when it is done")
            try:
                self._begin()
            except BaseException:
                self._lock.release()
                raise

    def _begin(self) -> None:
        from whoosh.codec.whoosh3 import W3Codec, W3Segment
        from whoosh.writing import SegmentWriter

        # Whoosh draws the names of segments from `random`: where a caller has seeded that, two get one name.
        codec = W3Codec()
        codec.new_segment = lambda _storage, name: W3Segment(W3Codec(), name, segid=os.urandom(8).hex())
        self._writer = SegmentWriter(self._engine.index, codec=codec, _lk=False)
        self._before = Snapshot(self._writer.reader())
        self._added: dict[tuple[str, str], list[int]] = {}
        self._changed = False

    def add(self, entry: Entry) -> None:
        """Add a document, in place of any with the same id."""
        tokens = kept_tokens(entry)
        self.delete("id", entry.document.id)
        with _broken(self._path):
            number = self._writer.docnum
            date = UNDATED if entry.date is None else entry.date
            self._writer.add_document(document=entry.stored or to_record(entry.document), date=date, **tokens)
            self._changed = True
            for field, held in tokens.items():
                if FIELDS[field] == "set":
                    for token in held:
                        self._added.setdefault((field, token), []).append(number)

    def delete(self, field: str, token: str) -> None:
        """Delete the documents that hold `token` in a "set" field."""
        key = bounded(field, token)
        with _broken(self._path):
            for posting in list(self._before.postings(field, key)):
                self._writer.delete_document(posting.document)
                self._changed = True
            fresh = self._writer.newsegment
            for number in self._added.pop((field, key), ()):
                if not fresh.is_deleted(number):
                    fresh.delete_document(number)

    def commit(self) -> None:
        """Make all that was added and deleted visible and safe from a crash."""
        with _broken(self._path):
            self._end(keep=True)
            self._begin()

    def _end(self, *, keep: bool) -> None:
        self._before.close()
        if keep and self._changed:
            # Whoosh merges small segments only: one that has lost half of its documents would stay.
            lost = self._writer.deleted_count() * 2 > sum(one.doc_count_all() for one in self._writer.segments)
            self._writer.commit(optimize=lost)
            self._engine.refresh()
        else:
            self._writer.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _broken(self._path):
            try:
                self._end(keep=kind is None)
            finally:
                self._lock.release()
