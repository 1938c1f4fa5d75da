"""The fields of an index on a cluster: their mapping, and what becomes of an entry. Nothing is analysed there but the spaces between diplo's tokens."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from diplo_cli.document import Document
from diplo_cli.engines.base import FIELDS, Entry
from diplo_cli.engines.escape import as_token, joined, shown
from diplo_cli.engines.evaluate import K1, B
from diplo_cli.engines.expand import bounded, kept_tokens
from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.engines.paging import UNDATED
from diplo_cli.engines.record import from_record, to_record

Json = dict[str, Any]
LONGEST_ID = 8_000  # characters, each of two bytes at most: Lucene's terms end at 32,766 bytes
LONGEST_KEY = 512  # bytes of a document's _id
CUT = "\uffff"  # before the digest of an id that was cut: no byte as a letter


def settings(cluster: Cluster, version: str) -> Json:
    """The settings of an index of documents on a cluster of this `version`. It is refreshed when a writer commits, and never between."""
    # From OpenSearch 3 on, BM25 is Lucene's without its old constant: words would weigh 1/2.2 as much beside countries.
    weighing = "BM25" if version.partition(".")[0] in ("1", "2") else "LegacyBM25"
    return {
        "index": {
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            "refresh_interval": "-1",
            "similarity": {"default": {"type": weighing, "k1": K1, "b": B}},
            "analysis": {
                "analyzer": {"tokens": {"tokenizer": "spaces"}},
                "tokenizer": {
                    # The whitespace tokenizer would part tokens at 28 other characters, too.
                    "spaces": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 1024}
                },
            },
        }
    }


def mappings(held: Json) -> Json:
    """The mapping of an index of documents, which says what it was built with (`held`). Only the stored document is kept of what is sent."""
    words = {"type": "text", "analyzer": "tokens", "fielddata": True}  # loaded when terms of the field are listed, only
    kinds: dict[str, Json] = {
        "positions": words,
        "counts": words | {"index_options": "freqs"},
        "set": {"type": "keyword"},
    }
    properties = {field: kinds[kind] for field, kind in FIELDS.items()}
    properties["date"] = {"type": "integer"}
    properties["document"] = {"type": "binary"}
    return {
        "_meta": held,
        "dynamic": "strict",
        "_source": {"includes": ["document"]},
        "properties": properties,
    }


def key(field: str, token: str) -> str:
    """A token as the cluster has it."""
    return ordered(token) if field == "id" else shown(field, bounded(field, token))


def token_of(field: str, stored: str) -> str:
    """The token that `key` made `stored` of."""
    return id_of(stored) if field == "id" else as_token(stored)


def ordered(id_: str) -> str:
    """An id as the cluster sorts by it: its bytes as letters, so that any id has one and all stand in Python's order."""
    letters = id_.encode("utf-8", "surrogatepass").decode("latin-1")
    if len(letters) <= LONGEST_ID:
        return letters
    return letters[: LONGEST_ID - 33] + CUT + _digest(letters)


def is_cut(stored: str) -> bool:
    """Whether only the document itself has the whole id."""
    return CUT in stored


def id_of(stored: str) -> str:
    """The id that `ordered` made `stored` of; of one that was cut, something that begins like it."""
    return (
        stored.replace(CUT, "#").encode("latin-1").decode("utf-8", "surrogatepass" if not is_cut(stored) else "replace")
    )


def document_key(id_: str) -> str:
    """The _id of a document on the cluster: writing it twice leaves one."""
    letters = ordered(id_)
    return letters if letters and len(letters.encode()) <= LONGEST_KEY else CUT + _digest(letters)


def _digest(letters: str) -> str:
    from hashlib import blake2b

    return blake2b(letters.encode(), digest_size=16).hexdigest()


def sent(entry: Entry) -> tuple[str, bytes]:
    """An entry as its _id and the JSON of its document on the cluster."""
    fields: dict[str, object] = {}
    for field, tokens in kept_tokens(entry).items():
        kind = FIELDS[field]
        fields[field] = [shown(field, token) for token in tokens] if kind == "set" else joined(field, tokens)
    fields["id"] = ordered(entry.document.id)
    fields["date"] = UNDATED if entry.date is None else entry.date
    fields["document"] = b64encode(entry.stored or to_record(entry.document)).decode()
    return document_key(entry.document.id), json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def stored_document(source: Json) -> Document:
    """The document out of what the cluster kept. Raises ValueError."""
    return from_record(b64decode(source["document"]))


def set_tokens(entry: Entry) -> set[tuple[str, str]]:
    """The members of an entry's "set" fields, as the cluster has them: what it can be deleted by."""
    kept: dict[str, Sequence[str]] = dict(kept_tokens(entry))
    kept["id"] = (entry.document.id,)
    return {(field, key(field, token)) for field, tokens in kept.items() if FIELDS[field] == "set" for token in tokens}
