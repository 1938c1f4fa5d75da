"""How much is read of a file: bounds that keep one hostile or mistaken file from taking the machine, and the words that say so."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, Protocol

from diplo_cli.errors import ReadingError

LARGEST_FILE = 200_000_000  # bytes of one document; they are held in memory, decoded, at up to four times that
LONGEST_RECORD = 60_000_000  # bytes of a record among many: 10 M characters as JSON's \\uXXXX
EXPANSION = 100  # times its size that an archive may hold; text seldom shrinks to less than a tenth
ALWAYS_EXPANDED = 1_000_000  # bytes that any archive may hold, however small it is


class Source(Protocol):
    """A decompressor: what bytes come from, and can be taken from the start again."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""

    def seek(self, offset: int, /) -> int:
        """Go to a place, in bytes from the start."""

    def tell(self) -> int:
        """The place."""


def whole(stream: BinaryIO, shown: str) -> bytes:
    """All bytes of a stream that is one document. Raises ReadingError where they are more than LARGEST_FILE."""
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise too_large(shown)
    return data


def too_large(shown: str, size: int | None = None) -> ReadingError:
    """What to tell of a document of `size` bytes, where that is known."""
    said = "is larger" if size is None else f"is {size / 1e6:,.0f} MB"
    most = f"{LARGEST_FILE // 1_000_000} MB"
    return ReadingError(
        f"{shown} {said}; a document's file has at most {most}",
        "split it, or write it as JSON Lines, which may be of any size",
    )


def size_of(stream: BinaryIO) -> int:
    """How many bytes a stream has that can be wound."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def room_for(size: int) -> int:
    """How many bytes may come out of an archive of `size` bytes."""
    return max(ALWAYS_EXPANDED, EXPANSION * size)


def expands_too_far(shown: str) -> ReadingError:
    """What to tell of an archive that holds more than it has room for."""
    return ReadingError(
        f"{shown} holds more than {EXPANSION} times its size",
        "it may be made to fill memory; unpack it yourself if you trust it",
    )


class Expanded(io.RawIOBase):
    """What is packed in a stream, given out by a decompressor and counted, what is read again once. Wrap it in io.BufferedReader.

    `take` is told how many bytes came out and raises where they are too many; `say` makes a ReadingError of what the decompressor raises.
    """

    def __init__(self, source: Source, take: Callable[[int], None], say: Callable[[Exception], ReadingError]) -> None:
        super().__init__()
        self._source, self._take, self._say = source, take, say
        self._furthest = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Back to the start, where a reader has looked at the first bytes."""
        return True

    def tell(self) -> int:
        """The place, in bytes from the start."""
        return self._source.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; only from the start."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        return self._source.seek(offset)

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill `buffer` from the decompressor. Raises ReadingError."""
        try:
            data = self._source.read(len(buffer))
            place = self._source.tell()
        except Exception as error:  # noqa: BLE001 (zlib.error, EOFError, BadZipFile, ZstdError: each has its own)
            raise self._say(error) from None
        if place > self._furthest:
            self._take(place - self._furthest)
            self._furthest = place
        buffer[: len(data)] = data
        return len(data)


class Room:
    """What may still come out of an archive: one count for all of its members."""

    def __init__(self, size: int, shown: str) -> None:
        self._left, self._shown = room_for(size), shown

    @property
    def is_full(self) -> bool:
        """Whether more came out than may."""
        return self._left < 0

    def take(self, count: int) -> None:
        """Count bytes that came out. Raises ReadingError where they are too many."""
        self._left -= count
        if self.is_full:
            raise expands_too_far(self._shown)
