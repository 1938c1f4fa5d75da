"""`diplo search` as a user runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Run

ALL = ["000", "001", "002", "003", "004"]
TOKAYEV = ["000", "001", "002", "004"]


def ids(diplo: Run, library: Path, *arguments: str) -> list[str]:
    done = diplo(library, "search", *arguments, "--ids")
    assert done.stderr == ""
    return sorted(line[:3] for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    "name", ["Tokayev", "توكاييف", "Тоқаев", "Токаев", "Tokaev", "Toqaev", "tokayev", "TOKAYEV", "Tokajew"]
)
def test_a_name_is_found_in_every_script(diplo: Run, seeds: Path, name: str) -> None:
    assert ids(diplo, seeds, name) == TOKAYEV


@pytest.mark.parametrize("name", ["Kazakhstan", "Қозоғистон", "كازاخستان", "哈萨克斯坦", "Kazakstan", "Қазақстан"])
def test_a_country_is_found_by_any_of_its_names(diplo: Run, seeds: Path, name: str) -> None:
    assert ids(diplo, seeds, name) == ALL


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Tokayev", ["000", "001"]),
        ("توكاييف", ["002"]),
        ("Тоқаев", ["004"]),
        ("Токаев", []),
        ("Kazakhstan", ["000", "001", "003"]),
        ("Қозоғистон", ["004"]),
        ("كازاخستان", ["002"]),
        ("Kazakstan", []),
    ],
)
def test_exact_finds_each_spelling_in_its_own_documents(diplo: Run, seeds: Path, name: str, found: list[str]) -> None:
    assert ids(diplo, seeds, name, "--exact") == found
    assert ids(diplo, seeds, f"={name}") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("halal", ["000"]),
        ("savdo", ["004"]),
        ("савдо", ["004"]),
        ("water security", ["003"]),
        ('"water infrastructure"', ["003"]),
        ('"infrastructure water"', []),
        ("Nurtleu", ["002", "004"]),
        ("Нуртилеу", ["002", "004"]),
        ("نورتلو", ["002", "004"]),
        ("Saidov", ["002"]),
        ("سعيدوف", ["002"]),
        ("Ashimbayev", ["001"]),
        ("Зардорий", ["004"]),
        ("Zardari", ["004"]),
        ("Шариф", ["004"]),
        ("Sharif", ["004"]),
        ("Anwar Ibrahim", ["000", "001", "003"]),
        ('"Anwar Ibrahim"', ["000", "001", "003"]),
        ("Tokayev -Malaysia", ["002", "004"]),
        ("Tokayev NOT halal", ["001", "002", "004"]),
        ("halal OR savdo", ["000", "004"]),
        ("tok*", ["000", "001"]),
        ("tokaev~", ["000", "001"]),
        ("title:Kazakhstan halal", ["000"]),
        ("lang:ar", ["002"]),
        ("lang:arabic Tokayev", ["002"]),
        ("lang:uz", ["004"]),
        ("country:UZ", ["002"]),
        ("mentions:UZ Tokayev", ["000", "002"]),
        ("pair:KZ-MY", ["000", "001", "003"]),
        ("date:2024-05..2024-06", ["000", "001"]),
        ("source:astroawani.com", ["000"]),
    ],
)  # fmt: skip
def test_queries(diplo: Run, seeds: Path, query: str, found: list[str]) -> None:
    assert ids(diplo, seeds, query) == found


@pytest.mark.parametrize("word", ["trade", "meeting", "water", "halal", "political", "visit", "kerjasama", "lawatan"])
def test_an_ordinary_word_brings_no_other_script(diplo: Run, seeds: Path, word: str) -> None:
    latin = ids(diplo, seeds, word, "--exact")
    assert set(ids(diplo, seeds, word)) <= set(latin) | {"000", "001", "003"}


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        (["--lang", "ar"], ["002"]),
        (["--lang", "العربية"], ["002"]),
        (["--lang", "ms", "--lang", "en"], ["000", "001"]),
        (["--country", "Қозоғистон"], TOKAYEV),
        (["--country", "KZ", "--country", "pakistan"], ["004"]),
        (["--mentions", "UZ"], ["000", "002"]),
        (["--pair", "kazakhstan-malaysia"], ["000", "001"]),
        (["--since", "2024-06"], ["001", "004"]),
        (["--until", "2024-06"], ["000", "001"]),
        (["--since", "2024-06-14"], ["004"]),
        (["--source", "www.astroawani.com"], ["000"]),
    ],
)
def test_filters(diplo: Run, seeds: Path, flags: list[str], found: list[str]) -> None:
    assert ids(diplo, seeds, "Tokayev", *flags) == found


def test_the_order_is_by_score_or_by_date(diplo: Run, seeds: Path) -> None:
    lines = diplo(seeds, "search", "Tokayev").stdout.splitlines()
    scores = [float(line.split("\t")[4]) for line in lines]
    assert scores == sorted(scores, reverse=True)
    dated = diplo(seeds, "search", "Tokayev", "--sort", "date", "--fields", "date").stdout.splitlines()
    assert dated == ["2025-09-09", "2024-06-13", "2024-05-17", ""]


def test_a_record_is_six_fields(diplo: Run, seeds: Path) -> None:
    (line,) = diplo(seeds, "search", "halal").stdout.splitlines()
    fields = line.split("\t")
    assert fields[0] == "000_41435311ad6a2fab"
    assert fields[1:3] == ["2024-05-17", "ms"]
    assert sorted(fields[3].split(",")) == ["KZ", "MY"]
    assert fields[5] == "Malaysia, Kazakhstan sepakat perkukuh hubungan, teroka kerjasama baharu"


def test_header_and_fields(diplo: Run, seeds: Path) -> None:
    assert diplo(seeds, "search", "halal", "--header").stdout.startswith("id\tdate\tlang\tcountries\tscore\ttitle\n")
    done = diplo(seeds, "search", "halal", "--fields", "lang,path", "--header")
    assert done.stdout == "lang\tpath\nms\tseeds/000_41435311ad6a2fab.txt\n"


def test_limit_changes_neither_total_nor_facets(diplo: Run, seeds: Path) -> None:
    whole = json.loads(diplo(seeds, "search", "Tokayev", "--json").stdout)
    part = json.loads(diplo(seeds, "search", "Tokayev", "--json", "--limit", "1").stdout)
    assert len(whole["hits"]) == 4
    assert len(part["hits"]) == 1
    assert part["hits"][0] == whole["hits"][0]
    assert (part["total"], part["facets"]) == (whole["total"], whole["facets"])
    assert whole["facets"] == {
        "languages": {"ar": 1, "en": 1, "ms": 1, "uz-Cyrl": 1},
        "countries": {"KZ": 4, "MY": 2, "PK": 1, "UZ": 1},
    }


def test_json_says_why(diplo: Run, seeds: Path) -> None:
    answer = json.loads(diplo(seeds, "search", "Tokayev", "--json").stdout)
    assert (answer["schema"], answer["query"], answer["total"], answer["partial"]) == (
        "diplo.search/1",
        "Tokayev",
        4,
        False,
    )
    by_id = {hit["id"][:3]: hit for hit in answer["hits"]}
    assert [m["term"] for m in by_id["002"]["matched"]] == ["توكاييف"]
    assert [(m["term"], m["why"], m["probability"]) for m in by_id["001"]["matched"]] == [("Tokayev", "exact", 1.0)]
    for hit in answer["hits"]:
        (start, end), *_ = hit["highlights"]
        assert hit["snippet"][start:end] in {m["term"] for m in hit["matched"]}
    grouped = [one for lang in answer["groups"] for countries in lang["groups"] for one in countries["ids"]]
    assert sorted(grouped) == sorted(hit["id"] for hit in answer["hits"])


def test_jsonl_is_a_hit_a_line(diplo: Run, seeds: Path) -> None:
    lines = [json.loads(line) for line in diplo(seeds, "search", "Tokayev", "--jsonl").stdout.splitlines()]
    assert [list(line) for line in lines] == [
        [
            "schema",
            "id",
            "path",
            "title",
            "date",
            "lang",
            "countries",
            "mentions",
            "score",
            "matched",
            "snippet",
            "highlights",
            "copy_of",
        ]
    ] * 4


@pytest.mark.parametrize(
    ("by", "shape"),
    [
        ("lang", [["lang", "ids"]] * 4),
        ("country", [["countries", "ids"]] * 3),
        ("none", []),
        ("country,lang", [["countries", "groups"]] * 3),
    ],
)
def test_by(diplo: Run, seeds: Path, by: str, shape: list[list[str]]) -> None:
    answer = json.loads(diplo(seeds, "search", "Tokayev", "--json", "--by", by).stdout)
    assert [list(group) for group in answer["groups"]] == shape


def test_count_and_quiet(diplo: Run, seeds: Path) -> None:
    assert diplo(seeds, "search", "Tokayev", "-c").stdout == "4\n"
    counted = diplo(seeds, "search", "nothingatall", "--count")
    assert (counted.stdout, counted.returncode) == ("0\n", 1)
    quiet = diplo(seeds, "search", "Tokayev", "-q")
    assert (quiet.stdout, quiet.stderr, quiet.returncode) == ("", "", 0)
    assert diplo(seeds, "search", "nothingatall", "--quiet").returncode == 1


def test_paths_with_nul(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "search", "Tokayev", "-0", "--paths")
    paths = done.stdout.split("\0")
    assert paths.pop() == ""
    assert sorted(paths) == sorted(
        f"seeds/{path.name}" for path in (seeds / "seeds").iterdir() if path.name[:3] != "003"
    )


def test_a_file_of_queries(diplo: Run, seeds: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.tsv"
    asked.write_text("q1\tTokayev\nhalal\n\nq3\t(open\n", encoding="utf-8")
    done = diplo(seeds, "search", "--queries", str(asked), "--jsonl")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["query_id"], a["query"], a["total"]) for a in answers] == [
        ("q1", "Tokayev", 4),
        ("2", "halal", 1),
        ("q3", "(open", 0),
    ]
    assert [list(a) for a in answers][:2] == [["schema", "query_id", "query", "total", "ids"]] * 2
    assert answers[2]["error"]
    assert "q3" in done.stderr
    assert done.returncode == 0
    assert diplo(seeds, "search", "--queries", "-", stdin="savdo\n").stdout == "1\t1\t004_7be9595e13beed79\n"


def test_explain_goes_to_stderr(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "search", "Tokayev lang:ar", "--explain", "--ids")
    assert done.stdout == "002_4c5a7fcac4536ac5\n"
    assert "read as:" in done.stderr
    assert "searched for:" in done.stderr
    assert all(len(line) <= 80 for line in done.stderr.splitlines())
    assert "Tokayev: توكاييف (spelling" in done.stderr
    assert "002_4c5a7fcac4536ac5: توكاييف (spelling" in done.stderr


def test_strictness(diplo: Run, seeds: Path) -> None:
    loose = ids(diplo, seeds, "Tokayev", "--names", "loose")
    strict = ids(diplo, seeds, "Tokayev", "--names", "strict")
    assert set(strict) <= set(ids(diplo, seeds, "Tokayev")) <= set(loose)


def test_several_arguments_are_one_query(diplo: Run, seeds: Path) -> None:
    assert ids(diplo, seeds, "water", "security") == ids(diplo, seeds, "water security")


def test_fields_that_hold_records_are_json(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "search", "halal", "--fields", "matched,highlights")
    matched, highlights = done.stdout.rstrip("\n").split("\t")
    assert json.loads(matched)[0]["term"] == "halal"
    assert len(json.loads(highlights)[0]) == 2


def test_a_title_is_lit_in_titles_alone(diplo: Run, seeds: Path) -> None:
    hit = json.loads(diplo(seeds, "search", "title:bridges", "--jsonl").stdout)
    assert [each["term"] for each in hit["matched"]] == ["Bridges"]
    assert hit["highlights"] == []


def test_a_respelled_phrase_is_as_sure_as_its_words(diplo: Run, library: Path) -> None:
    text = "زار أنور إبراهيم العاصمة أستانا يوم الخميس وأجرى محادثات مع الرئيس.\n"
    (library / "seeds" / "visit.txt").write_text(text, encoding="utf-8")
    hits = [json.loads(line) for line in diplo(library, "search", '"Anwar Ibrahim"', "--jsonl").stdout.splitlines()]
    (found,) = [hit for hit in hits if hit["id"] == "visit"]
    assert [each["term"] for each in found["matched"]] == ["أنور إبراهيم"]
    assert 0.25 < found["matched"][0]["probability"] < 1


def test_a_country_of_many_words(diplo: Run, library: Path) -> None:
    (library / "seeds" / "cd.txt").write_text(
        "Talks were held in Kinshasa by the government of DR Congo.\n", encoding="utf-8"
    )
    (library / "seeds" / "cg.txt").write_text("The Republic of the Congo held talks on oil.\n", encoding="utf-8")
    for query in ("Democratic Republic of the Congo", '"Democratic Republic of the Congo"'):
        assert diplo(library, "search", query, "--ids").stdout == "cd\n"


def test_one_chinese_letter_finds_words_that_hold_it(diplo: Run, library: Path) -> None:
    (library / "seeds" / "zh.txt").write_text("哈萨克斯坦总统托卡耶夫星期一访问北京。\n", encoding="utf-8")
    diplo(library, "index")
    for letter in ("坦", "统", "夫", "京"):
        assert ids(diplo, library, letter) == ["zh"]


def test_ids_keep_their_spaces_and_bytes_through_a_pipe(diplo: Run, library: Path) -> None:
    for name in (b" lead", b"\xff\xfe odd", b"trail "):
        Path(os.fsdecode(os.fsencode(library / "seeds") + b"/" + name + b".txt")).write_text(
            "Xylophone here.\n", encoding="utf-8"
        )
    diplo(library, "index")
    listed = diplo(library, "search", "xylophone", "--ids").stdout
    assert len(listed.splitlines()) == 3
    shown = diplo(library, "show", "-", "--jsonl", stdin=listed)
    assert (shown.returncode, len(shown.stdout.splitlines())) == (0, 3)
    for path in diplo(library, "search", "xylophone", "--paths", "-0").stdout.split("\0")[:-1]:
        assert (library / path).exists()


@pytest.mark.parametrize(
    "word",
    ["Oman", "Peru", "Mali", "Tokyo", "Beijing", "ban", "bin", "sea", "Kim", "Amin", "Anna", "Anwar", "savdo", "halal"],
)
def test_what_merely_sounds_alike_in_another_script_is_not_found(diplo: Run, seeds: Path, word: str) -> None:
    hits = [json.loads(line) for line in diplo(seeds, "search", word, "--jsonl").stdout.splitlines()]
    assert [m["term"] for hit in hits for m in hit["matched"] if m["why"] in ("spelling", "inflected form")] == []


def test_the_parts_of_a_chinese_name_are_looked_for_each(diplo: Run, library: Path) -> None:
    (library / "seeds" / "zh.txt").write_text("马来西亚总理安瓦尔·易卜拉欣星期一访问哈萨克斯坦。\n", encoding="utf-8")
    diplo(library, "index")
    hit = json.loads(diplo(library, "search", "安瓦尔·易卜拉欣 lang:zh", "--jsonl").stdout)
    assert [each["term"] for each in hit["matched"]] == ["安瓦尔", "易卜拉欣"]
