"""Killed at any moment, searched at any moment: nothing acknowledged is lost, no search sees half a commit, nothing grows astray."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

from diplo_cli.engines.base import EMBEDDED, Engine, open_engine
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.entries import entry_of
from diplo_cli.indexing.opening import open_index
from diplo_cli.library.locate import open_library
from diplo_cli.library.manifest import FileTable, current_generation, read_head
from diplo_cli.query.tree import All, Term
from diplo_cli.reading.raw import Raw
from tests.conftest import Run

KILLS = 30  # of a running process, each engine: 60 in all
SEARCHES = 250  # each engine
FILES = 60
BATCH = 7  # documents between two commits, so that a run has several

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork servers are of POSIX")

if __name__ == "__mp_main__" or "multiprocessing.forkserver" in sys.modules:
    entry_of(Raw("The envoy met the minister in Astana."), "warm", "warm")  # tables are read once for all children


def write(home: Path, number: int, version: int) -> str:
    """A document of this version, and its text."""
    text = f"Envoys met in Astana on day {number}. Wording version{version} of document{number} was agreed.\n" * 3
    (home / "seeds" / f"d{number:03}.txt").write_text(text, encoding="utf-8")
    return text


def index(home: Path, engine: str, rebuild: bool = False) -> None:
    update(open_library(home), Request(engine=engine, rebuild=rebuild, batch=BATCH, wait=True))


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Starts processes in some 10 ms, with everything imported."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.test_crash"])
    return context


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "seeds").mkdir(parents=True)
    return tmp_path / "home"


def opened(home: Path) -> Engine:
    folder = current_generation(open_library(home))
    assert folder is not None
    return open_engine(read_head(folder).engine, folder / "engine")


def held(home: Path) -> dict[str, str]:
    """id -> text of every document; fails where the index does not open or an id is there twice."""
    engine = opened(home)
    try:
        counted = {one: number for one, number in engine.terms("id", "") if number}
        assert set(counted.values()) <= {1}
        assert engine.info().documents == len(counted) == engine.search(All(), limit=None).total
        return {document.id: document.text for document in engine.get(list(counted))}
    finally:
        engine.close()


def acknowledged(home: Path) -> Iterator[tuple[str, str]]:
    """(id, SHA-256 of the text) of each document that the table of files tells of."""
    folder = current_generation(open_library(home))
    assert folder is not None
    table = FileTable(folder)
    try:
        yield from [(one, row.digest) for row in table.rows() for one in row.ids]
    finally:
        table.close()


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def killed(process: ForkServerProcess, after: float) -> bool:
    """Start it, kill it after so many seconds, and tell whether it was still running."""
    process.start()
    process.join(after)
    running = process.is_alive()
    if running:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return running


@pytest.mark.parametrize("engine", EMBEDDED)
def test_kill_at_any_moment(home: Path, processes: ForkServerContext, engine: str) -> None:
    chance = random.Random()
    texts = {number: [write(home, number, 0)] for number in range(FILES)}
    assert not killed(processes.Process(target=print), 60)  # the fork server is up
    lasts, kills, round_ = 1.0, 0, 0
    while kills < KILLS:
        before = held(home) if (home / "index" / "current").exists() else {}
        rebuild = bool(before) and round_ % 4 == 3
        run = processes.Process(target=index, args=(home, engine, rebuild))
        if killed(run, chance.uniform(0, lasts)):
            kills += 1
        else:
            lasts *= 0.8
        if (home / "index" / "current").exists():
            after = held(home)
            assert before.keys() <= after.keys()
            for one, text in after.items():  # the version before stays until the new one is committed
                versions = texts[int(one[1:])]
                assert versions.index(text) >= (versions.index(before[one]) if one in before else 0)
            for one, digest in acknowledged(home):
                assert hashlib.sha256(after[one].encode()).hexdigest() == digest
        round_ += 1
        for number in range(FILES):
            if chance.random() < 0.5:
                texts[number].append(write(home, number, round_))
    assert not killed(processes.Process(target=index, args=(home, engine)), 60)
    assert held(home) == {f"d{number:03}": versions[-1] for number, versions in texts.items()}
    assert {one for one, _ in acknowledged(home)} == held(home).keys()
    grown = size(home / "index")
    assert not killed(processes.Process(target=index, args=(home, engine, True)), 60)
    assert grown <= 2 * size(home / "index")


@pytest.mark.parametrize("engine", EMBEDDED)
def test_searches_go_on_during_an_update(home: Path, processes: ForkServerContext, diplo: Run, engine: str) -> None:
    for number in range(FILES):
        write(home, number, 0)
    index(home, engine)
    library, version, searches, updates = open_library(home), 0, 0, 0
    while searches < SEARCHES:
        version += 1
        for number in range(FILES):
            write(home, number, version)
        process = processes.Process(target=index, args=(home, ""))
        process.start()
        while process.is_alive() and searches < SEARCHES:
            found = opened(home) if searches % 10 else open_index(library, lambda _line: None)
            try:
                every = found.search(All(), limit=None)
                olds, news = (found.search(Term("text", f"version{one}"), limit=None) for one in (version - 1, version))
                texts = [document.text for document in found.get([one for one, _ in news.hits])]
            finally:
                found.close()
            assert (every.total, olds.total + news.total) == (FILES, FILES)
            assert all(f"version{version}" in text for text in texts)
            searches += 1
        if version == 1:
            done = diplo(home, "search", "Astana", "--count")
            assert (done.returncode, done.stdout) == (0, f"{FILES}\n"), done.stderr
        process.join()
        assert process.exitcode == 0
        updates += 1
    assert updates > 1
