"""One compressed file (.gz, .zst) -> the documents of what is in it, decompressed as they are read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from typing import BinaryIO, cast

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.raw import BadRecord, Raw

_GZIP = b"\x1f\x8b"


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The documents of the file within, whose name is this one's without its last suffix.

    Raises ReadingError where it is damaged, of a kind that is not read, or holds more than 100 times its size.
    """
    from diplo_cli.reading.read import from_packed

    size = limits.size_of(stream)
    start = stream.read(len(_GZIP))
    stream.seek(0)
    source = _gzip(stream) if start == _GZIP else _zstandard(stream)

    def say(error: Exception) -> ReadingError:
        if isinstance(error, EOFError):
            return ReadingError(f"{shown} is cut off: its end is missing", "fetch or copy it again")
        return ReadingError(f"{shown} is damaged: {error}", "fetch or copy it again")

    room = limits.Room(size, shown)
    within = io.BufferedReader(limits.Expanded(source, room.take, say))
    return from_packed(cast("BinaryIO", within), os.path.splitext(shown)[0])  # noqa: PTH122 (a name, no path)


def _gzip(stream: BinaryIO) -> limits.Source:
    import gzip

    return gzip.GzipFile(fileobj=stream)


def _zstandard(stream: BinaryIO) -> limits.Source:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return cast("limits.Source", zstd.ZstdFile(stream))
