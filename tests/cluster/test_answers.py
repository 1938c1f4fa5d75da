"""What a cluster answers that is late, strange or too much, told by a double of its HTTP side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from diplo_cli.engines import opensearch
from diplo_cli.engines.base import FORMAT, Engine
from diplo_cli.engines.opensearch_http import Client, ClusterError, told
from diplo_cli.engines.opensearch_indices import described
from diplo_cli.engines.opensearch_pages import WINDOW
from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.engines.opensearch_rows import Rows
from diplo_cli.engines.opensearch_writer import Action, send
from diplo_cli.errors import QueryError
from diplo_cli.indexing.part import WHOLE
from diplo_cli.query.tree import All, And, Or, Query, Term
from tests.cluster import running
from tests.cluster.double import Asked, Double, doubling
from tests.cluster.running import RUN, Nodes
from tests.conftest import Run

DEEP = b"[" * 200_000
STRANGE = (
    DEEP,
    b"[1]",
    b"{}",
    b'{"hits": []}',
    b'{"hits": {"hits": [{}], "total": {"value": 1}}}',
    b'{"hits": {"hits": [{"sort": []}], "total": {"value": "one"}}}',
    b'{"hits": {"total": 7}, "aggregations": []}',
    b'{"aggregations": {"lang": {"buckets": [{}]}, "terms": {"sum_other_doc_count": 0, "buckets": 3}}}',
    b'{"docs": [1], "version": "x", "count": "many", "pit_id": 3}',
    b'{"_shards": [], "items": {}, "errors": true}',
)
Answering = Callable[[Asked], tuple[int, bytes] | None]


def meta(asked: Asked) -> tuple[int, bytes] | None:
    """The mapping of an index that can be used."""
    held = {"diplo.x.000001": {"mappings": {"_meta": described()}}}
    return (200, json.dumps(held).encode()) if "_mapping" in asked.path else None


@contextmanager
def opened(answering: Answering) -> Iterator[tuple[Engine, Double]]:
    with doubling(lambda asked: meta(asked) or answering(asked)) as double:
        engine = opensearch.open(Cluster((double.url,), "x"))
        try:
            yield engine, double
        finally:
            engine.close()


def hits(first: int, last: int, total: int, *, scored: bool = True) -> bytes:
    """Hits as they are sorted by score and id, or by id alone."""
    before = [1] if scored else []
    found = [{"sort": [*before, f"n{number:05}"], "_score": 1.0} for number in range(first, last)]
    return json.dumps({"hits": {"total": {"value": total}, "hits": found}}).encode()


def paging(asked: Asked) -> tuple[int, bytes]:
    """12,000 hits in two pages; the end of a point in time fails."""
    if asked.method == "DELETE":
        return 503, b"{}"
    if "point_in_time" in asked.path:
        return 200, b'{"pit_id": "p"}'
    body = json.loads(asked.body)
    first, last = (WINDOW, 12_000) if "search_after" in body else (0, WINDOW)
    return 200, hits(first, last, 12_000, scored=len(body["sort"]) == 2)


def test_what_is_found_stays_found_though_the_cluster_cannot_be_told_of_the_end() -> None:
    with opened(paging) as (engine, double):
        found = engine.search(All(), limit=None)
        assert (found.total, len(found.hits), found.hits[-1][0]) == (12_000, 12_000, "n11999")
        assert double.seen[-1].method == "DELETE"


def test_rows_that_are_read_stay_read_though_the_cluster_cannot_be_told_of_the_end() -> None:
    row = json.dumps({"hits": {"hits": [{"_source": {"row": "[7]"}, "sort": [0, ""]}]}}).encode()

    def answering(asked: Asked) -> tuple[int, bytes]:
        if asked.method == "DELETE":
            return 500, b'{"error": {"reason": "no"}}'
        return 200, b'{"pit_id": "p"}' if "point_in_time" in asked.path else row

    with doubling(answering) as double:
        assert list(Rows(Client(Cluster((double.url,), "x")), 1, *WHOLE.bounds).read()) == [[7]]
        assert double.seen[-1].method == "DELETE"


def deep() -> Query:
    """A query of more floors than one question to a cluster may have: its inner ones are looked for first."""
    query: Query = Term("text", "x")
    for number in range(40):
        joined = (query, Term("text", f"w{number}"))
        query = And(joined) if number % 2 else Or(joined)
    return query


def test_a_query_that_finds_too_much_in_between_is_refused_after_one_page() -> None:
    with opened(lambda _: (200, hits(0, WINDOW, 70_000))) as (engine, double):
        with pytest.raises(QueryError, match="too deep, or has too many words"):
            engine.search(deep(), limit=10)
        assert len([asked for asked in double.seen if "_search" in asked.path]) == 1


def test_what_is_found_in_between_is_read_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opensearch, "MOST_FOUND", 12_000)
    with opened(paging) as (engine, double):
        engine.search(deep(), limit=10)
        last = json.loads(double.seen[-1].body)["query"]
        assert json.dumps(last).count('"n') == 12_000


def test_a_query_that_asks_too_much_ends_no_batch(diplo: Run, library: Path) -> None:
    def answering(asked: Asked) -> tuple[int, bytes] | None:
        return meta(asked) or (200, hits(0, 3, 70_000 if b'"sort": ["id"]' in asked.body else 3))

    nested = "x"
    for number in range(40):
        nested = f"({nested} OR w{number})" if number % 2 else f"({nested} w{number})"
    with doubling(answering) as double:
        variables = {"DIPLO_OPENSEARCH_URL": double.url, "DIPLO_ENGINE": "opensearch"}
        lines = f"a\tone\nb\t{nested}\nc\ttwo\n"
        done = diplo(library, "search", "--exact", "--queries", "-", "--jsonl", stdin=lines, **variables)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["total"], second["total"], third["total"], done.returncode) == (3, 0, 3, 0)
    assert "too deep, or has too many words" in second["error"]
    assert "warning: query b: the query is too deep" in done.stderr


ASKED: tuple[Callable[[Engine], object], ...] = (
    lambda engine: engine.search(All(), limit=3).hits,
    lambda engine: engine.search(All(), limit=None).hits,
    lambda engine: engine.facets(All(), ["lang"]),
    lambda engine: list(engine.terms("names", "K/")),
    lambda engine: list(engine.terms("id", "")),
    lambda engine: engine.get(["a"]),
    lambda engine: engine.info(),
)


@pytest.mark.parametrize("answer", STRANGE)
def test_answers_of_another_shape_are_one_clear_error(answer: bytes) -> None:
    with opened(lambda _: (200, answer)) as (engine, double):
        said = set()
        for ask in ASKED:
            try:
                ask(engine)
            except ClusterError as error:
                said.add(error.message)
        assert said == {f"what answers at {double.url} is no OpenSearch"}
        client = Client(Cluster((double.url,), "x"))
        with pytest.raises(ClusterError, match="is no OpenSearch"):
            list(Rows(client, 1, *WHOLE.bounds).read())
        client.close()


@pytest.mark.parametrize(
    "answer", [DEEP, b'{"a": 1}', b'{"a": {"mappings": []}}', b'{"a": {"mappings": {"_meta": 7}}}', b'{"a": null}']
)
def test_a_mapping_of_another_shape_is_one_clear_error(diplo: Run, library: Path, answer: bytes) -> None:
    with doubling(lambda _: (200, answer)) as double:
        for arguments in (["search", "Tokayev"], ["index"]):
            variables = {"DIPLO_OPENSEARCH_URL": double.url, "DIPLO_ENGINE": "opensearch"}
            done = diplo(library, *arguments, **variables)
            assert done.returncode == 2
            assert f"what answers at {double.url} is no OpenSearch" in done.stderr
            assert len(done.stderr.splitlines()) == 2


def test_a_mapping_that_does_not_say_all_is_an_index_to_rebuild(diplo: Run, library: Path) -> None:
    held: dict[str, Any] = described() | {"detector": 3}
    answer = json.dumps({"diplo.x.000001": {"mappings": {"_meta": held}}}).encode()
    assert held["format"] == FORMAT
    with doubling(lambda _: (200, answer)) as double:
        done = diplo(library, "list", DIPLO_OPENSEARCH_URL=double.url, DIPLO_ENGINE="opensearch")
        assert (done.returncode, "does not say what it was built with" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "disk\x1b[31m full"}, "disk [31m full"),
        ({"error": {"reason": "no"}}, "no"),
        ({"error": {"root_cause": [{"reason": "deeper"}], "reason": "no"}}, "deeper"),
        ({"error": {"root_cause": [7], "type": "kind"}}, "kind"),
        ({"error": {"root_cause": {"reason": 7}}}, "it does not say why"),
        ({"error": {"reason": {"a": "b"}}}, "it does not say why"),
        ({"error": [1]}, "it does not say why"),
        ({}, "it does not say why"),
    ],
)
def test_a_clusters_own_words_are_shown_whatever_their_shape(answer: dict[str, Any], words: str) -> None:
    assert told(answer) == words


@pytest.mark.parametrize("error", ["no room", {"reason": "no room"}, {"type": "no room"}])
def test_a_refused_document_is_told_with_the_clusters_words(error: object) -> None:
    answer = json.dumps({"errors": True, "items": [{"index": {"status": 400, "error": error}}]}).encode()
    with doubling(lambda _: (200, answer)) as double:
        client = Client(Cluster((double.url,), "x"))
        with pytest.raises(ClusterError, match="refuses the document 'a': no room"):
            send(client, "diplo.x", [Action("index", "a", b"{}")])
        client.close()


@pytest.mark.parametrize("items", [[], [{}], [7], [{"index": {}}], [{"index": {"status": "late"}}], 3])
def test_results_of_another_shape_are_one_clear_error(items: object) -> None:
    with doubling(lambda _: (200, json.dumps({"errors": True, "items": items}).encode())) as double:
        client = Client(Cluster((double.url,), "x"))
        with pytest.raises(ClusterError, match="is no OpenSearch"):
            send(client, "diplo.x", [Action("index", "a", b"{}")])
        client.close()


def test_the_tests_remove_from_a_cluster_what_they_made_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    made = f"diplo.{RUN}-1.000001"
    monkeypatch.delenv("DIPLO_OPENSEARCH_URL", raising=False)

    def answering(asked: Asked) -> tuple[int, bytes]:
        if asked.path.startswith("/_cat/indices/"):
            return 200, json.dumps([{"index": made}]).encode()
        return 200, json.dumps({"index_templates": [{"name": f"diplo.{RUN}-1"}]}).encode()

    with doubling(answering) as double:
        Nodes([double.url]).sweep()
        gone = [asked.path for asked in double.seen if asked.method == "DELETE"]
        assert gone == [f"/{made}", f"/_index_template/diplo.{RUN}-1"]
        asked = [asked.path for asked in double.seen if asked.method == "GET"]
        assert all(f"diplo.{RUN}-*" in path for path in asked)
    assert running.new_name().startswith(f"{RUN}-")
    assert running.new_name() != running.new_name()
