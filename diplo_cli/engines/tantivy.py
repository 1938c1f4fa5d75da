"""The default engine: tantivy, an index of files written in Rust.

It gets diplo's tokens joined by spaces and its whitespace tokenizer takes them apart again (a tenth of the cost of
handing tokens over). Its order among equal scores changes from build to build, so hits are fetched beyond the page,
until the score changes, and ordered here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from diplo_cli.document import Document
from diplo_cli.engines.base import FACETS, FIELDS, Cursor, EngineInfo, Entry, Found, Sort
from diplo_cli.engines.expand import LONGEST_TOKEN, bounded, kept_tokens
from diplo_cli.engines.paging import UNDATED, Row, enough, from_json, page, rounded, to_json
from diplo_cli.engines.tantivy_query import INDEX_OPTION, as_token, joined, shown, translate
from diplo_cli.errors import IndexBrokenError, IndexLockedError
from diplo_cli.query.tree import Query

FEW = 500  # hits whose ids are read with the documents (15 µs each); of more, the column of all matches is (6 µs)
BEYOND = 32  # hits fetched beyond a page before ties are known
HEAP = 128_000_000  # bytes of postings before a segment is written; taken as it fills
BUCKETS = 65_000  # tantivy refuses aggregations beyond 65,000 values
Address = tuple[int, int]  # segment, document within it
Hit = tuple[float, tantivy.DocAddress]


def open(path: Path, *, create: bool = False) -> TantivyEngine:  # noqa: A001 (the name every engine has)
    """Open the index at `path`; `create` makes an empty one where there is none.

    Raises IndexBrokenError where it cannot be opened.
    """
    with _broken(path):
        if create:
            path.mkdir(parents=True, exist_ok=True)
        elif not tantivy.Index.exists(str(path)):
            raise ValueError("no tantivy index there")
        return TantivyEngine(path)


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    """What goes wrong inside tantivy as IndexBrokenError, panics too: they are no Exception."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _error(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _error(path, error) from None


def _error(path: Path, error: BaseException) -> IndexBrokenError:
    reason = " ".join(str(error).split())
    return IndexBrokenError(f"the index in {path} cannot be read: {reason}", "run: diplo index --rebuild")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field, kind in FIELDS.items():
        builder.add_text_field(
            field,
            stored=field == "id",
            fast=field in FACETS or field == "id",
            tokenizer_name="raw" if kind == "set" else "whitespace",
            index_option=INDEX_OPTION[kind],
        )
    builder.add_integer_field("date", indexed=True, fast=True)
    builder.add_bytes_field("document", stored=True)
    return builder.build()


class TantivyEngine:
    """An open tantivy index: a view of its last commit when it was opened, or of its own writers' since."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, str(path))
        self._searcher = self._index.searcher()

    def search(self, query: Query, *, limit: int | None, after: Cursor | None = None, sort: Sort = Sort.SCORE) -> Found:
        """One page of the documents that match, as the seam says."""
        wanted = self._translated(query)
        with _broken(self._path):
            if limit is None:
                return self._everything(wanted, after, sort)
            if sort is Sort.DATE:
                return self._by_date(wanted, limit, after)
            return self._by_score(wanted, limit, after)

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Count the matching documents by token, as the seam says."""
        wanted = self._translated(query)
        with _broken(self._path):
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
        with _broken(self._path):
            listed = self._searcher.terms_with_prefix(
                field, shown(field, bounded(field, prefix)), filter_query=tantivy.Query.all_query()
            )
            return sorted((as_token(term), documents) for term, documents in listed)

    def get(self, ids: Sequence[str]) -> list[Document]:
        """Give the documents of these ids, as the seam says."""
        with _broken(self._path):
            keys = [shown("id", bounded("id", one)) for one in ids]
            if not keys:
                return []
            wanted = tantivy.Query.term_set_query(self._schema, "id", list(dict.fromkeys(keys)))
            hits = self._searcher.search(wanted, len(keys), count=False).hits
            found = {stored["id"][0]: from_json(stored["document"][0]) for _, stored in self._read(hits)}
            return [found[key] for key in keys if key in found]

    def info(self) -> EngineInfo:
        """Tell tantivy's version and that of its files."""
        return EngineInfo("tantivy", self._searcher.num_docs, str(vars(tantivy)["__version__"]), "one")

    def writer(self) -> TantivyWriter:
        """Begin a writing session, as the seam says."""
        return TantivyWriter(self, self._path)

    def close(self) -> None:
        """Let go of the index. Nothing is asked of it afterwards."""
        del self._searcher, self._index

    def refresh(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def _translated(self, query: Query) -> tantivy.Query:
        return translate(query, self._schema, self._searcher, self._ids_of)

    def _ids_of(self, query: tantivy.Query) -> list[str]:
        with _broken(self._path):
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

    def _rows(self, query: tantivy.Query, hits: Sequence[Hit], scores: Sequence[float]) -> list[Row]:
        """Rows of some of a query's hits."""
        if len(hits) <= FEW:
            ids = {key: _id(stored) for key, stored in self._read(hits)}
        else:
            every = self._searcher.search(query, max(1, self._searcher.num_docs), count=False, order_by_field="id").hits
            ids = {(address.segment_ord, address.doc): as_token(id_) for id_, address in every}
            long = [(0.0, address) for id_, address in every if len(id_) >= LONGEST_TOKEN]
            ids.update((key, _id(stored)) for key, stored in self._read(long))
        return [
            Row(value, ids[address.segment_ord, address.doc], score)
            for (value, address), score in zip(hits, scores, strict=True)
        ]

    def _everything(self, query: tantivy.Query, after: Cursor | None, sort: Sort) -> Found:
        hits = [(rounded(score), address) for score, address in self._hits(query)]
        scores = [score for score, _ in hits]
        if sort is Sort.DATE:
            dates = self._searcher.fast_field_values("date", [address for _, address in hits])
            hits = [(float(date or 0), address) for date, (_, address) in zip(dates, hits, strict=True)]
        return page(self._rows(query, hits, scores), len(hits), None, after)

    def _by_score(self, query: tantivy.Query, limit: int, after: Cursor | None) -> Found:
        fetch = limit + 1 + BEYOND
        while True:
            total, best = self._counted(query, fetch)
            hits = [(rounded(score), address) for score, address in best]
            kept = enough(hits, limit, after, complete=len(hits) >= total)
            if kept is not None:
                return page(self._rows(query, kept, [value for value, _ in kept]), total, limit, after)
            fetch *= 16

    def _by_date(self, query: tantivy.Query, limit: int, after: Cursor | None) -> Found:
        total, _ = self._counted(query, 1)
        left = query
        if after is not None:
            until = tantivy.Query.range_query(
                self._schema, "date", tantivy.FieldType.Integer, UNDATED, int(after.value)
            )
            left = query.and_must_match(tantivy.Query.const_score_query(until, 0.0))
        fetch = limit + 1 + BEYOND
        while True:
            matching, newest = self._counted(left, fetch, "date")
            hits = [(float(date), address) for date, address in newest]
            kept = enough(hits, limit, after, complete=len(hits) >= matching)
            if kept is not None:
                break
            fetch *= 16
        found = page(self._rows(left, kept, [0.0] * len(kept)), total, limit, after)
        scores = self._scores(query, [id_ for id_, _ in found.hits])
        return Found(total, tuple((id_, scores[id_]) for id_, _ in found.hits), cursor=found.cursor)

    def _scores(self, query: tantivy.Query, ids: Sequence[str]) -> dict[str, float]:
        """The scores of these documents: an order by field leaves them out."""
        if not ids:
            return {}
        keys = [shown("id", bounded("id", one)) for one in ids]
        these = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "id", keys), 0.0)
        _, hits = self._counted(query.and_must_match(these), len(keys))
        return {row.id: rounded(row.value) for row in self._rows(query, hits, [0.0] * len(hits))}

    def _facet(self, query: tantivy.Query, field: str, found: dict[str, list[dict[str, int]]] | None) -> dict[str, int]:
        if found is None or found.get("sum_other_doc_count"):
            listed = self._searcher.terms_with_prefix(field, "", filter_query=query)
            return {as_token(term): documents for term, documents in listed if documents}
        return {as_token(str(bucket["key"])): bucket["doc_count"] for bucket in found["buckets"]}


def _id(stored: tantivy.Document) -> str:
    """The id of a document as it was given: the token, or where that may be shortened, what the document says."""
    id_ = as_token(stored["id"][0])
    return id_ if len(id_) < LONGEST_TOKEN else from_json(stored["document"][0]).id


class TantivyWriter:
    """A writing session on an index object of its own: a writer that lives long leaves merged segments lying about.

    One indexing thread: Python feeds it 25,000 documents of 200 tokens a second at most, and it keeps up.
    """

    def __init__(self, engine: TantivyEngine, path: Path) -> None:
        self._engine = engine
        self._path = path
        with _broken(path):
            index = tantivy.Index(_schema(), str(path))
            try:
                self._writer = index.writer(HEAP, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                raise IndexLockedError(
                    f"another process is writing to the index in {path}", "try again when it is done"
                ) from None

    def add(self, entry: Entry) -> None:
        """Add a document, in place of any with the same id."""
        document = tantivy.Document()
        for field, tokens in kept_tokens(entry).items():
            if FIELDS[field] == "set":
                for token in tokens:
                    document.add_text(field, shown(field, token))
            else:
                document.add_text(field, joined(field, tokens))
        document.add_integer("date", UNDATED if entry.date is None else entry.date)
        document.add_bytes("document", to_json(entry.document))
        self.delete("id", entry.document.id)
        with _broken(self._path):
            self._writer.add_document(document)

    def delete(self, field: str, token: str) -> None:
        """Delete the documents that hold `token` in a "set" field."""
        with _broken(self._path):
            self._writer.delete_documents_by_term(field, shown(field, bounded(field, token)))

    def commit(self) -> None:
        """Make all that was added and deleted visible and safe from a crash."""
        with _broken(self._path):
            self._writer.commit()
            self._engine.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _broken(self._path):
            try:
                if kind is None:
                    self._writer.commit()
                    self._writer.garbage_collect_files()
                else:
                    self._writer.rollback()
            finally:
                self._writer.wait_merging_threads()  # gives the lock back
            self._engine.refresh()
