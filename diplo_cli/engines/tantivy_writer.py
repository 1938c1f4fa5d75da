"""Writing to a tantivy index: one session on an index object of its own, since a writer that lives long leaves merged segments lying about."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from diplo_cli.engines.base import Entry
from diplo_cli.engines.escape import shown
from diplo_cli.engines.expand import bounded, refuse_unwritable
from diplo_cli.engines.tantivy_fields import broken, schema, stored_document
from diplo_cli.errors import DiploError, IndexLockedError

HEAP = 128_000_000  # bytes of postings before a segment is written (2,000 to 5,000 articles); taken as it fills
LEAST_HEAP = 15_000_000  # what tantivy asks for
MERGED = 8  # segments of like size, or of up to 10,000 documents, that tantivy merges
SMALL = 10_000
WORTH_MERGING = 1_000  # documents added in a session


class TantivyWriter:
    """A writing session. `committed` is called after each commit.

    One indexing thread: it takes 0.6 ms of a document while Python and its workers take several.

    tantivy merges segments when there are eight of a kind and has no call for less, but each segment has a dictionary of its own: seven took 62 MB where one takes 24 (20,000
    articles), and each costs every search. So the last documents of a large session are held back and committed one by one, until there are eight.
    """

    def __init__(self, path: Path, committed: Callable[[], None]) -> None:
        self._committed = committed
        self._path = path
        self._added = 0
        self._held: deque[tantivy.Document | tuple[str, str]] = deque()  # documents, and deletions among them
        self._documents_held = 0
        refuse_unwritable(path)
        with broken(path):
            self._writer = _writer(path, HEAP)
            # What a killed run left: the deletions it wrote would be in the way of this one's, numbered alike.
            self._writer.garbage_collect_files()

    def add(self, entry: Entry) -> None:
        """Add a document, in place of any with the same id."""
        document = stored_document(entry)
        self.delete("id", entry.document.id)
        with broken(self._path):
            self._held.append(document)
            self._documents_held += 1
            self._added += 1
            while self._documents_held > MERGED:
                self._pass_on()

    def delete(self, field: str, token: str) -> None:
        """Delete the documents that hold `token` in a "set" field."""
        self._held.append((field, shown(field, bounded(field, token))))
        if not self._documents_held:
            with broken(self._path):
                self._pass_on()

    def commit(self) -> None:
        """Make all that was added and deleted visible and safe from a crash."""
        with broken(self._path):
            while self._held:
                self._pass_on()
            self._writer.commit()
            self._committed()

    def _pass_on(self) -> None:
        """Give tantivy the first of what is held back."""
        first = self._held.popleft()
        if isinstance(first, tuple):
            self._writer.delete_documents_by_term(*first)
        else:
            self._writer.add_document(first)
            self._documents_held -= 1

    def _commit_last(self) -> None:
        """Commit what is held back, so that there are segments to merge where this is worth while."""
        if self._added >= WORTH_MERGING and self._documents_held == MERGED:
            last = list(self._held)
            self._held.clear()
            self._writer.commit()
            small = _small_segments(self._path)
            self._held.extend(last)
            if small > 1:
                while self._held and small < MERGED:
                    left = self._documents_held
                    while self._documents_held == left:
                        self._pass_on()
                    self._writer.commit()
                    small += 1
        self.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with broken(self._path):
                    self._commit_last()
            else:
                with suppress(DiploError), broken(self._path):  # of two failures the first is told
                    self._writer.rollback()
        finally:
            with suppress(DiploError), broken(self._path):
                self._writer.wait_merging_threads()  # gives the lock back
            del self._writer
            with suppress(DiploError), broken(self._path):  # else the next writer does it
                _writer(self._path, LEAST_HEAP).garbage_collect_files()  # what was merged
            with suppress(DiploError):
                self._committed()


def _writer(path: Path, heap: int) -> tantivy.IndexWriter:
    index = tantivy.Index(schema(), str(path))
    try:
        return index.writer(heap, 1)
    except ValueError as error:
        if "LockBusy" not in str(error):
            raise
        raise IndexLockedError(
            f"another process is writing to the index in {path}", "try again when it is done"
        ) from None


def _small_segments(path: Path) -> int:
    """How many segments of up to 10,000 documents the last commit has: tantivy takes them for one size."""
    segments = json.loads((path / "meta.json").read_text(encoding="utf-8"))["segments"]
    return sum(segment["max_doc"] <= SMALL for segment in segments)
