from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Terminal = Callable[..., tuple[str, int]]
SUMMIT = """Yoon Suk Yeol and Fumio Kishida opened a summit in Seoul with 37 companies.
The fund holds 9150 billion, which both sides will spend on ports, roads and schools along the coast until the end of the plan that their cabinets approved last winter,
and a second meeting is to follow when the first of the works has been finished and paid for by those who ordered it."""


def report(number: int, lang: str, text: str, date: str = "2024-05-17") -> str:
    return json.dumps({"id": f"{lang}{number}", "text": text, "date": date}, ensure_ascii=False)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    """Two stories in three languages, a copy, and reports of other things."""
    home = tmp_path_factory.mktemp("news")
    (home / "seeds").mkdir()
    (home / "index").mkdir()
    lines = [
        report(
            1,
            "en",
            "Foreign ministers Sergey Lavrov and Murat Nurtleu signed 14 agreements in Astana.\nTrade reached 2871 million.",
        ),
        report(
            1,
            "ru",
            "Министры Сергей Лавров и Мурат Нуртлеу подписали в Астане 14 соглашений.\nТорговля достигла 2871 миллиона.",
        ),
        report(1, "ar", "وقع الوزيران سيرغي لافروف ومرات نورتلو 14 اتفاقية في أستانا.\nبلغت التجارة 2871 مليون."),
        report(
            2,
            "en",
            SUMMIT,
        ),
        report(
            2,
            "ru",
            "Юн Сок Ёль и Фумио Кисида открыли саммит в Сеуле с участием 37 компаний.\nВ фонде 9150 миллиардов.",
        ),
        report(
            2,
            "xx",
            SUMMIT,
        ),
    ]
    topics = ["wheat prices", "a football final", "school holidays", "new ferries", "an old bridge", "river floods"]
    lines += [
        report(at, "other", f"The city council of Town{at} spoke about {topic}.") for at, topic in enumerate(topics)
    ]
    (home / "seeds" / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert diplo(home, "index").returncode == 0
    return home


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
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} <= {"en1", "ru1", "ar1"}
    missing = diplo(news, "summary", "--story", "9", "--query", "Lavrov")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "no story 9: there are 1 story" in missing.stderr


def test_stories_on_a_terminal(terminal: Terminal, news: Path) -> None:
    screen, status = terminal(news, "stories")
    assert status == 0
    assert "stories" in screen
    assert "3 documents" in screen
