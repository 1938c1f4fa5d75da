"""What a Whoosh index holds as of one commit: postings, tokens, dates, ids and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from diplo_cli.document import Document
from diplo_cli.engines import whoosh_fields
from diplo_cli.engines.evaluate import Posting
from diplo_cli.engines.expand import LONGEST_TOKEN
from diplo_cli.engines.paging import UNDATED
from diplo_cli.engines.record import from_record


class Snapshot:
    """The documents of an index as of one commit, numbered through all of its segments."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers()) if reader.doc_count_all() else []
        self._dates: list[tuple[int, int]] | None = None
        self._averages: dict[str, float] = {}

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def size(self) -> int:
        """Documents, deleted ones left out."""
        return int(self._reader.doc_count())

    def everything(self) -> Iterator[int]:
        """Every document."""
        for reader, base in self._leaves:
            for document in reader.all_doc_ids():
                yield base + document

    def postings(self, field: str, token: str) -> Iterator[Posting]:
        """The documents that hold a token."""
        from whoosh.reading import TermNotFound

        for reader, base in self._leaves:
            with suppress(TermNotFound):
                found = reader.postings(field, token)
                while found.is_active():
                    yield Posting(base + found.id(), found.weight(), found.value())
                    found.next()

    def tokens(self, field: str, prefix: str) -> Iterator[str]:
        """The tokens of a field that begin so; those in several segments come again, those of deleted documents too."""
        decode = self._reader.schema[field].from_bytes
        for reader, _ in self._leaves:
            for token in reader.expand_prefix(field, prefix):
                yield decode(token)

    def frequency(self, field: str, token: str) -> int:
        """How many documents hold a token; read off the segments that nothing was deleted from."""
        if self._reader.has_deletions():
            return sum(1 for _ in self.postings(field, token))
        return sum(reader.doc_frequency(field, token) for reader, _ in self._leaves)

    def dated(self) -> list[tuple[int, int]]:
        """Documents that have a date, with it."""
        if self._dates is None:
            self._dates = []
            for reader, base in self._leaves:
                dates = reader.column_reader("date")
                for document in reader.all_doc_ids():
                    if dates[document] != UNDATED:
                        self._dates.append((base + document, dates[document]))
        return self._dates

    def ids(self, documents: Sequence[int]) -> list[str]:
        """The ids of these documents; those that may have been shortened out of what is stored."""
        columns = [(base, reader.column_reader("id", translate=False)) for reader, base in self._leaves]
        decode = self._reader.schema["id"].from_bytes
        found = []
        for document in documents:
            base, column = next(pair for pair in reversed(columns) if pair[0] <= document)
            id_ = decode(column[document - base])
            found.append(id_ if len(id_) < LONGEST_TOKEN else self.stored(document).id)
        return found

    def stored(self, document: int) -> Document:
        """The document of this number."""
        return from_record(self._reader.stored_fields(document)["document"])

    def unpacked(self, value: bytes) -> tuple[int, ...]:
        """The positions of a posting."""
        return whoosh_fields.positions(value)

    def length(self, document: int, field: str) -> int:
        """How many tokens a document has in a field: Whoosh keeps one byte, about a tenth exact."""
        return self._reader.doc_field_length(document, field) or 0

    def average(self, field: str) -> float:
        """The mean length of a field."""
        if field not in self._averages:
            total = sum(reader.field_length(field) for reader, _ in self._leaves)
            self._averages[field] = max(1.0, total / max(1, self._reader.doc_count_all()))
        return self._averages[field]
