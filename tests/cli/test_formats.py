"""Files of every format through the installed command: indexed, searched, inspected, reported."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.reading.written import ATOM, RSS, docx, epub, gzipped, mail, mailbox, odt, pdf, zipped, zstandard

LINES = b'{"id": "own", "text": "Marker07 in Nairobi"}\n{"text": "Marker08 in Oslo"}\n'
FILES = {
    "report.docx": docx(["Marker00 met the press in Astana."], title="Ports and ships"),
    "отчёт.odt": odt(["Marker01 met the press in Astana."]),
    "book.epub": epub(["<p>Marker02 met the press.</p>"], title="A book"),
    "paper.pdf": pdf(["Marker03 met the press in Astana."], title="A paper"),
    "note.eml": mail("A mail", "Marker04 met the press."),
    "inbox.mbox": mailbox([mail("One", "Marker05 met the press."), mail("Two", "Marker06 left.")]),
    "news.jsonl.gz": gzipped(LINES),
    "feed.rss": RSS.format(encoding="utf-8").replace("Oslo", "Marker09").encode(),
    "feed.atom": ATOM.replace("Елші", "Marker10").encode(),
    "table.csv": b"text;title\nMarker11 met the press;A row\n",
    "old.txt.zst": zstandard("Marker12 Президент Казахстана принял посла".encode("cp1251")),
    "all.zip": zipped({"a/one.txt": b"Marker13 met the press.", "b.png": b"\x89PNG", "c.html": b"<p>Marker14</p>"}),
    "page.html": b"<html lang=en><p>Marker15 met the press.<nav>Menu</nav>",
    "noext": pdf(["Marker16 met the press."]),
}
FOUND = {
    "00": "report.docx", "01": "отчёт.odt", "02": "book.epub", "03": "paper.pdf", "04": "note.eml", "05": "inbox.mbox-1", "06": "inbox.mbox-2", "07": "own",
    "08": "news.jsonl.gz-2", "09": "feed.rss-2", "10": "feed.atom-1", "11": "table.csv-1", "12": "old.txt.zst", "13": "all.zip-1", "14": "all.zip-3",
    "15": "page.html", "16": "noext",
}  # fmt: skip


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    """A library of a file of every format, and of some that cannot be read."""
    home = tmp_path_factory.mktemp("mixed")
    (home / "index").mkdir()
    (home / "seeds").mkdir()
    files = FILES | {
        "bad.docx": b"PK\x03\x04",
        "sheet.xlsx": b"PK\x03\x04",
        "scan.pdf": pdf([""]),
        "cut.txt.gz": gzipped(b"Kenya and Norway")[:-6],
        "bomb.txt.gz": gzipped(b"Kenya " * 5_000_000),
        "empty.txt": b"",
        "odd\nname\x1b[31m.txt": b"Marker17 met the press.",
    }
    files["feed.rss"] = files["feed.rss"].replace(b"<item><guid>3</guid></item>", b"")
    del files["feed.atom"]  # its first item would have the id of the other feed's first
    for name, data in files.items():
        (home / "seeds" / name).write_bytes(data)
    (home / "seeds" / os.fsdecode(b"bytes\xff.txt")).write_bytes(b"Marker18 met the press.")
    (home / "seeds" / "folder").mkdir()
    (home / "seeds" / "folder" / "feed.atom").write_bytes(FILES["feed.atom"])
    (home / "seeds" / "folder" / "loop").symlink_to(home / "seeds")
    os.mkfifo(home / "seeds" / "pipe")
    done = diplo(home, "index")
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize("number", sorted(FOUND))
def test_every_format_is_found(diplo: Run, mixed: Path, number: str) -> None:
    expected = "folder/feed.atom-1" if number == "10" else FOUND[number]
    assert diplo(mixed, "search", f'="Marker{number}"', "--ids").stdout == f"{expected}\n"


@pytest.mark.parametrize(("number", "shown"), [("17", "odd"), ("18", "bytes")])
def test_odd_names_are_kept(diplo: Run, mixed: Path, number: str, shown: str) -> None:
    (found,) = diplo(mixed, "search", f'="Marker{number}"', "--ids", "-0").stdout.split("\0")[:-1]
    assert found.startswith(shown)
    assert f"Marker{number}" in diplo(mixed, "show", found).stdout


def test_what_became_of_each_file(diplo: Run, mixed: Path) -> None:
    rows = [json.loads(line) for line in diplo(mixed, "index", "--report", "--jsonl").stdout.splitlines()]
    told = {(row["path"].removeprefix("seeds/"), row["reason"]) for row in rows if row["reason"]}
    assert told == {
        ("bad.docx", "is damaged: File is not a zip file"),
        ("sheet.xlsx", "spreadsheets and presentations are not supported"),
        ("scan.pdf", "has no text, only pictures of it or nothing"),
        ("cut.txt.gz", "is cut off: its end is missing"),
        ("bomb.txt.gz", "holds more than 100 times its size"),
        ("empty.txt", "is empty"),
        (str(mixed / "seeds" / "pipe"), "is not a file (a pipe, socket or device)"),
        ("all.zip", "file 2: b.png: images are not supported"),
    }
    table = diplo(mixed, "index", "--report").stdout
    assert "failed\t0\tseeds/bad.docx\tis damaged" in table
    assert "\x1b" not in table


def test_a_date_and_title_stated_by_a_format_are_shown(diplo: Run, mixed: Path) -> None:
    (row,) = diplo(mixed, "search", "Marker04").stdout.splitlines()
    assert row.split("\t")[1] == "2024-05-17"
    assert row.endswith("\tA mail")
    assert diplo(mixed, "search", "title:ships", "--ids").stdout == "feed.rss-1\nreport.docx\n"


def test_inspect_reads_every_format(diplo: Run, mixed: Path) -> None:
    done = diplo(
        mixed, "inspect", "seeds/report.docx", "seeds/inbox.mbox", "seeds/noext", "seeds/bomb.txt.gz", "--jsonl"
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["title"] for record in records][:3] == ["Ports and ships", "One", "Two"]
    assert len(records) == 4
    assert done.returncode == 2
    assert "bomb.txt.gz holds more than 100 times its size" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_in_a_pipe_is_a_page(diplo: Run, library: Path) -> None:
    record = json.loads(
        diplo(library, "inspect", "-", "--jsonl", stdin="<!doctype html><title>Ports</title><p>Kenya<script>no").stdout
    )
    assert (record["title"], record["words"]) == ("Ports", 1)


def test_searching_loads_no_reader(seeds: Path) -> None:
    from tests.test_startup import loaded

    readers = {
        "zipfile",
        "email",
        "csv",
        "gzip",
        "trafilatura",
        "lxml",
        "pypdfium2",
        "defusedxml",
        "backports",
        "chardet",
    }
    assert loaded(seeds, "search", "Tokayev") & readers == set()
