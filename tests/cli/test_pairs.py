"""`diplo pairs`: in a pipe, as JSON and on a terminal, on both engines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diplo_cli.text.width import cells
from tests.cli.counted import build
from tests.conftest import Run

Terminal = Callable[..., tuple[str, int]]
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def news(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("news") / "library", request.param)


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def test_a_pipe_gets_codes_documents_languages_and_dates(diplo: Run, news: Path) -> None:
    done = diplo(news, "pairs")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(done.stdout) == [
        ["KZ", "MY", "3", "en,ms,ru", "2024-05", "2024-05", "1"],
        ["KZ", "UZ", "2", "ar,ru", "2024-09", "2024-09", "1"],
        ["MY", "UZ", "1", "ru", "", "", "1"],
        ["PK", "UZ", "1", "en", "2021", "2021", "0"],
    ]


def test_the_object_says_how_many_documents_are_in_no_pair(diplo: Run, news: Path) -> None:
    whole = json.loads(diplo(news, "pairs", "--json").stdout)
    assert whole | {"pairs": 0} == {"schema": "diplo.pairs/1", "query": "", "total": 7, "paired": 5, "pairs": 0}
    assert whole["pairs"][0] == {
        "schema": "diplo.pair/1",
        "a": "KZ",
        "b": "MY",
        "documents": 3,
        "languages": ["en", "ms", "ru"],
        "since": "2024-05",
        "until": "2024-05",
        "undated": 1,
    }
    lines = diplo(news, "pairs", "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == whole["pairs"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["Malaysia"], {"KZ MY", "KZ UZ", "MY UZ"}),
        (["--country", "UZ"], {"KZ MY", "KZ UZ", "MY UZ", "PK UZ"}),
        (["--country", "UZ", "--lang", "arabic"], {"KZ UZ"}),
        (["--pair", "KZ-MY", "--since", "2024"], {"KZ MY"}),
        (["--until", "2022"], {"PK UZ"}),
        (["--mentions", "pakistan"], {"PK UZ"}),
        (["treaty", "--exact"], {"KZ MY"}),
        (["--limit", "1"], {"KZ MY"}),
    ],
)
def test_a_query_and_filters_narrow_it(diplo: Run, news: Path, arguments: list[str], expected: set[str]) -> None:
    assert {" ".join(row[:2]) for row in rows(diplo(news, "pairs", *arguments).stdout)} == expected


def test_where_no_two_countries_meet_nothing_is_found(diplo: Run, news: Path, terminal: Terminal) -> None:
    done = diplo(news, "pairs", "harvest")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    screen, status = terminal(news, "pairs", "harvest")
    assert status == 1
    assert "1 of 1 is about one country or none" in screen
    assert diplo(news, "pairs", "nosuchword").returncode == 1
    assert diplo(news, "pairs", "--country", "Kazakstann").returncode == 2


def test_fields_and_a_header(diplo: Run, news: Path) -> None:
    assert diplo(news, "pairs", "--fields", "b,a", "--header", "--limit", "1").stdout == "b\ta\nMY\tKZ\n"
    done = diplo(news, "pairs", "--fields", "c")
    assert done.returncode == 2
    assert "no field 'c'" in done.stderr


def test_a_terminal_shows_a_matrix(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "pairs")
    lines = STYLE.sub("", screen).split("\n")
    assert status == 0
    assert lines[0] == "7 documents · 4 pairs · 4 countries"
    assert lines[2].split() == ["KZ", "MY", "UZ", "PK"]
    table = {line.split()[0]: line.split()[1:] for line in lines[3:7]}
    assert table == {
        "Kazakhstan": ["KZ", "·", "3", "2"],
        "Malaysia": ["MY", "3", "·", "1"],
        "Uzbekistan": ["UZ", "2", "1", "·", "1"],
        "Pakistan": ["PK", "1", "·"],
    }
    assert "2 of 7 are about one country or none, and in no pair" in lines
    assert "\x1b[1;96m    3" in screen  # the greatest weight is the brightest
    assert "\x1b" not in terminal(news, "pairs", NO_COLOR="1")[0]


def test_a_narrow_terminal_shows_bars(terminal: Terminal, news: Path) -> None:
    lines = STYLE.sub("", terminal(news, "pairs", columns=40)[0]).split("\n")
    assert re.fullmatch(r"  Kazakhstan – \S+  KZ MY  3  ▪+", lines[2])
    assert len({line.index("▪") for line in lines[2:6]}) == 1
    assert [line.count("▪") for line in lines[2:6]] == sorted((line.count("▪") for line in lines[2:6]), reverse=True)


def test_names_are_in_the_readers_language(terminal: Terminal, news: Path) -> None:
    screen, _ = terminal(news, "pairs", LC_ALL="ar_EG.UTF-8")
    (line,) = (line for line in STYLE.sub("", screen).split("\n") if "كازاخستان" in line)
    assert line.startswith("\u200e")
    assert line.endswith("\u200e")
    assert "KZ" in line


@pytest.mark.parametrize("columns", [40, 50, 80])
@pytest.mark.parametrize("arguments", [["pairs", "--flags"], ["pairs", "--limit", "0", "--flags"]])
def test_flags_are_opt_in_and_break_no_line(terminal: Terminal, news: Path, arguments: list[str], columns: int) -> None:
    lines = STYLE.sub("", terminal(news, *arguments, columns=columns, LANG="ar_EG.UTF-8")[0]).split("\n")
    assert any("🇰🇿" in line for line in lines)
    assert [line for line in lines if cells(line) > columns] == []
    assert "🇰🇿" not in terminal(news, "pairs")[0]


def test_the_pairs_of_a_country_asked_for_are_all_shown(terminal: Terminal, tmp_path: Path, diplo: Run) -> None:
    partners = ["Malaysia", "Uzbekistan", "Pakistan", "Turkey", "China", "Russia", "Italy", "Japan", "Egypt", "France"]
    (tmp_path / "seeds").mkdir()
    (tmp_path / "index").mkdir()
    for name in partners:
        text = f"Kazakhstan and {name} sign a treaty. Kazakhstan and {name} agreed to trade."
        (tmp_path / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert diplo(tmp_path, "index").returncode == 0
    lines = STYLE.sub("", terminal(tmp_path, "pairs", "--country", "KZ")[0]).split("\n")
    assert all(any(name[:4] in line and "▪" in line for line in lines) for name in partners if name != "Turkey")
    assert "3 pairs not shown; --limit 0 lists all" in STYLE.sub("", terminal(tmp_path, "pairs")[0])
