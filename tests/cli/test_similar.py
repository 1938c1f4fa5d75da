from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Terminal = Callable[..., tuple[str, int]]
ESCAPE = "\x1b["


def test_the_same_story_in_other_scripts_comes_first(diplo: Run, news: Path) -> None:
    done = diplo(news, "similar", "en1", "--jsonl")
    record = json.loads(done.stdout)
    assert record["schema"] == "diplo.similar/1"
    assert set(record["ids"][:2]) == {"ru1", "ar1"}
    assert record["scores"] == sorted(record["scores"], reverse=True)


def test_several_ids_from_stdin_give_a_line_each(diplo: Run, news: Path) -> None:
    done = diplo(news, "similar", "-", "--jsonl", stdin="en1\nen2\n")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["en1", "en2"]


def test_filters_hold(diplo: Run, news: Path) -> None:
    assert diplo(news, "similar", "en1", "--ids", "--lang", "ru", "--limit", "1").stdout == "ru1\n"


def test_as_records_and_as_one_object(diplo: Run, news: Path) -> None:
    line = diplo(news, "similar", "en2", "--limit", "1").stdout
    assert line.split("\t")[0] == "xx2"
    whole = json.loads(diplo(news, "similar", "en2", "--json").stdout)
    assert whole["schema"] == "diplo.similars/1"
    assert whole["similar"][0]["ids"][0] == "xx2"


def test_nothing_alike_and_an_unknown_id(diplo: Run, news: Path) -> None:
    assert diplo(news, "similar", "en1", "--since", "2030").returncode == 1
    done = diplo(news, "similar", "zz")
    assert done.returncode == 2
    assert "no document 'zz'" in done.stderr


def test_on_a_terminal(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "similar", "en1")
    assert status == 0
    assert "ru1" in screen
    assert all(len(line) <= 200 for line in screen.splitlines())


def ids(told: str) -> list[str]:
    return told.split()


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        (("--lang", "ar"), {"ar1"}),
        (("--country", "KZ"), {"ru1", "ar1"}),
        (("--country", "kazakhstan", "--country", "RU"), {"ru1", "ar1"}),
        (("--mentions", "KZ"), {"ru1", "ar1"}),
        (("--pair", "RU-KZ"), {"ru1", "ar1"}),
        (("--until", "2024-05-16"), {"ar1"}),
        (("--since", "2024-05-18", "--until", "2024-05"), {"ru1"}),
        (("--source", "two.example", "--until", "2024-05"), {"ru1", "ar1"}),
    ],
)
def test_each_filter_holds(diplo: Run, news: Path, flags: tuple[str, ...], kept: set[str]) -> None:
    done = diplo(news, "similar", "en1", "--ids", *flags)
    assert (set(ids(done.stdout)), done.returncode) == (kept, 0)
    assert set(ids(diplo(news, "similar", "en1", "--ids").stdout)) > kept


def test_mentions_are_more_than_what_a_document_is_about(diplo: Run, news: Path) -> None:
    assert ids(diplo(news, "similar", "ru1", "--ids", "--mentions", "MY").stdout) == ["en1"]
    assert diplo(news, "similar", "ru1", "--ids", "--country", "MY").returncode == 1


def test_fields_of_plain_records(diplo: Run, news: Path) -> None:
    done = diplo(news, "similar", "en1", "--lang", "ar", "--fields", "lang,id,path,mentions")
    assert done.stdout == "ar\tar1\tseeds/news.jsonl\tKZ:3,RU:2\n"
    for empty in ("matched", "snippet", "highlights", "copy_of"):
        refused = diplo(news, "similar", "en1", "--fields", empty)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "fields: id, date, lang, countries, score, title, path, mentions" in refused.stderr


def test_fields_of_json(diplo: Run, news: Path) -> None:
    asked = ("similar", "en1", "--lang", "ar", "--fields", "ids,id")
    (line,) = diplo(news, *asked, "--jsonl").stdout.splitlines()
    assert line == '{"ids": ["ar1"], "id": "en1"}'
    assert json.loads(diplo(news, *asked, "--json").stdout)["similar"] == [{"ids": ["ar1"], "id": "en1"}]
    refused = diplo(news, "similar", "en1", "--jsonl", "--fields", "title")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "fields: id, ids, scores" in refused.stderr


def test_a_header_names_the_fields(diplo: Run, news: Path) -> None:
    asked = ("similar", "en1", "--lang", "ar", "--header")
    assert diplo(news, *asked).stdout.splitlines()[0] == "id\tdate\tlang\tcountries\tscore\ttitle"
    assert diplo(news, *asked, "--fields", "lang,id").stdout == "lang\tid\nar\tar1\n"


def test_nul_ends_records_and_ids(diplo: Run, news: Path) -> None:
    assert diplo(news, "similar", "en1", "--ids", "--lang", "ar", "-0").stdout == "ar1\0"
    assert diplo(news, "similar", "en1", "--fields", "id", "--lang", "ar", "--null").stdout == "ar1\0"


def test_a_limit_holds_and_0_is_all(diplo: Run, news: Path) -> None:
    whole = ids(diplo(news, "similar", "en1", "--ids").stdout)
    assert len(whole) > 2
    assert ids(diplo(news, "similar", "en1", "--ids", "--limit", "2").stdout) == whole[:2]
    assert ids(diplo(news, "similar", "en1", "--ids", "--limit", "0").stdout) == whole


def test_colour_is_as_asked_for(diplo: Run, terminal: Terminal, news: Path) -> None:
    asked = ("similar", "en1", "--lang", "ar")
    assert ESCAPE in diplo(news, *asked, "--color", "always").stdout
    assert ESCAPE not in diplo(news, *asked).stdout
    assert ESCAPE in terminal(news, *asked)[0]
    never, status = terminal(news, *asked, "--color", "never")
    assert (ESCAPE in never, "ar1" in never, status) == (False, True, 0)
    assert diplo(news, *asked, "--color", "red").returncode == 2


def test_groups_are_as_asked_for(terminal: Terminal, news: Path) -> None:
    asked = ("similar", "en1", "--country", "KZ", "--color", "never")
    plain = terminal(news, *asked)[0]
    by_language = terminal(news, *asked, "--by", "lang")[0]
    by_country = terminal(news, *asked, "--by", "country")[0]
    assert ("Русский (ru)" in plain, "Русский (ru)" in by_language) == (False, True)
    assert ("Kazakhstan – Russia\n" in by_language, "Kazakhstan – Russia" in by_country) == (False, True)
    assert terminal(news, *asked, "--by", "none")[0] == plain
    assert terminal(news, *asked, "--by", "colour")[1] == 2
