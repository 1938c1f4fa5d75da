"""The engine for what one machine cannot hold: an index on a cluster of OpenSearch.

It gets diplo's tokens and Query trees as any engine; nothing is analysed there. Hits come sorted by score, as printed,
and id, so that pages have no gap; more than 10,000 are read page by page in one point in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from diplo_cli.document import Document
from diplo_cli.engines import opensearch_indices as indices
from diplo_cli.engines.base import Cursor, EngineInfo, Found, Sort
from diplo_cli.engines.opensearch_fields import document_key, id_of, is_cut, key, ordered, stored_document, token_of
from diplo_cli.engines.opensearch_http import OPENING, Client, ClusterError, no_index
from diplo_cli.engines.opensearch_pages import WINDOW, Pages, hits_of
from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.engines.opensearch_query import literal, translate
from diplo_cli.engines.opensearch_writer import OpenSearchWriter
from diplo_cli.engines.record import with_texts
from diplo_cli.errors import MEND, IndexBrokenError, QueryError
from diplo_cli.query.tree import Query

Json = dict[str, Any]
MOST_FOUND = 65_536  # ids of one query, as it comes: what is too deep for one may match no more
DOCUMENTS = 200  # read at once
TEN_THOUSANDTHS = 10_000.0  # scores are printed, compared and paged to four decimals
ROUNDED = {"lang": "painless", "source": "Math.round(_score * 10000.0)"}


def open(  # noqa: A001 (the name every engine has)
    cluster: Cluster, *, create: bool = False, say: Callable[[str], None] | None = None
) -> OpenSearchEngine:
    """Open the library's index on a cluster; `create` makes an empty one where there is none. `say`: as OpenSearchEngine has it.

    Raises IndexBrokenError where there is none or one of another version; LibraryError, ClusterError where the cluster does not answer.
    """
    client = Client(cluster)
    try:
        if create and not indices.current(client):
            indices.make(client, 1, indices.described(), use=True)
        indices.meta(client, OPENING)
    except BaseException:
        client.close()
        raise
    return OpenSearchEngine(client, say=say)


class OpenSearchEngine:
    """An open index: what was last committed. `generation`: one that is being rebuilt; else the one in use.

    `say` is told once, when the engine is closed, where part of the index did not answer.
    """

    def __init__(self, client: Client, generation: int = 0, say: Callable[[str], None] | None = None) -> None:
        self._client = client
        self._generation = generation
        stem = indices.alias(client.cluster)
        self._pages = Pages(client, indices.names(client.cluster, generation).documents if generation else stem)
        self._say = say

    @property
    def client(self) -> Client:
        """What asks the cluster."""
        return self._client

    @property
    def unanswered(self) -> int:
        """As the seam says."""
        return self._pages.unanswered

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """One page of the documents that match, as the seam says."""
        unanswered = self.unanswered
        body = self._body(self._translated(query), sort)
        start = None if after is None else [_stored_value(after.value, sort), ordered(after.id)]
        wanted = None if limit is None else limit + 1
        with self._client.understood():
            found, total = self._pages.page(body, WINDOW if wanted is None else min(wanted, WINDOW), start)
            if len(found) == WINDOW and (wanted is None or wanted > WINDOW):
                found, total = self._pages.hits(body, wanted, start)
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
        with self._client.understood():
            found = self._pages.search({"size": 0, "query": wanted, "aggs": counts}).get("aggregations", {})
            return {
                field: {
                    token_of(field, stored): documents
                    for stored, documents in self._listed(found[field], field, wanted, "")
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
        with self._client.understood():
            found = self._pages.search({"size": 0, "query": matching, "aggs": {"terms": counts}})["aggregations"]
            listed = self._listed(found["terms"], field, matching, start)
            return sorted((token_of(field, stored), documents) for stored, documents in listed)

    def get(self, ids: Sequence[str]) -> list[Document]:
        """Give the documents of these ids, as the seam says. Raises ClusterError where some could not be looked for."""
        return with_texts(self._stored(ids), self._stored)

    def _stored(self, ids: Sequence[str]) -> list[Document]:
        keys = [document_key(one) for one in ids]
        found: dict[str, Document] = {}
        distinct = list(dict.fromkeys(keys))
        for at in range(0, len(distinct), DOCUMENTS):
            # Only what is committed: a get would else see what is being written.
            part = {"ids": distinct[at : at + DOCUMENTS]}
            answer = self._pages.ask("POST", f"{self._pages.index}/_mget", part, realtime="false")
            with self._client.understood():
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
        pages = self._pages
        with self._client.understood():
            version = pages.ask("GET", "", filter_path="version.number,version.distribution").get("version", {})
            count = pages.ask("GET", f"{pages.index}/_count", preference=pages.copies)
            pages.note(count)
            stated = f"{version.get('distribution', 'elasticsearch')} {version.get('number', '')}".strip()
            return EngineInfo("opensearch", int(count["count"]), stated, "many")

    def writer(self) -> OpenSearchWriter:
        """Begin a writing session, as the seam says; several may write at once."""
        generation = self._generation or indices.current(self._client)
        if not generation:
            raise no_index(self._client.cluster)
        return OpenSearchWriter(self._client, indices.names(self._client.cluster, generation).writing, lambda: None)

    def close(self) -> None:
        """Close the connections, and say where part of the index did not answer."""
        if self._pages.failed and self._say is not None:
            self._say(f"warning: {self._pages.failed}: there may be more")
        self._say = None
        self._client.close()

    def _translated(self, query: Query) -> Json:
        return translate(query, self._found)

    def _found(self, query: Json) -> Json:
        """One leaf that matches the same documents, scoring 1. Raises QueryError where they are too many."""
        body: Json = {"query": query, "sort": ["id"]}
        with self._client.understood():
            hits, total = self._pages.page(body, WINDOW, None)
            if total > MOST_FOUND:
                raise QueryError("the query is too deep, or has too many words, for so large a library", "ask for less")
            if total > WINDOW:
                hits, _ = self._pages.hits(body, MOST_FOUND, None)
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
            for hit in hits_of(self._pages.search(asked))[0]:
                whole[hit["sort"][0]] = self._document(hit["_source"]).id
        return [whole.get(one, "") or id_of(one) for one in stored]

    def _ids(self, start: str) -> Iterator[tuple[str, int]]:
        body: Json = {"query": {"prefix": {"id": {"value": start}}}, "sort": ["id"]}
        after, size = None, 10
        while True:
            with self._client.understood():
                page, _ = self._pages.page(body, size, after)
                ids = self._whole_ids([hit["sort"][0] for hit in page])
            yield from ((one, 1) for one in ids)
            if len(page) < size:
                return
            with self._client.understood():
                after, size = page[-1]["sort"], min(size * 10, WINDOW)

    def _listed(self, found: Json, field: str, query: Json, start: str) -> Iterator[tuple[str, int]]:
        """The tokens that an answer counts, or all where it has not room for all."""
        if found["sum_other_doc_count"] or found.get("doc_count_error_upper_bound", 0) > 0:
            return self._pages.values(field, query, start)
        return ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in found["buckets"])

    def _document(self, source: Json) -> Document:
        try:
            return stored_document(source)
        except (KeyError, ValueError) as error:
            raise IndexBrokenError(
                f"a document in {self._pages.index} on {self._client.where} cannot be read", MEND
            ) from error


def _value(hit: Json, sort: Sort) -> float:
    value: float = hit["sort"][0]
    return float(value) if sort is Sort.DATE else value / TEN_THOUSANDTHS


def _stored_value(value: float, sort: Sort) -> float:
    return int(value) if sort is Sort.DATE else round(value * TEN_THOUSANDTHS)
