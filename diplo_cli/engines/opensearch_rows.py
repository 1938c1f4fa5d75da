"""The table of files on a cluster: an index of rows beside the index of documents, shared by all who write to the library.

The lines that sites repeat are rows of it, too, at a place before every file's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from diplo_cli.engines import opensearch_indices as indices
from diplo_cli.engines.opensearch_http import WRITING, Client
from diplo_cli.engines.opensearch_pages import point_in_time
from diplo_cli.engines.opensearch_writer import Action, send

Json = dict[str, Any]
PAGE = 1_000  # rows read at once: that of a file of 50,000 records is a megabyte
BEFORE = -1  # the place of rows that are no file's


class Rows:
    """The rows of a generation whose files belong to one part (place from `least` to below `most`)."""

    def __init__(self, client: Client, generation: int, least: int, most: int) -> None:
        self._client = client
        self._index = indices.names(client.cluster, generation).rows
        self._least, self._most = least, most

    def read(self) -> Iterator[Any]:
        """Every row, as it was written."""
        client = self._client
        client.ask("POST", f"{self._index}/_refresh", patience=WRITING)
        with client.understood(), point_in_time(client, client.ask, self._index, keep_alive="5m") as opened:
            asked: Json = {
                "size": PAGE,
                "query": {"range": {"part": {"gte": self._least, "lt": self._most}}},
                "sort": ["part", "file"],
                "pit": {"id": opened["pit_id"], "keep_alive": "5m"},
                "_source": ["row"],
            }
            while True:
                found = client.ask("POST", "_search", asked, WRITING, allow_partial_search_results="false")
                hits = found["hits"]["hits"]
                for hit in hits:
                    yield json.loads(hit["_source"]["row"])
                if len(hits) < PAGE:
                    return
                asked["search_after"] = hits[-1]["sort"]

    def write(self, rows: Iterable[tuple[str, int, object]], gone: Iterable[str] = ()) -> None:
        """Put rows, each with its file's key and place, in place of those of the same keys; take out the keys `gone`."""
        written = {_key(key): (place, row) for key, place, row in rows}
        deletions = (Action("delete", name) for name in map(_key, gone) if name not in written)
        send(self._client, self._index, deletions)
        additions = (
            Action("index", name, json.dumps({"part": place, "file": name, "row": json.dumps(row)}).encode())
            for name, (place, row) in written.items()
        )
        send(self._client, self._index, additions)


def _key(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
