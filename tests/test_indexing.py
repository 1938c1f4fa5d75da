"""Building and updating: nothing lost, nothing doubled, whatever changes, fails or is interrupted."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

from diplo_cli.engines.base import open_engine
from diplo_cli.errors import DiploError, IndexBrokenError, LibraryError
from diplo_cli.indexing import entries, workers
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.opening import open_index
from diplo_cli.indexing.report import IndexReport
from diplo_cli.library.locate import Library, add_sources, forget_source, open_library
from diplo_cli.library.manifest import FileTable, current_generation, read_head, write_head
from diplo_cli.library.scan import scan, stamp
from diplo_cli.text.analysis import Analysis, analyse
from diplo_cli.text.tokens import Words
from tests.conftest import BIN

ONCE = Request()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "seeds").mkdir(parents=True)
    return tmp_path / "home"


def put(path: Path, text: str = "Envoys met in Astana.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def records(path: Path, *ids: str) -> Path:
    return put(path, "".join(json.dumps({"id": one, "text": f"Envoys met about {one}."}) + "\n" for one in ids))


def index(home: Path, request: Request = ONCE) -> IndexReport:
    return update(open_library(home), request)


def engine_folder(home: Path) -> tuple[str, Path]:
    folder = current_generation(open_library(home))
    assert folder is not None
    return read_head(folder).engine, folder / "engine"


def held(home: Path) -> dict[str, str]:
    """The documents of the index: id -> path. Fails where an id is there twice, or the table of files says otherwise."""
    engine = open_engine(*engine_folder(home))
    try:
        ids = {one: number for one, number in engine.terms("id", "") if number}
        assert set(ids.values()) <= {1}
        assert engine.info().documents == len(ids)
        found = {document.id: document.path for document in engine.get(list(ids))}
    finally:
        engine.close()
    table = FileTable(engine_folder(home)[1].parent)
    told = {one: row.key for row in table.rows() for one in row.ids}
    table.close()
    assert told == found
    return found


def outcomes(report: IndexReport) -> list[tuple[str, str]]:
    return [(each.path, each.outcome) for each in report.outcomes]


def killed_at_commit(home: Path, number: int, request: str) -> None:
    """An update in a process of its own, which is killed after so many commits."""
    script = (
        "import os, sys; from pathlib import Path; from diplo_cli.engines.tantivy_writer import TantivyWriter as W\n"
        "from diplo_cli.indexing.build import Request, update; from diplo_cli.library.locate import open_library\n"
        "commit, left = W.commit, [int(sys.argv[2])]\n"
        "def once(writer):\n    commit(writer); left[0] -= 1\n    if not left[0]: os._exit(9)\n"
        f"W.commit = once\nupdate(open_library(Path(sys.argv[1])), {request})"
    )
    done = subprocess.run([BIN / "python", "-c", script, str(home), str(number)], check=False)
    assert done.returncode == 9


def test_a_commit_amid_a_file_keeps_its_ids(home: Path) -> None:
    records(home / "seeds" / "a.jsonl", *(f"d{number}" for number in range(12)))
    put(home / "seeds" / "d7.txt")
    report = index(home, Request(batch=5))
    assert outcomes(report) == [("seeds/a.jsonl", "indexed"), ("seeds/d7.txt", "failed")]
    assert len(held(home)) == 12
    assert held(home)["d7"] == "seeds/a.jsonl"


def test_a_file_whose_id_was_taken_is_tried_again(home: Path) -> None:
    first = put(home / "seeds" / "note")
    put(home / "seeds" / "note.txt", "Another text.")
    index(home)
    assert outcomes(index(home)) == [("seeds/note", "unchanged"), ("seeds/note.txt", "failed")]
    first.unlink()
    index(home)
    assert held(home) == {"note": "seeds/note.txt"}


@pytest.mark.parametrize("batch", [1, 5_000])
@pytest.mark.parametrize(("source", "target"), [("z", "a"), ("a", "z")])
def test_a_record_that_moves_to_another_file_is_kept(home: Path, source: str, target: str, batch: int) -> None:
    records(home / "seeds" / f"{source}.jsonl", "one", "two", "three")
    records(home / "seeds" / f"{target}.jsonl", "four")
    index(home)
    records(home / "seeds" / f"{source}.jsonl", "one", "three")
    records(home / "seeds" / f"{target}.jsonl", "four", "two")
    report = index(home, Request(batch=batch))
    assert report.troubles() == []
    path = {name: f"seeds/{name}.jsonl" for name in "az"}
    assert held(home) == {"one": path[source], "three": path[source], "two": path[target], "four": path[target]}


def test_a_record_that_two_files_state_goes_to_the_other_when_one_drops_it(home: Path) -> None:
    records(home / "seeds" / "a.jsonl", "one", "two")
    records(home / "seeds" / "b.jsonl", "two", "three")
    assert len(index(home).troubles()) == 1
    records(home / "seeds" / "a.jsonl", "one")
    assert index(home).troubles() == []
    assert held(home) == {"one": "seeds/a.jsonl", "two": "seeds/b.jsonl", "three": "seeds/b.jsonl"}
    assert outcomes(index(home)) == [("seeds/a.jsonl", "unchanged"), ("seeds/b.jsonl", "unchanged")]


def test_sources_in_another_order_lose_nothing(home: Path) -> None:
    for source in ("one", "two"):
        put(home / source / "x.txt")
        put(home / source / f"{source}.txt")
    settings = home / "diplo.toml"
    settings.write_text('[sources]\none = "one"\ntwo = "two"\n', encoding="utf-8")
    index(home)
    assert held(home)["two/x"] == "two/x.txt"
    settings.write_text('[sources]\ntwo = "two"\none = "one"\n', encoding="utf-8")
    assert index(home, Request(batch=1)).troubles() == []
    assert held(home) == {
        "x": "two/x.txt",
        "two": "two/two.txt",
        "one/x": "one/x.txt",
        "one/one": "one/one.txt",
    }


def test_a_bad_record_does_not_have_its_file_read_again(home: Path) -> None:
    with records(home / "seeds" / "a.jsonl", "one").open("a") as stream:
        stream.write("{broken\n")
    assert index(home).passed_over == 1
    again = index(home)
    assert (outcomes(again), again.troubles()) == ([("seeds/a.jsonl", "unchanged")], [])


@pytest.mark.parametrize("damaged", [False, True])
def test_a_rebuild_refuses_a_source_that_is_suddenly_empty(home: Path, damaged: bool) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    (home / "seeds" / "a.txt").unlink()
    if damaged:
        (home / "index" / "1" / "files.sqlite").write_text("no table at all", encoding="utf-8")
    with pytest.raises(LibraryError, match="seeds is empty; a rebuild would lose"):
        index(home, Request(rebuild=True))
    report = index(home, Request(rebuild=True, forget_missing=True))
    assert report.warnings == ("the source seeds is empty",)
    assert held(home) == {}


def test_an_empty_source_that_never_had_documents_is_no_hindrance(home: Path, tmp_path: Path) -> None:
    put(home / "seeds" / "a.txt")
    (tmp_path / "empty").mkdir()
    add_sources(open_library(home), (tmp_path / "empty",))
    index(home)
    assert index(home, Request(rebuild=True)).documents == 1


def test_forgetting_the_last_source_empties_the_library(home: Path) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    library = forget_source(open_library(home), home / "seeds")
    assert (library.sources, open_library(home).sources) == ((), ())
    update(library, ONCE)
    assert held(home) == {}


def test_a_library_without_sources_or_index_says_so(home: Path) -> None:
    (home / "diplo.toml").write_text("[sources]\n", encoding="utf-8")
    with pytest.raises(LibraryError, match="no documents yet"):
        index(home)


def test_what_a_killed_run_left_of_a_file_goes_with_the_file(home: Path) -> None:
    records(home / "seeds" / "a.jsonl", *(f"d{number}" for number in range(6)))
    put(home / "seeds" / "b.txt")
    killed_at_commit(home, 1, "Request(batch=4)")
    engine = open_engine(*engine_folder(home))
    assert engine.info().documents == 4
    engine.close()
    (home / "seeds" / "a.jsonl").unlink()
    index(home)
    assert held(home) == {"b": "seeds/b.txt"}


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_what_was_killed_amid_an_update_is_continued(home: Path, commits: int) -> None:
    for name in "abcd":
        put(home / "seeds" / f"{name}.txt")
    index(home)
    for name in "bcd":
        put(home / "seeds" / f"{name}.txt", "Changed since then.")
    (home / "seeds" / "a.txt").rename(home / "seeds" / "e.txt")
    killed_at_commit(home, commits, "Request(batch=1)")
    head = read_head(home / "index" / "1")
    assert (head.stamp, head.complete) == (None, True)
    report = index(home)
    assert held(home) == {name: f"seeds/{name}.txt" for name in "bcde"}
    assert report.count("indexed") == 4 - max(0, commits - 2)  # a file's row is written after the next file's commit
    library = open_library(home)
    assert read_head(home / "index" / "1").stamp == stamp(library, scan(library).files)


def test_a_rebuild_that_was_killed_is_continued_by_the_next(home: Path) -> None:
    for name in "abc":
        put(home / "seeds" / f"{name}.txt")
    index(home)
    killed_at_commit(home, 3, "Request(batch=1, rebuild=True)")
    report = index(home, Request(rebuild=True))
    assert [name for _, name in sorted(outcomes(report))] == ["unchanged", "indexed", "indexed"]
    assert held(home) == {name: f"seeds/{name}.txt" for name in "abc"}
    assert engine_folder(home)[1].parent.name == "2"
    killed_at_commit(home, 2, "Request(batch=1, rebuild=True)")
    index(home)
    assert sorted(path.name for path in (home / "index").iterdir() if path.is_dir()) == ["2"]


def test_a_rebuild_starts_anew_where_the_interrupted_one_is_damaged_or_of_another_engine(home: Path) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    killed_at_commit(home, 1, "Request(batch=1, rebuild=True)")
    (home / "index" / "2" / "files.sqlite").unlink()
    assert index(home, Request(rebuild=True)).count("indexed") == 1
    killed_at_commit(home, 1, "Request(batch=1, rebuild=True)")
    assert index(home, Request(rebuild=True, engine="whoosh")).count("indexed") == 1
    assert engine_folder(home)[0] == "whoosh"


@pytest.mark.parametrize(
    ("key", "number", "where"),
    [
        ("a.jsonl", 7, "line 7"),
        ("a.jsonl.gz", 7, "line 7"),
        ("a.csv", 2, "row 2"),
        ("a.zip", 3, "file 3"),
        ("a.mbox", 3, "part 3"),
        ("a.txt", 0, ""),
    ],
)
def test_where_a_document_stands_is_said_as_its_reader_does(key: str, number: int, where: str) -> None:
    assert entries.place(key, number) == where


def test_one_document_that_cannot_be_analysed_stops_no_other(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, lang: str, tokens: Words | None = None) -> Analysis:
        if "Astana" in text:
            raise RuntimeError("no such gate")
        return analyse(text, lang, tokens)

    put(home / "seeds" / "a.txt", "Envoys left Astana.")
    put(home / "seeds" / "b.txt", "Envoys left Tashkent.")
    lines = [{"id": "bad", "text": "In Astana."}, {"id": "good", "text": "In Almaty."}]
    put(home / "seeds" / "c.jsonl", "\n".join(map(json.dumps, lines)))
    monkeypatch.setattr(entries, "analyse", broken)
    with pytest.raises(RuntimeError):
        index(home, Request(variables={"DIPLO_DEBUG": "1"}))
    report = index(home)
    assert report.troubles() == [
        "not indexed: seeds/a.txt: unexpected RuntimeError: no such gate",
        "not indexed: seeds/c.jsonl: bad: unexpected RuntimeError: no such gate",
    ]
    assert sorted(held(home)) == ["b", "good"]
    monkeypatch.undo()
    index(home)
    assert sorted(held(home)) == ["a", "b", "bad", "good"]


def test_a_reader_that_fails_is_a_problem_of_its_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def texts(_path: Path, name: str, _data: bytes) -> object:
        raise RuntimeError(name)

    put(home / "seeds" / "a.txt")
    monkeypatch.setattr(entries, "texts", texts)
    assert index(home).troubles() == ["not indexed: seeds/a.txt: unexpected RuntimeError: seeds/a.txt"]


def test_several_processes_give_the_same_index(home: Path) -> None:
    for number in range(110):
        put(home / "seeds" / f"n{number}.txt", f"Envoy {number} met in Astana.")
    put(home / "seeds" / "empty.txt", "")
    records(home / "seeds" / "many.jsonl", *(f"d{number}" for number in range(20)))
    first = index(home, Request(jobs=1))
    told, documents = held(home), all_documents(home)
    again = index(home, Request(jobs=2, rebuild=True))
    assert outcomes(again) == outcomes(first)
    assert (held(home), all_documents(home)) == (told, documents)


def all_documents(home: Path) -> list[object]:
    engine = open_engine(*engine_folder(home))
    found: list[object] = list(engine.get([one for one, _ in engine.terms("id", "")]))
    engine.close()
    return found


def test_a_worker_that_is_killed_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures.process import BrokenProcessPool

    class Pool:
        def __init__(self, *_arguments: object, **_options: object) -> None: ...

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_details: object) -> None: ...

        def submit(self, *_arguments: object) -> object:
            raise BrokenProcessPool("killed")

        def shutdown(self, **_options: object) -> None: ...

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Pool)
    monkeypatch.setattr(workers, "WORTH_WORKERS", 1)
    put(home / "seeds" / "a.txt")
    with pytest.raises(DiploError, match="stopped from outside"):
        index(home, Request(jobs=2))
    monkeypatch.undo()
    index(home)
    assert held(home) == {"a": "seeds/a.txt"}


@pytest.mark.parametrize(("documents", "sentences"), [(200, 330), (64, 660)])
def test_a_worker_that_is_killed_amid_a_large_file_is_told(home: Path, documents: int, sentences: int) -> None:
    """While its texts are handed out; and, in four chunks, while the last results are waited for."""
    many = home / "seeds" / "many.jsonl"
    with many.open("w", encoding="utf-8") as stream:
        for number in range(documents):
            text = f"Envoy {number} met in Astana. " * sentences
            stream.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")
    script = (
        "import os, signal, sys; from contextlib import suppress; from multiprocessing import active_children; from pathlib import Path\n"
        "from diplo_cli.errors import DiploError; from diplo_cli.indexing.build import Request, update\n"
        "from diplo_cli.library.locate import open_library\n"
        "def kill(progress):\n    for child in active_children():\n"
        "        with suppress(ProcessLookupError): os.kill(child.pid, signal.SIGKILL)\n"
        "if __name__ == '__main__':\n"
        "    try: update(open_library(Path(sys.argv[1])), Request(jobs=2), kill)\n"
        "    except DiploError as error: print(error.message, error.hint, sep='|')\n"
    )
    run = put(home.parent / "run.py", script)
    done = subprocess.run([BIN / "python", run, str(home)], capture_output=True, text=True, check=False)
    assert done.stdout == (
        "a process that reads files was stopped from outside, perhaps for want of memory"
        "|diplo index --jobs 1 continues with less memory\n"
    ), done.stderr
    many.unlink()
    records(many, "d1", "d2")
    index(home)
    assert held(home) == {"d1": "seeds/many.jsonl", "d2": "seeds/many.jsonl"}


NAMES = [b"new\nline.txt", b"\x1b[31mred.txt", b"\xff\xfe odd.txt", b"tab\t.txt", b"a" * 240 + b".txt", b" .txt"]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_hostile_names_are_indexed_and_removed(home: Path, engine: str) -> None:
    for name in NAMES:
        put(Path(os.fsdecode(os.fsencode(home / "seeds") + b"/" + name)))
    report = index(home, Request(engine=engine))
    assert (report.count("indexed"), report.documents) == (len(NAMES), len(NAMES))
    assert sorted(os.fsencode(path)[6:] for path in held(home).values()) == sorted(NAMES)
    assert index(home).count("unchanged") == len(NAMES)
    for name in NAMES[1:]:
        Path(os.fsdecode(os.fsencode(home / "seeds") + b"/" + name)).unlink()
    index(home)
    assert held(home) == {"new\nline": "seeds/new\nline.txt"}


@pytest.fixture
def deep(home: Path) -> Iterator[Path]:
    """A folder with a file 1,100 folders below it; taken away again, as pytest's own cleaning recurses."""
    folder = home / "seeds" / "d"
    folder.mkdir()
    at = os.open(folder, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    with open(os.open("x.txt", os.O_CREAT | os.O_WRONLY, dir_fd=at), "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write("Envoys met deep below.")
    os.close(at)
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)


@pytest.mark.usefixtures("deep")
def test_folders_may_be_very_deep(home: Path) -> None:
    put(home / "seeds" / "top.txt")
    assert index(home).documents == 2
    assert index(home).count("unchanged") == 2


def link_lock(home: Path, outside: Path) -> None:
    (home / "index" / "lock").symlink_to(outside / "lock")


def link_index(home: Path, outside: Path) -> None:
    shutil.move(home / "index", outside / "index")
    (home / "index").symlink_to(outside / "index")


def index_is_a_file(home: Path, _outside: Path) -> None:
    shutil.rmtree(home / "index")
    (home / "index").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("spoil", [link_lock, link_index, index_is_a_file])
def test_an_index_folder_that_cannot_be_written_is_told(
    home: Path, tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    put(home / "seeds" / "a.txt")
    (home / "index").mkdir()
    (tmp_path / "outside").mkdir()
    spoil(home, tmp_path / "outside")
    with pytest.raises(LibraryError) as caught:
        update(Library(home, open_library(home).sources), ONCE)
    assert caught.value.hint
    assert not list((tmp_path / "outside").rglob("[!i]*"))


@pytest.mark.parametrize("name", ["writer", "current.new", "writer.{}.new", "current.{}.new"])
def test_nothing_is_written_through_a_link(home: Path, tmp_path: Path, name: str) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    put(home / "seeds" / "b.txt")
    victim = put(tmp_path / "victim", "mine")
    link = home / "index" / name.format(os.getpid())
    link.unlink(missing_ok=True)
    link.symlink_to(victim)
    open_index_of(home)
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["files.sqlite", "engine", "engine/planted"])
def test_an_index_that_holds_links_is_refused(home: Path, tmp_path: Path, name: str) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    at = home / "index" / "1" / name
    if at.exists():
        shutil.move(at, tmp_path / "moved")
    at.symlink_to(tmp_path / "moved")
    put(home / "seeds" / "b.txt")
    with pytest.raises(IndexBrokenError, match="links to other files"):
        open_index_of(home)
    assert index(home, Request(rebuild=True)).documents == 2


def open_index_of(home: Path, **options: object) -> list[str]:
    said: list[str] = []
    open_index(open_library(home), said.append, **options).close()  # type: ignore[arg-type]
    return said


@pytest.mark.parametrize("name", ["..", ".", "seven", "01a", "9", "٣", "link"])
def test_current_must_name_a_generation(home: Path, name: str) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    (home / "index" / "seven").mkdir()
    if name == "9":
        (home / "index" / "9").symlink_to(home / "index" / "1")
    (home / "index" / "current").write_text(name, encoding="utf-8")
    with pytest.raises(IndexBrokenError, match="names no generation"):
        current_generation(open_library(home))
    index(home, Request(rebuild=True))
    assert held(home) == {"a": "seeds/a.txt"}


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "[]", '{"format": 7}', "\x00"])
def test_a_damaged_head_is_told(home: Path, text: str) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    (home / "index" / "1" / "head.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexBrokenError) as caught:
        open_index_of(home)
    assert "--rebuild" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_READONLY_DBMOVED", LibraryError),
        ("SQLITE_FULL", LibraryError),
        ("SQLITE_IOERR_WRITE", LibraryError),
        ("SQLITE_BUSY", LibraryError),
        ("SQLITE_CORRUPT", IndexBrokenError),
        ("SQLITE_NOTADB", IndexBrokenError),
    ],
)
def test_a_full_disk_is_no_damage(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[DiploError]
) -> None:
    def connect(*_arguments: object, **_options: object) -> object:
        error = sqlite3.OperationalError("trouble")
        error.sqlite_errorname = name
        raise error

    put(home / "seeds" / "a.txt")
    index(home)
    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(kind):
        FileTable(home / "index" / "1")


def test_a_table_that_is_none_is_damage(home: Path) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    (home / "index" / "1" / "files.sqlite").write_bytes(b"no table" * 1000)
    put(home / "seeds" / "b.txt")
    with pytest.raises(IndexBrokenError, match="table of files"):
        open_index_of(home)


def test_the_engine_is_chosen_by_flag_then_variable_then_library_then_old_index_then_user(home: Path) -> None:
    put(home / "seeds" / "a.txt")
    mine = put(home / "mine.toml", 'engine = "whoosh"\n')
    user = {"DIPLO_CONFIG": str(mine)}
    open_index_of(home, variables=user)
    assert engine_folder(home)[0] == "whoosh"
    mine.write_text('engine = "tantivy"\n', encoding="utf-8")
    index(home, Request(rebuild=True, variables=user))
    assert engine_folder(home)[0] == "whoosh"  # as it was
    put(home / "diplo.toml", 'engine = "tantivy"\n')
    index(home, Request(variables=user | {"DIPLO_ENGINE": "tantivy"}))
    assert engine_folder(home)[0] == "whoosh"  # only a rebuild changes it
    index(home, Request(rebuild=True, variables=user))
    assert engine_folder(home)[0] == "tantivy"
    index(home, Request(rebuild=True, variables=user | {"DIPLO_ENGINE": "whoosh"}))
    assert engine_folder(home)[0] == "whoosh"
    index(home, Request(rebuild=True, engine="tantivy", variables=user | {"DIPLO_ENGINE": "whoosh"}))
    assert engine_folder(home)[0] == "tantivy"
    with pytest.raises(DiploError, match="unknown engine"):
        index(home, Request(rebuild=True, variables={"DIPLO_ENGINE": "lucene"}))
    assert [path.name for path in (home / "index").iterdir() if path.is_dir()] != []


def test_what_took_articles_out_of_web_pages_rules_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = [""]
    monkeypatch.setattr("diplo_cli.indexing.articles.package", lambda: here[0])
    monkeypatch.setattr("diplo_cli.indexing.generations.package", lambda: here[0])
    put(home / "seeds" / "a.html", "<p>Envoys met in Astana.</p>")
    assert index(home).warnings == ()
    here[0] = "trafilatura"
    put(home / "seeds" / "b.txt")
    assert index(home).warnings == ()  # no page is read
    put(home / "seeds" / "b.html", "<p>Envoys met in Baku.</p>")
    (warning,) = index(home).warnings
    assert "diplo index --rebuild" in warning
    (home / "seeds" / "t.csv.gz").write_bytes(gzip.compress(b"id,text\nt,Envoys met.\n"))
    assert index(home).warnings == ()
    assert index(home, Request(rebuild=True)).warnings == ()
    here[0] = ""
    put(home / "seeds" / "c.html", "<p>Envoys met in Cairo.</p>")
    with pytest.raises(DiploError, match="need trafilatura") as caught:
        index(home)
    assert caught.value.hint == "run: pip install 'diplo-cli[html]'"
    assert held(home) == {"a.html": "seeds/a.html", "b": "seeds/b.txt", "b.html": "seeds/b.html", "t": "seeds/t.csv.gz"}
    assert open_index_of(home) == [
        "warning: the index was not brought up to date: the index holds the articles of web pages, which need trafilatura"
    ]
    index(home, Request(rebuild=True))
    assert len(held(home)) == 5


def test_a_search_does_not_wait_for_an_update_of_an_index_that_was_complete(home: Path) -> None:
    put(home / "seeds" / "a.txt")
    index(home)
    put(home / "seeds" / "b.txt")
    script = (
        "import sys; from pathlib import Path; from diplo_cli.indexing.generations import writing;"
        "from diplo_cli.library.locate import open_library\n"
        "with writing(open_library(Path(sys.argv[1])), wait=False):\n  print('held', flush=True); sys.stdin.read()"
    )
    head = read_head(home / "index" / "1")
    write_head(home / "index" / "1", head._replace(stamp=None))  # as the other writer does
    command = [str(BIN / "python"), "-c", script, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert open_index_of(home) == []
        holder.communicate()
    open_index_of(home)
    assert held(home) == {"a": "seeds/a.txt", "b": "seeds/b.txt"}
