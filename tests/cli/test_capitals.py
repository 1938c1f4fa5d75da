"""A capital asked for under one name is found under its names in every script, as the gazetteer knows them; and no other of that country."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

CAPITALS = {
    "egypt": ("Cairo", "القاهرة", "开罗", "Каир"),
    "india": ("New Delhi", "नई दिल्ली", "Нью-Дели", "新德里"),
    "pakistan": ("Islamabad", "إسلام آباد", "Исламабад", "伊斯兰堡"),
    "russia": ("Moscow", "موسكو", "Москва", "莫斯科"),
}
WITHIN = {
    "Latn": "The minister arrived in {} today for talks with his colleagues.",
    "Arab": "وصل الوزير اليوم إلى {} لإجراء محادثات مع المسؤولين.",
    "Cyrl": "Сегодня министр прибыл на переговоры, город {} принимает встречу.",
    "Hani": "外交部长今天抵达{}举行会谈。",
    "Deva": "विदेश मंत्री आज बातचीत के लिए {} पहुँचे।",
}


def script(name: str) -> str:
    first = name[0]
    return (
        "Deva"
        if "ऀ" <= first <= "ॿ"
        else "Arab"
        if "؀" <= first <= "ۿ"
        else "Cyrl"
        if "Ѐ" <= first <= "ӿ"
        else ("Hani" if first > "一" else "Latn")
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("capitals")
    (home / "index").mkdir()
    (home / "seeds").mkdir()
    rows = [
        {"id": f"{country}-{number}", "text": WITHIN[script(name)].format(name)}
        for country, names in CAPITALS.items()
        for number, name in enumerate(names)
    ]
    rows.append({"id": "egypt-itself", "text": "The Egyptian minister spoke of Egypt and its neighbours today."})
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (home / "seeds" / "docs.jsonl").write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize("country", CAPITALS)
def test_each_name_finds_all(country: str, home: Path, shell: Run) -> None:
    wanted = {f"{country}-{number}" for number in range(len(CAPITALS[country]))}
    for name in CAPITALS[country]:
        assert set(shell(home, f"diplo search '{name}' --ids").stdout.split()) == wanted, name


def test_why_is_told_and_an_exact_search_finds_one(home: Path, shell: Run) -> None:
    told = [json.loads(line) for line in shell(home, "diplo search Cairo --jsonl").stdout.splitlines()]
    why = {hit["id"]: {(match["term"], match["why"]) for match in hit["matched"]} for hit in told}
    assert why["egypt-0"] == {("Cairo", "exact")}
    assert why["egypt-1"] == {("القاهرة", "capital")}
    assert shell(home, "diplo search =Cairo --ids").stdout.split() == ["egypt-0"]
    assert "any name of the capital of EG" in shell(home, "diplo search Cairo --explain").stderr
