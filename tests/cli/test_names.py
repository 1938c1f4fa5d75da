"""`diplo names`: the spellings of a name that a library has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture(scope="module")
def leaders(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    """A library where one person is written in five scripts, and others share a word with him."""
    home = tmp_path_factory.mktemp("leaders")
    (home / "seeds").mkdir()
    (home / "index").mkdir()
    texts = {
        "en": "The prime minister of Malaysia, Anwar Ibrahim, met the press in Putrajaya on Monday.",
        "ms": "Perdana Menteri Malaysia Anwar Ibrahim bertemu pemberita di Putrajaya pada hari Isnin.",
        "ar": "التقى رئيس الوزراء الماليزي أنور إبراهيم الصحفيين في بوتراجايا يوم الاثنين.",
        "ru": "Премьер-министр Малайзии Анвар Ибрагим встретился с журналистами в понедельник.",
        "zh": "马来西亚总理安瓦尔·易卜拉欣周一会见了记者。",
        "other": "The president of Egypt, Anwar Sadat, signed the treaty; Ibrahim Lincoln did not sign it.",
        "apart": "Ибрагим Алиев не подписал документ, как сообщили журналистам в понедельник.",
    }
    for name, text in texts.items():
        (home / "seeds" / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    assert diplo(home, "index").returncode == 0
    return home


@pytest.mark.parametrize(
    "name", ["Anwar Ibrahim", "Ibrahim Anwar", "Анвар Ибрагим", "أنور إبراهيم", "安瓦尔·易卜拉欣", '"Anwar Ibrahim"']
)
def test_a_full_name_finds_its_bearer_in_every_script_and_no_other(diplo: Run, leaders: Path, name: str) -> None:
    done = diplo(leaders, "search", name, "--ids")
    found = set(done.stdout.split())
    assert found >= {"en", "ms", "ar", "ru", "zh"}
    assert not found & {"apart"}


def test_strictness_moves_the_line_one_way(diplo: Run, leaders: Path) -> None:
    found = [
        set(diplo(leaders, "search", "Anuar Ebrahim", "--names", how, "--ids").stdout.split())
        for how in ("strict", "normal", "loose")
    ]
    assert found[0] <= found[1] <= found[2]


def test_hits_say_that_a_full_name_was_met(diplo: Run, leaders: Path) -> None:
    (hit,) = json.loads(diplo(leaders, "search", "Anwar Ibrahim", "--lang", "zh", "--json").stdout)["hits"]
    assert {"安瓦尔", "易卜拉欣"} <= {match["term"] for match in hit["matched"]}
    lit = [hit["snippet"][start:end] for start, end in hit["highlights"]]
    assert "安瓦尔" in lit


def test_exact_turns_full_names_off(diplo: Run, leaders: Path) -> None:
    assert set(diplo(leaders, "search", "Anwar Ibrahim", "--exact", "--ids").stdout.split()) == {"en", "ms", "other"}


def test_names_in_a_pipe_are_records(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "names", "Tokayev")
    assert done.returncode == 0
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == ["Latn", "tokayev", "2", "1.0", "exact"]
    assert {row[1] for row in rows} == {"tokayev", "توكاييف", "тоқаев"}
    header = diplo(seeds, "names", "Tokayev", "--header").stdout.splitlines()[0]
    assert header == "script\tterm\tdocuments\tprobability\twhy"


def test_names_as_json(diplo: Run, seeds: Path) -> None:
    whole = json.loads(diplo(seeds, "names", "Tokayev", "--json").stdout)
    lines = [json.loads(line) for line in diplo(seeds, "names", "Tokayev", "--jsonl").stdout.splitlines()]
    assert whole["schema"] == "diplo.names/1"
    assert whole["spellings"] == lines
    assert all(0 <= line["probability"] <= 1 and line["documents"] >= 1 for line in lines)


def test_names_of_several_words_are_told_as_written(diplo: Run, leaders: Path) -> None:
    rows = [line.split("\t") for line in diplo(leaders, "names", "Anwar Ibrahim").stdout.splitlines()]
    assert {(row[0], row[2]) for row in rows} >= {("Latn", "2"), ("Arab", "1"), ("Cyrl", "1"), ("Hani", "1")}


def test_nothing_found_is_status_1(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "names", "Qwxyzzt")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("name", ["", "…"])
def test_a_name_without_letters_is_an_error(diplo: Run, seeds: Path, name: str) -> None:
    done = diplo(seeds, "names", name)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
