"""The text of exact duplicates: stored once, shown with every document that has it, whatever leaves the library."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplo_cli.document import Document
from diplo_cli.engines.base import open_engine
from diplo_cli.engines.record import with_texts
from diplo_cli.indexing.build import Request, update
from diplo_cli.library.locate import open_library
from diplo_cli.library.manifest import current_generation, read_head

WIRE = " ".join(f"On day {day} the envoys of Kazakhstan and Malaysia met in Astana." for day in range(12))
SHORT = "Envoys met in Astana."


@pytest.fixture(params=["tantivy", "whoosh"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "home" / "seeds").mkdir(parents=True)
    (tmp_path / "home" / "diplo.toml").write_text(
        f'engine = "{request.param}"\n[sources]\nseeds = "seeds"\n', encoding="utf-8"
    )
    return tmp_path / "home"


def put(home: Path, texts: dict[str, str]) -> None:
    """Make the files of a library these and no others."""
    for path in (home / "seeds").iterdir():
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        path = home / "seeds" / f"{name}.txt"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def indexed(home: Path, jobs: int = 1, batch: int = 5_000) -> dict[str, Document]:
    update(open_library(home), Request(jobs=jobs, batch=batch))
    folder = current_generation(open_library(home))
    assert folder is not None
    engine = open_engine(read_head(folder).engine, folder / "engine")
    try:
        ids = [id_ for id_, _ in engine.terms("id", "")]
        return {document.id: document for document in engine.get(ids)}
    finally:
        engine.close()


def texts(documents: dict[str, Document]) -> dict[str, str]:
    return {id_: document.text for id_, document in documents.items()}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("text", [WIRE, SHORT])
def test_a_text_is_kept_with_the_first_and_shown_with_all(home: Path, text: str, jobs: int) -> None:
    written = {f"file{number:03}": text if number % 2 else f"{text} No. {number}" for number in range(120)}
    put(home, written)
    documents = indexed(home, jobs)
    assert texts(documents) == written
    leaning = {id_: document.text_of for id_, document in documents.items() if document.text_of}
    assert set(leaning.values()) == {"file001"}
    assert len(leaning) == 59


def test_a_text_of_an_earlier_update_is_kept_once(home: Path) -> None:
    put(home, {"a": WIRE})
    indexed(home)
    put(home, {"a": WIRE, "b": WIRE, "c": WIRE + " It ended."})
    documents = indexed(home)
    assert [documents[one].text_of for one in "abc"] == ["", "a", ""]
    assert documents["b"].text == WIRE


@pytest.mark.parametrize("after", [{}, {"a": "Something else."}])
def test_a_text_is_handed_on_when_its_document_leaves_or_changes(home: Path, after: dict[str, str]) -> None:
    put(home, {"a": WIRE, "b": WIRE, "c": WIRE})
    indexed(home)
    put(home, left := {"b": WIRE, "c": WIRE} | after)
    documents = indexed(home)
    assert texts(documents) == left
    assert [documents[one].text_of for one in "bc"] == ["", "b"]
    put(home, {"c": WIRE})
    assert texts(indexed(home)) == {"c": WIRE}


def test_the_last_two_may_leave_together(home: Path) -> None:
    put(home, {"a": WIRE, "b": WIRE, "other": SHORT})
    indexed(home)
    put(home, {"other": SHORT})
    assert texts(indexed(home)) == {"other": SHORT}


def test_a_text_that_moves_to_another_file_is_there(home: Path) -> None:
    put(home, {"b": WIRE, "c": WIRE})
    indexed(home)
    put(home, {"a": WIRE, "c": WIRE})
    assert texts(indexed(home)) == {"a": WIRE, "c": WIRE}


STATES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([WIRE, WIRE + " Then.", SHORT]), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STATES, min_size=2, max_size=5), st.integers(1, 3))
def test_whatever_comes_and_goes_the_texts_are_those_of_the_files(
    home: Path, states: list[dict[str, str]], batch: int
) -> None:
    random.seed()  # hypothesis seeds it alike each time, and Whoosh names its segments by it
    for state in states:
        put(home, state)
        assert texts(indexed(home, batch=batch)) == state


def test_a_text_that_nobody_keeps_is_empty_and_no_loop() -> None:
    stored = {"a": Document("a", "a.txt", "", text_of="b"), "b": Document("b", "b.txt", "", text_of="a")}
    assert [each.text for each in with_texts(list(stored.values()), lambda ids: [stored[one] for one in ids])] == [
        "",
        "",
    ]
    assert with_texts([Document("c", "c.txt", "", text_of="gone")], lambda _: [])[0].text == ""
