"""Indexing to a cluster: the generation there, and what this machine keeps beside it.

The documents and the table of files are on the cluster, where every machine finds them. `index/` holds only the head of a
generation: that the library is on a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from diplo_cli.engines import opensearch_indices as indices
from diplo_cli.engines.base import CLUSTER
from diplo_cli.engines.opensearch import OpenSearchEngine
from diplo_cli.engines.opensearch_fields import mappings
from diplo_cli.engines.opensearch_http import OPENING, Client
from diplo_cli.engines.opensearch_place import cluster_of
from diplo_cli.engines.opensearch_rows import Rows
from diplo_cli.errors import IndexBrokenError
from diplo_cli.indexing.generations import Generation, readable_current, remove_generations, writing
from diplo_cli.indexing.part import WHOLE, Part, place_of
from diplo_cli.library.locate import Library
from diplo_cli.library.manifest import MEND, FileTable, Head, Row, usable_head, use_generation, write_head
from diplo_cli.text.analysis import VERSION

ENGINE_FOLDER = "engine"
PENDING = "pending"  # the outcome of a file whose documents are not committed yet
BATCH = 5_000


def open_cluster(
    library: Library, variables: Mapping[str, str], say: Callable[[str], None], engine: str = ""
) -> OpenSearchEngine:
    """The library's index on its cluster, for reading. Raises IndexBrokenError, LibraryError, ClusterError."""
    folder, _ = readable_current(library)
    if folder is not None:
        usable_head(folder, engine)
    elif engine and engine != CLUSTER:
        raise IndexBrokenError(f"the index of {library.root} is on a cluster, not of the engine {engine}", MEND)
    client = Client(cluster_of(library.root, variables))
    indices.meta(client, OPENING)
    return OpenSearchEngine(client, say=say)


def begin(
    library: Library, request_engine: str, variables: Mapping[str, str], part: Part | None, *, rebuild: bool
) -> tuple[Generation, Callable[[], str]]:
    """The generation to write to, and what is to be done when all is written, which gives a warning or "".

    It is the one in use, made where there is none; for a rebuild the next, begun by whichever part is first.
    """
    client = Client(cluster_of(library.root, variables))
    try:
        known = indices.generations(client, OPENING)
        current = indices.current(client)
        parts = part or WHOLE
        if rebuild:
            number = _rebuilt(client, known, current, parts.of)
        else:
            number = current or max(known, default=0) + 1
            if not current:
                indices.make(client, number, parts=parts.of, use=True)
            indices.meta(client, OPENING)
        # Parts that begin at once must not each make a folder: the whole library's lock is theirs for this moment.
        with writing(library, wait=True) if part else nullcontext():
            folder = _folder(library, request_engine, rebuild=rebuild)
            if not rebuild:
                use_generation(library, folder)
                remove_generations(library, {folder})
        indices.remove(client, [each for each in known if each < current])
        table = ClusterTable(Rows(client, number, *parts.bounds))
    except BaseException:
        client.close()
        raise
    # A stamp: no run leaves documents without a row, so that none need be looked for.
    head = Head(engine=CLUSTER, analysis=VERSION, stamp=0)

    def finish() -> str:
        table.forget_pending()
        if not rebuild:
            return ""
        indices.mark_done(client, number, str(parts))
        done = indices.parts_done(client, number, parts.of)
        if done < parts.of:
            return f"{done} of {parts.of} parts of the rebuild are done; the index is used when all are"
        indices.use(client, number)
        use_generation(library, folder)
        return ""

    return Generation(folder, head, OpenSearchEngine(client, number), table), finish


def _rebuilt(client: Client, known: Mapping[int, indices.Json], current: int, parts: int) -> int:
    """The generation of a rebuild: one that another part, or an interrupted run, has begun in as many parts; else a new one."""
    newest = max(known, default=0)
    joined = newest > current and known[newest] == mappings(parts)["_meta"]
    number = newest if joined else newest + 1
    indices.make(client, number, parts=parts, use=False)  # also what was cut off in the making
    return number


def _folder(library: Library, engine: str, *, rebuild: bool) -> Path:
    """What this machine keeps of an index on a cluster: a generation with a head and nothing else."""
    folder, head = readable_current(library)
    if folder is not None and not rebuild:
        usable_head(folder, engine)
    if folder is not None and head is not None and head.engine == CLUSTER and head.analysis == VERSION:
        return folder
    numbers = [int(path.name) for path in library.index_folder.iterdir() if path.name.isdecimal()]
    made = library.index_folder / str(max(numbers, default=0) + 1)
    (made / ENGINE_FOLDER).mkdir(parents=True, exist_ok=True)
    write_head(made, Head(engine=CLUSTER, analysis=VERSION))
    return made


class ClusterTable(FileTable):
    """The table of files as it is on the cluster, with a copy here for as long as it is open: a document's owner is asked for at every document.

    A file that is to be read or removed keeps a row that says so until its documents are committed.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._folder = TemporaryDirectory(prefix="diplo-files-")
        try:
            super().__init__(Path(self._folder.name), create=True)
            batch: list[Row] = []
            for row in rows.read():
                batch.append(Row(**row | {"ids": tuple(row["ids"])}))
                if len(batch) == BATCH:
                    super().write(batch)
                    batch = []
            super().write(batch)
        except BaseException:
            self._folder.cleanup()
            raise

    def write(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """As FileTable.write, on the cluster first."""
        written, pending = list(rows), [Row(key, "", 0, 0, "", PENDING, "", ()) for key in gone]
        self._rows.write((row.key, place_of(row.key), row._asdict()) for row in (*pending, *written))
        super().write(written, [row.key for row in pending])
        super().write(row for row in pending if row.key not in {each.key for each in written})

    def forget_pending(self) -> None:
        """Take out the rows of files that were removed: their documents are."""
        gone = [row.key for row in self.rows() if row.outcome == PENDING]
        self._rows.write((), gone)
        super().write((), gone)

    def close(self) -> None:
        """Close it, and remove the copy."""
        super().close()
        self._folder.cleanup()
