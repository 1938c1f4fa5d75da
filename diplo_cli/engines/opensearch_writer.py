"""Writing to a cluster: bulks that are sent again where the cluster is busy, deletions, and commits."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from diplo_cli.engines.base import FIELDS, Entry
from diplo_cli.engines.opensearch_fields import document_key, key, sent, set_tokens
from diplo_cli.engines.opensearch_http import (
    BUSY,
    DELETING,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    WRITING,
    Client,
    ClusterError,
    RefusedError,
    told,
)
from diplo_cli.errors import DiploError

Json = dict[str, Any]
BULK_BYTES = 5_000_000  # of one request: what OpenSearch advises to begin with; it takes 100,000,000
HELD_BYTES = 64_000_000  # held back until a commit, so that what is not committed can be dropped
AT_ONCE = 10_000  # tokens of one deletion


class Action(NamedTuple):
    """A line of a bulk, or two: `name` is "index" or "delete"."""

    name: str
    id: str
    document: bytes = b""

    def lines(self) -> bytes:
        """What is sent."""
        head = json.dumps({self.name: {"_id": self.id}}).encode() + b"\n"
        return head + self.document + b"\n" if self.document else head


def send(client: Client, index: str, actions: Iterable[Action], *, alias: bool = False) -> None:
    """Send actions in bulks of 5 MB; those that the cluster has no room for (429) are sent again, later. Raises DiploError."""
    bulk: list[Action] = []
    size = 0
    for action in actions:
        if bulk and size + len(action.document) > BULK_BYTES:
            _send(client, index, bulk, alias=alias)
            bulk, size = [], 0
        bulk.append(action)
        size += len(action.document) + 100
    if bulk:
        _send(client, index, bulk, alias=alias)


def _send(client: Client, index: str, bulk: Sequence[Action], *, alias: bool) -> None:
    parameters = {"require_alias": "true"} if alias else {}
    shown = "errors,items.*.status,items.*.error.type,items.*.error.reason"
    left, pause, began = list(bulk), FIRST_PAUSE, time.monotonic()
    while True:
        body = b"".join(action.lines() for action in left)
        try:
            found = client.ask("POST", f"{index}/_bulk", body, patience=WRITING, filter_path=shown, **parameters)
        except RefusedError as refused:
            if refused.status != 413 or len(left) > 1:
                raise
            raise DiploError(
                f"the document {left[0].id!r} of {len(body) / 1e6:,.0f} MB is too large for the cluster",
                "raise http.max_content_length there",
            ) from None
        if not found.get("errors"):
            return
        with client.understood():
            left = [
                action for action, result in zip(left, found["items"], strict=True) if _busy(client, action, result)
            ]
        if not left:
            return
        pause = min(pause * 2, LONGEST_PAUSE)
        if time.monotonic() - began > WRITING.all:
            raise ClusterError(
                f"the cluster at {client.where} has no room for more writing now", "run diplo index again later"
            )
        time.sleep(random.uniform(0.5, 1.0) * pause)  # noqa: S311 (so that writers do not come back together)


def _busy(client: Client, action: Action, item: Json) -> bool:
    """Whether an action is to be sent again. Raises ClusterError for one that is refused."""
    (result,) = item.values()
    status: int = result["status"]
    if status == 404 and action.name == "index":
        raise ClusterError("the index was removed while it was written", "run diplo index again")
    if status >= 300 and status not in (*BUSY, 404):
        raise ClusterError(f"the cluster at {client.where} refuses the document {action.id!r}: {told(result)}")
    return status in BUSY


class OpenSearchWriter:
    """A writing session. Several may write at once; documents with one id are one document.

    What is added and deleted is held back until the commit, up to 64 MB; nothing is visible before.
    """

    def __init__(self, client: Client, index: str, refreshed: Callable[[], None]) -> None:
        self._client = client
        self._index = index
        self._refreshed = refreshed
        self._reset()
        self._unseen = False  # whether documents were sent that deletions would not find yet

    def _reset(self) -> None:
        self._added: dict[str, tuple[bytes, set[tuple[str, str]]]] = {}
        self._by_token: dict[tuple[str, str], set[str]] = {}
        self._deleted: dict[str, dict[str, None]] = {}  # field -> tokens
        self._size = 0

    def add(self, entry: Entry) -> None:
        """Add a document, in place of any with the same id."""
        id_, document = sent(entry)
        self._forget(id_)
        tokens = {each for each in set_tokens(entry) if each[0] in ("id", "path")}
        self._added[id_] = document, tokens
        for token in tokens:
            self._by_token.setdefault(token, set()).add(id_)
        self._size += len(document)
        if self._size > HELD_BYTES:
            self._flush()

    def delete(self, field: str, token: str) -> None:
        """Delete the documents that hold `token` in a "set" field."""
        assert FIELDS[field] == "set"
        if field not in ("id", "path") and self._added:
            self._flush()  # what was added is looked for on the cluster
        stored = key(field, token)
        for id_ in list(self._by_token.get((field, stored), ())):
            self._forget(id_)
        if field == "id":
            self._deleted.setdefault("_id", {})[document_key(token)] = None
        else:
            self._deleted.setdefault(field, {})[stored] = None

    def _forget(self, id_: str) -> None:
        document, tokens = self._added.pop(id_, (b"", ()))
        self._size -= len(document)
        for token in tokens:
            self._by_token[token].discard(id_)

    def commit(self) -> None:
        """Make all that was added and deleted visible and safe from a crash."""
        self._flush()
        self._client.ask("POST", f"{self._index}/_refresh", patience=WRITING, filter_path="_shards.failed")
        self._unseen = False
        self._refreshed()

    def _flush(self) -> None:
        """Send what is held back: documents first, so that those that are replaced are never missed by readers."""
        added, deleted = self._added, self._deleted
        gone = [Action("delete", id_) for id_ in deleted.pop("_id", {}) if id_ not in added]
        actions = (Action("index", id_, document) for id_, (document, _) in added.items())
        send(self._client, self._index, actions, alias=True)
        send(self._client, self._index, gone, alias=True)
        if deleted:
            if self._unseen:
                self._client.ask("POST", f"{self._index}/_refresh", patience=WRITING, filter_path="_shards.failed")
            for field, tokens in deleted.items():
                self._delete(field, list(tokens), self._added)
        self._unseen = self._unseen or bool(added)
        self._reset()

    def _delete(self, field: str, tokens: Sequence[str], added: dict[str, tuple[bytes, set[tuple[str, str]]]]) -> None:
        """Delete the documents that hold one of these tokens and were not added after."""
        for at in range(0, len(tokens), AT_ONCE):
            part = tokens[at : at + AT_ONCE]
            wanted = {(field, token) for token in part}
            kept = [id_ for id_, (_, held) in added.items() if not wanted.isdisjoint(held)]
            query: Json = {"bool": {"filter": [{"terms": {field: part}}]}}
            if kept:
                query["bool"]["must_not"] = [
                    {"ids": {"values": kept[first : first + AT_ONCE]}} for first in range(0, len(kept), AT_ONCE)
                ]
            while self._any(
                query
            ):  # of new files there is nothing to delete: a question is cheaper, and survives a node
                found = self._client.ask(
                    "POST",
                    f"{self._index}/_delete_by_query",
                    {"query": query},
                    patience=DELETING,
                    conflicts="proceed",
                    filter_path="version_conflicts,failures",
                )
                if found.get("failures"):
                    raise ClusterError(
                        f"the cluster at {self._client.where} could not delete all", "run diplo index again"
                    )
                if not found.get("version_conflicts"):
                    break
                self._client.ask("POST", f"{self._index}/_refresh", patience=WRITING, filter_path="_shards.failed")

    def _any(self, query: Json) -> bool:
        """Whether any document matches, or may on a shard that does not answer."""
        path, shown = f"{self._index}/_count", "count,_shards"
        found = self._client.ask("POST", path, {"query": query}, patience=WRITING, filter_path=shown)
        with self._client.understood():
            return bool(found["count"] or found["_shards"]["successful"] < found["_shards"]["total"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        self._reset()
