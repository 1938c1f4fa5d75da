"""Keeping an index fresh: an update whenever files of the library change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from diplo_cli.errors import DiploError
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.report import IndexReport, Watcher
from diplo_cli.library.locate import Library, open_library


def watch(library: Library, request: Request, watcher: Watcher | None = None) -> Iterator[IndexReport]:
    """Update now, and again whenever something changes, until Ctrl-C; a report each time. Raises DiploError where the extra `watch` is missing."""
    try:
        import watchfiles
    except ImportError:
        raise DiploError("--watch needs the package watchfiles", "pip install 'diplo-cli[watch]'") from None
    index = library.index_folder

    def concerns(_change: watchfiles.Change, path: str) -> bool:
        return not Path(path).is_relative_to(index)

    yield update(library, request, watcher)
    folders = [source.path for source in library.sources if source.path.exists()]
    if not folders:
        raise DiploError("no folder of the library is there to be watched", "diplo index FOLDER adds one")
    again = replace(request, rebuild=False, wait=True)
    missed = True  # what changed before the watch began is looked for once more
    for changes in watchfiles.watch(*folders, watch_filter=concerns, yield_on_timeout=True):
        if changes or missed:
            report = update(open_library(library.root), again)
            if report.changed:
                yield report
        missed = missed and bool(changes)
