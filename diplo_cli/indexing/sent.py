"""An entry on its way from a worker: few long strings instead of a thousand short ones, which took ten times as long to take apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diplo_cli.document import Document
from diplo_cli.engines.base import Encoded, Entry
from diplo_cli.engines.record import to_record
from diplo_cli.indexing.entries import Problem

WORDS = ("text", "title", "stem", "names")  # fields of many tokens, none with a space in it


class Sent(NamedTuple):
    """An entry: `words` are the tokens of the large fields, joined by spaces; `members` those of the others; `stored` is the document's record."""

    id: str
    path: str
    date: int | None
    stored: bytes
    words: Mapping[str, str]
    members: Mapping[str, Sequence[str]]
    number: int
    vectors: Encoded | None
    text_key: bytes


def sent(item: Entry | Problem) -> Sent | Problem:
    """What is sent for an entry, or a problem as it is."""
    if isinstance(item, Problem):
        return item
    words = {field: " ".join(tokens) for field, tokens in item.tokens.items() if field in WORDS and tokens}
    members = {field: tokens for field, tokens in item.tokens.items() if field not in WORDS}
    document = item.document
    record = to_record(document)
    return Sent(document.id, document.path, item.date, record, words, members, item.number, item.vectors, item.text_key)


def received(item: Sent | Problem) -> Entry | Problem:
    """The entry that was sent; of its document no more than the id, the path and the record."""
    if isinstance(item, Problem):
        return item
    tokens = {**item.members, **{field: joined.split(" ") for field, joined in item.words.items()}}
    document = Document(item.id, item.path, "")
    return Entry(document, tokens, item.date, item.stored, item.number, item.vectors, item.text_key)
