from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Terminal = Callable[..., tuple[str, int]]
ESCAPE = "\x1b["
FIRST, SECOND, THIRD = {"en1", "ru1", "ar1"}, {"en2", "ru2", "xx2"}, {"en3", "tr3"}


def groups(diplo: Run, news: Path, *flags: str) -> list[set[str]]:
    """The documents of each story, copies too, in order."""
    told = [json.loads(line) for line in diplo(news, "stories", "--jsonl", *flags).stdout.splitlines()]
    return [{*each["ids"], *each["copies"]} for each in told]


def test_stories_hold_every_language_and_fold_copies(diplo: Run, news: Path) -> None:
    done = diplo(news, "stories", "--jsonl")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    by_members = {frozenset([*each["ids"], *each["copies"]]): each for each in told}
    assert frozenset({"en1", "ru1", "ar1"}) in by_members
    second = by_members[frozenset({"en2", "ru2", "xx2"})]
    assert len(second["copies"]) == 1
    assert second["documents"] == 3
    assert [each["story"] for each in told] == list(range(1, len(told) + 1))
    assert diplo(news, "stories", "--jsonl").stdout == done.stdout


def test_a_query_chooses_stories(diplo: Run, news: Path) -> None:
    whole = json.loads(diplo(news, "stories", "Lavrov", "--json").stdout)
    assert whole["schema"] == "diplo.stories/1"
    assert [set(each["ids"]) for each in whole["stories"]] == [{"en1", "ru1", "ar1"}]
    assert diplo(news, "stories", "ferries").returncode == 1


def test_a_digest_of_a_story(diplo: Run, news: Path) -> None:
    done = diplo(news, "summary", "--story", "1", "--query", "Lavrov")
    assert done.returncode == 0
    told = {line.split("\t")[0] for line in done.stdout.splitlines()}
    assert told
    assert told <= {"en1", "ru1", "ar1"}
    missing = diplo(news, "summary", "--story", "9", "--query", "Lavrov")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "no story 9: there are 1 story" in missing.stderr


def test_stories_on_a_terminal(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "stories")
    assert status == 0
    assert "stories" in screen
    assert "3 documents" in screen


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        (("--lang", "en"), [{"en2", "xx2"}]),
        (("--lang", "en", "--lang", "tr"), [{"en2", "xx2"}, THIRD]),
        (("--country", "KZ"), [FIRST]),
        (("--mentions", "Japan"), [SECOND]),
        (("--pair", "AM-TR"), [THIRD]),
        (("--since", "2024-06-03"), [THIRD]),
        (("--until", "2024-05-17"), [{"en1", "ar1"}]),
        (("--source", "two.example"), [{"ru1", "ar1"}]),
    ],
)
def test_each_filter_holds(diplo: Run, news: Path, flags: tuple[str, ...], kept: list[set[str]]) -> None:
    assert groups(diplo, news, *flags) == kept


def test_mentions_are_more_than_what_documents_are_about(diplo: Run, news: Path) -> None:
    assert groups(diplo, news, "--country", "JP") == []
    assert groups(diplo, news, "--mentions", "JP") == [SECOND]


def test_the_order_is_by_size_or_by_date(diplo: Run, news: Path) -> None:
    by_size = groups(diplo, news)
    assert sorted(map(len, by_size), reverse=True) == [len(each) for each in by_size] == [3, 3, 2]
    assert groups(diplo, news, "--sort", "size") == by_size
    assert groups(diplo, news, "--sort", "date") == [THIRD, SECOND, FIRST]
    assert diplo(news, "stories", "--sort", "name").returncode == 2


def test_a_limit_holds_and_0_is_all(diplo: Run, news: Path) -> None:
    assert groups(diplo, news, "--limit", "1", "--sort", "date") == [THIRD]
    assert groups(diplo, news, "--limit", "0") == groups(diplo, news)
    whole = json.loads(diplo(news, "stories", "--limit", "2", "--json").stdout)
    assert (whole["total"], len(whole["stories"])) == (3, 2)


def test_a_limit_on_a_terminal_says_that_there_are_more(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "stories", "--limit", "1", "--color", "never")
    assert status == 0
    assert "1 of 3 are shown" in screen
    assert "are shown" not in terminal(news, "stories")[0]


def test_fields_are_those_asked_for(diplo: Run, news: Path) -> None:
    asked = ("stories", "--country", "TR", "--fields", "documents,since")
    assert diplo(news, *asked).stdout == "2\t2024-07-09\n"
    assert diplo(news, *asked, "--jsonl").stdout == '{"documents": 2, "since": "2024-07-09"}\n'
    assert json.loads(diplo(news, *asked, "--json").stdout)["stories"] == [{"documents": 2, "since": "2024-07-09"}]
    refused = diplo(news, "stories", "--fields", "score")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no field 'score'" in refused.stderr


def test_a_header_names_the_fields(diplo: Run, news: Path) -> None:
    lines = diplo(news, "stories", "--header").stdout.splitlines()
    assert lines[0] == "story\tdocuments\tsince\tuntil\tlanguages\tcountries\ttitle"
    assert lines[1:] == diplo(news, "stories").stdout.splitlines()
    assert diplo(news, "stories", "--header", "--fields", "story", "--limit", "1").stdout == "story\n1\n"


def test_colour_is_as_asked_for(diplo: Run, terminal: Terminal, news: Path) -> None:
    assert ESCAPE in diplo(news, "stories", "--color", "always").stdout
    assert ESCAPE not in diplo(news, "stories").stdout
    assert ESCAPE in terminal(news, "stories")[0]
    never, status = terminal(news, "stories", "--color", "never")
    assert (ESCAPE in never, "3 documents" in never, status) == (False, True, 0)
    assert diplo(news, "stories", "--color", "red").returncode == 2
