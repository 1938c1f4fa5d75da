"""The files of a library's sources as they are now."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from diplo_cli.library.locate import Library, Source

WATCHED_FILES = 1_000  # libraries of up to so many files are looked at before each search,
WATCHED_BYTES = 20_000_000  # if they hold no more than this: a search should not wait for an export to be read again


class File(NamedTuple):
    """A file of a source. `key`: what the index calls it; `size` in bytes; `mtime` in nanoseconds; `id`: of its document, unless the file states ids of its own."""

    key: str
    size: int
    mtime: int
    id: str


class Scan(NamedTuple):
    """What the sources hold. `missing`: sources that are not there or are suddenly empty; `skipped`: (path, reason) of what cannot be a document."""

    files: list[File]
    missing: list[Source]
    skipped: list[tuple[str, str]]


def document_id(relative: str, prefix: str) -> str:
    """The id of the document in the file `relative` to its source: without .txt, other suffixes stay."""
    return prefix + (relative[:-4] if relative.endswith(".txt") and len(relative) > 4 else relative)


def scan(library: Library, *, most: int | None = None) -> Scan:
    """The files of all sources, in order of source and path. With `most`, stops soon after so many files. A file is named once, however many links lead to it."""
    result = Scan([], [], [])
    index = _identity(library.index_folder)  # a source may hold the library itself
    seen: set[tuple[int, int]] = set()
    for source in library.sources:
        empty = True
        for path, relative, status in _walk(str(source.path), index, seen, result.skipped):
            if most is not None and len(result.files) > most:
                return result
            if path == str(library.settings_file):
                continue
            empty = False
            if status is not None:
                key, name = library.key(Path(path)), document_id(relative, source.prefix)
                result.files.append(File(key, status.st_size, status.st_mtime_ns, name))
        if empty:
            result.missing.append(source)
    return result


def missing_source(library: Library, source: Source) -> str:
    """What to tell the user of a source that is missing or empty."""
    state = "is empty" if source.path.exists() else "is missing"
    return f"the source {library.key(source.path)} {state}; what was indexed from it stays"


def stamp(library: Library, files: Iterable[File]) -> int:
    """A number that changes when a file is added, removed or changed, or a source is. CRC-32: 1 in 4·10⁹ changes goes unseen; hashlib would cost 6 ms of start-up."""
    told = [(source.name, str(source.path)) for source in library.sources]
    return zlib.crc32(repr((told, sorted(files))).encode("utf-8", "surrogatepass"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _walk(
    source: str, index: tuple[int, int] | None, seen: set[tuple[int, int]], skipped: list[tuple[str, str]]
) -> Iterator[tuple[str, str, os.stat_result | None]]:
    """(path, path relative to the source, status) of each file at or below `source`, in order of name; status None for a file or folder that was met before.

    Folders whose names begin with a dot are passed over, and that of the index. No recursion: folders may be thousands deep.
    """
    left = [(source, "")]
    while left:
        path, relative = left.pop()
        try:
            status = os.stat(path)  # noqa: PTH116 (a Path costs as much as the call)
            identity = (status.st_dev, status.st_ino)
            folder = stat.S_ISDIR(status.st_mode)
            if identity == index or (folder and os.path.basename(relative).startswith(".")):  # noqa: PTH119
                continue
            if identity in seen:
                yield path, relative, None
                continue
            seen.add(identity)
            names = sorted(os.listdir(path), reverse=True) if folder else []  # noqa: PTH208
        except OSError as error:
            if relative or not isinstance(error, FileNotFoundError):  # a source that is missing is told as such
                skipped.append((path, f"cannot be read: {error.strerror}"))
            continue
        if stat.S_ISREG(status.st_mode):
            yield path, relative or os.path.basename(path), status  # noqa: PTH119
        elif folder:
            left += [(os.path.join(path, name), f"{relative}/{name}" if relative else name) for name in names]  # noqa: PTH118
        else:
            skipped.append((path, "is not a file (a pipe, socket or device)"))
