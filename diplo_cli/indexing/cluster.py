"""Indexing to a cluster: the generation there, and what this machine keeps beside it.

The documents, what the index was built with and the table of files are on the cluster, where every machine finds them.
`index/` holds only the head of a generation: that the library is on a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from diplo_cli.config import chosen
from diplo_cli.engines import opensearch_indices as indices
from diplo_cli.engines.base import CLUSTER
from diplo_cli.engines.opensearch import OpenSearchEngine
from diplo_cli.engines.opensearch_http import OPENING, Client
from diplo_cli.engines.opensearch_place import cluster_of, require_same_folder, written_from
from diplo_cli.engines.opensearch_rows import BEFORE, Rows
from diplo_cli.errors import IndexBrokenError, LibraryError
from diplo_cli.indexing.articles import package
from diplo_cli.indexing.generations import Generation, next_folder, readable_current, remove_generations, writing
from diplo_cli.indexing.opening import open_cluster, refuse_embedded
from diplo_cli.indexing.part import WHOLE
from diplo_cli.indexing.table import ClusterTable
from diplo_cli.language import require
from diplo_cli.library.locate import Library
from diplo_cli.library.manifest import ENGINE_FOLDER, Head, use_generation, write_head
from diplo_cli.text.analysis import VERSION

if TYPE_CHECKING:
    from diplo_cli.indexing.build import Request


def begin(library: Library, request: Request) -> tuple[Generation, Callable[[], str]]:
    """The generation to write to, and what is to be done when all is written, which gives a warning or "".

    It is the one in use, made where there is none; for a rebuild the next, begun by whichever part is first.
    Raises IndexBrokenError, LibraryError, ClusterError.
    """
    part = request.part or WHOLE
    if not request.rebuild:
        refuse_embedded(library, request.engine)
    client = Client(cluster_of(library.root, request.variables))
    try:
        known = indices.generations(client, OPENING)
        current = indices.current(client)
        if current:  # made since by another writer, where it is not known
            _require_same_folder(library, request, client, known.get(current) or indices.meta(client, OPENING))
        opened = _rebuilt if request.rebuild else _current
        number, held = opened(library, request, client, known, current)
        # Parts that begin at once must not each make a folder: the whole library's lock is theirs for this moment.
        with writing(library, wait=True) if request.part else nullcontext():
            folder = _folder(library, held)
            if not request.rebuild:
                use_generation(library, folder)
                remove_generations(library, {folder})
        indices.remove(client, [each for each in known if each < current])
        table = ClusterTable(Rows(client, number, *part.bounds), Rows(client, number, BEFORE, BEFORE + 1))
    except BaseException:
        client.close()
        raise
    # A stamp: no run leaves documents without a row, so that none need be looked for.
    head = _head(held)._replace(stamp=0)

    def finish() -> str:
        table.forget_pending()
        if not request.rebuild:
            return ""
        indices.mark_done(client, number, str(part))
        done = indices.parts_done(client, number, part.of)
        if done < part.of:
            return f"{done} of {part.of} parts of the rebuild are done; the index is used when all are"
        indices.use(client, number)
        use_generation(library, folder)
        return ""

    return Generation(folder, head, OpenSearchEngine(client, number), table), finish


def open_table(library: Library, variables: Mapping[str, str], engine: str, detector: str) -> Generation:
    """The index in use with its whole table of files, to be read. Raises IndexBrokenError, LibraryError, ClusterError."""
    opened = open_cluster(library, variables, lambda _line: None, engine)
    client = opened.client
    try:
        held = indices.meta(client, OPENING)
        _refuse_detector(client, held, detector)
        number = indices.current(client)
        table = ClusterTable(Rows(client, number, *WHOLE.bounds), Rows(client, number, BEFORE, BEFORE + 1))
    except BaseException:
        opened.close()
        raise
    return Generation(library.index_folder, _head(held), opened, table)


def _current(
    library: Library, request: Request, client: Client, known: Mapping[int, indices.Json], current: int
) -> tuple[int, indices.Json]:
    """The generation in use and what it was built with; made where there is none."""
    if not current:
        detector = chosen("detector", request.detector, request.variables, library.detector)
        require(detector)
        current = max(known, default=0) + 1
        held = indices.described(
            parts=(request.part or WHOLE).of, detector=detector, html=package(), library=written_from(library.root)
        )
        indices.make(client, current, held, use=True)
    held = indices.meta(client, OPENING)  # another writer's, where both began at once
    _require_same_folder(library, request, client, held)
    _refuse_detector(client, held, request.detector)
    return current, held


def _rebuilt(
    library: Library, request: Request, client: Client, known: Mapping[int, indices.Json], current: int
) -> tuple[int, indices.Json]:
    """The generation of a rebuild and what it is built with: one that another part, or an interrupted run, has begun in as many parts; else a new one."""
    _, head = readable_current(library)
    before = head.detector if head is not None and head.engine != CLUSTER else ""
    built_with = str(known.get(current, {}).get("detector", before))
    detector = chosen("detector", request.detector, request.variables, library.detector, built_with)
    require(detector)
    parts = (request.part or WHOLE).of
    held = indices.described(parts=parts, detector=detector, html=package(), library=written_from(library.root))
    number = max(known, default=0)
    begun = known[number] if number > current else {}
    if begun:  # parts may see the library in different folders
        _require_same_folder(library, request, client, begun)
        held["library"] = begun.get("library")
    if begun != held:
        if parts > 1 and begun and held == begun | {"detector": detector, "html": held["html"]}:
            raise LibraryError(
                f"a rebuild in {parts} parts is under way with the detector {begun.get('detector')}"
                f" and {begun.get('html') or 'nothing'} for web pages; this part would use {detector} and {held['html'] or 'nothing'}",
                "install and choose the same on every machine, or begin anew with another number of parts",
            )
        number += 1
    indices.make(client, number, held, use=False)  # also what was cut off in the making
    return number, held


def _require_same_folder(library: Library, request: Request, client: Client, held: indices.Json) -> None:
    require_same_folder(client.cluster, library.root, request.variables, held.get("library"))


def _refuse_detector(client: Client, held: indices.Json, detector: str) -> None:
    if detector and detector != held.get("detector"):
        raise IndexBrokenError(
            f"the index {indices.alias(client.cluster)} was built with the detector {held.get('detector')}, not {detector}",
            f"run: diplo index --rebuild --detector {detector}",
        )


def _head(held: indices.Json) -> Head:
    return Head(engine=CLUSTER, analysis=VERSION, detector=held["detector"], html=held["html"])


def _folder(library: Library, held: indices.Json) -> Path:
    """What this machine keeps of an index on a cluster: a generation with a head and nothing else."""
    folder, head = readable_current(library)
    if folder is not None and head is not None and head.engine == CLUSTER:
        return folder
    made = next_folder(library)
    (made / ENGINE_FOLDER).mkdir(parents=True, exist_ok=True)
    write_head(made, _head(held))
    return made
