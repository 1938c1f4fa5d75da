"""Every engine gives the oracle's documents, totals, facets, orders and pages; the one on a cluster with `pytest -m cluster`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplo_cli.document import Document
from diplo_cli.engines.base import CLUSTER, EMBEDDED, FACETS, FIELDS, Cursor, Engine, Entry, Sort, open_engine
from diplo_cli.errors import IndexBrokenError, IndexLockedError
from diplo_cli.query.tree import All, And, AnyOf, FieldIs, Near, Not, Or, Phrase, Prefix, Query, Term, Written
from tests.conftest import ENGINES, Place

from .generated import entries, entry, leaf, tree
from .oracle import Oracle

KNOWN = entries(seed=7, count=500)
Library = tuple[Engine, Oracle]


@pytest.fixture(scope="module", params=ENGINES)
def library(request: pytest.FixtureRequest, place: Place) -> Iterator[Library]:
    """500 documents, written in three sessions (several segments), some replaced, some deleted, reopened."""
    path = place(request.param)
    engine = open_engine(request.param, path, create=True)
    older = entries(seed=8, count=150)
    oracle = Oracle([])
    for batch in (older[:100], older[100:] + KNOWN[:200], KNOWN[200:]):
        with engine.writer() as writer:
            for one in batch:
                writer.add(one)
                oracle.entries[one.document.id] = one
            writer.commit()
            gone = batch[len(batch) // 2].document
            for field, token in (("path", gone.path), ("id", batch[0].document.id)):
                writer.delete(field, token)
                oracle.entries = {
                    id_: held
                    for id_, held in oracle.entries.items()
                    if token not in ([id_] if field == "id" else held.tokens[field])
                }
    engine.close()
    engine = open_engine(request.param, path)
    yield engine, oracle
    engine.close()


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, place: Place) -> Iterator[Engine]:
    engine = open_engine(request.param, place(request.param), create=True)
    yield engine
    engine.close()


def pages(engine: Engine, query: Query, size: int, sort: Sort) -> list[tuple[str, float]]:
    hits: list[tuple[str, float]] = []
    after: Cursor | None = None
    while True:
        found = engine.search(query, limit=size, after=after, sort=sort)
        hits += found.hits
        assert len(found.hits) == size or found.cursor is None
        if found.cursor is None:
            return hits
        after = found.cursor


def check(library: Library, query: Query, size: int = 7) -> None:
    engine, oracle = library
    expected = oracle.matching(query)
    found = engine.search(query, limit=None)
    assert {id_ for id_, _ in found.hits} == expected
    assert found.total == len(found.hits) == len(expected)
    assert list(found.hits) == sorted(found.hits, key=lambda hit: (-hit[1], hit[0]))
    assert all(score >= 0 for _, score in found.hits)
    dated = engine.search(query, limit=None, sort=Sort.DATE)
    assert [id_ for id_, _ in dated.hits] == oracle.by_date(query)
    for sort, whole in ((Sort.SCORE, found), (Sort.DATE, dated)):
        first = engine.search(query, limit=size, sort=sort)
        assert first.total == whole.total
        assert first.hits == whole.hits[:size]


def counted(library: Library, query: Query) -> None:
    engine, oracle = library
    assert engine.facets(query, FACETS) == {field: oracle.facet(query, field) for field in FACETS}


@pytest.mark.parametrize("seed", range(12))
def test_leaves_match_as_the_oracle_says(library: Library, seed: int) -> None:
    chance = Random(seed)
    for _ in range(12):
        check(library, leaf(chance, KNOWN))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), floors=st.integers(1, 3), size=st.integers(1, 40))
def test_trees_match_as_the_oracle_says(library: Library, seed: int, floors: int, size: int) -> None:
    check(library, tree(Random(seed), KNOWN, floors), size)


@pytest.mark.parametrize(
    "query",
    [
        All(),
        Term("lang", "ar"),
        Not(Term("text", "tokayev")),
        Or((Term("text", "visit"), Term("country", "KZ"), Prefix("title", "то"))),
    ],
)
def test_facets_and_pages_have_no_gap_or_repeat(library: Library, query: Query) -> None:
    counted(library, query)
    for sort in Sort:
        whole = library[0].search(query, limit=None, sort=sort).hits
        for size in (1, 30, 100) if sort is Sort.DATE and isinstance(query, Term) else (30, 100):
            assert tuple(pages(library[0], query, size, sort)) == whole


@pytest.mark.parametrize("field", FIELDS)
def test_terms_are_listed_in_order_with_their_documents(library: Library, field: str) -> None:
    engine, oracle = library
    every = list(engine.terms(field, ""))
    assert every == oracle.terms(field, "")
    for token, _ in every[:: max(1, len(every) // 3)]:
        assert list(engine.terms(field, token[:3])) == oracle.terms(field, token[:3])
    assert list(engine.terms(field, "\U0001f600")) == []


def test_documents_come_back_whole_in_the_order_asked(library: Library) -> None:
    engine, oracle = library
    ids = sorted(oracle.entries, reverse=True)
    asked = ["none", *ids, ids[0], KNOWN[0].document.id + "x"]
    assert engine.get(asked) == [oracle.entries[id_].document for id_ in [*ids, ids[0]]]
    assert engine.get([]) == []
    assert engine.info().documents == len(ids)
    assert engine.info().writers == ("many" if engine.info().name == CLUSTER else "one")


def test_phrases_of_many_alternatives_and_wide_windows(library: Library) -> None:
    every = tuple(word for held in KNOWN[:60] for word in held.tokens["text"])
    check(library, Phrase("text", (every, ("the", "of", "trade"), every)))
    check(library, Phrase("text", (("visit",), (), (), ("trade", "water")), slop=4))
    check(library, Near("text", (every[:40], every[40:80]), 3))
    check(library, Near("text", (("tokayev", "tokaev"), ("tokayev",), ("the", "tokayev")), 9))
    check(library, Near("text", (), 3))
    check(library, Near("text", (("the",), ()), 3))
    check(library, Phrase("text", ()))
    check(library, AnyOf(tuple(Term("id", one.document.id) for one in KNOWN)))


def test_a_query_may_be_thousands_of_floors_deep(library: Library) -> None:
    query: Query = Term("text", "visit")
    for floor in range(3000):
        word = Term("text", ("water", "trade", "of")[floor % 3])
        query = Or((And((query, Not(Term("lang", "he")))), And((word, Term("country", "KZ")))))
        if floor % 10 == 0:
            query = Not(Not(Not(query)))
    flat = {  # Not at each tenth floor turns it over; the oracle cannot recurse so deep, so the same by sets
        "visit": library[1].matching(Term("text", "visit")),
        "he": library[1].matching(Term("lang", "he")),
        "KZ": library[1].matching(Term("country", "KZ")),
        **{word: library[1].matching(Term("text", word)) for word in ("water", "trade", "of")},
    }
    expected = flat["visit"]
    for floor in range(3000):
        expected = (expected - flat["he"]) | (flat[("water", "trade", "of")[floor % 3]] & flat["KZ"])
        if floor % 10 == 0:
            expected = set(library[1].entries) - expected
    assert {id_ for id_, _ in library[0].search(query, limit=None).hits} == expected


@pytest.mark.parametrize("query", [Written("tokayev"), And((All(), FieldIs("lang", "ar")))])
def test_what_is_as_written_is_refused(library: Library, query: Query) -> None:
    with pytest.raises(TypeError, match="widens"):
        library[0].search(query, limit=1)


def test_rarer_words_and_boosts_score_higher(library: Library) -> None:
    engine, _ = library
    plain, raised = (engine.search(Term("text", "tokayev", boost), limit=1).hits[0][1] for boost in (1.0, 3.0))
    assert raised == pytest.approx(3 * plain, rel=1e-3)
    assert engine.search(Term("lang", "ar", 0.25), limit=1).hits[0][1] == 0.25
    assert engine.search(All(), limit=1).hits[0][1] == 1.0
    both = AnyOf((Term("lang", "ar", 2.0), Term("lang", "ar", 3.0)))
    assert engine.search(both, limit=1).hits[0][1] == 3.0


def test_an_empty_index_answers(empty: Engine) -> None:
    for sort in Sort:
        assert empty.search(All(), limit=5, sort=sort) == empty.search(Not(Term("text", "x")), limit=None, sort=sort)
    assert empty.search(All(), limit=None).total == 0
    assert empty.facets(All(), FACETS) == {field: {} for field in FACETS}
    assert list(empty.terms("names", "")) == []
    assert empty.get(["x"]) == []


def test_within_a_session_later_adds_and_deletes_win(empty: Engine) -> None:
    chance = Random(1)
    with empty.writer() as writer:
        for number in range(4):
            writer.add(entry(chance, f"id {number}"))
        last = entry(chance, "id 1")
        writer.add(last)
        writer.delete("id", "id 2")
    assert [id_ for id_, _ in empty.search(All(), limit=None).hits] == ["id 0", "id 1", "id 3"]
    assert empty.get(["id 1", "id 2"]) == [last.document]


def interrupted(engine: Engine, chance: Random) -> None:
    with engine.writer() as writer:
        writer.add(entry(chance, "kept"))
        writer.commit()
        writer.add(entry(chance, "dropped"))
        writer.delete("id", "kept")
        raise KeyboardInterrupt


def test_an_exception_drops_what_was_not_committed(empty: Engine) -> None:
    chance = Random(2)
    with pytest.raises(KeyboardInterrupt):
        interrupted(empty, chance)
    assert [id_ for id_, _ in empty.search(All(), limit=None).hits] == ["kept"]
    with empty.writer() as writer:  # the lock is free again
        writer.add(entry(chance, "another"))
    assert empty.info().documents == 2


def test_hostile_tokens_and_ids_are_kept_apart(empty: Engine) -> None:
    long = "ж" * 5000
    ids = [
        "a b",
        "a",
        "b",
        "a\tb\n",
        "\ud800",
        "\udfff x",
        "😀",
        "x" * 4000,
        "x" * 4001,
        ".*",
        "(",
        "a\\b",
        "Ｆ/..",
        "",
        " ",
    ]
    with empty.writer() as writer:
        for number, id_ in enumerate(ids):
            text = ["x", "\ud800\ud801", long, "a b", "", "end", f"n{number}"]
            writer.add(
                Entry(Document(id=id_, path=id_, text=id_), {"text": text, "path": [id_] if id_ else []}, 20240101)
            )
    assert [document.id for document in empty.get(ids)] == ids
    for id_ in filter(None, ids):
        assert empty.search(Term("path", id_), limit=None).hits == ((id_, 1.0),)
    for query in (Term("text", long), Prefix("text", "ж" * 300), Phrase("text", (("a b",), ("end",)))):
        assert empty.search(query, limit=1).total == len(ids)
    assert ("\ud800\ud801", len(ids)) in list(empty.terms("text", ""))
    with empty.writer() as writer:
        for id_ in ids[:5]:
            writer.delete("path", id_)
    assert [id_ for id_, _ in empty.search(Prefix("path", ""), limit=None).hits] == sorted(filter(None, ids[5:]))


HOSTILE = (
    "",
    " ",
    "  ",
    "\n",
    "\ufeff",
    "\u200b",
    "\0",
    "\0" * 8,
    "n",
    "n\0",
    "n\0\0",
    "n\0m",
    "\0n",
    "a b",
    "a\nb",
    "a\U0010ff20b",
    "a\U0010ff0ab",
    "a\U0010feffb",
    "a\U0010feff b",
    "a\U0010feff\U0010ff20b",
    "\U0010ff00",
    "\ud800x",
    "\U0010d800x",
    "\udc00",
    "\U0010dc00",
    "\ud800\udc00",  # two lone surrogates, not the character that they would be in UTF-16
    "\U00010000",
    "\U0010ffff" * 50,
    "\0" * 199,
    "\0" * 201,
)


def test_any_id_and_any_token_stays_itself(empty: Engine) -> None:
    """Private-use characters that engines may use themselves, NULs, lone surrogates: found, listed, counted, deleted."""
    words = [word for word in HOSTILE if word]
    for times in (1, 2):  # the second replaces the first, also the one without a name
        with empty.writer() as writer:
            for id_ in HOSTILE:
                members = {"path": [id_], "lang": [id_], "names": [id_]} if id_ else {}
                writer.add(Entry(Document(id_, id_, "x" * times), {"text": ["same", id_, "end"], **members}, 20240101))
    ordered = sorted(HOSTILE)
    assert [document.id for document in empty.get(HOSTILE)] == list(HOSTILE)
    for sort in Sort:
        for query in (All(), Term("text", "same"), Not(Term("text", "none")), Prefix("id", "")):
            found = empty.search(query, limit=None, sort=sort)
            assert [id_ for id_, _ in found.hits] == ordered
            assert found.total == len(ordered)
            assert [id_ for id_, _ in pages(empty, query, 4, sort)] == ordered
    for word in words:
        phrase = Phrase("text", (("same",), (word,), ("end",)))
        for asked in (Term("text", word), Term("path", word), Term("id", word), phrase):
            assert [id_ for id_, _ in empty.search(asked, limit=5).hits] == [word]
        starting = sorted(other for other in words if other.startswith(word))
        if len(word) < 100:  # a path of more than 200 characters keeps its first 167
            for field in ("path", "text"):
                assert [id_ for id_, _ in empty.search(Prefix(field, word), limit=None).hits] == starting
    short = sorted(word for word in words if len(word) <= 200)
    assert set(empty.facets(All(), ["lang"])["lang"]) >= set(short)
    for field in ("names", "path", "text"):
        listed = dict(empty.terms(field, ""))
        assert [listed[word] for word in short] == [1] * len(short)
    with empty.writer() as writer:
        for id_ in HOSTILE[::2]:
            writer.delete("id", id_)
    assert [id_ for id_, _ in empty.search(All(), limit=None).hits] == sorted(HOSTILE[1::2])


@pytest.mark.parametrize("query", [All(), Term("text", "tokayev"), Term("text", "none")])
@pytest.mark.parametrize("sort", Sort)
def test_any_limit_is_taken(library: Library, query: Query, sort: Sort) -> None:
    engine, oracle = library
    whole = engine.search(query, limit=None, sort=sort)
    assert whole.total == len(oracle.matching(query))
    for limit in (10**15, 2**63, 10**30):
        assert engine.search(query, limit=limit, sort=sort) == whole
    if whole.hits:
        first = engine.search(query, limit=1, sort=sort)
        rest = engine.search(query, limit=10**15, after=first.cursor, sort=sort)
        assert first.hits + rest.hits == whole.hits
    nothing = engine.search(query, limit=0, sort=sort)
    assert (nothing.total, nothing.hits) == (whole.total, ())


def test_an_empty_index_takes_any_limit(empty: Engine) -> None:
    for sort in Sort:
        for limit in (0, 10**15):
            assert empty.search(All(), limit=limit, sort=sort).total == 0


HOLD = """
import sys
from pathlib import Path
from diplo_cli.engines.base import open_engine
with open_engine(sys.argv[1], Path(sys.argv[2])).writer():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("name", EMBEDDED)
def test_a_second_writer_is_refused_and_readers_are_not(name: str, tmp_path: Path) -> None:
    engine = open_engine(name, tmp_path, create=True)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, name, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexLockedError, match="another process"):
            engine.writer()
        assert engine.search(All(), limit=1).total == 0
        holder.kill()
    with engine.writer() as writer:  # free at once after a kill
        writer.add(KNOWN[0])
    assert engine.info().documents == 1
    engine.close()


def files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file() and "lock" not in file.name.lower())


def test_no_folder_or_an_empty_one_is_no_index(tmp_path: Path) -> None:
    for name in EMBEDDED:
        for path in (tmp_path / "none", tmp_path):
            with pytest.raises(IndexBrokenError) as caught:
                open_engine(name, path)
            assert "\n" not in caught.value.message
            assert caught.value.hint == "run: diplo index --rebuild"


@pytest.mark.parametrize("name", EMBEDDED)
@pytest.mark.parametrize("harm", ["empty", "half", "garbage", "gone"])
def test_a_damaged_file_is_one_clear_error(name: str, harm: str, tmp_path: Path) -> None:
    """Each file of the index in turn: it opens and answers, or it is broken; nothing else is raised."""
    path = tmp_path / "index"
    engine = open_engine(name, path, create=True)
    with engine.writer() as writer:
        for one in KNOWN[:30]:
            writer.add(one)
    engine.close()
    broken = 0
    message = ""
    for file in files(path):
        whole = file.read_bytes()
        if harm == "gone":
            file.unlink()
        else:
            file.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "garbage": b"\x93\xff" * 400}[harm])
        try:
            engine = open_engine(name, path)
            try:
                ids = [id_ for id_, _ in engine.search(Term("text", "tokayev"), limit=None).hits]
                engine.get(ids)
                engine.facets(All(), FACETS)
                list(engine.terms("names", ""))
            finally:
                engine.close()
        except IndexBrokenError as error:
            broken += 1
            message = error.message
        assert "\n" not in message
        file.write_bytes(whole)
    assert broken > 0
