"""Files made to fill memory, to reach elsewhere or to break a reader: refused in clear words, or read as far as they go."""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits, text
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.read import contents, is_stream, read, read_bytes
from tests.reading.written import ATOM, RSS, WORD, docx, epub, gzipped, mail, mailbox, odt, pdf, zipped, zstandard

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def refusal(data: bytes, name: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        list(read_bytes(data, name))
    assert caught.value.message.isprintable()
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(("declared", "entity"), [(LAUGHS, "&j;"), (OUTSIDE, "&x;")])
def test_entities_of_office_documents_are_refused(declared: str, entity: str) -> None:
    body = (
        f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{WORD}"><w:p><w:t>Kenya {entity}</w:t></w:p></w:document>'
    )
    assert "XML entities" in refusal(zipped({"word/document.xml": body}), "a.docx").message
    assert "XML entities" in refusal(zipped({"content.xml": body}), "a.odt").message
    assert "XML entities" in refusal(zipped({"META-INF/container.xml": declared + "<container/>"}), "a.epub").message


@pytest.mark.parametrize(("declared", "entity"), [(LAUGHS, "&j;"), (OUTSIDE, "&x;")])
@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.html"])
def test_entities_of_feeds_and_pages_are_not_expanded(name: str, declared: str, entity: str) -> None:
    feed = f"{declared}<rss><channel><item><title>Kenya</title><description>Kenya {entity}</description></item></channel></rss>"
    (document,) = read_bytes(feed.encode(), name)
    assert isinstance(document, Raw)
    assert len(document.text) < 1500
    assert "root:" not in document.text


@pytest.mark.parametrize("pack", [gzipped, zstandard])
def test_what_expands_too_far_is_refused(pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"Kenya " * 5_000_000)
    for name in ("a.txt.gz", "a.gz", "a", "a.csv.gz"):
        assert "100 times its size" in refusal(bomb, name).message
    assert list(read_bytes(pack(b"Kenya " * 1000), "a.txt.gz"))  # small, however often it repeats


def test_a_stream_that_expands_too_far_gives_what_came_before() -> None:
    record = json.dumps({"text": "Kenya"}).encode() + b"\n"
    items = read_bytes(gzipped(record * 100_000), "a.jsonl.gz")
    assert next(items) == Raw("Kenya", number=1)
    with pytest.raises(ReadingError, match="100 times its size"):
        list(items)


def test_zip_bombs() -> None:
    assert "100 times its size" in refusal(zipped({"a.txt": b"Kenya " * 5_000_000}), "a.zip").message
    many = zipped({f"{number}.txt": b"Kenya " * 100_000 for number in range(20)})
    assert "100 times its size" in refusal(many, "a.zip").message
    assert "100 times its size" in refusal(zipped({"word/document.xml": b" " * 30_000_000}), "a.docx").message
    assert "100 times its size" in refusal(zipped({"META-INF/container.xml": b" " * 30_000_000}), "a.epub").message


def test_a_zip_whose_members_lie_on_each_other() -> None:
    """As Fifield's: one packed run of bytes, named by every member."""
    data = bytearray(zipped({"00.txt": b"Kenya " * 20_000}))
    start = data.index(b"PK\x01\x02")
    entry, end = bytes(data[start : data.index(b"PK\x05\x06")]), data.index(b"PK\x05\x06")
    entries = b"".join(entry.replace(b"00.txt", f"{number:02}.txt".encode()) for number in range(100))
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 100, 100)
    tail[12:16] = struct.pack("<L", len(entries))
    items = list(read_bytes(bytes(data[:start]) + entries + bytes(tail), "a.zip"))
    assert sum(isinstance(each, Raw) for each in items) <= 1


def test_a_zip_of_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.txt": b"Kenya"}))
    place = data.rindex(b"PK\x05\x06") + 12
    data[place : place + 4] = struct.pack("<L", 30_000_000)
    assert "100,000 files" in refusal(bytes(data), "a.zip").message
    monkeypatch.setattr("diplo_cli.reading.archive.MOST_MEMBERS", 2)
    assert "holds more than 2 files" in refusal(zipped({f"{number}.txt": b"a" for number in range(3)}), "a.zip").message


def test_archives_within_archives() -> None:
    deep = b"Kenya"
    for _ in range(5):
        deep = zipped({"a.zip": deep})
    (bad,) = read_bytes(deep, "a.zip")
    assert bad == BadRecord(1, "a.zip: is an archive within an archive", "file")
    assert "archive within" in refusal(gzipped(gzipped(b"Kenya")), "a.gz.gz").message
    assert "archive within" in refusal(gzipped(zipped({"a": b"b"})), "a.gz").message
    (bad,) = read_bytes(zipped({"plain": gzipped(b"Kenya")}), "a.zip")
    assert isinstance(bad, BadRecord)


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": b"Kenya"}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def test_what_is_encrypted_is_named() -> None:
    (bad,) = read_bytes(encrypted_zip(), "a.zip")
    assert bad == BadRecord(1, "a.txt: is encrypted", "file")
    assert "encrypted" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx").message
    locked = pdf(["Kenya"]).replace(
        b"/Info 6 0 R",
        b"/Info 6 0 R /ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b">>>",
    )
    assert "encrypted" in refusal(locked, "a.pdf").message


def test_names_in_archives_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["../up.txt", "/etc/cron.d/x", "C:\\x.txt", "a\x1b[31m\n.txt", "." * 300, "a/../../b.txt", "con"]
    items = list(read_bytes(zipped({name: f"Kenya {name!r}".encode() for name in names}), "a.zip"))
    assert len(items) == len(names) - 1  # all but the one of dots
    nameless = zipped({"a.txt": b"Kenya", "b.txt": b"Norway"}, zipfile.ZIP_STORED).replace(b"b.txt", b"\0.txt")
    assert list(read_bytes(nameless, "a.zip")) == [Raw("Kenya", number=1)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzipped(b"Kenya and Norway " * 50)[:-30], "a.txt.gz"),
        (zstandard(b"Kenya and Norway " * 50)[:-9], "a.txt.zst"),
        (gzipped(b"Kenya")[:5], "a.txt.gz"),
        (gzipped(b"Kenya and Norway")[:-8] + b"\0" * 8, "a.txt.gz"),
        (docx(["Kenya"])[:200], "a.docx"),
        (b"PK\x03\x04 no archive", "a.docx"),
        (zipped({"other.xml": b"<a/>"}), "a.odt"),
        (zipped({"word/document.xml": b"<w:document"}), "a.docx"),
        (epub(["x"])[:-60], "a.epub"),
        (zipped({"META-INF/container.xml": b"<container/>"}), "a.epub"),
        (zipped({"a.txt": b"Kenya"})[:-10], "a.zip"),
        (zipped({}), "a.zip"),
        (b"", "a.zip"),
        (pdf(["Kenya"])[:40], "a.pdf"),
        (pdf([""]), "a.pdf"),
        (b"not a pdf", "a.pdf"),
    ],
)
def test_what_is_damaged_is_told(data: bytes, name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        list(read_bytes(data, name))
    assert "Error" not in caught.value.message
    assert any(
        word in caught.value.message for word in ("damaged", "cut off", "no document", "holds no files", "no text")
    )


def test_a_stream_that_is_cut_off_gives_what_came_before() -> None:
    lines = "".join(json.dumps({"text": f"Kenya {random.Random(number).random()}"}) + "\n" for number in range(5000))
    items = read_bytes(gzipped(lines.encode())[:-100], "a.jsonl.gz")
    assert next(items)
    with pytest.raises(ReadingError, match="cut off"):
        list(items)


def test_a_damaged_member_leaves_the_others() -> None:
    data = bytearray(zipped({"a.txt": b"Kenya", "b.txt": b"Norway"}, zipfile.ZIP_STORED))
    data[data.index(b"Kenya")] ^= 1
    bad, good = read_bytes(bytes(data), "a.zip")
    assert isinstance(bad, BadRecord)
    assert "damaged" in bad.message
    assert good == Raw("Norway", number=2)


def test_an_unclosed_quotation_of_a_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplo_cli.reading.table.LONGEST_TEXT", 50_000)
    table = 'id,text\n1,Kenya\n2,"Norway\n' + "3,x\n" * 50_000 + '4,Oslo\n5,"Bergen"\n'
    items = list(read_bytes(table.encode(), "a.csv"))
    assert items[0] == Raw("Kenya", id="1", number=1)
    assert any(isinstance(each, BadRecord) and "quotation mark" in each.message for each in items)
    assert isinstance(items[-1], Raw)
    assert items[-1].text == "Bergen"


def test_an_unclosed_quotation_swallows_no_row_in_silence() -> None:
    first, bad = read_bytes(b'id,text\n1,Kenya\n2,"Norway\n3,Oslo\n4,Bergen\n', "a.csv")
    assert first == Raw("Kenya", id="1", number=1)
    assert isinstance(bad, BadRecord)
    assert "quotation mark" in bad.message
    _, bad, last = read_bytes(b'id,text\n1,Kenya\n2,"Norway\n3,"Oslo"\n4,Bergen\n', "a.csv")
    assert isinstance(bad, BadRecord)
    assert last == Raw("Bergen", id="4", number=3)


def test_a_record_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_RECORD", 1000)
    long = json.dumps({"text": "x" * 5000})
    first, bad, last = read_bytes(f'{{"text": "a"}}\n{long}\n{{"text": "b"}}'.encode(), "a.jsonl")
    assert isinstance(bad, BadRecord)
    assert "longer than" in bad.message
    assert (first, last) == (Raw("a", number=1), Raw("b", number=3))
    items = list(read_bytes(mailbox([mail("a", "Kenya"), mail("b", "x y\n" * 800), mail("c", "Oslo")]), "a.mbox"))
    assert [isinstance(each, Raw) for each in items] == [True, False, True]


def test_a_document_that_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LONGEST_TEXT", 1000)
    for data, name in (
        (docx(["Kenya " * 300]), "a.docx"),
        (epub(["Kenya " * 300]), "a.epub"),
        (mail("s", "Kenya " * 300), "a.eml"),
        (pdf(["Kenya " * 20] * 15), "a.pdf"),
        (b"Kenya " * 300, "a.txt"),
    ):
        with pytest.raises(ReadingError, match="at most 1,000"):
            read_bytes(data, name)


def test_many_documents_may_be_larger_than_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 10_000)
    lines = (json.dumps({"text": f"Kenya {number}"}) + "\n" for number in range(1000))
    path = tmp_path / "a.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    size = path.stat().st_size
    assert is_stream(path, size)
    assert not is_stream(path, 10_000)
    assert not is_stream(tmp_path / "a.txt", size)
    assert sum(1 for _ in read(path)) == 1000
    for name in ("a.txt", "a.pdf", "a.docx"):
        one = path.rename(tmp_path / name)
        with pytest.raises(ReadingError, match="at most") as caught:
            read(one)
        assert "JSON Lines, which may be of any size" in caught.value.hint
        path = one
    with pytest.raises(ReadingError, match="at most"):
        contents(path)


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    record = json.dumps({"text": "Kenya and Norway agreed. " * 100}).encode() + b"\n"
    for name, start, line in (
        ("a.jsonl", b"", record),
        ("a.csv", b"text,title\n", b"Kenya and Norway agreed on ports,t\n" * 70),
        ("a.mbox", b"", mailbox([mail("s", "Kenya and Norway agreed.\n" * 100)])),
    ):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.write(start)
            for _ in range(30_000_000 // len(line)):
                stream.write(line)
        tracemalloc.start()
        items = read(path)
        for _ in range(100):
            next(items)
        items.close()  # type: ignore[attr-defined]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 15_000_000, name  # a table's first 4 MB tell its encoding


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        place = os.path.relpath(tmp_path / "s")
        bound.bind(place if len(place) < 100 else str(tmp_path / "s"))
        with pytest.raises(ReadingError, match="not a regular file"):
            read(tmp_path / "s")
    with pytest.raises(ReadingError, match="not a regular file"):
        read(Path(os.devnull))


@pytest.mark.parametrize(
    "piece", ["<item>", "<item><title>", "</item>", "<![CDATA[", "<title>", "<a:b c='", "<!--", "&#x"]
)
def test_feeds_take_linear_time(piece: str) -> None:
    started = time.process_time()
    with suppress(ReadingError):
        list(read_bytes(("<rss>" + piece * (200_000 // len(piece))).encode(), "a.rss"))
    assert time.process_time() - started < 5  # 0.4 s on the slowest seen


@pytest.mark.parametrize("piece", ["<p><b>a ", "<li>a ", "<div>a ", "<a href=x>a ", "<script>a ", "<style>a</script>"])
def test_pages_take_bounded_time(piece: str) -> None:
    """With trafilatura, which is quadratic in what is nested, up to the largest page it is given."""
    for size in (250_000, 1_500_000):
        started = time.process_time()
        with suppress(ReadingError):
            list(read_bytes(("<html><body>" + piece * (size // len(piece))).encode(), "a.html"))
        assert time.process_time() - started < 12  # 1.8 s on the slowest seen; 35 s without the bound


FILES = {
    "a.docx": docx(["Kenya and Norway", "Осло"]),
    "a.odt": odt(["Kenya and Norway", "Осло"]),
    "a.epub": epub(["<p>Kenya</p>", "<p>Осло</p>"], title="t"),
    "a.pdf": pdf(["Kenya and Norway", "Осло"], title="t"),
    "a.eml": mail("Тема", "Kenya", page="<p>Norway</p>", attached={"a.txt": b"Oslo", "b.docx": docx(["x"])}),
    "a.mbox": mailbox([mail("Тема", "Kenya"), mail("b", "Norway")]),
    "a.rss": RSS.format(encoding="utf-8").encode(),
    "a.atom": ATOM.encode(),
    "a.csv": 'id,text,title\n1,"Kenya\nNorway",t\n2,Осло,\n'.encode(),
    "a.txt.gz": gzipped(b"Kenya and Norway"),
    "a.jsonl.zst": zstandard(b'{"text": "Kenya"}\n{"text": "Norway"}\n'),
    "a.zip": zipped({"a.txt": b"Kenya", "b.jsonl": b'{"text": "Norway"}', "c.docx": docx(["x"])}),
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file with some bytes changed, taken out or put in, or its end cut off."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(FILES[name])
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        act = draw(st.sampled_from(["set", "cut", "put", "drop"]))
        if act == "set" and place < len(data):
            data[place] = draw(st.integers(0, 255))
        elif act == "cut":
            del data[max(place, len(data) // 2) :]
        elif act == "put":
            data[place:place] = draw(st.binary(max_size=8))
        else:
            del data[place : place + draw(st.integers(1, 8))]
    return name, bytes(data)


def read_whatever_comes(data: bytes, name: str) -> None:
    try:
        items = list(read_bytes(data, name))
    except ReadingError as error:
        items = [BadRecord(0, error.message)]
    for item in items:
        if isinstance(item, Raw):
            assert item.text.strip()
            assert item.text.encode()
        else:
            assert item.message.isprintable()


@settings(deadline=None, max_examples=300)
@given(damaged())
def test_any_damage_is_a_reading_error_or_none(file: tuple[str, bytes]) -> None:
    read_whatever_comes(file[1], file[0])


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(sorted(FILES)))
def test_any_bytes_by_any_format(data: bytes, name: str) -> None:
    read_whatever_comes(data, name)


def test_a_title_of_half_a_character_is_none() -> None:
    data = pdf(["Kenya"], title="Ports").replace("Ports".encode("utf-16-be").hex().encode(), b"dc00" * 5)
    assert list(read_bytes(data, "a.pdf")) == [Raw("Kenya")]


def test_gzip_of_several_parts_is_one() -> None:
    (document,) = read_bytes(gzip.compress(b"Kenya ") + gzip.compress(b"Norway"), "a.txt.gz")
    assert document == Raw("Kenya Norway")
