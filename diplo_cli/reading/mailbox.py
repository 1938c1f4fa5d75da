"""A mailbox (.mbox) -> the mails in it, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.lines import lines
from diplo_cli.reading.mail import letter
from diplo_cli.reading.raw import BadRecord, Raw

_START = b"From "
_HEAD = 100  # bytes in which the first mail begins


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The mails and the documents attached to them, in order, numbered from 1; one that cannot be read comes as a BadRecord.

    A mail begins with a line "From …" at the start or after a blank line (RFC 4155); of ">From" within one the mark is taken off.
    Raises ReadingError where the file does not begin so.
    """
    if not stream.read(_HEAD).lstrip(b"\r\n").startswith(_START):
        raise ReadingError(
            f"{shown} is no mailbox: it does not begin with a line of sender and date", "name a single mail .eml"
        )
    stream.seek(0)
    number = 0
    for data in _letters(stream):
        if data is None:
            number += 1
            yield BadRecord(number, f"is a mail of more than {limits.LONGEST_RECORD // 1_000_000} MB", "part")
            continue
        for item in letter(data, shown):
            number += 1
            yield replace(item, number=number) if isinstance(item, Raw) else BadRecord(number, item.message, "part")


def _letters(stream: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each mail; None for one that is too long to be held."""
    collected: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in lines(stream):
        if blank and line is not None and line.startswith(_START):
            if begun:
                yield b"".join(collected) if size <= limits.LONGEST_RECORD else None
            collected, size, begun = [], 0, True
        elif begun:
            size += limits.LONGEST_RECORD + 1 if line is None else len(line)
            if line is not None and size <= limits.LONGEST_RECORD:
                collected.append(line[1:] if line.startswith(b">From ") else line)
            elif collected:
                collected = []
        blank = line in (b"\n", b"\r\n")
    if begun:
        yield b"".join(collected) if size <= limits.LONGEST_RECORD else None
