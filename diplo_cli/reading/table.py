"""Tables (CSV, TSV): one document a row, by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from diplo_cli.reading import limits, record
from diplo_cli.reading.lines import lines
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import LONGEST_TEXT, checked, encoding_of

_SAMPLE = 4_000_000  # bytes that the encoding is told from: the first rows of a table may be all ASCII
_SEPARATORS = "\t,;|"


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The documents of a table whose columns have names, in order, numbered from 1; a row without a text comes as a BadRecord.

    Columns are told by the names of `record.NAMES`, in any case; the separator (comma, semicolon, tab, bar) is the one the row of names has most of. A table
    without a column of texts is one document, as a text file is. Raises ReadingError where it is empty or binary.
    """
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    encoding = encoding_of(sample, shown)
    rows = _Rows(_decoded(stream, encoding))
    columns = rows.columns()
    if not columns.intersection(record.NAMES["text"]):
        stream.seek(0)
        yield Raw(checked(limits.whole(stream, shown).decode(encoding, "replace"), shown))
        return
    for number, row in enumerate(rows, start=1):
        if isinstance(row, str):
            yield BadRecord(number, row, "row")
        elif any(row.values()):
            yield record.document(row, number, "row")


class _Rows:
    """The rows of a table, each as its fields by the name of their column, or why it cannot be read."""

    def __init__(self, text: Iterator[str]) -> None:
        csv.field_size_limit(2 * LONGEST_TEXT)  # of the whole process, which has no other use of csv
        first = next(text, "")
        separator = max(_SEPARATORS, key=first.count)
        self._reader = csv.reader(_with(first, text), delimiter=separator, strict=True)
        self._names: list[str] = []

    def columns(self) -> set[str]:
        """The names of the columns, in lower case."""
        try:
            names = next(self._reader, [])
        except csv.Error:
            names = []
        self._names = ["_".join(name.casefold().split()) for name in names]
        return set(self._names)

    def __iter__(self) -> Iterator[dict[str, str | None] | str]:
        while True:
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield f"is no row of a table: {error}; is a quotation mark missing?"
            else:
                # An empty field is a missing one: another column may have what is meant.
                yield {name: value or None for name, value in zip(self._names, row, strict=False)}


def _with(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _decoded(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a stream as text. A line longer than any record is passed over."""
    if encoding.startswith(("utf-16", "utf-32")):  # a line end is more than a byte
        import codecs

        yield from codecs.getreader(encoding)(stream, "replace")
        return
    for line in lines(stream):
        if line is not None:
            yield line.decode(encoding, "replace")
