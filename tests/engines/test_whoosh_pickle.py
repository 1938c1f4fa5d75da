"""A planted pickle does not run: not in the table of contents, nor in a segment's terms, postings or stored fields."""

from __future__ import annotations

import io
import pickle
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from diplo_cli.engines import whoosh as engine_module
from diplo_cli.engines import whoosh_pickle
from diplo_cli.engines.base import Engine
from diplo_cli.errors import IndexBrokenError
from diplo_cli.query.tree import All, Term

from .generated import entries

KINDS = ("plain", "dotted", "old protocol")


def payload(kind: str, marker: Path) -> bytes:
    """A pickle that makes the file `marker` through os.system: named outright, or through a module of Whoosh's."""
    command = f"touch {marker}"
    if kind == "old protocol":
        return f"cos\nsystem\n(V{command}\ntR.".encode()
    module, name = ("os", "system") if kind == "plain" else ("whoosh.filedb.filestore", "os.system")
    text = b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    argument = command.encode()
    return b"\x80\x04" + text + b"\x93" + b"X" + len(argument).to_bytes(4, "little") + argument + b"\x85R."


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "ran"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    engine = engine_module.open(path, create=True)
    with engine.writer() as writer:
        for one in entries(seed=3, count=20):
            writer.add(one)
    engine.close()
    return path


def use(path: Path) -> None:
    engine: Engine = engine_module.open(path)
    try:
        ids = [id_ for id_, _ in engine.search(All(), limit=None).hits]
        engine.search(Term("lang", "ar"), limit=None)
        engine.facets(All(), ["lang"])
        engine.get(ids)
    finally:
        engine.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_payload_would_run_unguarded(kind: str, marker: Path) -> None:
    pickle.loads(payload(kind, marker))
    assert marker.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("read", [whoosh_pickle.loads, lambda data: whoosh_pickle.load(io.BytesIO(data))])
def test_the_unpickler_refuses_it(kind: str, read: Callable[[bytes], object], marker: Path) -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"a pickle asks for (os|posix|whoosh\.filedb\.filestore)\."):
        read(payload(kind, marker))
    assert not marker.exists()


@pytest.mark.parametrize("name", ["W3Segment.__init__", "W3Segment.__class__", "loads", "struct", "W3Segment "])
def test_only_whole_names_are_admitted(name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        whoosh_pickle.AdmittingUnpickler(io.BytesIO()).find_class("whoosh.codec.whoosh3", name)


def test_every_admitted_name_is_needed_and_none_calls_out(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set()
    find = whoosh_pickle.AdmittingUnpickler.find_class

    def recorded(self: whoosh_pickle.AdmittingUnpickler, module: str, name: str) -> object:
        found = find(self, module, name)
        assert isinstance(found, type)
        asked.add((module, name))
        return found

    monkeypatch.setattr(whoosh_pickle.AdmittingUnpickler, "find_class", recorded)
    use(index)
    assert asked == whoosh_pickle.ADMITTED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["schema", "segments"])
def test_in_the_table_of_contents(
    kind: str, place: str, tmp_path: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoosh.filedb.structfile import StructFile

    bad = payload(kind, marker)
    with monkeypatch.context() as patch:
        if place == "schema":
            patch.setattr(whoosh_pickle._GUARDED, "dumps", lambda *_: bad)
        else:
            patch.setattr(StructFile, "write_pickle", lambda self, *_: self.write(bad))
        with pytest.raises(IndexBrokenError, match="a pickle asks for"):
            engine_module.open(tmp_path / "planted", create=True)
    with pytest.raises(IndexBrokenError, match="a pickle asks for") as caught:
        engine_module.open(tmp_path / "planted")
    assert bad in next((tmp_path / "planted").glob("*.toc")).read_bytes()
    assert caught.value.hint == "run: diplo index --rebuild"
    assert not marker.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_directory_of_a_segment(kind: str, index: Path, marker: Path) -> None:
    segment = next(index.glob("*.seg"))
    data = segment.read_bytes()
    start = int.from_bytes(data[:8], "big")
    segment.write_bytes(data[:start] + payload(kind, marker))
    with pytest.raises(IndexBrokenError, match="a pickle asks for"):
        use(index)
    assert not marker.exists()


def plant(engine: Engine, path: Path) -> None:
    """Write twenty documents and read them again: some payloads are met on the way."""
    with engine.writer() as writer:
        for one in entries(seed=3, count=20):
            writer.add(one)
    use(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["postings", "block", "stored", "extras"])
def test_in_what_a_segment_holds(
    kind: str, place: str, tmp_path: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer itself plants it: its dumps give the payload in place of what Whoosh meant to write there."""
    import whoosh.codec.whoosh3
    import whoosh.columns
    from whoosh.filedb.structfile import StructFile

    bad = payload(kind, marker)
    path = tmp_path / "planted"
    engine = engine_module.open(path, create=True)
    with monkeypatch.context() as patch:
        if place == "stored":
            patch.setattr(whoosh.columns, "dumps", lambda *_: bad)
        elif place == "extras":
            write = StructFile.write_pickle
            patch.setattr(
                StructFile,
                "write_pickle",
                lambda self, value, *rest: (
                    self.write(bad) if isinstance(value, dict) and "fieldmap" in value else write(self, value, *rest)
                ),
            )
        else:  # a block is a tuple of six about it, then a tuple of three of its postings
            wanted = 6 if place == "block" else 3
            patch.setattr(
                whoosh.codec.whoosh3,
                "dumps",
                lambda value, *_: bad if len(value) == wanted else whoosh_pickle.dumps(value),
            )
        with pytest.raises(IndexBrokenError, match="a pickle asks for"):
            plant(engine, path)
    with pytest.raises(IndexBrokenError):
        use(path)
    engine.close()
    assert not marker.exists()


def test_nothing_of_whoosh_keeps_the_teeth() -> None:
    """Also in parts that are loaded later, and when all of Whoosh was loaded before."""
    import whoosh.multiproc
    import whoosh.qparser
    import whoosh.searching

    armed = (pickle, pickle.load, pickle.loads, pickle.dump, pickle.dumps, pickle.Unpickler)
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "whoosh"]
    assert len(modules) > 30
    for module in modules:
        assert isinstance(module, ModuleType)
        for name, value in vars(module).items():
            assert not any(value is one for one in armed), f"{module.__name__}.{name}"
            assert not (isinstance(value, type) and issubclass(value, pickle.Unpickler)) or (
                value is whoosh_pickle.AdmittingUnpickler
            ), f"{module.__name__}.{name}"
    whoosh_pickle.disarm_whoosh()
    assert whoosh.legacy.toc_loaders == {}


def test_a_segment_may_not_lie_elsewhere(index: Path) -> None:
    toc = next(index.glob("*.toc"))
    data = toc.read_bytes()
    segid = re.search(rb"\x10([0-9a-z]{16})", data)
    assert segid is not None
    toc.write_bytes(data.replace(segid[1], b"/../../../../etc"))
    with pytest.raises(IndexBrokenError, match="outside"):
        engine_module.open(index)


def test_what_the_sort_spills_comes_back_through_the_unpickler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of some tens of megabytes: Whoosh sorts its postings in runs on disk."""
    import whoosh.externalsort
    from whoosh.writing import PostingPool, SegmentWriter

    known = entries(seed=4, count=60)
    runs = []
    build, new_run = SegmentWriter.__init__, PostingPool._new_run

    def small(self: SegmentWriter, *rest: object, **named: object) -> None:
        build(self, *rest, **named)
        self.pool.limit = 20_000

    def counted(self: PostingPool) -> object:
        runs.append(self)
        return new_run(self)

    monkeypatch.setattr(SegmentWriter, "__init__", small)
    monkeypatch.setattr(PostingPool, "_new_run", counted)
    engine = engine_module.open(tmp_path / "index", create=True)
    with engine.writer() as writer:
        for one in known:
            writer.add(one)
    assert len(runs) > 5
    assert engine.search(All(), limit=None).total == len(known)
    word = known[1].tokens["text"][0]
    holding = {one.document.id for one in known if word in one.tokens["text"]}
    assert {id_ for id_, _ in engine.search(Term("text", word), limit=None).hits} == holding
    engine.close()
    assert whoosh.externalsort.load is whoosh_pickle.load
    assert not list(tmp_path.rglob("*.run"))
