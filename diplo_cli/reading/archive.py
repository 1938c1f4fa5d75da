"""ZIP archives: the documents of their members, and the parts of the office documents and e-books that are such archives.

Nothing is ever unpacked to a disk: a member's name, whatever it says, is only a name.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.raw import BadRecord, Raw

MOST_MEMBERS = 100_000
LARGEST_DIRECTORY = (
    20_000_000  # bytes of the list of members: zipfile makes ten times as much of it before it says how many there are
)
_TAIL = 65_536 + 200  # bytes from the end that the list's own record may begin at, with the longest comment
_ENCRYPTED = 0x1
_IN_THE_OTHER = 0xFFFFFFFF  # in the older record, where the newer one (ZIP64) says it


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The documents of all members, in the archive's order, numbered from 1; a member that cannot be read comes as a BadRecord.

    An archive within the archive is not read. Raises ReadingError where the archive is damaged or all that it holds is more than 100 times its size.
    """
    from diplo_cli.reading.read import from_packed, reason, shown_name

    package = Package(stream, shown)
    number = 0
    for name in package.names():
        member = shown_name(name)
        try:
            with package.open(name, member) as within:
                for item in from_packed(within, name):
                    number += 1
                    if isinstance(item, Raw):
                        yield replace(item, number=0 if item.id else number)
                    else:
                        yield BadRecord(number, f"{member}, {item.unit} {item.line}: {item.message}", "file")
        except ReadingError as error:
            if package.room.is_full:
                raise
            number += 1
            yield BadRecord(number, f"{member}: {reason(error, name)}", "file")
    if not number:
        raise ReadingError(f"{shown} holds no files")


class Package:
    """A ZIP archive whose members are read one by one. All of them together have room for 100 times its size."""

    def __init__(self, stream: BinaryIO, shown: str) -> None:
        self._shown = shown
        self.room = limits.Room(limits.size_of(stream), shown)
        too_many = ReadingError(
            f"{shown} holds more than {MOST_MEMBERS:,} files", "unpack it and give diplo the folder"
        )
        if _directory_size(stream) > LARGEST_DIRECTORY:
            raise too_many
        try:
            self._zip = zipfile.ZipFile(stream)
        except Exception as error:  # noqa: BLE001 (zipfile raises a dozen kinds for hostile bytes)
            raise self._damaged(error) from None
        if len(self._zip.filelist) > MOST_MEMBERS:
            raise too_many

    def names(self) -> list[str]:
        """The names of all files in it, each once, in its order; those that systems leave there (__MACOSX, dot-folders) aside."""
        names = dict.fromkeys(info.filename for info in self._zip.filelist if not info.filename.endswith("/"))
        return [name for name in names if name and not _is_left_over(PurePosixPath(name))]

    def open(self, name: str, member: str) -> BinaryIO:
        """A member as a stream; `member` is what messages call it. Raises ReadingError, then or while it is read, where it is encrypted or damaged."""
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise ReadingError(f"{member} is encrypted", "unpack it with its password and give diplo the files")
        try:
            source = self._zip.open(info)
        except Exception as error:  # noqa: BLE001 (as above)
            raise self._damaged(error) from None
        return cast("BinaryIO", io.BufferedReader(limits.Expanded(source, self.room.take, self._damaged)))

    def part(self, name: str) -> bytes:
        """The bytes of a member, none where there is no such. Raises ReadingError."""
        if name not in self._zip.NameToInfo:
            return b""
        with self.open(name, self._shown) as stream:
            return limits.whole(stream, self._shown)

    def _damaged(self, error: Exception) -> ReadingError:
        said = str(error) or type(error).__name__
        return ReadingError(f"{self._shown} is damaged: {said}", "fetch or copy it again")


def _directory_size(stream: BinaryIO) -> int:
    """How long the list of members says it is, in bytes (APPNOTE.TXT 4.3.14 and 4.3.16); 0 where the archive has none."""
    stream.seek(max(0, limits.size_of(stream) - _TAIL))
    tail = stream.read()
    stream.seek(0)
    said = []
    for mark, place, form in ((b"PK\5\6", 12, "<L"), (b"PK\6\6", 40, "<Q")):
        at = tail.rfind(mark) + place
        if at >= place and at + struct.calcsize(form) <= len(tail):
            said.append(struct.unpack_from(form, tail, at)[0])
    return max((size for size in said if size != _IN_THE_OTHER), default=0)


def _is_left_over(path: PurePosixPath) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in path.parts)
