"""`diplo timeline`: in a pipe, as JSON and on a terminal, on both engines."""

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


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "2021 1, 2024-05 3, 2024-09 1,  2"),
        (["--by", "month"], "2021 1, 2024-05 3, 2024-09 1,  2"),
        (["--by", "year"], "2021 1, 2024 4,  2"),
        (["--by", "day"], "2021 1, 2024-05 1, 2024-05-17 2, 2024-09-02 1,  2"),
        (["Malaysia", "--by", "day"], "2024-05 1, 2024-05-17 1,  1"),
        (["--lang", "ar"], "2024-09 1"),
        (["--since", "2024-06"], "2024-09 1"),
        (["--country", "UZ", "--by", "year"], "2021 1, 2024 1,  1"),
        (["--limit", "2"], "2024-05 3, 2024-09 1,  2"),
        (["--by", "day,country", "--lang", "ar"], "2024-09-02 1 KZ, 2024-09-02 1 UZ"),
        (["--by", "lang", "--until", "2024-05"], "2021 1 en, 2024-05 2 en, 2024-05 1 ms"),
        (["--by", "country,year", "--lang", "ar"], "2024 1 KZ, 2024 1 UZ"),
    ],
)
def test_a_pipe_gets_periods_and_documents(diplo: Run, news: Path, arguments: list[str], expected: str) -> None:
    done = diplo(news, "timeline", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert ", ".join(line.replace("\t", " ") for line in done.stdout.splitlines()) == expected


def test_every_document_is_counted_once(diplo: Run, news: Path) -> None:
    for unit in ("year", "month", "day"):
        whole = json.loads(diplo(news, "timeline", "--by", unit, "--json").stdout)
        assert sum(each["documents"] for each in whole["periods"]) == whole["total"] == 7


def test_json(diplo: Run, news: Path) -> None:
    whole = json.loads(diplo(news, "timeline", "halal OR treaty", "--json").stdout)
    record = {"schema": "diplo.period/1", "period": "2024-05", "documents": 1}
    assert whole == {"schema": "diplo.timeline/1", "query": "halal OR treaty", "total": 1, "periods": [record]}
    line = diplo(news, "timeline", "treaty", "--by", "lang", "--jsonl").stdout
    assert json.loads(line) == record | {"lang": "en"}


@pytest.mark.parametrize("by", ["week", "month,year", "lang,country", ""])
def test_what_cannot_be_counted_by_is_an_error(diplo: Run, news: Path, by: str) -> None:
    done = diplo(news, "timeline", "--by", by)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


def test_nothing_found(diplo: Run, news: Path, terminal: Terminal) -> None:
    assert diplo(news, "timeline", "nosuchword").returncode == 1
    assert terminal(news, "timeline", "nosuchword") == ("nothing found\n", 1)


def test_a_terminal_shows_bars_gaps_and_what_is_undated(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "timeline")
    lines = STYLE.sub("", screen).split("\n")
    assert status == 0
    assert lines[0] == "7 documents · 2021 – 2024-09"
    assert [line.split()[:2] for line in lines[2:7]] == [["2021", "1"], ["2024-05", "3"], ["⋮"], ["2024-09", "1"], ["no", "date"]]  # fmt: skip
    assert lines[3].count("▪") > lines[6].count("▪") > lines[5].count("▪") > 0
    assert "1 of them states no month: shown under the year they state" in lines
    assert "\x1b" not in terminal(news, "timeline", NO_COLOR="1")[0]


def test_short_gaps_are_lines_of_their_own(terminal: Terminal, news: Path) -> None:
    lines = STYLE.sub("", terminal(news, "timeline", "--by", "year")[0]).split("\n")
    assert [line.split()[:2] for line in lines[2:7]] == [["2021", "1"], ["2022", "0"], ["2023", "0"], ["2024", "4"], ["no", "date"]]  # fmt: skip


def test_a_terminal_shows_columns_of_languages(terminal: Terminal, news: Path) -> None:
    lines = STYLE.sub("", terminal(news, "timeline", "--by", "lang,year")[0]).split("\n")
    assert lines[2].split() == ["en", "ms", "ru", "ar"]
    assert lines[6].split() == ["2024", "2", "1", "1"]
    assert lines[6].index("2", 10) + 1 == lines[2].index("en") + 2
    assert "العربية" in lines[-2]


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("by", ["month", "day", "lang", "country", "year,country"])
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, news: Path, by: str, columns: int) -> None:
    screen, _ = terminal(news, "timeline", "--by", by, "--flags", columns=columns, LANG="zh_CN.UTF-8")
    assert [line for line in STYLE.sub("", screen).split("\n") if cells(line) > columns] == []
