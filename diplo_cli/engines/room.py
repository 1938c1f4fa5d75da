"""Telling a disk without room from a damaged index."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from diplo_cli.errors import LibraryError

_CODES = [getattr(errno, name) for name in ("ENOSPC", "EFBIG", "EDQUOT") if hasattr(errno, name)]
_NO_ROOM = re.compile(rf"os error (?:{'|'.join(map(str, _CODES))})\b")  # as Rust writes it
LITTLE = 20_000_000  # bytes; less than the segment that could not be written
_ENDED = "index writer was killed"  # tantivy's word for any failure of its writing thread


def no_room(path: Path, error: BaseException) -> LibraryError | None:
    """The error to raise where an engine could not write to `path` for want of room; None for any other failure."""
    reason = " ".join(str(error).split())
    stopped = _ENDED in reason
    if (
        (isinstance(error, OSError) and error.errno in _CODES)
        or _NO_ROOM.search(reason)
        or (stopped and _is_full(path))
    ):
        return LibraryError(
            f"the index in {path} could not be written: no room on the disk", "make room, then: diplo index"
        )
    if stopped:
        return LibraryError(
            f"the index in {path} could not be written: its writer stopped",
            "is there room on the disk? diplo index --check",
        )
    return None


def _is_full(path: Path) -> bool:
    from shutil import disk_usage

    return disk_usage(path).free < LITTLE
