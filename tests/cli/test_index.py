"""`diplo index`, and the freshness of small libraries."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    assert "seeds/many.jsonl\tline 4: is not valid JSON" in report.stdout
    assert "seeds/many.jsonl\tline 3: the id 'a' is taken by seeds/many.jsonl\n" in report.stdout
    assert "7 documents · files: 6 indexed · 2 records not indexed · " in report.stderr
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


@contextmanager
def another_writer(library: Path) -> Iterator[int]:
    """Another process that holds the library's lock; its number."""
    script = (
        "import sys, time; from pathlib import Path; from diplo_cli.indexing.generations import writing;"
        "from diplo_cli.library.locate import open_library\n"
        "with writing(open_library(Path(sys.argv[1])), wait=False):\n  print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen([BIN / "python", "-c", script, str(library)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.kill()


def test_a_second_writer_is_refused_with_the_first_ones_process(diplo: Run, library: Path) -> None:
    with another_writer(library) as process:
        done = diplo(library, "index")
    assert (done.returncode, str(process) in done.stderr) == (2, True)
    assert diplo(library, "index").returncode == 0


def test_two_first_searches_at_once(library: Path) -> None:
    many(library, 300)
    runs = []
    for _ in range(3):
        runs.append(
            subprocess.Popen(
                [BIN / "diplo", "search", "--exact", "recounted", "-c"],
                env=environment_for(library),
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        time.sleep(0.6)  # the first has begun to write by then
    assert [run.communicate(timeout=60)[0] for run in runs] == ["300\n"] * 3


def many(library: Path, number: int) -> None:
    """That many further documents, as long as an article."""
    source = (library / "seeds" / "003_2c0e62b5694884fd.txt").read_text(encoding="utf-8")
    for one in range(number):
        (library / "seeds" / f"n{one}.txt").write_text(f"{source}\nnumber{one} recounted\n", encoding="utf-8")


# Root reads and writes anything, unless it gives that up.
DROP = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
AS_ROOT = os.geteuid() == 0
as_others = pytest.mark.skipif(
    AS_ROOT and (not shutil.which("setpriv") or subprocess.run([*DROP, "true"], check=False).returncode != 0),
    reason="root may read and write anything, and setpriv cannot take that away here",
)


def unprivileged(library: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as permissions bind it, also where the tests are run by root."""
    return subprocess.run(
        [*(DROP if AS_ROOT else []), BIN / "diplo", *arguments],
        env=environment_for(library),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@as_others
@pytest.mark.parametrize("name", ["index", "index/1", "index/1/files.sqlite"])
def test_a_read_only_library_answers_from_what_is_there(diplo: Run, library: Path, name: str) -> None:
    diplo(library, "index")
    (library / "seeds" / "005.txt").write_text("Tokayev again.\n", encoding="utf-8")
    mode = (library / name).stat().st_mode
    (library / name).chmod(0o500 if (library / name).is_dir() else 0o400)
    try:
        done = unprivileged(library, "search", "Tokayev", "-c")
    finally:
        (library / name).chmod(mode)
    assert (done.returncode, done.stdout) == (0, "4\n")
    assert "Traceback" not in done.stderr


@as_others
def test_a_library_that_cannot_be_written_at_first_is_told(library: Path) -> None:
    (library / "index").chmod(0o500)
    try:
        done = unprivileged(library, "search", "Tokayev")
    finally:
        (library / "index").chmod(0o700)
    assert done.returncode == 2
    assert "the index cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@as_others
def test_a_folder_that_cannot_be_read_for_now_keeps_its_documents(library: Path) -> None:
    folder = library / "seeds" / "deep"
    folder.mkdir()
    (folder / "visit.txt").write_text("Tokayev visited the school.\n", encoding="utf-8")
    unprivileged(library, "index")
    folder.chmod(0)
    try:
        done = unprivileged(library, "index")
        found = unprivileged(library, "search", "visited school", "--ids")
        rebuilt = unprivileged(library, "index", "--rebuild")
    finally:
        folder.chmod(0o700)
    assert "1 files that cannot be read now stays" in done.stderr
    assert found.stdout == "deep/visit\n"
    assert (rebuilt.returncode, "would lose its documents" in rebuilt.stderr) == (2, True)
    assert "6 unchanged" in unprivileged(library, "index").stderr


@as_others
def test_a_file_that_may_be_read_at_last_is_read(library: Path) -> None:
    file = library / "seeds" / "visit.txt"
    file.write_text("Tokayev visited the school.\n", encoding="utf-8")
    file.chmod(0)
    first = unprivileged(library, "index", "--report")
    file.chmod(0o600)
    assert "failed\t0\tseeds/visit.txt" in first.stdout
    assert "indexed\t1\tseeds/visit.txt" in unprivileged(library, "index", "--report").stdout


def test_what_was_interrupted_is_continued(diplo: Run, library: Path) -> None:
    many(library, 300)
    script = (
        "import sys; from pathlib import Path; from diplo_cli.indexing.build import Request, update;"
        "from diplo_cli.library.locate import open_library\n"
        "def show(progress):\n    if progress.documents == 60: print('begun', flush=True)\n"
        "update(open_library(Path(sys.argv[1])), Request(batch=25), show)"
    )
    with subprocess.Popen(
        [BIN / "python", "-c", script, library], env=environment_for(library), stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "begun\n"
        run.kill()
    report = [line.split("\t")[0] for line in diplo(library, "index", "--report").stdout.splitlines()]
    assert len(report) == 305
    assert 25 <= report.count("unchanged") < 305
    assert report.count("indexed") + report.count("unchanged") == 305
    assert json.loads(diplo(library, "list", "--json").stdout)["total"] == 305
    assert ids(diplo, library, "number299") == ["n29"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done(diplo: Run, library: Path, jobs: str) -> None:
    many(library, 900)
    command = [str(BIN / "diplo"), "index", "--jobs", jobs]
    with subprocess.Popen(command, env=environment_for(library), stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        while not (library / "index" / "current").exists():
            time.sleep(0.01)
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        told = run.stderr.read()
    assert (run.returncode, "Traceback" in told) == (130, False)
    stopped = re.fullmatch(
        r"stopped: ([\d,]+) documents? indexed and kept, ([\d,]+) files left; diplo index continues\n", told
    )
    assert stopped
    kept, left = (int(number.replace(",", "")) for number in stopped.groups())
    assert kept + left == 905
    assert (
        json.loads(diplo(library, "list", "--json", "--limit", "1").stdout)["total"] == 905
    )  # the search continues it
    assert [line for line in diplo(library, "index", "--report").stdout.splitlines() if "unchanged" not in line] == []


def test_a_watched_library_stays_fresh(diplo: Run, library: Path) -> None:
    pytest.importorskip("watchfiles")
    command = [str(BIN / "diplo"), "index", "--watch"]
    with subprocess.Popen(command, env=environment_for(library), stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        assert run.stderr.readline().startswith("5 documents · files: 5 indexed")
        (library / "seeds" / "later.txt").write_text("Karimov came later.\n", encoding="utf-8")
        assert run.stderr.readline().startswith("6 documents · files: 1 indexed, 5 unchanged")
        (library / "seeds" / "hollow.txt").write_text("\n", encoding="utf-8")
        assert run.stderr.readline() == "warning: not indexed: seeds/hollow.txt: is empty\n"
        assert run.stderr.readline().startswith("6 documents · files: 6 unchanged, 1 failed")
        run.send_signal(signal.SIGINT)
        assert (run.stderr.read(), run.wait()) == ("", 130)
    assert ids(diplo, library, "Karimov") == ["lat"]


def test_a_watch_shows_how_far_its_first_update_is(
    library: Path, terminal: Callable[..., tuple[str, int]], tmp_path: Path
) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "watchfiles.py").write_text(
        "class Change: ...\ndef watch(*_, **__): raise KeyboardInterrupt\n", encoding="utf-8"
    )
    many(library, 300)
    screen, status = terminal(library, "index", "--watch", "--jobs", "1", PYTHONPATH=str(tmp_path))
    assert status == 130
    assert re.search(r"indexing .*\d documents · \d+ a second", screen)


def test_a_watch_without_its_package_says_how_to_get_it(library: Path) -> None:
    script = "import sys; sys.modules['watchfiles'] = None; from diplo_cli.main import run; run()"
    done = subprocess.run(
        [BIN / "python", "-c", script, "index", "--watch"],
        env=environment_for(library),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "diplo: --watch needs the package watchfiles\n  run: pip install 'diplo-cli[watch]'\n"


def test_progress_is_for_a_terminal(library: Path, terminal: Callable[..., tuple[str, int]]) -> None:
    many(library, 300)
    screen, status = terminal(library, "index", "--jobs", "1")
    assert status == 0
    assert re.search(r"indexing .*\d documents · \d+ a second", screen)
    assert "305 documents · files: 305 indexed" in screen.splitlines()[-1]
    assert " 0 documents" not in screen
    screen, _ = terminal(library, "index", "--report", TERM="dumb")
    assert screen.splitlines()[0].startswith("305 documents · files: 305 unchanged")


def test_a_large_file_of_records_goes_through_workers(diplo: Run, library: Path) -> None:
    lines = [json.dumps({"id": f"r{number}", "text": f"Envoy number{number} met. " * 40}) for number in range(1_500)]
    lines[700] = "{broken"
    (library / "seeds" / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = diplo(library, "index", "--jobs", "2", "--report")
    assert "indexed\t1499\tseeds/wire.jsonl\t\n" in done.stdout
    assert "failed\t0\tseeds/wire.jsonl\tline 701:" in done.stdout
    assert ids(diplo, library, "number1499") == ["r14"]


def test_hostile_names_are_listed(diplo: Run, library: Path) -> None:
    names = [b"new\nline.txt", b"\x1b[31mred.txt", b"\xff\xfe odd.txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(library / "seeds") + b"/" + name)).write_text("Saidov.\n", encoding="utf-8")
    done = diplo(library, "index", "--report")
    assert (done.returncode, "Traceback" in done.stderr, "\x1b" in done.stdout + done.stderr) == (0, False, False)
    found = diplo(library, "search", "Saidov.", "--paths", "-0").stdout.split("\0")[:-1]
    assert {os.fsencode(path)[-len(name) :] for path in found for name in names} >= set(names)


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


def test_workers_end_with_their_parent(library: Path) -> None:
    for number in range(600):
        (library / "seeds" / f"{number}.txt").write_text(f"Number {number} of many.\n" * 300, encoding="utf-8")
    command = [str(BIN / "diplo"), "index", "--jobs", "2"]
    with subprocess.Popen(command, env=environment_for(library), stderr=subprocess.DEVNULL) as run:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        if not children.exists():
            run.kill()
            pytest.skip("no /proc here that lists children")
        workers: list[str] = []
        while len(workers) < 3 and run.poll() is None:  # two, and the tracker of their semaphores
            workers = children.read_text().split()
            time.sleep(0.02)
        time.sleep(0.5)
        run.kill()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [worker for worker in workers if _alive(worker)] == []


def _alive(process: str) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_command_that_is_refused_records_nothing(diplo: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    with another_writer(library):
        assert diplo(library, "index", str(tmp_path / "more")).returncode == 2
    assert not (library / "diplo.toml").exists()
