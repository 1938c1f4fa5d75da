"""What a rebuild would lose: documents of sources that are missing or cannot be read now."""

from __future__ import annotations

import os
from pathlib import Path

from diplo_cli.errors import DiploError, LibraryError
from diplo_cli.library.locate import CURRENT, Library
from diplo_cli.library.manifest import FileTable
from diplo_cli.library.scan import Scan


def refuse_loss(library: Library, current: Path | None, found: Scan) -> None:
    """Raise LibraryError where a rebuild would lose documents that cannot be read now."""
    folders = _folders_indexed(library, current)
    for source in found.missing:
        there = source.path.exists()
        if not there or folders is None or str(source.path) in folders:
            raise LibraryError(
                f"the source {library.key(source.path)} is {'empty' if there else 'missing'};"
                " a rebuild would lose its documents",
                "bring it back, or run: diplo index --rebuild --forget-missing",
            )
    for path, reason in found.skipped:
        if folders and path in folders:
            raise LibraryError(
                f"{path} {reason}; a rebuild would lose its documents",
                "make it readable, or run: diplo index --rebuild --forget-missing",
            )


def _folders_indexed(library: Library, current: Path | None) -> set[str] | None:
    """The files that have documents in the current index, and all folders above them; None where that cannot be known."""
    if current is None:
        return None if (library.index_folder / CURRENT).exists() else set()
    folders: set[str] = set()
    try:
        table = FileTable(current)
        try:
            for row in table.rows():
                path = str(library.file(row.key)) if row.ids else ""
                while path and path not in folders:
                    folders.add(path)
                    path = os.path.dirname(path)  # noqa: PTH120 (of a string, as paths are compared here)
        finally:
            table.close()
    except DiploError:
        return None
    return folders
