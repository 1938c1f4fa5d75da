"""`diplo stats`: by language and country, by one of them, and what is printed of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

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
        (["--lang", "en"], ["en KZ 1", "en MY 1", "en PK 2", "en UZ 1", "en  1"]),
        (["--by", "lang"], ["en  4", "ms  1", "ru  1", "ar  1"]),
        (["--by", "country"], [" KZ 4", " MY 3", " UZ 3", " PK 2", "  1"]),
        (["--by", "country", "--limit", "1"], [" KZ 4"]),
        (["Malaysia", "--by", "country", "--exact"], [" KZ 2", " MY 2"]),
        (["Malaysia", "--by", "country"], [" KZ 3", " MY 3", " UZ 1"]),
    ],
)
def test_counts(diplo: Run, news: Path, arguments: list[str], expected: list[str]) -> None:
    done = diplo(news, "stats", *arguments)
    assert sorted(line.replace("\t", " ") for line in done.stdout.splitlines()) == sorted(expected)


def test_countries_may_stand_outermost(diplo: Run, news: Path, terminal: Terminal) -> None:
    done = diplo(news, "stats", "--by", "country,lang", "--lang", "ms", "--lang", "ar")
    assert [line.replace("\t", " ") for line in done.stdout.splitlines()] == [
        "ar KZ 1",
        "ms KZ 1",
        "ms MY 1",
        "ar UZ 1",
    ]
    screen = STYLE.sub("", terminal(news, "stats", "--by", "country,lang")[0])
    assert screen.split("\n")[2] == "Kazakhstan · 4"


def test_a_limit_is_of_all_lines_on_a_terminal_too(terminal: Terminal, news: Path) -> None:
    lines = STYLE.sub("", terminal(news, "stats", "--limit", "3")[0]).split("\n")
    assert sum("▪" in line for line in lines) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--country", "EU"], "“EU” is an organisation, not a country"),
        (["--mentions", "UN"], "“UN” is an organisation, not a country"),
        (["country:EU"], "“EU” is an organisation, not a country"),
        (["--pair", "KZ-KZ"], "names one"),
        (["--lang", "ar,en"], "repeat --lang"),
    ],
)
def test_filters_that_can_find_nothing_are_errors(diplo: Run, news: Path, arguments: list[str], told: str) -> None:
    done = diplo(news, "stats", *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_hits_of_search_have_flags(terminal: Terminal, news: Path) -> None:
    assert "🇰🇿 Kazakhstan – 🇲🇾 Malaysia" in STYLE.sub("", terminal(news, "search", "Malaysia", "--flags")[0])
    assert "🇰🇿" not in terminal(news, "search", "Malaysia")[0]


def test_a_locale_may_state_its_script(terminal: Terminal, news: Path) -> None:
    assert "Қозоғистон" in terminal(news, "stats", LC_ALL="uz_UZ.UTF-8@cyrillic")[0]
    assert "Qazaqstan" in terminal(news, "stats", LC_ALL="kk_KZ@latin")[0]


def test_what_is_not_counted_by_is_null(diplo: Run, news: Path) -> None:
    whole = json.loads(diplo(news, "stats", "--by", "country", "--json").stdout)
    assert whole["total"] == 7
    assert whole["counts"][0] == {"schema": "diplo.count/1", "lang": None, "country": "KZ", "documents": 4}
    assert whole["counts"][-1]["country"] == ""


def test_an_unknown_way_to_count(diplo: Run, news: Path) -> None:
    done = diplo(news, "stats", "--by", "month")
    assert done.returncode == 2
    assert "--by 'month' is not known" in done.stderr


def test_a_terminal_shows_codes_flags_and_weights(terminal: Terminal, news: Path) -> None:
    screen, _ = terminal(news, "stats", "--by", "country", "--flags", LANG="de_DE.UTF-8")
    lines = STYLE.sub("", screen).split("\n")
    assert lines[0] == "7 documents · 4 languages · 4 countries"
    assert re.fullmatch(r"  🇰🇿 Kasachstan +KZ +4  ▪{20}", lines[2])
    assert lines[6].split()[:3] == ["No", "country", "stated"]
    assert "\x1b[1;96m▪" in screen
    cut = STYLE.sub("", terminal(news, "stats", "--by", "country", "--limit", "2")[0]).split("\n")
    assert cut[4] == "  3 more; --limit 0 shows all"


def test_headings_of_search_have_codes_and_flags(terminal: Terminal, news: Path) -> None:
    lines = STYLE.sub("", terminal(news, "list", "--lang", "ms", "--flags", LANG="fr_FR.UTF-8")[0]).split("\n")
    assert "  🇰🇿 Kazakhstan – 🇲🇾 Malaisie  KZ MY" in lines
