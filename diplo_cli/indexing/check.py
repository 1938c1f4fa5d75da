"""Whether an index is whole: what opening it does not notice, such as a flipped byte among postings.

Opening stays cheap: the sums are made when an update ends, of the files it wrote, and compared only when asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from diplo_cli.engines.base import CLUSTER
from diplo_cli.errors import MEND, IndexBrokenError, LibraryError
from diplo_cli.indexing.generations import Generation, open_generation, writing
from diplo_cli.indexing.opening import NONE_SET, on_cluster
from diplo_cli.library.locate import Library
from diplo_cli.library.manifest import ENGINE_FOLDER, Piece, current_generation
from diplo_cli.meaning.vectors import FOLDER as MEANING_FOLDER
from diplo_cli.query.tree import All

AT_ONCE = 1 << 20  # bytes
PASSED_OVER = (".lock", "LOCK", ".managed.json")
TEMPORARY = "new."  # begins the names of vectors that were not written to their end
REWRITTEN = "meta.json"  # by every commit; all other files are written once
NAMED = 3  # damaged files that an error names


class Checked(NamedTuple):
    """A whole index: documents, files of the engine and of vectors (none on a cluster, which keeps sums of its own) and their bytes.

    `unfinished`: its last update was interrupted, so some files have no sums yet.
    """

    documents: int
    files: int
    size: int
    unfinished: bool


def seal(generation: Generation) -> None:
    """Note the sums of the files of the engine and of vectors; those that did not change keep theirs. A cluster's are its own."""
    if generation.head.engine == CLUSTER:
        return
    known = {(piece.name, piece.size, piece.mtime): piece for piece in generation.table.pieces()}
    generation.table.keep_pieces([known.get(state) or Piece(*state, _crc(path)) for path, state in _files(generation)])


def check(library: Library, engine: str = "", detector: str = "", variables: Mapping[str, str] = NONE_SET) -> Checked:
    """Read the whole index. `engine` and `detector`, where given, must be those it was built with; `variables` of the environment say where a cluster is.

    Raises IndexBrokenError, which names what is damaged; LibraryError where there is no index; IndexLockedError where another process is writing.
    """
    if on_cluster(library, engine, variables):
        return _checked_cluster(library, engine, detector, variables)
    with _undisturbed(library):
        folder = current_generation(library)
        if folder is None:
            raise LibraryError(f"the library {library.root} has no index yet", "build it: diplo index")
        generation = open_generation(folder, engine, detector)
        try:
            return _checked(generation)
        finally:
            generation.close()


@contextmanager
def _undisturbed(library: Library) -> Iterator[None]:
    """Keep writers out; where nothing can be written there are none."""
    with ExitStack() as lock:
        with suppress(LibraryError):
            lock.enter_context(writing(library, wait=False))
        yield


def _checked(generation: Generation) -> Checked:
    unfinished = generation.head.stamp is None
    there = {state[0]: (path, state[1]) for path, state in _files(generation)}
    generation.table.verify()
    damaged = []
    for piece in generation.table.pieces():
        if piece.name not in there:
            if not unfinished:  # an interrupted update may have merged it away
                damaged.append(f"{piece.name} is missing")
            continue
        path, size = there[piece.name]
        if size < piece.size:
            damaged.append(f"{piece.name} is cut off")
        elif _crc(path) != piece.crc and not (unfinished and piece.name == REWRITTEN):
            damaged.append(f"{piece.name} has changed")
    if damaged:
        more = f" and {len(damaged) - NAMED} more" if len(damaged) > NAMED else ""
        raise IndexBrokenError(f"the index in {generation.folder} is damaged: {', '.join(damaged[:NAMED])}{more}", MEND)
    documents = generation.engine.info().documents
    told = sum(len(row.ids) for row in generation.table.rows())
    if told != documents and not unfinished:
        raise IndexBrokenError(
            f"the index in {generation.folder} is damaged: it holds {documents:,} documents, its table of files tells of {told:,}",
            MEND,
        )
    return Checked(documents, len(there), sum(size for _, size in there.values()), unfinished)


def _checked_cluster(library: Library, engine: str, detector: str, variables: Mapping[str, str]) -> Checked:
    """Of an index on a cluster: that every part of it answers, with the documents that the table of files tells of."""
    from diplo_cli.indexing.cluster import open_table
    from diplo_cli.indexing.table import PENDING

    generation = open_table(library, variables, engine, detector)
    try:
        rows = list(generation.table.rows())
        found = generation.engine.search(All(), limit=0)
        if found.partial:
            raise IndexBrokenError("part of the index on the cluster does not answer", "try again when it is whole")
        unfinished = any(row.outcome == PENDING for row in rows)
        told = len({each for row in rows for each in row.ids})
        if told != found.total and not unfinished:
            raise IndexBrokenError(
                f"the index of {library.root} is damaged: the cluster holds {found.total:,} documents, its table of files tells of {told:,}",
                MEND,
            )
        return Checked(found.total, 0, 0, unfinished)
    finally:
        generation.close()


def _files(generation: Generation) -> Iterator[tuple[Path, tuple[str, int, int]]]:
    """The files of the engine and of vectors, each with its name, size and time of change; locks and tantivy's list of what may be removed left out."""
    for path in sorted((generation.folder / ENGINE_FOLDER).iterdir()):
        if path.is_file() and not path.name.endswith(PASSED_OVER):
            yield path, _state(path, path.name)
    vectors = generation.folder / MEANING_FOLDER
    for path in sorted(vectors.iterdir()) if vectors.is_dir() else ():
        if path.is_file() and not path.name.startswith(TEMPORARY):
            yield path, _state(path, f"{MEANING_FOLDER}/{path.name}")


def _state(path: Path, name: str) -> tuple[str, int, int]:
    status = path.stat()
    return name, status.st_size, status.st_mtime_ns


def _crc(path: Path) -> int:
    """CRC-32 of a file: an eighth of the time of SHA-256, and damage is no attacker."""
    crc = 0
    with path.open("rb") as stream:
        while part := stream.read(AT_ONCE):
            crc = zlib.crc32(part, crc)
    return crc
