"""Reading an index on a cluster: hits in pages, all tokens of a field, and whether every part of the index answered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from diplo_cli.engines.opensearch_http import READING, Client, MissingError, Patience, no_index
from diplo_cli.errors import DiploError

Json = dict[str, Any]
WINDOW = 10_000  # hits or values of one answer: what OpenSearch gives as it comes
SEARCHING = "25s"  # then a search answers with what it has
KEPT = "2m"  # how long a point in time is kept between two pages
CLOSING = Patience(2.0, 2.0)


@contextmanager
def point_in_time(client: Client, ask: Callable[..., Json], index: str, **parameters: str) -> Iterator[Json]:
    """An index as it is now: the answer of `ask` to its opening, whose `pit_id` is good for as long as the block lasts."""
    opened = ask("POST", f"{index}/_search/point_in_time", **parameters)
    try:
        yield opened
    finally:
        # It ends by itself: what was found is found where the cluster cannot be told.
        with suppress(DiploError):
            client.ask("DELETE", "_search/point_in_time", {"pit_id": [opened["pit_id"]]}, CLOSING)


class Pages:
    """What is read of the index (or alias) `index`. `unanswered`: how many questions some of it did not answer; `failed`: the last such trouble, "" for none."""

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self.index = index
        # The same copies of shards answer each question: replicas score a little apart.
        self.copies = os.urandom(4).hex()
        self.unanswered = 0
        self.failed = ""

    def ask(self, method: str, path: str, body: Json | None = None, **parameters: str) -> Json:
        """The answer to a request. Raises IndexBrokenError where the index is gone, ClusterError, RefusedError."""
        try:
            return self._client.ask(method, path, body, READING, **parameters)
        except MissingError:
            raise no_index(self._client.cluster) from None

    def search(self, body: Json) -> Json:
        """A search: its answer, with a note where part of the index did not answer in time."""
        parameters = {"search_type": "dfs_query_then_fetch"}  # words are weighed over all shards alike
        if "pit" not in body:
            parameters["preference"] = self.copies
        found = self.ask(
            "POST",
            "_search" if "pit" in body else f"{self.index}/_search",
            body | {"timeout": SEARCHING},
            filter_path="hits.total.value,hits.hits.sort,hits.hits._score,hits.hits._source,aggregations,_shards,timed_out",
            **parameters,
        )
        self.note(found)
        return found

    def page(self, body: Json, size: int, after: Sequence[object] | None, pit: str = "") -> tuple[list[Json], int]:
        """The `size` hits after `after`, and how many match in all."""
        asked = body | {"size": size, "track_total_hits": True, "_source": False, "stored_fields": "_none_"}
        if after is not None:
            asked["search_after"] = after
        if pit:
            asked["pit"] = {"id": pit, "keep_alive": KEPT}
        return hits_of(self.search(asked))

    def hits(self, body: Json, wanted: int | None, start: Sequence[object] | None) -> tuple[list[Json], int]:
        """The hits after `start`, `wanted` of them or all, as they were at one point in time; and how many match."""
        parameters = {"keep_alive": KEPT, "preference": self.copies}
        with point_in_time(self._client, self.ask, self.index, **parameters) as opened:
            self.note(opened)
            hits: list[Json] = []
            while True:
                size = WINDOW if wanted is None else min(WINDOW, wanted - len(hits))
                page, total = self.page(body, size, hits[-1]["sort"] if hits else start, opened["pit_id"])
                hits += page
                if len(page) < size or len(hits) == wanted:
                    return hits, total

    def values(self, field: str, query: Json, start: str) -> Iterator[tuple[str, int]]:
        """Every token of a field from `start` on that begins so, among matching documents, in pages of 10,000."""
        after: Json = {}
        if start:
            exactly = {"bool": {"filter": [query, {"term": {field: start}}]}}
            _, documents = hits_of(self.search({"size": 0, "query": exactly, "track_total_hits": True}))
            if documents:
                yield start, documents
            after = {"after": {"token": start}}
        while True:
            pages = {"composite": {"size": WINDOW, "sources": [{"token": {"terms": {"field": field}}}]} | after}
            found = self.search({"size": 0, "query": query, "aggs": {"pages": pages}})["aggregations"]["pages"]
            for bucket in found["buckets"]:
                if not bucket["key"]["token"].startswith(start):
                    return
                yield bucket["key"]["token"], int(bucket["doc_count"])
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}

    def note(self, found: Json) -> None:
        """Count an answer that not all of the index gave."""
        shards = found.get("_shards", {})
        # Shards that are on no node at all are in neither number: they are not counted as failed.
        silent = shards.get("total", 0) - shards.get("successful", 0)
        self.unanswered += bool(silent or found.get("timed_out"))
        if silent:
            self.failed = f"{silent} of {shards['total']} shards of the index did not answer"
        elif found.get("timed_out") and not self.failed:
            self.failed = f"the cluster did not finish in {SEARCHING}"


def hits_of(found: Json) -> tuple[list[Json], int]:
    """The hits in an answer, which are left out of it where there are none, and how many documents match."""
    hits = found.get("hits", {})
    return hits.get("hits", []), int(hits.get("total", {}).get("value", 0))
