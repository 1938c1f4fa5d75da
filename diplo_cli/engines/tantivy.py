"""The default engine: tantivy, an index of files written in Rust.

It gets diplo's tokens joined by spaces and its whitespace tokenizer takes them apart again (a tenth of the cost of
handing tokens over). Its order among equal scores changes from build to build, so hits are fetched beyond the page,
until the score changes, and ordered here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import tantivy

from diplo_cli.document import Document
from diplo_cli.engines.base import Cursor, EngineInfo, Found, Sort
from diplo_cli.engines.escape import are_tokens, as_token, shown
from diplo_cli.engines.expand import bounded
from diplo_cli.engines.paging import UNDATED, Row, enough, page, rounded
from diplo_cli.engines.record import from_record, with_texts
from diplo_cli.engines.tantivy_fields import PIECES, as_given, broken, out_of_pieces, schema
from diplo_cli.engines.tantivy_query import Phrases, translate
from diplo_cli.query.tree import Query

BEYOND = 32  # hits fetched beyond a page before ties are known
BUCKETS = 65_000  # tantivy refuses aggregations beyond 65,000 values
if TYPE_CHECKING:
    from diplo_cli.engines.tantivy_writer import TantivyWriter

Address = tuple[int, int]  # segment, document within it
Hit = tuple[float, tantivy.DocAddress]


def open(path: Path, *, create: bool = False) -> TantivyEngine:  # noqa: A001 (the name every engine has)
    """Open the index at `path`; `create` makes an empty one where there is none.

    Raises IndexBrokenError where it cannot be opened.
    """
    with broken(path):
        if create:
            path.mkdir(parents=True, exist_ok=True)
        elif not tantivy.Index.exists(str(path)):
            raise ValueError("no tantivy index there")
        return TantivyEngine(path)


def _opened(path: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
    """Open the files of an index.

    tantivy's reader locks a file that it must be able to write. Where it may not, it opens a folder of links to the
    files; it maps them all into memory at once and does not come back to the folder, which is gone right away.
    """
    if os.access(path, os.W_OK):
        index = tantivy.Index(schema(), str(path))
        return index, index.searcher()
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="diplo-") as view:
        for file in path.iterdir():
            if not file.name.endswith(".lock"):
                Path(view, file.name).symlink_to(file.resolve())
        index = tantivy.Index(schema(), view)
        return index, index.searcher()


class TantivyEngine:
    """An open tantivy index: a view of its last commit when it was opened, or of its own writers' since."""

    unanswered = 0

    def __init__(self, path: Path) -> None:
        self._path = path
        self._schema = schema()
        self._index, self._searcher = _opened(path)
        self._phrases: Phrases = {}

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """One page of the documents that match, as the seam says."""
        wanted = self._translated(query)
        with broken(self._path):
            if limit is None:
                return self._everything(wanted, after, sort)
            if sort is Sort.DATE:
                return self._by_date(wanted, limit, after)
            return self._by_score(wanted, limit, after)

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching documents by token, as the seam says."""
        wanted = self._translated(query)
        with broken(self._path):
            ask = {field: {"terms": {"field": field, "size": BUCKETS}} for field in fields}
            try:
                found = self._searcher.aggregate(wanted, ask)
            except ValueError:  # more values than tantivy puts into buckets
                found = {}
            return {field: self._facet(wanted, field, found.get(field)) for field in fields}

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """List tokens as the seam says.

        The filter by all documents makes counts exact after deletions: 2.3 ms instead of 0.9 for 50,000 terms.
        """
        with broken(self._path):
            listed = self._searcher.terms_with_prefix(
                field, shown(field, bounded(field, prefix)), filter_query=tantivy.Query.all_query()
            )
            if are_tokens(term for term, _ in listed):
                return sorted(listed)
            return sorted((as_token(term), documents) for term, documents in listed)

    def get(self, ids: Sequence[str]) -> list[Document]:
        """Give the documents of these ids, as the seam says."""
        return with_texts(self._stored(ids), self._stored)

    def _stored(self, ids: Sequence[str]) -> list[Document]:
        with broken(self._path):
            keys = [shown("id", bounded("id", one)) for one in ids]
            if not keys:
                return []
            wanted = tantivy.Query.term_set_query(self._schema, "id", list(dict.fromkeys(keys)))
            hits = self._searcher.search(wanted, len(keys), count=False).hits
            found = {stored["id"][0]: from_record(stored["document"][0]) for _, stored in self._read(hits)}
            return [found[key] for key in keys if key in found]

    def info(self) -> EngineInfo:
        """Tell tantivy's version and that of its files."""
        return EngineInfo("tantivy", self._searcher.num_docs, str(vars(tantivy)["__version__"]), "one")

    def writer(self) -> TantivyWriter:
        """Begin a writing session, as the seam says."""
        from diplo_cli.engines.tantivy_writer import TantivyWriter

        return TantivyWriter(self._path, self.refresh)

    def close(self) -> None:
        """Let go of the index. Nothing is asked of it afterwards."""
        del self._searcher, self._index

    def refresh(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self._phrases = {}

    def _translated(self, query: Query) -> tantivy.Query:
        with broken(self._path):
            return translate(query, self._schema, self._searcher, self._ids_of, self._phrases)

    def _ids_of(self, query: tantivy.Query) -> list[str]:
        with broken(self._path):
            return [stored["id"][0] for _, stored in self._read(self._hits(query))]

    def _counted(self, query: tantivy.Query, limit: int, order_by: str | None = None) -> tuple[int, list[Hit]]:
        """How many documents match, and the first of them.

        Counting also keeps tantivy from skipping documents, so that scores are summed in one order whatever the limit.
        """
        result = self._searcher.search(query, limit, count=True, order_by_field=order_by)
        total: int = getattr(result, "count")  # noqa: B009 (tantivy's types leave it out)
        return total, result.hits

    def _hits(self, query: tantivy.Query) -> list[Hit]:
        return self._counted(query, max(1, self._searcher.num_docs))[1]

    def _read(self, hits: Iterable[Hit]) -> Iterator[tuple[Address, tantivy.Document]]:
        """Stored documents, in the order of the file: each block of them is unpacked once."""
        for key, address in sorted(((address.segment_ord, address.doc), address) for _, address in hits):
            yield key, self._searcher.doc(address)

    def _ids(self, hits: Sequence[Hit]) -> list[str]:
        """The ids of hits: out of columns of numbers (0.4 µs each), long ones with their documents (15 µs)."""
        addresses = [address for _, address in hits]
        columns: list[list[int]] = []
        for piece in PIECES:
            column = cast("list[int]", self._searcher.fast_field_values(piece, addresses))
            columns.append(column)
            if not any(number & 0xFF for number in column):  # none goes on
                break
        ids = out_of_pieces(columns)
        long = [hit for hit, id_ in zip(hits, ids, strict=True) if not id_]
        if long:
            read = {key: as_given(stored) for key, stored in self._read(long)}
            for number, (_, address) in enumerate(hits):
                ids[number] = read.get((address.segment_ord, address.doc), ids[number])
        return ids

    def _rows(self, hits: Sequence[Hit], scores: Sequence[float]) -> list[Row]:
        return [Row(value, id_, score) for (value, _), id_, score in zip(hits, self._ids(hits), scores, strict=True)]

    def _everything(self, query: tantivy.Query, after: Cursor | None, sort: Sort) -> Found:
        hits = [(rounded(score), address) for score, address in self._hits(query)]
        scores = [score for score, _ in hits]
        if sort is Sort.DATE:
            dates = self._searcher.fast_field_values("date", [address for _, address in hits])
            hits = [(float(date or 0), address) for date, (_, address) in zip(dates, hits, strict=True)]
        return page(self._rows(hits, scores), len(hits), None, after)

    def _fetch(self, limit: int) -> int:
        """How many hits to ask for first: tantivy allocates room for as many, and aborts where it cannot."""
        return min(limit + 1 + BEYOND, max(1, self._searcher.num_docs))

    def _by_score(self, query: tantivy.Query, limit: int, after: Cursor | None) -> Found:
        fetch = self._fetch(limit)
        while True:
            total, best = self._counted(query, fetch)
            hits = [(rounded(score), address) for score, address in best]
            kept = enough(hits, limit, after, complete=len(hits) >= total)
            if kept is not None:
                return page(self._rows(kept, [value for value, _ in kept]), total, limit, after)
            fetch = min(fetch * 16, total)

    def _by_date(self, query: tantivy.Query, limit: int, after: Cursor | None) -> Found:
        total, _ = self._counted(query, 1)
        left = query
        if after is not None:
            until = tantivy.Query.range_query(
                self._schema, "date", tantivy.FieldType.Integer, UNDATED, int(after.value)
            )
            left = query.and_must_match(tantivy.Query.const_score_query(until, 0.0))
        fetch = self._fetch(limit)
        while True:
            matching, newest = self._counted(left, fetch, "date")
            hits = [(float(date), address) for date, address in newest]
            kept = enough(hits, limit, after, complete=len(hits) >= matching)
            if kept is not None:
                break
            fetch = min(fetch * 16, matching)
        found = page(self._rows(kept, [0.0] * len(kept)), total, limit, after)
        scores = self._scores(query, [id_ for id_, _ in found.hits])
        return Found(total, tuple((id_, scores[id_]) for id_, _ in found.hits), cursor=found.cursor)

    def _scores(self, query: tantivy.Query, ids: Sequence[str]) -> dict[str, float]:
        """The scores of these documents: an order by field leaves them out."""
        if not ids:
            return {}
        keys = [shown("id", bounded("id", one)) for one in ids]
        these = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "id", keys), 0.0)
        _, hits = self._counted(query.and_must_match(these), len(keys))
        return {row.id: rounded(row.value) for row in self._rows(hits, [0.0] * len(hits))}

    def _facet(self, query: tantivy.Query, field: str, found: dict[str, list[dict[str, int]]] | None) -> dict[str, int]:
        if found is None or found.get("sum_other_doc_count"):
            listed = self._searcher.terms_with_prefix(field, "", filter_query=query)
            return {as_token(term): documents for term, documents in listed if documents}
        return {as_token(str(bucket["key"])): bucket["doc_count"] for bucket in found["buckets"]}
