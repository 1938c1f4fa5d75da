"""`diplo index`, and the freshness of small libraries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import BIN, Run, environment_for

ENGINES = ["tantivy", "whoosh"]


def ids(diplo: Run, library: Path, *arguments: str) -> list[str]:
    return sorted(line[:3] for line in diplo(library, "search", *arguments, "--ids").stdout.splitlines())


def test_the_first_search_builds_the_index(diplo: Run, library: Path) -> None:
    done = diplo(library, "search", "Tokayev")
    assert done.returncode == 0
    assert "building the index" in done.stderr
    assert len(done.stdout.splitlines()) == 4
    assert diplo(library, "search", "Tokayev").stderr == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_changes_are_seen_by_the_next_search(diplo: Run, library: Path, engine: str) -> None:
    assert diplo(library, "index", "--engine", engine).returncode == 0
    new = library / "seeds" / "005_new.txt"
    new.write_text("Tokayev met the press in Astana.\n", encoding="utf-8")
    assert ids(diplo, library, "Tokayev") == ["000", "001", "002", "004", "005"]
    new.write_text("Nobody met the press in Astana, as it turned out.\n", encoding="utf-8")
    assert ids(diplo, library, "Tokayev") == ["000", "001", "002", "004"]
    assert ids(diplo, library, "press Nobody") == ["005"]
    new.unlink()
    assert ids(diplo, library, "press Nobody") == []
    assert json.loads(diplo(library, "list", "--json").stdout)["total"] == 5


@pytest.mark.parametrize("engine", ENGINES)
def test_both_engines_find_the_same(diplo: Run, library: Path, seeds: Path, engine: str) -> None:
    assert diplo(library, "index", "--engine", engine).returncode == 0
    for query in (
        "Tokayev",
        "Kazakhstan",
        "savdo",
        '"water infrastructure"',
        "tok*",
        "tokaev~",
        "Tokayev -halal",
        "lang:uz",
    ):
        assert ids(diplo, library, query) == ids(diplo, seeds, query)
    counts = diplo(library, "stats", "--jsonl").stdout
    assert counts == diplo(seeds, "stats", "--jsonl").stdout


def test_index_reports_each_file(diplo: Run, library: Path) -> None:
    first = diplo(library, "index", "--report")
    assert [line.split("\t")[0] for line in first.stdout.splitlines()] == ["indexed"] * 5
    assert "5 documents" in first.stderr
    again = diplo(library, "index", "--report")
    assert [line.split("\t")[0] for line in again.stdout.splitlines()] == ["unchanged"] * 5
    rows = [json.loads(line) for line in diplo(library, "index", "--jsonl").stdout.splitlines()]
    assert list(rows[0]) == ["schema", "path", "outcome", "documents", "reason"]
    quiet = diplo(library, "index", "--quiet")
    assert (quiet.stdout, quiet.stderr) == ("", "")


def test_a_touched_file_is_not_read_again(diplo: Run, library: Path) -> None:
    diplo(library, "index")
    os.utime(next((library / "seeds").iterdir()), (1, 1))
    assert "unchanged" in diplo(library, "index", "--report").stdout
    assert "indexed" not in diplo(library, "index", "--report").stdout


def test_folders_are_added_and_forgotten(diplo: Run, library: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    (more / "deep").mkdir(parents=True)
    (more / "deep" / "visit.txt").write_text("Tokayev visited the school in Astana.\n", encoding="utf-8")
    (more / ".hidden").mkdir()
    (more / ".hidden" / "no.txt").write_text("Tokayev hidden.\n", encoding="utf-8")
    (more / ".dotfile").write_text("Tokayev came by.\n", encoding="utf-8")
    assert diplo(library, "index", str(more)).returncode == 0
    found = diplo(library, "search", "Tokayev", "--ids").stdout.splitlines()
    assert "more/deep/visit" in found
    assert "more/.dotfile" in found
    assert len(found) == 6
    assert diplo(library, "show", "visit", "--fields", "id").stdout == "more/deep/visit\n"
    assert not (library / "seeds" / "visit.txt").exists()
    assert diplo(library, "index", "--forget", str(more)).returncode == 0
    assert len(diplo(library, "search", "Tokayev", "--ids").stdout.splitlines()) == 4


def test_a_link_is_read_once(diplo: Run, library: Path) -> None:
    (library / "seeds" / "again").symlink_to(library / "seeds")
    (library / "seeds" / "link.txt").symlink_to(next((library / "seeds").glob("003*")))
    diplo(library, "index")
    assert json.loads(diplo(library, "list", "--json").stdout)["total"] == 5


def test_json_lines_carry_their_own_ids(diplo: Run, library: Path) -> None:
    lines = [
        {"id": "a", "text": "Tokayev spoke in Astana on Monday.", "title": "A speech", "date": "2024-05-01"},
        {"id": "b", "text": "Nobody else did speak there at all."},
        {"id": "a", "text": "An id that is taken already."},
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\n{broken\n"
    (library / "seeds" / "many.jsonl").write_text(text, encoding="utf-8")
    report = diplo(library, "index", "--report")
    assert "many.jsonl, line 4" in report.stdout
    assert "taken" in report.stdout
    (hit,) = (json.loads(x) for x in diplo(library, "search", "Tokayev date:2024-05-01", "--jsonl").stdout.splitlines())
    assert (hit["id"], hit["title"], hit["date"]) == ("a", "A speech", "2024-05-01")
    assert diplo(library, "search", "title:speech", "--ids").stdout == "a\n"


def test_two_files_of_one_id_are_reported(diplo: Run, library: Path) -> None:
    (library / "seeds" / "note").write_text("The note without a suffix.\n", encoding="utf-8")
    (library / "seeds" / "note.txt").write_text("The note with a suffix.\n", encoding="utf-8")
    report = diplo(library, "index", "--report")
    assert "failed\t0\tseeds/note.txt\tthe id 'note' is taken by seeds/note" in report.stdout


def test_a_missing_source_removes_nothing(diplo: Run, library: Path) -> None:
    diplo(library, "index")
    shutil.move(library / "seeds", library / "elsewhere")
    (library / "diplo.toml").write_text('[sources]\nseeds = "seeds"\n', encoding="utf-8")
    done = diplo(library, "search", "Tokayev", "--ids")
    assert len(done.stdout.splitlines()) == 4
    assert "missing" in done.stderr
    (library / "seeds").mkdir()
    assert len(diplo(library, "search", "Tokayev", "--ids").stdout.splitlines()) == 4
    assert len(diplo(library, "show", "003").stdout) > 4000
    (library / "seeds").rmdir()
    refused = diplo(library, "index", "--rebuild")
    assert (refused.returncode, "--forget-missing" in refused.stderr) == (2, True)
    assert diplo(library, "index", "--rebuild", "--forget-missing").returncode == 0
    assert diplo(library, "search", "Tokayev").returncode == 1


def test_rebuild_can_change_the_engine(diplo: Run, library: Path) -> None:
    diplo(library, "index")
    refused = diplo(library, "index", "--engine", "whoosh")
    assert (refused.returncode, "--rebuild" in refused.stderr) == (2, True)
    assert diplo(library, "index", "--rebuild", "--engine", "whoosh").returncode == 0
    assert ids(diplo, library, "Tokayev") == ["000", "001", "002", "004"]
    diplo(library, "index")
    assert len([path for path in (library / "index").iterdir() if path.name.isdecimal()]) == 1


def test_the_library_says_which_engine(diplo: Run, library: Path) -> None:
    (library / "diplo.toml").write_text('engine = "whoosh"\n', encoding="utf-8")
    diplo(library, "index")
    assert json.loads(next(library.glob("index/*/head.json")).read_text())["engine"] == "whoosh"


def test_a_second_writer_is_refused_with_the_first_ones_process(diplo: Run, library: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from diplo_cli.indexing.build import writing;"
        "from diplo_cli.library.locate import open_library\n"
        "with writing(open_library(Path(sys.argv[1])), wait=False):\n  print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen([BIN / "python", "-c", script, str(library)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = diplo(library, "index")
        holder.kill()
    assert (done.returncode, str(holder.pid) in done.stderr) == (2, True)
    assert diplo(library, "index").returncode == 0


def test_two_first_searches_at_once(library: Path) -> None:
    runs = [
        subprocess.Popen(
            [BIN / "diplo", "search", "Tokayev", "-c"], env=environment_for(library), stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [run.communicate(timeout=60)[0] for run in runs] == ["4\n"] * 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_library_answers_from_what_is_there(diplo: Run, library: Path) -> None:
    diplo(library, "index")
    (library / "seeds" / "005.txt").write_text("Tokayev again.\n", encoding="utf-8")
    (library / "index").chmod(0o500)
    try:
        assert diplo(library, "search", "Tokayev", "-c").stdout == "4\n"
    finally:
        (library / "index").chmod(0o700)


def test_what_was_interrupted_is_continued(diplo: Run, library: Path) -> None:
    source = (library / "seeds" / "003_2c0e62b5694884fd.txt").read_text(encoding="utf-8")
    for number in range(300):
        (library / "seeds" / f"n{number}.txt").write_text(f"{source}\nnumber{number}\n", encoding="utf-8")
    with subprocess.Popen(
        [BIN / "diplo", "index", "--jobs", "1"], env=environment_for(library), stderr=subprocess.DEVNULL
    ) as run:
        time.sleep(0.7)
        run.kill()
    assert diplo(library, "index").returncode == 0
    assert json.loads(diplo(library, "list", "--json").stdout)["total"] == 305
    assert ids(diplo, library, "number299") == ["n29"]


def test_a_library_is_found_from_below(diplo: Run, library: Path) -> None:
    (library / "seeds" / "deep").mkdir()
    done = diplo(library, "search", "halal", "--ids", cwd=library / "seeds" / "deep", DIPLO_LIBRARY="")
    assert done.stdout == "000_41435311ad6a2fab\n"


def test_paths_are_relative_to_where_one_stands(diplo: Run, library: Path, tmp_path: Path) -> None:
    diplo(library, "index")
    name = "000_41435311ad6a2fab.txt"
    assert diplo(library, "search", "halal", "--paths", cwd=library / "seeds").stdout == f"{name}\n"
    (tmp_path / "far").mkdir()
    assert diplo(library, "search", "halal", "--paths", cwd=tmp_path / "far").stdout == f"{library}/seeds/{name}\n"
