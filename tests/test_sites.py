"""Lines that a site repeats, learnt while its documents are indexed: dropped with their reason, by whatever processes and in whatever order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from diplo_cli.document import Document
from diplo_cli.engines.base import open_engine
from diplo_cli.errors import IndexBrokenError
from diplo_cli.indexing import sites
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.sites import learn
from diplo_cli.library.locate import open_library
from diplo_cli.library.manifest import FileTable, current_generation, read_head
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.repeats import MOST_KEPT, OFTEN, Repeats, line_key, site_of
from tests.conftest import Run

HOST = "harbour.example"
NAVIGATION = "Beyond the breakwater and the buoys every week"
SENTENCE = "The agreement between Kenya and Norway runs until the end of the year."


def page(number: int, host: str = HOST) -> str:
    """An article of its own, the lines that no vocabulary knows after it, and its address."""
    topic = "".join("abcdefghij"[int(digit)] for digit in str(number)) + "ium"
    return (
        f"Ministers open talks about {topic}\n\n"
        f"NAIROBI: The ministers of Kenya and Norway met on Monday to speak about {topic} and its price.\n{SENTENCE}\n"
        f"A second round about {topic} follows in Oslo before the summer, their spokesman told the press.\n\n"
        f"{NAVIGATION}\n\nhttps://{host}/{number}\n"
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "seeds").mkdir(parents=True)
    (tmp_path / "home" / "index").mkdir()
    return tmp_path / "home"


def put(home: Path, *numbers: int, host: str = HOST) -> None:
    for number in numbers:
        (home / "seeds" / f"p{number:04}.txt").write_text(page(number, host), encoding="utf-8")


def build(home: Path, **asked: bool | int) -> dict[str, Document]:
    """The documents of the library once it has been brought up to date."""
    library = open_library(home)
    update(library, Request(**asked))  # type: ignore[arg-type]
    return stored(home)


def stored(home: Path) -> dict[str, Document]:
    folder = current_generation(open_library(home))
    assert folder is not None
    engine = open_engine(read_head(folder).engine, folder / "engine")
    found = engine.get([one for one, _ in engine.terms("id", "")])
    engine.close()
    return {document.id: document for document in found}


def body(document: Document) -> str:
    return "\n".join(document.text[start:end] for start, end in document.body or ())


def has_navigation(documents: dict[str, Document]) -> list[str]:
    return sorted(one for one, document in documents.items() if NAVIGATION in body(document))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[FileTable]:
    opened = FileTable(tmp_path, create=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_site_repeats_is_no_part_of_a_summary_and_a_sentence_stays(diplo: Run, home: Path, jobs: str) -> None:
    put(home, 0, 1, 2, 3)
    assert diplo(home, "index", "--jobs", jobs).returncode == 0
    told = json.loads(diplo(home, "summary", "p0000", "--sentences", "9", "--json").stdout)
    sentences = [each["text"] for each in told["summaries"][0]["sentences"]]
    assert SENTENCE in sentences
    assert not any(NAVIGATION in sentence for sentence in sentences)
    assert NAVIGATION in diplo(home, "show", "p0000").stdout  # the text itself is whole
    for document in stored(home).values():
        assert {line.line: line.reason for line in document.dropped}[NAVIGATION] == "navigation"
        assert SENTENCE in body(document)
        assert "NAIROBI" not in document.title


@pytest.mark.parametrize("hosts", [("a.example", "a.example"), ("a.example", "a.example", "b.example")])
def test_two_documents_of_a_site_are_too_few(home: Path, hosts: tuple[str, ...]) -> None:
    for number, host in enumerate(hosts):
        put(home, number, host=host)
    assert len(has_navigation(build(home))) == len(hosts)


def test_later_documents_are_read_by_what_is_known(home: Path) -> None:
    put(home, 0, 1)
    build(home)
    put(home, 2)
    assert has_navigation(build(home)) == ["p0000", "p0001", "p0002"]  # no run has seen three
    assert has_navigation(build(home, rebuild=True)) == []
    put(home, 3)
    late = build(home)["p0003"]
    assert {line.line: line.reason for line in late.dropped}[NAVIGATION] == "navigation"


def test_processes_and_rebuilding_change_nothing(home: Path) -> None:
    put(home, *range(120))
    lines = [
        json.dumps({"text": page(n, "quay.example"), "source": f"https://www.quay.example/{n}"}) for n in range(40)
    ]
    (home / "seeds" / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    one = build(home, jobs=1)
    assert build(home, jobs=2, rebuild=True) == one
    assert not has_navigation(one)


def test_a_run_that_was_interrupted_leaves_what_it_learnt(home: Path, table: FileTable) -> None:
    put(home, 0, 1, 2)
    files = [(path, path.name, path.stat().st_size) for path in sorted((home / "seeds").iterdir())]
    asked = Event()
    asked.set()
    assert learn(table, files, asked) == {}
    assert table.repeated() == {}
    found = learn(table, files, Event())
    assert line_key(NAVIGATION) in found[HOST]
    assert learn(table, [], Event()) == table.repeated() == found


def test_what_is_learnt_does_not_depend_on_the_order_of_lines_in_the_table(table: FileTable) -> None:
    table.keep_repeated([("b.example", "two"), ("a.example", "one"), ("b.example", "two")])
    table.keep_repeated([("b.example", "one"), ("\ud800", "\ud800")])
    assert table.repeated() == {
        "a.example": frozenset({"one"}),
        "b.example": frozenset({"one", "two"}),
        "\ud800": frozenset({"\ud800"}),
    }


def test_a_table_of_other_things_is_damaged(table: FileTable) -> None:
    table._connection.execute("insert into repeated values (1, 2)")
    with pytest.raises(IndexBrokenError):
        table.repeated()


def test_a_file_of_a_million_hosts_is_read_no_further_than_its_sample(
    home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "SAMPLE", 50)
    taken = 0

    def endless(_path: Path, _name: str) -> Iterator[Raw]:
        nonlocal taken
        for number in range(1_000_000):
            taken += 1
            yield Raw(page(number), source=f"https://host{number}.example/")

    monkeypatch.setattr(sites, "texts", endless)
    assert learn(table, [(home / "a.jsonl", "a.jsonl", 10**12)], Event()) == {}
    assert taken <= 51


def test_a_file_that_names_no_site_is_left(home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def nameless(_path: Path, _name: str) -> Iterator[Raw]:
        nonlocal taken
        for _ in range(1_000_000):
            taken += 1
            yield Raw("Quays and islands")

    monkeypatch.setattr(sites, "texts", nameless)
    learn(table, [(home / "a.jsonl", "a.jsonl", 10**12)], Event())
    assert taken <= sites.NAMELESS + 1


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.epub", "a.html", "gone.txt"])
def test_what_is_dear_or_broken_is_not_read_for_it(
    home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    read: list[Path] = []

    def broken(path: Path, _name: str) -> Iterator[Raw]:
        read.append(path)
        raise RuntimeError(path)

    monkeypatch.setattr(sites, "texts", broken)
    size = 2 * sites.LARGEST_PAGE if name == "a.html" else 100
    assert learn(table, [(home / name, name, size)], Event()) == {}
    assert len(read) == (name == "gone.txt")


def test_no_more_lines_are_kept_than_there_is_room_for(
    home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home, 0, 1, 2)
    monkeypatch.setattr(sites, "KNOWN", 1)
    files = [(path, path.name, path.stat().st_size) for path in sorted((home / "seeds").iterdir())]
    learn(table, files, Event())
    assert sum(map(len, table.repeated().values())) == 1


def test_the_most_frequent_lines_of_a_host_are_kept() -> None:
    letters = "abcdefghij"
    rare = [f"line {a}{b}{c}" for a in letters for b in letters for c in letters[:3]]
    found = Repeats()
    for number in range(OFTEN + 1):
        for part in range(0, len(rare), 100):
            found.add("a.example", "\n".join(rare[part : part + 100] if number < OFTEN else ["line abc"]))
    kept = found.of("a.example")
    assert len(kept) == MOST_KEPT
    assert line_key("line abc") in kept
    assert found.all() == {"a.example": kept}


@pytest.mark.parametrize(
    ("raw", "host"),
    [
        (Raw("Text", source="https://www.Quay.example/a"), "quay.example"),
        (Raw("Text", source="no address"), ""),
        (Raw("Text", source="http://[broken"), ""),
        (Raw("A line\nhttps://quay.example/a?b\nAnother"), "quay.example"),
        (Raw("A line\nSource: www.quay.example/a\n"), "quay.example"),
        (Raw("https://quay.example/a\nhttps://www.quay.example/b"), "quay.example"),
        (Raw("https://quay.example/a\nhttps://social.example/b"), ""),
        (Raw("The text names https://quay.example/a amid a sentence of its own."), ""),
        (Raw("No address"), ""),
    ],
)
def test_the_site_of_a_document(raw: Raw, host: str) -> None:
    assert site_of(raw) == host


def test_of_many_pages_some_are_read_at_equal_distances(
    home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def texts(_path: Path, name: str) -> Iterator[Raw]:
        read.append(name)
        yield Raw(page(1), source=f"https://{HOST}/")

    monkeypatch.setattr(sites, "texts", texts)
    names = [f"{number:04}.html" for number in range(1000)]
    learn(table, [(home / name, name, 100) for name in names], Event())
    assert sites.PAGES < len(read) <= sites.PAGES + 100
    assert read == names[:: names.index(read[1])]


def test_of_an_archive_no_more_is_read_than_of_pages(
    home: Path, table: FileTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = 0

    def texts(_path: Path, _name: str) -> Iterator[Raw]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield Raw(page(number), source=f"https://{HOST}/")

    monkeypatch.setattr(sites, "texts", texts)
    assert line_key(NAVIGATION) in learn(table, [(home / "a.zip", "a.zip", 100)], Event())[HOST]
    assert taken == sites.PAGES
