"""Copies of one text: one line for a person, every document for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

ARTICLE = "003_2c0e62b5694884fd.txt"
Terminal = Callable[..., tuple[str, int]]


@pytest.fixture(params=["tantivy", "whoosh"])
def copied(library: Path, diplo: Run, request: pytest.FixtureRequest) -> Path:
    """The seeds, with two copies of one: one exact, one with a line more."""
    (library / "diplo.toml").write_text(f'engine = "{request.param}"\n[sources]\nseeds = "seeds"\n', encoding="utf-8")
    text = (library / "seeds" / ARTICLE).read_text(encoding="utf-8")
    (library / "seeds" / "exact.txt").write_text(text, encoding="utf-8")
    (library / "seeds" / "longer.txt").write_text(
        f"{text}\nThe delegation then left for the airport.\n", encoding="utf-8"
    )
    diplo(library, "index")
    return library


def test_a_terminal_folds_copies(copied: Path, terminal: Terminal) -> None:
    screen, status = terminal(copied, "list", "--lang", "en", NO_COLOR="1")
    assert (status, screen.count("+2 copies")) == (0, 1)
    assert screen.startswith("4 documents")
    assert "are shown" not in screen
    assert all(len(line) <= 80 for line in screen.splitlines())
    whole, _ = terminal(copied, "list", "--lang", "en", "--all-copies", NO_COLOR="1")
    assert "copies" not in whole
    assert sum(name in whole for name in ("003", "exa", "lon")) == 3


def test_copies_are_counted_among_what_matches(copied: Path, terminal: Terminal) -> None:
    screen, _ = terminal(copied, "search", "delegation airport", NO_COLOR="1")
    assert "copies" not in screen
    assert "longer" in screen or "lon" in screen


def test_records_hold_every_copy(copied: Path, diplo: Run) -> None:
    found = json.loads(diplo(copied, "list", "--json").stdout)
    assert (found["total"], len(found["hits"])) == (7, 7)
    told = {hit["id"]: hit["copy_of"] for hit in found["hits"]}
    family = {"003_2c0e62b5694884fd", "exact", "longer"}
    first = next(one for one in told if one in family)
    assert {one for one, other in told.items() if other} == family - {first}
    assert {told[one] for one in family - {first}} == {first}
    assert diplo(copied, "list", "--count").stdout == "7\n"
    lines = diplo(copied, "list", "--jsonl", "--fields", "id,copy_of").stdout.splitlines()
    assert {json.loads(line)["id"]: json.loads(line)["copy_of"] for line in lines} == told


SENTENCE = (
    "The ministers of the two states spoke on {0} of trade, water, roads and the border posts that {0} will open. "
)


@pytest.fixture
def crowded(library: Path, diplo: Run) -> Path:
    """Forty copies of one text, and fifteen others that are found after them."""
    copied = "Zorbia signs a treaty. " + " ".join(f"Zorbia signs article {k} of the treaty." for k in range(20))
    rows = [{"id": f"copy{k:02}", "lang": "en", "text": copied} for k in range(40)]
    for k in range(15):
        words = " ".join(SENTENCE.format(f"day{k}x{n}") for n in range(6))
        rows.append({"id": f"other{k:02}", "lang": "en", "text": f"Zorbia was named once. {words}"})
    (library / "seeds" / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    diplo(library, "index")
    return library


def test_copies_do_not_starve_the_page(crowded: Path, terminal: Terminal) -> None:
    screen, _ = terminal(crowded, "search", "Zorbia", NO_COLOR="1")
    assert screen.count("    other") == 9
    assert screen.count("+39 copies") == 1
    assert "English (en) · 10 and 39 copies of 55" in screen
    assert "10 and 39 copies of 55 are shown" in screen
    few, _ = terminal(crowded, "search", "Zorbia", "--limit", "12", NO_COLOR="1")
    assert few.count("    other") == 11
    whole, _ = terminal(crowded, "search", "Zorbia", "--limit", "0", NO_COLOR="1")
    assert whole.count("    other") == 15
    assert "are shown" not in whole
    dated, _ = terminal(crowded, "search", "Zorbia", "--sort", "date", NO_COLOR="1")
    assert dated.count("    other") == 9


def test_copies_are_looked_for_only_where_they_are_printed(
    crowded: Path, diplo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diplo_cli.engines.base import open_engine
    from diplo_cli.search import search as room
    from diplo_cli.search.result import SearchRequest

    assert diplo(crowded, "search", "Zorbia", "--jsonl").stdout.count('"copy_of": "copy') == 39
    folder = next(path.parent for path in crowded.rglob("meta.json") if "index" in path.parts)
    engine = open_engine("tantivy", folder)
    told = room.search(engine, SearchRequest("Zorbia", copies=True))
    assert sum(bool(hit.copy_of) for hit in told.hits) == 39
    monkeypatch.setattr(room, "Copies", None)
    assert not any(hit.copy_of for hit in room.search(engine, SearchRequest("Zorbia")).hits)
    engine.close()


def test_texts_with_one_tail_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from diplo_cli.document import Document
    from diplo_cli.search import copies
    from diplo_cli.text.signature import near

    compared = 0

    def counting(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        nonlocal compared
        compared += 1
        return near(one, other)

    monkeypatch.setattr(copies, "near", counting)
    known = copies.Copies()
    tail = (1, 2, 3, 4)
    for k in range(1, 1_001):
        own = (*tail, *range(100 * k, 100 * k + 12))
        assert not known.first(Document(id=str(k), path="", text="", signature=own))
    assert compared <= 1_000 * 4 * copies.MOST_ALIKE
    assert known.first(Document(id="late", path="", text="", signature=(*tail, *range(100, 112)))) == "1"
