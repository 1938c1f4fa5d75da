"""A file -> its documents: which reader by suffix, and what is refused before anything is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from diplo_cli.errors import ReadingError
from diplo_cli.reading import jsonl
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import decode

LARGEST_FILE = 200_000_000  # bytes; they are held in memory, decoded, at up to four times that

JSON_LINES = frozenset((".jsonl", ".ndjson"))
WEB_PAGES = frozenset((".html", ".htm", ".xhtml"))
UNSUPPORTED = {
    ".pdf": "PDF files",
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf"), "word processor files"),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp"), "spreadsheets and presentations"),
    **dict.fromkeys((".epub", ".mobi"), "e-books"),
    **dict.fromkeys((".eml", ".msg", ".mbox"), "mail files"),
    **dict.fromkeys((".zip", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz"), "archives"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg"), "images"),
}
_HINTS = {"archives": "unpack it and give diplo the folder", "images": "give diplo the text of it"}
_HINT = "save it as text or HTML first"


def read(path: Path) -> Iterator[Raw | BadRecord]:
    """The documents of a file: one, or for JSON Lines one a line, where a bad line comes as a BadRecord.

    Raises ReadingError, before the first document, if there is no such file, it is a folder or a device, may not be read, is larger
    than LARGEST_FILE, empty, binary or of an unsupported format. A suffix that is not known is read as text.
    """
    return read_bytes(contents(path), os.fspath(path))


def read_bytes(data: bytes, name: str) -> Iterator[Raw | BadRecord]:
    """The documents of a file's contents, by the suffix of its `name` (any name without a known one is text). Raises as `read` does."""
    suffix = PurePath(name).suffix.lower()
    shown = shown_name(name)
    if suffix in UNSUPPORTED:
        raise _unsupported(shown, suffix)
    if suffix in JSON_LINES:
        return jsonl.records(_lines(data, shown))
    if suffix in WEB_PAGES:
        from diplo_cli.reading import webpage

        return iter((webpage.page(decode(data, shown, declared=True), shown),))
    return iter((Raw(decode(data, shown, declared=data.lstrip()[:5] == b"<?xml")),))


def reason(error: ReadingError, name: str) -> str:
    """What is wrong with the file of that name, without the name: for a message that has said it ("notes.bin: is a binary file")."""
    return error.message.removeprefix(shown_name(name)).lstrip(": ")


def shown_name(name: str) -> str:
    """A file's name as a message may show it: control characters and bytes that are not UTF-8 replaced."""
    clean = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return clean or "standard input"


def _lines(data: bytes, shown: str) -> str:
    """The text of JSON Lines, which is UTF-8 by definition and may be longer than one document."""
    if not data.strip():
        raise ReadingError(f"{shown} is empty")
    if b"\0" in data[:4096]:
        raise ReadingError(f"{shown} is not JSON Lines in UTF-8", 'write one {"id": …, "text": …} a line, in UTF-8')
    return data.decode("utf-8-sig", "replace")


def contents(path: Path) -> bytes:
    """The bytes of a file that may be a document. Raises ReadingError as `read` does for what is refused unread."""
    shown = shown_name(os.fspath(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadingError(f"{shown} is a folder", "name a file in it, or add the folder with `diplo index`")
        if not stat.S_ISREG(status.st_mode):  # opening a FIFO would wait for ever
            raise ReadingError(f"{shown} is not a regular file", "pipe it in with `-`")
        suffix = path.suffix.lower()
        if suffix in UNSUPPORTED:
            raise _unsupported(shown, suffix)
        if status.st_size > LARGEST_FILE:
            raise ReadingError(
                f"{shown} is {status.st_size / 1e6:,.0f} MB; files of at most {LARGEST_FILE // 1_000_000} MB are read",
                "split it",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadingError(f"{shown} does not exist", "check the name; quote it if it has spaces") from None
    except PermissionError:
        raise ReadingError(
            f"{shown} may not be read: permission denied", "give yourself read permission, or run as its owner"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadingError(f"{shown} cannot be read: {reason}") from None


def _unsupported(shown: str, suffix: str) -> ReadingError:
    kind = UNSUPPORTED[suffix]
    return ReadingError(f"{shown}: {kind} are not supported", _HINTS.get(kind, _HINT))
