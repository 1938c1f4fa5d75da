"""`show`, `summary`, `list`, `stats` and `inspect` in a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import SEEDS, Run

LANGUAGES = ["ms", "en", "ar", "en", "uz-Cyrl"]
COUNTRIES = [{"KZ", "MY"}, {"KZ", "MY"}, {"KZ", "UZ"}, {"KZ", "MY"}, {"KZ", "PK"}]
TITLES = [
    "Malaysia, Kazakhstan sepakat perkukuh hubungan, teroka kerjasama baharu",
    "",
    "تلتزم كازاخستان وأوزبكستان بتعزيز العلاقات وزيادة حجم التجارة",
    "Building Bridges between Continents: Malaysia and Kazakhstan’s Strategic Partnership and Shared Values",
    "Қозоғистон Ташқи ишлар вазири амалий ташриф билан Покистонга борди",
]
METHODS = ["diplo", "lead", "lexrank", "lsa", "luhn", "textrank", "edmundson", "sum-basic", "kl", "reduction"]


def test_the_seeds_are_read_as_they_are(diplo: Run, seeds: Path) -> None:
    hits = json.loads(diplo(seeds, "list", "--json").stdout)["hits"]
    assert [hit["lang"] for hit in hits] == LANGUAGES
    assert [set(hit["countries"]) for hit in hits] == COUNTRIES
    assert [hit["title"] for hit in hits] == TITLES
    assert [hit["date"] if not hit["date"].startswith("--") else "" for hit in hits] == [
        "2024-05-17", "2024-06-13", "", "", "2025-09-09",
    ]  # fmt: skip
    assert all(hit["score"] is None for hit in hits)
    (source,) = diplo(seeds, "show", "000", "--fields", "source").stdout.splitlines()
    assert source.startswith("https://www.astroawani.com/berita-dunia/malaysia-kazakhstan-sepakat")


def test_a_missing_title_shows_the_opening_words(diplo: Run, seeds: Path) -> None:
    (title,) = diplo(seeds, "list", "--lang", "en", "--since", "2024", "--fields", "title").stdout.splitlines()
    assert title.startswith("Speaker of the Senate of the Kazakh Parliament")
    assert len(title) <= 80


def test_show_gives_the_text_as_it_was_read(diplo: Run, seeds: Path) -> None:
    record = json.loads(diplo(seeds, "show", "003", "--json").stdout)["texts"][0]
    assert record["schema"] == "diplo.text/1"
    assert record["text"] == (SEEDS / "003_2c0e62b5694884fd.txt").read_text(encoding="utf-8")
    piped = diplo(seeds, "show", "003").stdout
    assert piped.startswith("id: 003_2c0e62b5694884fd\ntitle: Building Bridges")
    assert "ensure peace in the region.\u00a0\n" in piped


def test_show_takes_several_ids_and_stdin(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "show", "003", "-", "--fields", "id", stdin="001\n\n000_41435311ad6a2fab\n")
    assert [line[:3] for line in done.stdout.splitlines()] == ["003", "001", "000"]


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_a_summary_is_whole_sentences_of_the_article(diplo: Run, seeds: Path, seed: str) -> None:
    record = json.loads(diplo(seeds, "summary", seed, "--json").stdout)["summaries"][0]
    text = " ".join(next(SEEDS.glob(f"{seed}*")).read_text(encoding="utf-8").split())
    assert len(record["sentences"]) == 3
    places = [sentence["position"] for sentence in record["sentences"]]
    assert places == sorted(places)
    for sentence in record["sentences"]:
        assert sentence["text"] in text
        assert len(sentence["text"].split()) > 5
        assert sentence["text"].rstrip('”"»').endswith((".", "!", "?", "؟", "чоғида"))
        assert sentence["text"] != record["title"]


BOILERPLATE = [
    "اتصل بنا", "SHARE", "نستخدم تسجيلك", "الإعلانات", "حصة هذه", "EU Reporter", "Sign up", "©", "Source:", "The author is",
    "Dr. Mohd Faiz Abdullah.", "Astro Awani", "تم النشر", "وصــل",
]  # fmt: skip


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_no_boilerplate_is_in_a_summary_however_long(diplo: Run, seeds: Path, seed: str) -> None:
    text = diplo(seeds, "summary", seed, "--sentences", "100").stdout
    assert [words for words in BOILERPLATE if words in text] == []


def test_a_summary_in_a_pipe_is_a_title_and_a_sentence_a_line(diplo: Run, seeds: Path) -> None:
    lines = diplo(seeds, "summary", "003").stdout.splitlines()
    assert (lines[0], len(lines)) == (TITLES[3], 4)
    two = diplo(seeds, "summary", "003", "004", "-n", "1").stdout.splitlines()
    assert (two[0], two[2], two[3], len(two)) == (TITLES[3], "", TITLES[4], 5)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_works_in_every_script(diplo: Run, seeds: Path, method: str) -> None:
    done = diplo(seeds, "summary", "000", "002", "004", "--method", method, "--jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(record["method"], len(record["sentences"])) for record in records] == [(method, 3)] * 3
    assert done.stderr == ""


def test_the_length_of_a_summary(diplo: Run, seeds: Path) -> None:
    def sentences(*flags: str) -> list[str]:
        record = json.loads(diplo(seeds, "summary", "003", "--jsonl", *flags).stdout)
        return [sentence["text"] for sentence in record["sentences"]]

    assert len(sentences("-n", "1")) == 1
    assert len(sentences("--sentences", "5")) == 5
    assert len(" ".join(sentences("--words", "60")).split()) <= 60
    assert len(sentences("--words", "200", "-n", "2")) == 2


def test_focus_prefers_sentences_that_answer(diplo: Run, seeds: Path) -> None:
    assert "Тоқаев" in diplo(seeds, "summary", "004", "--focus", "Tokayev").stdout
    assert "Гитлер" not in diplo(seeds, "summary", "004", "--focus", "Tokayev").stdout
    assert "Gaza" in diplo(seeds, "summary", "003", "--focus", "Gaza ceasefire").stdout


def test_a_digest_names_the_document_of_each_sentence(diplo: Run, seeds: Path) -> None:
    lines = [line.split("\t") for line in diplo(seeds, "summary", "--query", "Tokayev").stdout.splitlines()]
    assert {line[0][:3] for line in lines} == {"000", "001", "002", "004"}
    whole = json.loads(diplo(seeds, "summary", "--query", "Tokayev", "--json").stdout)
    assert (whole["schema"], whole["documents"]) == ("diplo.digest/1", 4)
    only = diplo(seeds, "summary", "--query", "Tokayev", "--lang", "ar").stdout.splitlines()
    assert {line[:3] for line in only} == {"002"}
    assert diplo(seeds, "summary", "--query", "nothingatall").returncode == 1


def test_a_file_is_summarised_without_an_index(diplo: Run, library: Path) -> None:
    file = str(next(SEEDS.glob("002*")))
    done = diplo(library, "summary", "--file", file, "--jsonl", "--focus", "Saidov")
    assert len(json.loads(done.stdout)["sentences"]) == 3
    assert not any(path.name.isdecimal() for path in (library / "index").iterdir())
    piped = diplo(library, "summary", "--file", "-", stdin=Path(file).read_text(encoding="utf-8"))
    assert piped.stdout.splitlines()[0] == TITLES[2]


def test_a_file_of_many_documents(diplo: Run, library: Path) -> None:
    sentence = "The minister arrived in Astana on Monday for talks on trade. "
    lines = [{"id": n, "text": sentence * 2 + f"Number {n} was signed by both sides of the table."} for n in (1, 2)]
    lines.append({"id": 3, "text": "?!"})
    (library / "many.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = diplo(library, "summary", "--file", "many.jsonl", "--jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "2"]
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) <= 2


def test_list_is_search_without_a_query(diplo: Run, seeds: Path) -> None:
    assert diplo(seeds, "list", "-c").stdout == "5\n"
    assert diplo(seeds, "list", "--country", "UZ", "--ids").stdout == "002_4c5a7fcac4536ac5\n"
    assert diplo(seeds, "list", "--lang", "ja").returncode == 1
    dates = diplo(seeds, "list", "--sort", "date", "--fields", "date").stdout.splitlines()
    assert dates[:3] == ["2025-09-09", "2024-06-13", "2024-05-17"]
    assert [line.split("\t")[4] for line in diplo(seeds, "list").stdout.splitlines()] == [""] * 5


def test_stats_count_by_language_and_country(diplo: Run, seeds: Path) -> None:
    rows = {tuple(line.split("\t")) for line in diplo(seeds, "stats").stdout.splitlines()}
    assert rows == {
        ("en", "KZ", "2"), ("en", "MY", "2"), ("ar", "KZ", "1"), ("ar", "UZ", "1"), ("ms", "KZ", "1"), ("ms", "MY", "1"),
        ("uz-Cyrl", "KZ", "1"), ("uz-Cyrl", "PK", "1"),
    }  # fmt: skip
    whole = json.loads(diplo(seeds, "stats", "--json", "--lang", "ar").stdout)
    assert (whole["schema"], whole["total"], len(whole["counts"])) == ("diplo.stats/1", 1, 2)


def test_stats_count_documents_about_no_country(diplo: Run, library: Path) -> None:
    (library / "seeds" / "none.txt").write_text(
        "A recipe for soup: boil the water and add the salt.\n", encoding="utf-8"
    )
    assert "en\t\t1" in diplo(library, "stats").stdout.splitlines()


def test_inspect_says_what_is_read(diplo: Run, seeds: Path) -> None:
    record = json.loads(diplo(seeds, "inspect", str(next(SEEDS.glob("004*"))), "--jsonl").stdout)
    assert list(record) == [
        "schema", "id", "path", "title", "date", "lang", "confidence", "script", "countries", "multilateral", "mentions",
        "actors", "source", "publisher", "words", "dropped",
    ]  # fmt: skip
    assert (record["lang"], record["script"], record["title"], record["date"]) == (
        "uz-Cyrl",
        "Cyrl",
        TITLES[4],
        "2025-09-09",
    )
    assert record["mentions"]["PK"] > 5
    assert 300 < record["words"] < 600


def test_inspect_of_many_and_of_stdin(diplo: Run, library: Path) -> None:
    record = {"id": "x", "text": "The minister arrived in Astana.", "lang": "fr", "title": "A visit", "date": "2024"}
    (library / "many.jsonl").write_text(json.dumps(record) + "\n{\n", encoding="utf-8")
    done = diplo(library, "inspect", "many.jsonl", "--json")
    (said,) = json.loads(done.stdout)["documents"]
    assert (said["id"], said["title"], said["date"], said["lang_declared"]) == ("x", "A visit", "2024", "fr")
    assert (done.returncode, "line 2" in done.stderr) == (2, True)
    piped = diplo(library, "inspect", "-", "--fields", "lang", stdin="Путин прибыл в Пекин с официальным визитом.\n")
    assert piped.stdout == "ru\n"
