"""A file -> its documents: which reader by its format, and what is refused before anything is read."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from diplo_cli.errors import EmptyFileError, ReadingError, extra_hint
from diplo_cli.reading import limits
from diplo_cli.reading.formats import GZIP, ZIP, ZSTANDARD, Format, format_of
from diplo_cli.reading.raw import BadRecord, Raw

_HEAD = 100  # bytes that tell a format


def read(path: Path, name: str = "") -> Iterator[Raw | BadRecord]:
    """The documents of a file: one, or many, where a bad one comes as a BadRecord. A file of many is read as a stream and may be of any size.

    `name`, where given, is what errors call it.

    Raises ReadingError, before the first document, if there is no such file, it is a folder or a device, may not be read, is larger
    than LARGEST_FILE, empty, binary, of an unsupported format or one that needs a missing extra; later, where a stream turns out to be damaged or too large.
    A suffix that is not known is read by its first bytes, and as text where these say nothing.
    """
    name = name or os.fspath(path)
    items = _from_file(_opened(path, shown_name(name)), name)
    next(items)
    return items


def read_bytes(data: bytes, name: str) -> Iterator[Raw | BadRecord]:
    """The documents of a file's contents, by the suffix of its `name`. Raises as `read` does."""
    return documents(io.BytesIO(data), name)


def contents(path: Path) -> bytes:
    """The bytes of a file that may hold documents. Raises ReadingError as `read` does for what is refused unread, and where they are more than LARGEST_FILE."""
    shown = shown_name(os.fspath(path))
    with _opened(path, shown) as stream:
        try:
            size = limits.size_of(stream)
            if size > limits.LARGEST_FILE:
                raise limits.too_large(shown, size)
            return stream.read(size + 1)
        except OSError as error:
            raise _unreadable(shown, error) from None


def is_stream(path: Path, size: int) -> bool:
    """Whether a file of `size` bytes must be read by `read`, as a stream: it holds many documents and is too large to be held at once."""
    return size > limits.LARGEST_FILE and format_of(path.name, b"").many


def documents(stream: BinaryIO, name: str) -> Iterator[Raw | BadRecord]:
    """The documents in a stream that can be wound. Raises as `read` does."""
    return _read_as(_format(stream, name), stream, shown_name(name))


def from_packed(stream: BinaryIO, name: str) -> Iterator[Raw | BadRecord]:
    """The documents in a file that was packed in another. Raises as `read` does, and for an archive within an archive."""
    found, shown = _format(stream, name), shown_name(name)
    if found in (ZIP, GZIP, ZSTANDARD):
        raise ReadingError(f"{shown} is an archive within an archive", "unpack it and give diplo the folder")
    return _read_as(found, stream if found.many else io.BytesIO(limits.whole(stream, shown)), shown)


def _format(stream: BinaryIO, name: str) -> Format:
    head = stream.read(_HEAD)
    stream.seek(0)
    return format_of(name, head)


def _read_as(found: Format, stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    if not found.reader:
        raise _unsupported(shown, found)
    # The module is loaded with the first file of its format: none of them costs a start-up anything.
    reader = import_module(f"diplo_cli.reading.{found.reader}")
    try:
        items = cast("Iterator[Raw | BadRecord]", reader.documents(stream, shown))
        first = next(items, None)
    except ImportError as error:
        raise _missing(shown, found, error) from None
    if first is None:
        raise EmptyFileError(f"{shown} is empty")
    return chain((first,), items)


def reason(error: ReadingError, name: str) -> str:
    """What is wrong with the file of that name, without the name: for a message that has said it ("notes.bin: is a binary file")."""
    said = error.message.removeprefix(shown_name(name)).lstrip(": ")
    return f"{said} ({error.hint})" if error.hint in map(extra_hint, _EXTRAS.values()) else said


def shown_name(name: str) -> str:
    """A file's name as a message may show it: control characters and bytes that are not UTF-8 replaced."""
    clean = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return clean or "standard input"


# The package that each reader imports, and the extra that brings it.
_EXTRAS = {"pypdfium2": "pdf", "defusedxml": "office", "backports": "zst", "compression": "zst"}


def _missing(shown: str, found: Format, error: ImportError) -> ReadingError:
    package = (error.name or "").partition(".")[0]
    extra = _EXTRAS.get(package)
    if not extra:
        raise error
    return ReadingError(f"{shown}: {found.kind} need the extra {extra!r}", extra_hint(extra))


def _unsupported(shown: str, found: Format) -> ReadingError:
    return ReadingError(f"{shown}: {found.kind} are not supported", found.hint)


def _from_file(stream: BinaryIO, name: str) -> Iterator[Raw | BadRecord]:
    """The documents of an open file, closed after the last; before them one that is none, so that the file is closed also where nobody asks for the first."""
    with stream:
        try:
            items = documents(stream, name)
            yield BadRecord(0, "")
            yield from items
        except OSError as error:
            raise _unreadable(shown_name(name), error) from None


def _opened(path: Path, shown: str) -> BinaryIO:
    """A file that may hold documents, open. Raises ReadingError for what is refused unread."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadingError(f"{shown} is a folder", "name a file in it, or add the folder with `diplo index`")
        if not stat.S_ISREG(status.st_mode):  # opening a FIFO would wait for ever
            raise ReadingError(f"{shown} is not a regular file", "pipe it in with `-`")
        by_name = format_of(path.name, b"")
        if not by_name.reader:
            raise _unsupported(shown, by_name)
        if status.st_size > limits.LARGEST_FILE and not by_name.many:
            raise limits.too_large(shown, status.st_size)
        return path.open("rb")
    except FileNotFoundError:
        raise ReadingError(f"{shown} does not exist", "check the name; quote it if it has spaces") from None
    except PermissionError:
        raise _denied(shown) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(shown, error) from None


def _denied(shown: str) -> ReadingError:
    return ReadingError(
        f"{shown} may not be read: permission denied", "give yourself read permission, or run as its owner"
    )


def _unreadable(shown: str, error: OSError | ValueError) -> ReadingError:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ReadingError(f"{shown} cannot be read: {said}")
