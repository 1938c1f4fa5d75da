"""The fields of a Whoosh index: lists of diplo's tokens, with no analyzer in between."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplo_cli.engines.whoosh_pickle import disarm_whoosh

disarm_whoosh()

from whoosh import columns, fields, formats  # noqa: E402 (after its unpickling is guarded)
from whoosh.filedb.filestore import FileStorage  # noqa: E402

from diplo_cli.engines.base import FIELDS  # noqa: E402
from diplo_cli.engines.paging import UNDATED  # noqa: E402

if TYPE_CHECKING:
    Posting = tuple[bytes, int, float, bytes]


class Folder(FileStorage):  # type: ignore[misc]
    """The folder of an index. Whoosh leaves open what it cannot read; `close_all` closes what is still open."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._open: list[Any] = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Open a file of the index to read."""
        file = super().open_file(name, **kwargs)
        self._open = [*(one for one in self._open if not one.is_closed), file]
        return file

    def close_all(self) -> None:
        """Close every file that is open."""
        for file in self._open:
            if not file.is_closed:
                file.close()


class PackedPositions(formats.Format):  # type: ignore[misc]
    """Postings whose value is a document's positions, four bytes each: Whoosh's own format pickles them."""

    posting_size = -1


class TokenField(fields.FieldType):  # type: ignore[misc]
    """A field that is given its tokens as a list. `kind`: as in `FIELDS`."""

    def __init__(self, kind: str, column: Any = None) -> None:
        packed = PackedPositions() if kind == "positions" else formats.Existence()
        super().__init__(packed, analyzer=None, scorable=kind != "set")
        self.kind = kind
        self.column_type = column

    def index(self, value: Sequence[str], **_: object) -> Iterator[Posting]:
        """Yield (token, frequency, weight, value) of each distinct token."""
        if self.kind == "positions":
            places: dict[str, list[int]] = {}
            for place, token in enumerate(value):
                places.setdefault(token, []).append(place)
            for token, found in places.items():
                yield self.to_bytes(token), len(found), float(len(found)), struct.pack(f"<{len(found)}I", *found)
        else:
            for token, count in Counter(value).items():
                yield self.to_bytes(token), count, float(count), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        """Give a token as stored; in the order of its code points, lone surrogates kept."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: bytes) -> str:
        """Give the token that `to_bytes` stored."""
        return bs.decode("utf-8", "surrogatepass")

    def to_column_value(self, value: Sequence[str]) -> bytes:
        """Give what the column keeps: the one token of an id."""
        return self.to_bytes(value[0])


def schema() -> Any:
    """Whoosh's schema of an entry: a field of each of `FIELDS`, the date as a column, the document as stored bytes."""
    made = fields.Schema(
        date=fields.COLUMN(columns.NumericColumn("i", default=UNDATED)),
        document=fields.STORED(),
    )
    for field, kind in FIELDS.items():
        made.add(field, TokenField(kind, columns.VarBytesColumn() if field == "id" else None))
    return made


def outline(of_schema: Any) -> list[tuple[str, str, str]]:
    """What two schemas must share to read one index: the name, class and kind of each field."""
    return sorted((name, type(field).__name__, getattr(field, "kind", "")) for name, field in of_schema.items())


def positions(value: bytes) -> tuple[int, ...]:
    """Positions, ascending, out of a posting's value."""
    return struct.unpack(f"<{len(value) // 4}I", value)
