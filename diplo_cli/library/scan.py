"""The files of a library's sources as they are now."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from diplo_cli.library.locate import Library, Source

WATCHED_FILES = 1_000  # libraries of up to so many files are looked at before each search


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
    seen: set[tuple[int, int]] = set()
    index = _identity(library.index_folder)
    if index:
        seen.add(index)  # a source may hold the library itself
    for source in library.sources:
        before = len(result.files)
        for path, relative, status in _walk(source.path, "", seen, result.skipped):
            if most is not None and len(result.files) > most:
                return result
            if path == library.settings_file:
                continue
            result.files.append(
                File(library.key(path), status.st_size, status.st_mtime_ns, document_id(relative, source.prefix))
            )
        if len(result.files) == before:
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
    path: Path, relative: str, seen: set[tuple[int, int]], skipped: list[tuple[str, str]]
) -> Iterator[tuple[Path, str, os.stat_result]]:
    """(path, path relative to the source, status) of each file at or below `path`, in order of name; folders whose names begin with a dot are passed over."""
    try:
        status = path.stat()
    except OSError as error:
        if relative:  # a source that is missing is told as such
            skipped.append((str(path), f"cannot be read: {error.strerror}"))
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return
    seen.add(identity)
    if stat.S_ISREG(status.st_mode):
        yield path, relative or path.name, status
    elif not stat.S_ISDIR(status.st_mode):
        skipped.append((str(path), "is not a file (a pipe, socket or device)"))
    else:
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            skipped.append((str(path), f"cannot be read: {error.strerror}"))
            return
        for entry in entries:
            if entry.name.startswith(".") and entry.is_dir():
                continue
            yield from _walk(Path(entry.path), f"{relative}/{entry.name}" if relative else entry.name, seen, skipped)
