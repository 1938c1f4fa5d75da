"""Building and updating an index: which files are new, changed or gone, and the commits that make them found.

One writer at a time holds the lock. Documents are committed every 5,000 or every minute; the rows of their files are written after the commit, so that an
interrupted run is continued by the next: a file without a row is read again, in place of what there may be of it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from diplo_cli.config import DEFAULT_ENGINE
from diplo_cli.engines.base import Writer, open_engine
from diplo_cli.errors import DiploError, IndexBrokenError, IndexLockedError, LibraryError, ReadingError
from diplo_cli.indexing.entries import Problem
from diplo_cli.indexing.workers import Read, Task, digest, read_files
from diplo_cli.library.locate import Library, Source
from diplo_cli.library.manifest import (
    MEND,
    FileTable,
    Head,
    Row,
    current_generation,
    read_head,
    use_generation,
    write_head,
)
from diplo_cli.library.scan import File, missing_source, scan, stamp
from diplo_cli.text.analysis import VERSION

BATCH_DOCUMENTS = 5_000
BATCH_SECONDS = 60.0
ENGINE_FOLDER = "engine"
Progress = Callable[[int, int], None]  # files done, files to do


class Outcome(NamedTuple):
    """What became of a file: "indexed", "unchanged", "removed", "skipped" or "failed"; `documents` it holds; `reason` for what is not as it should be."""

    path: str
    outcome: str
    documents: int
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an update did. `warnings` are about sources; `documents` is how many the library now holds."""

    outcomes: tuple[Outcome, ...]
    warnings: tuple[str, ...]
    documents: int
    seconds: float

    def count(self, outcome: str) -> int:
        """How many files have this outcome."""
        return sum(each.outcome == outcome for each in self.outcomes)

    def troubles(self) -> list[str]:
        """A line for each thing that is not as it should be: sources that are missing, files that could not be read."""
        bad = [each for each in self.outcomes if each.outcome in ("failed", "skipped")]
        return [*self.warnings, *(f"{each.path} was not indexed: {each.reason}" for each in bad)]


@dataclass(frozen=True, slots=True)
class Request:
    """How to update. `engine` "" keeps what the index has. `wait`: for another writer to finish, else it is refused."""

    engine: str = ""
    rebuild: bool = False
    forget_missing: bool = False
    jobs: int = 1
    wait: bool = False


@contextmanager
def writing(library: Library, *, wait: bool) -> Iterator[None]:
    """Hold the library's lock. Raises IndexLockedError where another process has it and `wait` is false; LibraryError where the folder cannot be written."""
    from filelock import FileLock, Timeout  # 33 ms; only writers pay it

    lock, holder = library.index_folder / "lock", library.index_folder / "writer"
    try:
        library.index_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=-1 if wait else 0):
            import os

            holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
            yield
    except Timeout as error:
        process = holder.read_text(encoding="utf-8").strip() if holder.exists() else "unknown"
        raise IndexLockedError(
            f"another diplo (process {process}) is writing this library's index",
            "wait for it, or stop it, then try again",
        ) from error
    except (PermissionError, NotADirectoryError) as error:
        raise LibraryError(f"the index cannot be written: {error}", "check the permissions of index/") from error


def update(library: Library, request: Request, progress: Progress | None = None) -> IndexReport:
    """Bring the index up to date, building it where there is none. Raises IndexLockedError, IndexBrokenError, LibraryError."""
    if not library.sources:
        raise LibraryError("this library has no documents yet", "add some: diplo index FOLDER")
    with writing(library, wait=request.wait):
        try:
            return _Update(library, request, progress or (lambda _done, _all: None)).run()
        except OSError as error:
            raise DiploError(f"the index could not be written: {error}", "what was committed before is kept") from error


class _Update:
    """One update, under the lock."""

    def __init__(self, library: Library, request: Request, progress: Progress) -> None:
        self.library, self.request, self.progress = library, request, progress
        self.outcomes: list[Outcome] = []
        self.warnings: list[str] = []
        self.pending: list[Row] = []  # rows whose documents are not committed yet
        self.pending_ids: dict[str, str] = {}  # id -> key, of files whose rows are not written yet
        self.uncommitted = 0
        self.committed_at = 0.0

    def run(self) -> IndexReport:
        began = self.committed_at = time.monotonic()
        current = None if self.request.rebuild else current_generation(self.library)
        self.scan = scan(self.library)
        self.outcomes += [Outcome(path, "skipped", 0, reason) for path, reason in self.scan.skipped]
        self._check_missing()
        generation = current or self._new_generation()
        if current is None and not self.request.rebuild:
            use_generation(self.library, generation)  # from here on an interrupted build is continued
        head = self._head(generation)
        self._remove_generations(generation)
        engine = open_engine(head.engine, generation / ENGINE_FOLDER, create=current is None)
        self.table = FileTable(generation)
        try:
            with engine.writer() as writer:
                self._write(writer)
            self._record()
            write_head(
                generation, head._replace(files=len(self.scan.files), stamp=stamp(self.library, self.scan.files))
            )
            documents = engine.info().documents
        finally:
            self.table.close()
            engine.close()
        if self.request.rebuild:
            use_generation(self.library, generation)
        return IndexReport(tuple(self.outcomes), tuple(self.warnings), documents, time.monotonic() - began)

    def _new_generation(self) -> Path:
        numbers = [int(path.name) for path in self.library.index_folder.iterdir() if path.name.isdecimal()]
        generation = self.library.index_folder / str(max(numbers, default=0) + 1)
        (generation / ENGINE_FOLDER).mkdir(parents=True)
        engine = self.request.engine or self.library.engine or DEFAULT_ENGINE
        open_engine(engine, generation / ENGINE_FOLDER, create=True).close()
        write_head(generation, Head(engine=engine, analysis=VERSION, files=len(self.scan.files)))
        return generation

    def _head(self, generation: Path) -> Head:
        head = read_head(generation)
        if head.analysis != VERSION:
            raise IndexBrokenError("the index was built by another version of diplo", MEND)
        if self.request.engine and self.request.engine != head.engine:
            raise IndexBrokenError(
                f"the index was built with the engine {head.engine}, not {self.request.engine}",
                f"run: diplo index --rebuild --engine {self.request.engine}",
            )
        return head

    def _remove_generations(self, used: Path) -> None:
        kept = {used.name}
        if self.request.rebuild:
            try:
                current = current_generation(self.library)
            except IndexBrokenError:
                current = None
            kept |= {current.name} if current else set()
        for path in self.library.index_folder.iterdir():
            if path.name.isdecimal() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _check_missing(self) -> None:
        for source in self.scan.missing:
            name = self.library.key(source.path)
            if self.request.rebuild and not self.request.forget_missing and not source.path.exists():
                raise LibraryError(
                    f"the source {name} is missing; a rebuild would lose its documents",
                    "bring it back, or run: diplo index --rebuild --forget-missing",
                )
            self.warnings.append(missing_source(self.library, source))

    def _write(self, writer: Writer) -> None:
        known = {row.key: row for row in self.table.rows()}
        changed = []
        for file in self.scan.files:
            row = known.pop(file.key, None)
            if row is not None and self._unchanged(file, row):
                self.outcomes.append(Outcome(file.key, "unchanged", len(row.ids), row.reason))
            else:
                changed.append(file)
        gone = [key for key in known if not any(_within(self.library.file(key), s) for s in self.scan.missing)]
        for key in gone:
            writer.delete("path", key)
            self.outcomes.append(Outcome(key, "removed", 0, ""))
        if gone:
            writer.commit()
            self.table.write((), gone)
        for done, (file, read) in enumerate(
            zip(changed, read_files([self._task(file) for file in changed], self.request.jobs), strict=True)
        ):
            self.progress(done, len(changed))
            self._index(writer, file, read)
        self.progress(len(changed), len(changed))

    def _task(self, file: File) -> Task:
        path = self.library.file(file.key)
        prefix = next((source.prefix for source in self.library.sources if _within(path, source)), "")
        return Task(path, file.key, file.id, prefix, file.size)

    def _unchanged(self, file: File, row: Row) -> bool:
        if row.id != file.id:
            return False
        if (row.size, row.mtime) == (file.size, file.mtime):
            return True
        if row.size != file.size or row.digest != digest(self.library.file(file.key)):
            return False
        self.pending.append(row._replace(mtime=file.mtime))
        return True

    def _index(self, writer: Writer, file: File, read: Read) -> None:
        """Add a file's documents, in place of those it had."""
        writer.delete("path", file.key)
        ids: dict[str, None] = {}
        reason = read.failure
        try:
            for item in read.items:
                if isinstance(item, Problem):
                    reason = f"{item.where}: {item.reason}"
                    self.outcomes.append(Outcome(file.key, "failed", 0, reason))
                elif taken := self._taken_by(item.document.id, file.key, ids):
                    reason = f"the id {item.document.id!r} is taken by {taken}"
                    self.outcomes.append(Outcome(file.key, "failed", 0, reason))
                else:
                    writer.add(item)
                    ids[item.document.id] = None
                    self.pending_ids[item.document.id] = file.key
                    self._commit_when_due(writer)
        except ReadingError as error:
            reason = error.message
        if ids:
            self.outcomes.append(Outcome(file.key, "indexed", len(ids), ""))
        elif reason and (not self.outcomes or self.outcomes[-1].path != file.key):
            self.outcomes.append(Outcome(file.key, "failed", 0, reason))
        self.pending.append(
            Row(
                file.key,
                file.id,
                file.size,
                file.mtime,
                read.digest,
                "indexed" if ids else "failed",
                reason,
                tuple(ids),
            )
        )

    def _taken_by(self, document_id: str, key: str, ids: Container[str]) -> str:
        """The file that has a document of this id already, "" where none has. `ids`: of the file `key` so far."""
        if document_id in ids:
            return key
        owner = self.pending_ids.get(document_id) or self.table.owner(document_id) or ""
        return "" if owner == key else owner

    def _commit_when_due(self, writer: Writer) -> None:
        self.uncommitted += 1
        if self.uncommitted >= BATCH_DOCUMENTS or time.monotonic() - self.committed_at > BATCH_SECONDS:
            writer.commit()
            self._record()

    def _record(self) -> None:
        """Write the rows of what has been committed."""
        self.table.write(self.pending)
        self.pending, self.pending_ids = [], {}
        self.uncommitted, self.committed_at = 0, time.monotonic()


def _within(path: Path, source: Source) -> bool:
    return path == source.path or source.path in path.parents
