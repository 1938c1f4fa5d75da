"""The fields of a tantivy index: what becomes of an entry, and how its id is read back."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import tantivy

from diplo_cli.engines.base import FACETS, FIELDS, Entry
from diplo_cli.engines.escape import JOINED, as_token, joined, shown
from diplo_cli.engines.expand import LONGEST_TOKEN, kept_tokens
from diplo_cli.engines.paging import UNDATED
from diplo_cli.engines.record import from_record, to_record
from diplo_cli.engines.room import no_room
from diplo_cli.engines.tantivy_query import INDEX_OPTION
from diplo_cli.errors import DiploError, IndexBrokenError

PIECES = ("id0", "id1", "id2", "id3", "id4")  # the first 40 bytes of an id, eight a column
PACKED = f">{len(PIECES)}Q"


@contextmanager
def broken(path: Path) -> Iterator[None]:
    """What goes wrong inside tantivy as IndexBrokenError, panics too: they are no Exception; LibraryError where there is no room."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _error(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _error(path, error) from None


def _error(path: Path, error: BaseException) -> DiploError:
    if full := no_room(path, error):
        return full
    reason = " ".join(str(error).split())
    return IndexBrokenError(f"the index in {path} cannot be read: {reason}", "run: diplo index --rebuild")


def schema() -> tantivy.Schema:
    """Give tantivy's schema of an entry: a field of each of `FIELDS`, the date and the id as columns, the document as bytes."""
    builder = tantivy.SchemaBuilder()
    for field, kind in FIELDS.items():
        builder.add_text_field(
            field,
            stored=field == "id",
            fast=field in FACETS,
            tokenizer_name="whitespace" if field in JOINED else "raw",
            index_option=INDEX_OPTION[kind],
        )
    builder.add_integer_field("date", indexed=True, fast=True)
    for piece in PIECES:
        builder.add_unsigned_field(piece, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


def stored_document(entry: Entry) -> tantivy.Document:
    """An entry as tantivy's document."""
    document = tantivy.Document()
    for field, tokens in kept_tokens(entry).items():
        if field in JOINED:
            document.add_text(field, joined(field, tokens))
        else:
            for token in tokens:
                document.add_text(field, shown(field, token))
    document.add_integer("date", UNDATED if entry.date is None else entry.date)
    for piece, number in zip(PIECES, in_pieces(entry.document.id), strict=True):
        document.add_unsigned(piece, number)
    document.add_bytes("document", entry.stored or to_record(entry.document))
    return document


def in_pieces(id_: str) -> tuple[int, ...]:
    """An id as numbers for the columns: as shown it has no NUL, so that padding is none of it. Zeros for a long one."""
    stored = shown("id", id_).encode()
    size = struct.calcsize(PACKED)
    return struct.unpack(PACKED, stored.ljust(size, b"\0") if len(stored) <= size else bytes(size))


def out_of_pieces(columns: Sequence[Sequence[int]]) -> list[str]:
    """The ids that `in_pieces` took apart, given by as many of their first pieces as are not nothing; "" for a long one."""
    size = 8 * len(columns)
    packed = struct.pack(f">{len(columns) * len(columns[0])}Q", *chain.from_iterable(zip(*columns, strict=True)))
    texts = (packed[at : at + size].rstrip(b"\0").decode() for at in range(0, len(packed), size))
    return [text if text.isascii() else as_token(text) for text in texts]


def as_given(stored: tantivy.Document) -> str:
    """The id of a document as it was given: the token, or where that may be shortened, what the document says."""
    id_ = as_token(stored["id"][0])
    return id_ if len(id_) < LONGEST_TOKEN else from_record(stored["document"][0]).id
