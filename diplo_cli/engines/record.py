"""The record of a document that an engine stores: compact JSON, compressed.

zlib takes articles of 3 KB to 0.46 of the JSON in 0.08 ms and unpacks in 0.02; tantivy's own LZ4, of blocks of several articles, leaves 0.67. What all records share it takes
from SHARED, a fifteenth of a record.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from diplo_cli.document import Document, Dropped

LARGEST = 500_000_000  # bytes; an index may come from anybody, and a kilobyte may unpack to a megabyte
# What a record begins with and what stands between its values, the commonest last. Part of the format: a change needs a new number (library/manifest.py).
SHARED = (
    b'"multilateral":true,"actors":["UN","EU","NATO"],"lang_declared":"en","publisher":"","script":"Deva","script":"Hani","script":"Hang",'
    b'"navigation"],"share"],"consent"],"advertisement"],"copyright"],"disclaimer"],"subscription"],"byline"],"source"],"label"]],'
    b'"opening":"","source":"https://www.","words":1,"dropped":[[0,"","title"],[1,"","date"],[2,""'
    b'{"id":"","path":".txt","title":"","date":"20","lang":"en","script":"Arab","script":"Cyrl","script":"Latn","confidence":0.99,"countries":["US","CN","GB"],'
    b'"mentions":{"US":1,"CN":1,"GB":1},"named":["RU","FR"],"words":3,"body":[[0,'
    b'"signature":[1'
)
_TUPLES = ("countries", "named", "actors", "signature")


def to_record(document: Document) -> bytes:
    """A document as stored: fields at their default left out, and a text that another document keeps; lone surrogates are kept as they are."""
    record: dict[str, Any] = {}
    values = document._asdict()
    text = values.pop("text")
    values["text"] = "" if document.text_of else text  # last: what comes before is more like SHARED
    for name, value in values.items():
        if value or name in ("id", "path", "text", "lang", "script") or (name == "body" and value is not None):
            record[name] = dict(value) if name == "mentions" else value
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    packing = zlib.compressobj(zdict=SHARED)
    return packing.compress(written.encode("utf-8", "surrogatepass")) + packing.flush()


def from_record(stored: bytes) -> Document:
    """The document that `to_record` wrote. Raises ValueError where it is none."""
    try:
        record = json.loads(_unpacked(stored).decode("utf-8", "surrogatepass"))
        for name in _TUPLES:
            if name in record:
                record[name] = tuple(record[name])
        if "body" in record:
            record["body"] = tuple((start, end) for start, end in record["body"])
        if "dropped" in record:
            record["dropped"] = tuple(Dropped(*line) for line in record["dropped"])
        return Document(**record)
    except (TypeError, ValueError, RecursionError, zlib.error) as error:
        raise ValueError(str(error)) from error


def with_texts(documents: Sequence[Document], stored: Callable[[Sequence[str]], Sequence[Document]]) -> list[Document]:
    """Documents with the texts that others keep for them. `stored` gives documents as they are stored, by id."""
    keepers = sorted({document.text_of for document in documents if document.text_of})
    texts = {keeper.id: keeper.text for keeper in stored(keepers)} if keepers else {}
    return [each._replace(text=texts.get(each.text_of, "")) if each.text_of else each for each in documents]


def _unpacked(stored: bytes) -> bytes:
    unpacking = zlib.decompressobj(zdict=SHARED)
    written = unpacking.decompress(stored, LARGEST)
    if not unpacking.eof:
        raise ValueError("a stored document is cut off or too large")
    return written
