"""Opening a library's index for a search: built where there is none, refreshed where its files have changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from diplo_cli.config import chosen
from diplo_cli.engines.base import CLUSTER, Engine, open_engine
from diplo_cli.errors import MEND, DiploError, IndexBrokenError, IndexLockedError
from diplo_cli.library.locate import Library
from diplo_cli.library.manifest import ENGINE_FOLDER, Head, built_with, current_generation, read_head, usable_head
from diplo_cli.library.scan import WATCHED_BYTES, WATCHED_FILES, missing_source, scan, stamp

if TYPE_CHECKING:
    from diplo_cli.engines.opensearch import OpenSearchEngine

Say = Callable[[str], None]
NONE_SET: Mapping[str, str] = MappingProxyType({})


def open_index(library: Library, say: Say, *, engine: str = "", variables: Mapping[str, str] = NONE_SET) -> Engine:
    """The library's index, ready to be searched.

    The first search builds it; a library of at most 1,000 files is looked at before each search and brought up to date. Where that cannot be done (read-only, or another
    process is writing), what is there answers. `say` gets a line for the user. `engine`, where given, must be the one the index has; `variables` of the environment say
    what an index is built with. An index on a cluster answers as it is. Raises IndexBrokenError, LibraryError.
    """
    if on_cluster(library, engine, variables):
        return open_cluster(library, variables, say, engine)
    generation = current_generation(library)
    if generation is None:
        _build(library, say, engine, variables)
        generation = current_generation(library)
        if generation is None:
            raise IndexBrokenError(f"the index of {library.root} vanished while it was built", MEND)
    try:
        head = usable_head(generation, engine)
        _refresh(library, head, say, variables)
        return open_engine(head.engine, generation / ENGINE_FOLDER)
    except IndexBrokenError:
        if current_generation(library) == generation:
            raise
        return open_index(library, say, engine=engine, variables=variables)  # rebuilt by another process in between


def on_cluster(library: Library, engine: str, variables: Mapping[str, str], *, rebuild: bool = False) -> bool:
    """Whether an index is on a cluster, or would be built there. `engine` is the flag's, "" where it says nothing."""
    before = ""
    try:
        folder = current_generation(library)
        if folder is not None and rebuild:
            head = built_with(folder)
            before = head.engine if head else ""
        elif folder is not None:
            return read_head(folder).engine == CLUSTER
    except IndexBrokenError:  # of an index on a cluster the settings tell; of another it is told where that is opened
        pass
    return chosen("engine", engine, variables, library.engine, before) == CLUSTER


def open_cluster(library: Library, variables: Mapping[str, str], say: Say, engine: str = "") -> OpenSearchEngine:
    """The library's index on its cluster, for reading. Raises IndexBrokenError, LibraryError, ClusterError."""
    # Here and not in `indexing.cluster`, which needs all that reads files: 40 ms of a search.
    from diplo_cli.engines import opensearch
    from diplo_cli.engines.opensearch_place import cluster_of

    refuse_embedded(library, engine)
    return opensearch.open(cluster_of(library.root, variables), say=say)


def refuse_embedded(library: Library, engine: str) -> None:
    """Raise IndexBrokenError where another `engine` is asked for than that of an index on a cluster."""
    if engine and engine != CLUSTER:
        raise IndexBrokenError(
            f"the index of {library.root} is on a cluster (opensearch), not of the engine {engine}",
            f"run: diplo index --rebuild --engine {engine}",
        )


def _build(library: Library, say: Say, engine: str, variables: Mapping[str, str]) -> None:
    from diplo_cli.indexing.build import Request, update

    if library.sources:
        say(f"building the index of {library.root} …")
    for trouble in update(library, Request(engine=engine, wait=True, variables=variables)).troubles():
        say(f"warning: {trouble}")


def _refresh(library: Library, head: Head, say: Say, variables: Mapping[str, str]) -> None:
    """Bring a small library up to date; wait where its first building is not finished, as another search's may be."""
    found = scan(library, most=WATCHED_FILES) if head.files <= WATCHED_FILES else None
    if found is None or len(found.files) > WATCHED_FILES or sum(file.size for file in found.files) > WATCHED_BYTES:
        if head.stamp is None:
            say("note: the index is not finished, so there may be more; diplo index continues it")
        return
    if head.stamp == stamp(library, found.files):
        for source in found.missing:
            say(f"warning: {missing_source(library, source)}")
        return
    if not os.access(library.index_folder, os.W_OK):
        return
    from diplo_cli.indexing.build import Request, update

    try:
        report = update(library, Request(wait=not head.complete, variables=variables))
    except IndexLockedError:
        return
    except IndexBrokenError:
        raise
    except DiploError as error:  # no room, no permission: what is there answers
        say(f"warning: the index was not brought up to date: {error.message}")
        return
    for trouble in report.troubles():
        say(f"warning: {trouble}")
