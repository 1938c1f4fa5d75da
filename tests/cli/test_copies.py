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
