"""Building and updating an index: which files are new, changed or gone, and the commits that make them found.

Documents are committed every 5,000 or every minute. The rows of files that are to be read are taken out before, and written after the commit of their documents: a file
without a row is read again, in place of what there may be of it, so that an interrupted run is continued by the next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event
from typing import NamedTuple

from diplo_cli.config import Meaning, chosen
from diplo_cli.engines.base import Writer
from diplo_cli.engines.expand import bounded
from diplo_cli.errors import DiploError, LibraryError, ReadingError
from diplo_cli.indexing.articles import differs
from diplo_cli.indexing.check import seal
from diplo_cli.indexing.duplicates import Texts
from diplo_cli.indexing.entries import Problem, place
from diplo_cli.indexing.generations import (
    Generation,
    interrupted_rebuild,
    new_generation,
    open_generation,
    readable_current,
    remove_generations,
    writing,
)
from diplo_cli.indexing.interrupt import interruption
from diplo_cli.indexing.losses import refuse_loss
from diplo_cli.indexing.opening import on_cluster
from diplo_cli.indexing.part import Part
from diplo_cli.indexing.report import IndexReport, IndexStopped, Outcome, Progress, Watcher
from diplo_cli.indexing.sites import learn
from diplo_cli.indexing.workers import Read, Task, digest, read_files
from diplo_cli.language import require
from diplo_cli.library.locate import CURRENT, Library
from diplo_cli.library.manifest import Head, Row, current_generation, read_head, use_generation, write_head
from diplo_cli.library.scan import File, Scan, missing_source, scan, stamp
from diplo_cli.meaning.encoder import require as require_encoder
from diplo_cli.meaning.encoder import require_same
from diplo_cli.reading.read import reason

BATCH_DOCUMENTS = 5_000
BATCH_SECONDS = 60.0
LOST = "what the index was built with could not be read: engine, detector and meaning are as the settings say"


@dataclass(frozen=True, slots=True)
class Request:
    """How to update. `engine` and `detector` "" keep what the index has. `wait`: for another writer to finish, else it is refused.

    `variables`: of the environment (DIPLO_ENGINE, DIPLO_DETECTOR, DIPLO_CONFIG, DIPLO_DEBUG). `batch`: documents added between two commits.
    `meaning`: what of documents gets vectors, at the least: more where the index or its library says so. `part`: only these of the files, on a cluster.
    `no_meaning`: give them none, whatever the library or the index before says.
    """

    engine: str = ""
    rebuild: bool = False
    forget_missing: bool = False
    jobs: int = 1
    wait: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)
    batch: int = BATCH_DOCUMENTS
    detector: str = ""
    meaning: Meaning = ""
    part: Part | None = None
    no_meaning: bool = False


def update(library: Library, request: Request, watcher: Watcher | None = None) -> IndexReport:
    """Bring the index up to date, building it where there is none. Raises IndexLockedError, IndexBrokenError, LibraryError; IndexStopped on Ctrl-C."""
    if not library.sources and not (library.index_folder / CURRENT).exists():
        raise LibraryError(f"the library {library.root} has no documents yet", "add some: diplo index FOLDER")
    with writing(library, wait=request.wait, part=str(request.part or "")):
        began = time.monotonic()
        try:
            found = _scanned(library, request)
            generation, finish = _opened(library, request, found)
            try:
                run = _Update(library, request, watcher or (lambda _progress: None), found, generation)
                run.run()
                run.warnings += filter(None, [finish()])
                documents = generation.engine.info().documents
            finally:
                generation.close()
        except OSError as error:
            raise DiploError(f"the index could not be written: {error}", "what was committed before is kept") from error
    return IndexReport(tuple(run.outcomes), tuple(run.warnings), documents, time.monotonic() - began)


def _scanned(library: Library, request: Request) -> Scan:
    """The files to index: all, or those of the part asked for."""
    found = scan(library)
    if request.part is None:
        return found
    return found._replace(files=[file for file in found.files if request.part.holds(file.key)])


def _opened(library: Library, request: Request, found: Scan) -> tuple[Generation, Callable[[], str]]:
    """The generation to write to, and what is to be done when all is written, which gives a warning or ""."""
    if on_cluster(library, request.engine, request.variables, rebuild=request.rebuild):
        if request.rebuild and not request.forget_missing:
            refuse_loss(library, readable_current(library)[0], found)
        if (request.meaning or library.meaning) and not request.no_meaning:
            raise LibraryError(
                "meaning needs an index in a folder: on a cluster no vectors are kept",
                "leave --meaning and meaning = true out, or: diplo index --rebuild --engine tantivy",
            )
        from diplo_cli.indexing.cluster import begin

        return begin(library, request)
    if request.part is not None:
        raise LibraryError(
            "--part shares the writing of an index on a cluster", "leave it out, or: --engine opensearch"
        )
    if not request.rebuild:
        return _begin(library, request, found), lambda: ""
    generation = _begin_rebuild(library, request, found)

    lost = (library.index_folder / CURRENT).exists() and readable_current(library)[1] is None

    def finish() -> str:
        use_generation(library, generation.folder)
        return LOST if lost else ""

    return generation, finish


def _begin(library: Library, request: Request, found: Scan) -> Generation:
    """The generation in use, made where there is none: from then on an interrupted building is continued."""
    folder = current_generation(library)
    if folder is None:
        engine = chosen("engine", request.engine, request.variables, library.engine)
        detector = chosen("detector", request.detector, request.variables, library.detector)
        require(detector)
        meaning = _meaning(library, request)
        folder = new_generation(library, engine, detector, len(found.files), meaning)
        use_generation(library, folder)
    elif request.no_meaning and read_head(folder).meaning:
        raise LibraryError(
            f"the index in {library.index_folder} was built with meaning", "run: diplo index --rebuild --no-meaning"
        )
    generation = open_generation(folder, request.engine, request.detector, request.meaning)
    remove_generations(library, {folder})
    return generation


def _begin_rebuild(library: Library, request: Request, found: Scan) -> Generation:
    """A generation beside the one in use: a rebuild that was interrupted, else a new one."""
    current, head = readable_current(library)
    if not request.forget_missing:
        refuse_loss(library, current, found)
    built = head or Head("", 0, detector="")
    engine = chosen("engine", request.engine, request.variables, library.engine, built.engine)
    detector = chosen("detector", request.detector, request.variables, library.detector, built.detector)
    require(detector)
    meaning = _meaning(library, request, built.vectors)
    generation = interrupted_rebuild(library, current, engine, detector, meaning)
    if generation is None:
        generation = open_generation(new_generation(library, engine, detector, len(found.files), meaning))
    remove_generations(library, {generation.folder, current})
    return generation


def _meaning(library: Library, request: Request, built_with: Meaning = "") -> Meaning:
    """What of documents gets vectors: the most that anything says. Raises DiploError where that needs an encoder that is not installed."""
    stated = {request.meaning, library.meaning, "" if library.no_meaning else built_with}
    if request.no_meaning or stated == {""}:
        return ""
    require_encoder()
    return "passages" if "passages" in stated else "lead"


class _Plan(NamedTuple):
    """What an update has to do: files to read, keys of files that are gone, and documents (by path) that a killed run left without a row."""

    changed: Sequence[File]
    gone: Sequence[str]
    ghosts: Sequence[str]


class _Update:
    """One update of an open generation, under the lock."""

    def __init__(
        self, library: Library, request: Request, watcher: Watcher, found: Scan, generation: Generation
    ) -> None:
        self.library, self.request, self.watcher = library, request, watcher
        self.scan, self.generation, self.table = found, generation, generation.table
        self.outcomes = [Outcome(path, "skipped", 0, why) for path, why in found.skipped]
        self.warnings: list[str] = []
        self.pending: list[Row] = []  # rows whose documents are not committed yet
        self.pending_ids: dict[str, str] = {}  # id -> key, of files whose rows are not written yet
        self.added = self.uncommitted = 0
        self.committed_at = time.monotonic()

    def run(self) -> None:
        self._warn_of_missing()
        plan = self._plan()
        head, folder = self.generation.head, self.generation.folder
        if plan.changed:
            require(head.detector)
            if head.meaning:
                require_same(head.meaning)
                require_encoder()
            if warning := differs(head, (file.key for file in plan.changed)):
                self.warnings.append(warning)
        if any(plan):
            write_head(folder, head._replace(stamp=None))
            # A file whose documents are about to be replaced holds no id: another file may have taken it over.
            self.table.write((), (*plan.gone, *(file.key for file in plan.changed)))
            with interruption() as asked, self.generation.engine.writer() as writer:
                left = self._write(writer, plan, asked)
                self._commit_vectors()
            self._record()
            if left:
                raise IndexStopped(self.added, left)
        self._record()
        if plan.changed and self.generation.vectors:
            self.generation.vectors.tidy(self._indexed)
        if any(plan) or head.stamp is None:
            seal(self.generation)
        files = self.scan.files
        write_head(folder, head._replace(files=len(files), stamp=stamp(self.library, files), complete=True))

    def _warn_of_missing(self) -> None:
        for source in self.scan.missing:
            if self.request.rebuild:
                state = "empty" if source.path.exists() else "missing"
                self.warnings.append(f"the source {self.library.key(source.path)} is {state}")
            else:
                self.warnings.append(missing_source(self.library, source))

    def _plan(self) -> _Plan:
        known = {row.key: row for row in self.table.rows()}
        names = {bounded("path", key) for key in known}
        changed = []
        for file in self.scan.files:
            row = known.pop(file.key, None)
            if row is not None and self._unchanged(file, row):
                self.outcomes.append(Outcome(file.key, "unchanged", len(row.ids), row.reason))
            else:
                changed.append(file)
        unread = {path for path, _ in self.scan.skipped}
        missing = {str(source.path) for source in self.scan.missing}
        stay = [key for key in known if self._lies_in(key, unread)]
        if stay:
            self.warnings.append(f"what was indexed from {len(stay):,} files that cannot be read now stays")
        gone = [key for key in known if not self._lies_in(key, unread | missing)]
        self.outcomes += [Outcome(key, "removed", 0, "") for key in gone]
        ghosts: list[str] = []
        if self.generation.head.stamp is None:
            names |= {bounded("path", file.key) for file in self.scan.files}
            left = [path for path, _ in self.generation.engine.terms("path", "") if path not in names]
            ghosts = [path for path in left if not self._lies_in(path, unread | missing)]
        return _Plan(changed, gone, ghosts)

    def _write(self, writer: Writer, plan: _Plan, asked: Event) -> int:
        """Add and delete what the plan says. Gives how many files are left because Ctrl-C was `asked` for."""
        gone = (*plan.gone, *plan.ghosts)
        texts = Texts(self.generation.engine, (*gone, *(file.key for file in plan.changed)))
        texts.hand_on(writer)
        for key in gone:
            writer.delete("path", key)
        tasks = [self._task(file) for file in plan.changed]
        repeated = learn(self.table, [(task.path, task.key, task.size) for task in tasks], asked)
        done, total = 0, sum(file.size for file in plan.changed)
        with closing(read_files(tasks, self.request.jobs, repeated)) as reads:
            for number, file in enumerate(plan.changed):
                if asked.is_set():
                    return len(tasks) - number
                for _ in self._index(writer, texts, file, next(reads)):
                    self.watcher(Progress(done, total, self.added))
                    if asked.is_set():
                        return len(tasks) - number
                done += file.size
                self.watcher(Progress(done, total, self.added))
        return 0

    def _task(self, file: File) -> Task:
        prefixes = (s.prefix for s in self.library.sources if self._lies_in(file.key, {str(s.path)}))
        debug = bool(self.request.variables.get("DIPLO_DEBUG"))
        detector = self.generation.head.detector
        prefix, meaning = next(prefixes, ""), self.generation.head.vectors
        return Task(self.library.file(file.key), file.key, file.id, prefix, file.size, debug, detector, meaning)

    def _lies_in(self, key: str, places: Container[str]) -> bool:
        """Whether a file is one of these files, or in one of these folders."""
        path, below = str(self.library.file(key)), ""
        while path != below:
            if path in places:
                return True
            path, below = os.path.dirname(path), path  # noqa: PTH120 (of a string, as paths are compared here)
        return False

    def _unchanged(self, file: File, row: Row) -> bool:
        """Whether a file needs no reading: one that failed is tried again, as what was in its way may be gone."""
        if row.id != file.id or row.outcome == "failed" or not row.digest or row.size != file.size:
            return False
        if row.mtime == file.mtime:
            return True
        if row.digest != digest(self.library.file(file.key)):
            return False
        self.pending.append(row._replace(mtime=file.mtime))
        return True

    def _index(self, writer: Writer, texts: Texts, file: File, read: Read) -> Iterator[None]:
        """Add a file's documents, in place of those it had; pauses between them. A file that is not taken to its end has no row and is read again."""
        writer.delete("path", file.key)
        ids: dict[str, str] = {}  # all of this file
        problems = [read.failure] if read.failure else []
        again = False  # whether the file is to be read again though it does not change
        try:
            for item in read.items:
                if ids:
                    yield
                if isinstance(item, Problem):
                    problems.append(item.told)
                    again |= item.unexpected
                elif taken := self._taken_by(item.document.id, file.key, ids):
                    why = f"the id {item.document.id!r} is taken by {taken}"
                    problems.append(Problem(place(file.key, item.number), why).told)
                    again |= taken != file.key
                else:
                    writer.add(texts.once(item))
                    if item.vectors and self.generation.vectors:
                        self.generation.vectors.add(item.document.id, *item.vectors)
                    ids[item.document.id] = file.key
                    self.added += 1
                    self.uncommitted += 1
                    if self.uncommitted >= self.request.batch or time.monotonic() - self.committed_at > BATCH_SECONDS:
                        self._commit_vectors()
                        writer.commit()
                        self._record()
        except ReadingError as error:
            problems.append(reason(error, file.key))
        self.pending_ids |= ids  # also after a commit amid the file, which has no row yet
        self.outcomes += [Outcome(file.key, "failed", 0, problem) for problem in problems]
        if ids:
            self.outcomes.append(Outcome(file.key, "indexed", len(ids), ""))
        outcome = "indexed" if ids else "failed"
        last = problems[-1] if problems else ""
        kept = "" if again else read.digest
        self.pending.append(Row(file.key, file.id, file.size, file.mtime, kept, outcome, last, tuple(ids)))

    def _indexed(self) -> Callable[[str], bool]:
        """What tells whether the index has a document of an id, of which it keeps the beginning where it is long."""
        there = {one for one, _ in self.generation.engine.terms("id", "")}
        return lambda one: bounded("id", one) in there

    def _commit_vectors(self) -> None:
        """Write the vectors of what the engine commits next: a vector without a document is no hit, a document without its vector would be missed."""
        if self.generation.vectors:
            self.generation.vectors.commit()

    def _taken_by(self, document_id: str, key: str, ids: Container[str]) -> str:
        """The file that has a document of this id already, "" where none has. `ids`: of the file `key` so far."""
        if document_id in ids:
            return key
        return self.pending_ids.get(document_id) or self.table.owner(document_id) or ""

    def _record(self) -> None:
        """Write the rows of what has been committed."""
        self.table.write(self.pending)
        self.pending, self.pending_ids = [], {}
        self.uncommitted, self.committed_at = 0, time.monotonic()
