"""The engine for what one machine cannot hold: an index on a cluster of OpenSearch.

It gets diplo's tokens and Query trees as any engine; nothing is analysed there. Hits come sorted by score, as printed,
and id, so that pages have no gap; more than 10,000 are read page by page in one point in time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from diplo_cli.document import Document
from diplo_cli.engines import opensearch_indices as indices
from diplo_cli.engines.base import Cursor, EngineInfo, Found, Sort
from diplo_cli.engines.opensearch_fields import document_key, id_of, is_cut, key, ordered, stored_document, token_of
from diplo_cli.engines.opensearch_http import (
    OPENING,
    READING,
    Client,
    ClusterError,
    MissingError,
    RefusedError,
    no_index,
)
from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.engines.opensearch_query import literal, translate
from diplo_cli.engines.opensearch_writer import OpenSearchWriter
from diplo_cli.errors import IndexBrokenError
from diplo_cli.query.tree import Query

Json = dict[str, Any]
WINDOW = 10_000  # hits or values of one answer: what OpenSearch gives as it comes
MOST_FOUND = 65_536  # ids of one query, as it comes: what is too deep for one may match no more
DOCUMENTS = 200  # read at once
SEARCHING = "25s"  # then a search answers with what it has
KEPT = "2m"  # how long a point in time is kept between two pages
TEN_THOUSANDTHS = 10_000.0  # scores are printed, compared and paged to four decimals
ROUNDED = {"lang": "painless", "source": "Math.round(_score * 10000.0)"}


def open(cluster: Cluster, *, create: bool = False) -> OpenSearchEngine:  # noqa: A001 (the name every engine has)
    """Open the library's index on a cluster; `create` makes an empty one where there is none.

    Raises IndexBrokenError where there is none or one of another version; LibraryError, ClusterError where the cluster does not answer.
    """
    client = Client(cluster)
    if create and not indices.current(client):
        indices.make(client, 1, indices.described(), use=True)
    indices.meta(client, OPENING)
    return OpenSearchEngine(client)


class OpenSearchEngine:
    """An open index: what was last committed. `generation`: one that is being rebuilt; else the one in use.

    `say` is told once, when the engine is closed, where part of the index did not answer.
    """

    def __init__(self, client: Client, generation: int = 0, say: Callable[[str], None] | None = None) -> None:
        self._client = client
        self._generation = generation
        self._index = (
            indices.names(client.cluster, generation).documents if generation else indices.alias(client.cluster)
        )
        self._copies = os.urandom(
            4
        ).hex()  # the same copies of shards answer each question: replicas score a little apart
        self._say = say
        self._failed = ""
        self.unanswered = 0

    @property
    def client(self) -> Client:
        """What asks the cluster."""
        return self._client

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """One page of the documents that match, as the seam says."""
        unanswered = self.unanswered
        body = self._body(self._translated(query), sort)
        start = None if after is None else [_stored_value(after.value, sort), ordered(after.id)]
        wanted = None if limit is None else limit + 1
        first = self._page(body, WINDOW if wanted is None else min(wanted, WINDOW), start)
        total = first["hits"]["total"]["value"]
        found = first["hits"].get("hits", [])
        if len(found) == WINDOW and (wanted is None or wanted > WINDOW):
            found, total = self._all_pages(body, wanted, start)
        shown = found if limit is None else found[:limit]
        hits = self._hits(shown, sort)
        cursor = None
        if limit is not None and len(found) > limit:
            cursor = Cursor(_value(shown[-1], sort), hits[-1][0]) if shown else after
        return Found(total, hits, self.unanswered > unanswered, cursor)

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching documents by token, as the seam says."""
        wanted = self._translated(query)
        counts = {field: {"terms": {"field": field, "size": WINDOW}} for field in fields}
        found = self._ask_search({"size": 0, "query": wanted, "aggs": counts}).get("aggregations", {})
        return {
            field: {
                token_of(field, stored): documents
                for stored, documents in (
                    self._values(field, wanted, "") if _cut_short(found[field]) else _counts(found[field])
                )
            }
            for field in fields
        }

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """List tokens as the seam says; ids page by page, as they are asked for."""
        start = key(field, prefix) if prefix else ""
        if field == "id":
            return self._ids(start)
        matching: Json = {"prefix": {field: {"value": start}}}
        counts: Json = {"terms": {"field": field, "size": WINDOW}}
        if start:
            # Without the brackets OpenSearch 2.16 to 3.2 fail where no token begins so (its issue 19636).
            counts["terms"]["include"] = literal(start) + "(.*)"
        found = self._ask_search({"size": 0, "query": matching, "aggs": {"terms": counts}})["aggregations"]["terms"]
        listed = self._values(field, matching, start) if _cut_short(found) else _counts(found)
        return sorted((token_of(field, stored), documents) for stored, documents in listed)

    def get(self, ids: Sequence[str]) -> list[Document]:
        """Give the documents of these ids, as the seam says. Raises ClusterError where some could not be looked for."""
        keys = [document_key(one) for one in ids]
        found: dict[str, Document] = {}
        distinct = list(dict.fromkeys(keys))
        for at in range(0, len(distinct), DOCUMENTS):
            # Only what is committed: a get would else see what is being written.
            answer = self._ask("POST", f"{self._index}/_mget", {"ids": distinct[at : at + DOCUMENTS]}, realtime="false")
            for each in answer["docs"]:
                if "error" in each:
                    raise ClusterError(
                        f"part of the cluster at {self._client.where} does not answer", "try again when it is whole"
                    )
                if each.get("found"):
                    found[each["_id"]] = self._document(each["_source"])
        return [found[one] for one in keys if one in found]

    def info(self) -> EngineInfo:
        """Tell OpenSearch's version."""
        version = self._ask("GET", "", filter_path="version.number,version.distribution").get("version", {})
        count = self._ask("GET", f"{self._index}/_count", preference=self._copies)
        self._note(count)
        stated = f"{version.get('distribution', 'elasticsearch')} {version.get('number', '')}".strip()
        return EngineInfo("opensearch", count["count"], stated, "many")

    def writer(self) -> OpenSearchWriter:
        """Begin a writing session, as the seam says; several may write at once."""
        generation = self._generation or indices.current(self._client)
        if not generation:
            raise no_index(self._client.cluster)
        return OpenSearchWriter(self._client, indices.names(self._client.cluster, generation).writing, lambda: None)

    def close(self) -> None:
        """Close the connections, and say where part of the index did not answer."""
        if self._failed and self._say is not None:
            self._say(f"warning: {self._failed}: there may be more")
        self._say = None
        self._client.close()

    def _translated(self, query: Query) -> Json:
        return translate(query, self._found)

    def _found(self, query: Json) -> Json:
        """One leaf that matches the same documents, scoring 1. Raises QueryError where they are too many."""
        body: Json = {"query": query, "sort": ["id"]}
        hits, total = self._all_pages(body, MOST_FOUND, None)
        if total > MOST_FOUND:
            raise RefusedError(
                "the query is too deep, or has too many words, for so large a library", "ask for less", "", 0
            )
        values = [hit["sort"][0] for hit in hits]
        return {"constant_score": {"filter": {"terms": {"id": values}}, "boost": 1.0}}

    def _body(self, query: Json, sort: Sort) -> Json:
        first: Json = (
            {"date": "desc"}
            if sort is Sort.DATE
            else {"_script": {"type": "number", "script": ROUNDED, "order": "desc"}}
        )
        # The script's _score is 0 unless scores are tracked.
        return {"query": query, "sort": [first, {"id": "asc"}], "track_scores": True}

    def _page(self, body: Json, size: int, after: Sequence[object] | None, pit: str = "") -> Json:
        asked = body | {"size": size, "track_total_hits": True, "_source": False, "stored_fields": "_none_"}
        if after is not None:
            asked["search_after"] = after
        if pit:
            asked["pit"] = {"id": pit, "keep_alive": KEPT}
        return self._ask_search(asked)

    def _all_pages(self, body: Json, wanted: int | None, start: Sequence[object] | None) -> tuple[list[Json], int]:
        """The hits after `start`, `wanted` of them or all, as they were at one point in time; and how many match."""
        opened = self._ask("POST", f"{self._index}/_search/point_in_time", keep_alive=KEPT, preference=self._copies)
        self._note(opened)
        pit = opened["pit_id"]
        hits: list[Json] = []
        try:
            while True:
                size = WINDOW if wanted is None else min(WINDOW, wanted - len(hits))
                found = self._page(body, size, hits[-1]["sort"] if hits else start, pit)
                page = found["hits"].get("hits", [])
                hits += page
                if len(page) < size or len(hits) == wanted:
                    return hits, found["hits"]["total"]["value"]
        finally:
            self._ask("DELETE", "_search/point_in_time", {"pit_id": [pit]})

    def _hits(self, found: Sequence[Json], sort: Sort) -> tuple[tuple[str, float], ...]:
        stored = [hit["sort"][1] for hit in found]
        ids = self._whole_ids(stored)
        by_date = sort is Sort.DATE
        scores = [round(hit["_score"], 4) if by_date else _value(hit, sort) for hit in found]
        return tuple(zip(ids, scores, strict=True))

    def _whole_ids(self, stored: Sequence[str]) -> list[str]:
        """The ids of these keys; of very long ones the documents are read."""
        cut = [one for one in stored if is_cut(one)]
        if not cut:
            return [id_of(one) for one in stored]
        whole: dict[str, str] = {}
        for at in range(0, len(cut), DOCUMENTS):
            part = cut[at : at + DOCUMENTS]
            asked = {"query": {"terms": {"id": part}}, "size": len(part), "sort": ["id"], "_source": ["document"]}
            for hit in self._ask_search(asked)["hits"].get("hits", []):
                whole[hit["sort"][0]] = self._document(hit["_source"]).id
        return [whole.get(one, "") or id_of(one) for one in stored]

    def _ids(self, start: str) -> Iterator[tuple[str, int]]:
        body: Json = {"query": {"prefix": {"id": {"value": start}}}, "sort": ["id"]}
        after, size = None, 10
        while True:
            page = self._page(body, size, after)["hits"].get("hits", [])
            yield from ((one, 1) for one in self._whole_ids([hit["sort"][0] for hit in page]))
            if len(page) < size:
                return
            after, size = page[-1]["sort"], min(size * 10, WINDOW)

    def _values(self, field: str, query: Json, start: str) -> Iterator[tuple[str, int]]:
        """Every token of a field from `start` on that begins so, among matching documents, in pages of 10,000."""
        after: Json = {}
        if start:
            exactly = {"bool": {"filter": [query, {"term": {field: start}}]}}
            documents = self._ask_search({"size": 0, "query": exactly, "track_total_hits": True})["hits"]["total"][
                "value"
            ]
            if documents:
                yield start, documents
            after = {"after": {"token": start}}
        while True:
            pages = {"composite": {"size": WINDOW, "sources": [{"token": {"terms": {"field": field}}}]} | after}
            found = self._ask_search({"size": 0, "query": query, "aggs": {"pages": pages}})["aggregations"]["pages"]
            for bucket in found["buckets"]:
                if not bucket["key"]["token"].startswith(start):
                    return
                yield bucket["key"]["token"], bucket["doc_count"]
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}

    def _document(self, source: Json) -> Document:
        try:
            return stored_document(source)
        except (KeyError, ValueError) as error:
            raise IndexBrokenError(
                f"a document in {self._index} on {self._client.where} cannot be read", indices.MEND
            ) from error

    def _ask_search(self, body: Json) -> Json:
        """A search: its answer, with a note where part of the index did not answer in time."""
        parameters = {"search_type": "dfs_query_then_fetch"}  # words are weighed over all shards alike
        if "pit" not in body:
            parameters["preference"] = self._copies
        found = self._ask(
            "POST",
            "_search" if "pit" in body else f"{self._index}/_search",
            body | {"timeout": SEARCHING},
            filter_path="hits.total.value,hits.hits.sort,hits.hits._score,hits.hits._source,aggregations,_shards,timed_out",
            **parameters,
        )
        self._note(found)
        found.setdefault("hits", {}).setdefault("total", {}).setdefault("value", 0)
        return found

    def _note(self, found: Json) -> None:
        shards = found.get("_shards", {})
        # Shards that are on no node at all are in neither number: they are not counted as failed.
        silent = shards.get("total", 0) - shards.get("successful", 0)
        self.unanswered += bool(silent or found.get("timed_out"))
        if silent:
            self._failed = f"{silent} of {shards['total']} shards of the index did not answer"
        elif found.get("timed_out") and not self._failed:
            self._failed = f"the cluster did not finish in {SEARCHING}"

    def _ask(self, method: str, path: str, body: Json | None = None, **parameters: str) -> Json:
        try:
            return self._client.ask(method, path, body, READING, **parameters)
        except MissingError:
            raise no_index(self._client.cluster) from None


def _value(hit: Json, sort: Sort) -> float:
    value: float = hit["sort"][0]
    return float(value) if sort is Sort.DATE else value / TEN_THOUSANDTHS


def _stored_value(value: float, sort: Sort) -> float:
    return int(value) if sort is Sort.DATE else round(value * TEN_THOUSANDTHS)


def _cut_short(found: Json) -> bool:
    return bool(found["sum_other_doc_count"] or found.get("doc_count_error_upper_bound", 0) > 0)


def _counts(found: Json) -> Iterator[tuple[str, int]]:
    return ((bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])
