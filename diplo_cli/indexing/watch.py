"""Keeping an index fresh: an update whenever files of the library change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from diplo_cli.errors import DiploError, extra_hint
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.report import IndexReport, Outcome
from diplo_cli.library.locate import Library, open_library

Updater = Callable[[Library, Request], IndexReport]


def watch(library: Library, request: Request, first: Updater = update) -> Iterator[IndexReport]:
    """Update now, by `first`, and again whenever something changes, until Ctrl-C; a report each time that anything came, went or failed anew.

    Raises DiploError where the extra `watch` is missing.
    """
    try:
        import watchfiles
    except ImportError:
        raise DiploError("--watch needs the package watchfiles", extra_hint("watch")) from None
    index = library.index_folder

    def concerns(_change: watchfiles.Change, path: str) -> bool:
        return not Path(path).is_relative_to(index)

    report = first(library, request)
    yield report
    known = _failures(report)
    folders = [source.path for source in library.sources if source.path.exists()]
    if not folders:
        raise DiploError("no folder of the library is there to be watched", "diplo index FOLDER adds one")
    again = replace(request, rebuild=False, wait=True)
    missed = True  # what changed before the watch began is looked for once more
    for changes in watchfiles.watch(*folders, watch_filter=concerns, yield_on_timeout=True):
        if changes or missed:
            report = update(open_library(library.root), again)
            failures = _failures(report)
            if report.changed or failures != known:
                yield report
            known = failures
        missed = missed and bool(changes)


def _failures(report: IndexReport) -> frozenset[Outcome]:
    return frozenset(each for each in report.outcomes if each.outcome in ("failed", "skipped"))
