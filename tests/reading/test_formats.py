"""Every format gives its text, in order, and what it states about itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from diplo_cli.errors import ReadingError
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.read import read, read_bytes, reason
from tests.reading.written import ATOM, RSS, docx, epub, gzipped, mail, mailbox, odt, pdf, zipped, zstandard

ENGLISH = "The minister of Kenya received the ambassador of Norway on Tuesday."
ARABIC = "التقى وزير الخارجية سفير النرويج في العاصمة"
CHINESE = "外交部长星期二会见了挪威大使。"


def only(data: bytes, name: str) -> Raw:
    (document,) = read_bytes(data, name)
    assert isinstance(document, Raw)
    return document


def all_of(data: bytes, name: str) -> list[Raw]:
    found = list(read_bytes(data, name))
    assert all(isinstance(each, Raw) for each in found)
    return [each for each in found if isinstance(each, Raw)]


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@pytest.mark.parametrize("name", ["a.{}", "a", "A.{}"])
def test_word_processors(suffix: str, name: str) -> None:
    data = {"docx": docx, "odt": odt}[suffix]([ENGLISH, ARABIC, CHINESE], title="Fish &amp; ports", language="en-GB")
    expected = Raw(f"{ENGLISH}\n{ARABIC}\n{CHINESE}", title="Fish & ports", lang_declared="en-GB")
    assert only(data, name.format(suffix)) == expected


def test_docx_as_word_writes_it() -> None:
    body = (
        "<w:p><w:r><w:t>Ken</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>ya</w:t><w:tab/><w:t xml:space='preserve'>and </w:t>"
        "<w:noBreakHyphen/><w:t>x</w:t></w:r><w:r><w:br/><w:t>Norway</w:t></w:r><w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Oslo</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )
    assert only(docx([], body=body), "a.docx").text == "Kenya\tand -x\nNorway\nOslo\n12\nbox"


def test_odt_as_writer_writes_it() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\n  "
        "<text:p>Kenya<text:s/>and<text:tab/><text:span>Norway</text:span><office:annotation><text:p>remark</text:p></office:annotation> agreed"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note>.</text:p>"
    )
    assert only(odt([], body=body), "a.odt").text == "Kenya and\tNorway agreed\na note\n."


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - may.doc", "report.pdf", "Untitled 1", "untitled", "Документ1", "12", "https://example.org/x"],
)
def test_a_title_that_a_program_left_is_none(title: str) -> None:
    assert only(docx([ENGLISH], title=title), "a.docx").title == ""


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.bin"])
def test_pdf(name: str) -> None:
    found = only(pdf([ENGLISH, "Сыртқы істер министрі", CHINESE], title="Көші-қон"), name)
    assert found == Raw(f"{ENGLISH}\nСыртқы істер министрі\n{CHINESE}", title="Көші-қон")


def test_a_pdf_of_right_to_left_text_is_in_the_order_it_is_read() -> None:
    assert only(pdf([ARABIC[::-1]]), "a.pdf").text.split() == ARABIC.split()  # drawn from the left, as programs do


def test_epub_in_reading_order() -> None:
    data = epub(
        ["<h1>One</h1><p>Kenya &nbsp; and</p>", f"<p>{ARABIC}</p>"], title="Ports", language="en", date="2024-05-17"
    )
    expected = Raw(f"One\nKenya and\n\n{ARABIC}", title="Ports", lang_declared="en", date="2024-05-17")
    assert only(data, "a.epub") == only(data, "a") == expected


def test_mail() -> None:
    found = only(
        mail("Встреча в Астане", "Президент принял посла.\n", page="<p>Президент принял посла.</p>", charset="koi8-r"),
        "a.eml",
    )
    assert found == Raw(
        "Президент принял посла.",
        title="Встреча в Астане",
        date="2024-05-17",
        lang_declared="ru",
        publisher="Пресс-служба",
    )
    assert only(mail("s", "", page="<style>p{}</style><p>Kenya<br>Norway"), "a.eml").text == "Kenya\nNorway"
    longer = "<p>" + "Kenya and Norway agreed. " * 20
    assert only(mail("s", "See the HTML.", page=longer), "a.eml").text.startswith("Kenya and")


def test_mail_whose_charset_is_not_said_or_wrong() -> None:
    text = "Министр иностранных дел Казахстана принял во вторник посла Норвегии в столице."
    bare = b"Subject: s\nContent-Type: text/plain%s\nContent-Transfer-Encoding: 8bit\n\n" + text.encode("cp1251")
    for stated in (b"", b"; charset=us-ascii", b"; charset=klingon"):
        assert only(bare.replace(b"%s", stated), "a.eml").text == text


def test_what_is_attached_to_a_mail_is_read() -> None:
    files = {
        "may.docx": docx([ENGLISH]),
        "picture.png": b"\x89PNG",
        "bad.pdf": b"%PDF-1.4",
        "notes.txt": ARABIC.encode(),
        "program": b"\0",
    }
    first, second, bad, third = read_bytes(mail("s", "Kenya", attached=files), "a.eml")
    assert isinstance(first, Raw)
    assert (first.text.strip(), first.number) == ("Kenya", 0)
    assert second == Raw(ENGLISH, number=1)
    assert isinstance(bad, BadRecord)
    assert bad.message.startswith("bad.pdf: is damaged")
    assert third == Raw(ARABIC, number=3)


def test_a_text_attached_under_any_name_is_read_and_an_archive_is_named() -> None:
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content("Kenya")
    message.add_attachment("Norway", filename="minutes.2024")
    message.add_attachment(zipped({"a.txt": b"Oslo"}), maintype="application", subtype="zip", filename="a.zip")
    _, text, bad = read_bytes(bytes(message), "a.eml")
    assert isinstance(text, Raw)
    assert text.text.strip() == "Norway"
    assert bad == BadRecord(2, "a.zip: is an archive attached to a mail, which is not read", "part")


def test_a_single_mail_is_no_mailbox() -> None:
    with pytest.raises(ReadingError, match="is no mailbox"):
        read_bytes(b"From: a@example.org\n\nKenya\n", "a.mbox")
    assert list(read_bytes(b"\n\n" + mailbox([mail("s", "Kenya")]), "a.mbox"))


def test_mailbox() -> None:
    mails = [
        mail("one", "Kenya\nFrom here on\n"),
        b"no head, no text\n\n",
        mail("three", "Norway", attached={"a.txt": b"Oslo"}),
    ]
    first, second, third, fourth = read_bytes(mailbox(mails), "a.mbox")
    assert isinstance(first, Raw)
    assert (first.title, first.text, first.number) == ("one", "Kenya\nFrom here on", 1)
    assert isinstance(second, Raw)
    assert isinstance(third, Raw)
    assert (third.title, third.text.strip(), third.number) == ("three", "Norway", 3)
    assert fourth == Raw("Oslo", number=4)


def test_mail_without_text() -> None:
    with pytest.raises(ReadingError, match="no text of its own"):
        read_bytes(mail("s", "", attached={"a.png": b"\x89PNG"}), "a.eml")
    with pytest.raises(ReadingError, match="no mailbox"):
        read_bytes(b"Subject: s\n\nKenya", "a.mbox")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-2", "utf-16"])
@pytest.mark.parametrize("name", ["a.xml", "a.rss"])
def test_rss(name: str, encoding: str) -> None:
    first, second, bad, last = read_bytes(RSS.format(encoding=encoding).encode(encoding), name)
    assert first == Raw(
        "Kenya and Norway agreed.\nČapek signed & left.",
        title="Ports & ships",
        date="2024-05-17",
        lang_declared="en",
        source="https://example.org/1",
        publisher="Harbour Post",
        number=1,
    )
    assert second == Raw("Oslo caught cod.", title="Fish", lang_declared="en", publisher="Harbour Post", number=2)
    assert bad == BadRecord(3, "has no word in it", "item")
    assert isinstance(last, Raw)
    assert last.text == "Only a title"


def test_atom() -> None:
    assert only(ATOM.encode(), "a.atom") == Raw(
        "Елші қабылдады.\n\nТараптар келісті.",
        title="Астана",
        date="2024-06-13",
        lang_declared="kk",
        source="https://example.org/a",
        publisher="Айқын",
        number=1,
    )


def test_rdf_and_namespaces() -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><channel><title>T</title></channel><rss:item><rss:title>Kenya</rss:title>'
        "<dc:date>2024-03-08T01:00:00Z</dc:date><dc:language>fr</dc:language></rss:item></rdf:RDF>"
    )
    assert only(feed.encode(), "a.rdf") == Raw(
        "Kenya", title="Kenya", date="2024-03-08", lang_declared="fr", publisher="T", number=1
    )


def test_pictures_and_recordings_of_a_feed_are_not_its_articles() -> None:
    feed = (
        "<rss><channel><image><title>Logo</title></image><itunes:summary>Pod</itunes:summary><title>T</title><item>"
        "<media:group><media:title>A ship</media:title><media:content url='a.jpg'><media:description>A ship in Oslo"
        "</media:description><media:credit>Ann Lee</media:credit></media:content></media:group>"
        "<source url='https://example.org'>Wire</source><title>Kenya</title><description>Kenya and Norway</description>"
        "</item><item><source><title>Other</title><title>Oslo</title></item></channel></rss>"
    )
    first, second = read_bytes(feed.encode(), "a.rss")
    assert first == Raw("Kenya and Norway", title="Kenya", publisher="T", number=1)
    assert isinstance(second, BadRecord)  # its source is never closed


def test_the_feed_that_an_entry_is_taken_from_gives_no_title() -> None:
    entry = "<entry><source><title>Other</title><updated>2020-01-01T00:00:00Z</updated></source><title>Kenya</title><updated>2024-03-08T00:00:00Z</updated></entry>"
    assert only(f"<feed>{entry}</feed>".encode(), "a.atom") == Raw("Kenya", title="Kenya", date="2024-03-08", number=1)


def test_other_xml_is_its_text() -> None:
    assert (
        only(b"<doc><line>Kenya &amp; <![CDATA[<Norway>]]></line><line>Oslo</line></doc>", "a.xml").text
        == "Kenya & <Norway>\nOslo"
    )
    assert (
        only(b"<rss><channel><title>t</title><description>No items yet</description></channel></rss>", "a.xml").text
        == "No items yet"
    )
    assert only(b"no tags at all", "a.xml").text == "no tags at all"
    with pytest.raises(ReadingError, match="no text between its tags"):
        read_bytes(b"<a><b/></a>", "a.xml")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251"])
def test_table(separator: str, encoding: str) -> None:
    text = "Министр иностранных дел принял посла.\nСтороны обсудили торговлю, образование; и строительство."
    out = io.StringIO(newline="")
    rows = [
        ["Doc ID", "Body", "Headline", "Published", "URL", "Source", "Language", "other"],
        ["n-1", text, "Встреча", "17.05.2024", "https://example.org/1", "Газета", "ru", "x"],
        ["", 'с "кавычками" и без', "", "", "", "", "", ""],
    ]
    csv.writer(out, delimiter=separator).writerows(rows)
    first, second = all_of(out.getvalue().encode(encoding), "news.csv")
    assert first == Raw(
        text,
        id="n-1",
        title="Встреча",
        date="2024-05-17",
        lang_declared="ru",
        source="https://example.org/1",
        publisher="Газета",
        number=1,
    )
    assert second == Raw('с "кавычками" и без', number=2)


def test_rows_that_are_no_documents() -> None:
    first, bad, last = read_bytes(b'id,text\n1,Kenya\n\n,,\n2,\n3,"Norway"\n', "a.csv")
    assert first == Raw("Kenya", id="1", number=1)
    assert isinstance(bad, BadRecord)
    assert bad.message == 'has no "text"'
    assert isinstance(last, Raw)
    assert last.text == "Norway"


def test_a_table_without_texts_is_one_document() -> None:
    assert (
        only("country;exports\nKenya;12\nNorway;34\n".encode("utf-16"), "a.csv").text
        == "country;exports\nKenya;12\nNorway;34\n"
    )


def test_a_table_whose_first_rows_are_ascii() -> None:
    rows = (
        "text\n"
        + "Kenya and Norway agreed on ports\n" * 3000
        + "Министр иностранных дел принял во вторник посла\n" * 20
    )
    assert all_of(rows.encode("cp1251"), "a.csv")[-1].text == "Министр иностранных дел принял во вторник посла"


def test_text_whose_beginning_is_ascii() -> None:
    text = (
        "Kenya and Norway agreed on ports.\n" * 3000
        + "Министр иностранных дел принял во вторник посла Норвегии.\n" * 20
    )
    assert only(text.encode("cp1251"), "a.txt").text == text


LINES = "".join(
    json.dumps({"text": f"Kenya {number}", "headline": "t", "url": "https://example.org"}) + "\n" for number in range(3)
)


@pytest.mark.parametrize(("pack", "suffix"), [(gzipped, "gz"), (zstandard, "zst")])
def test_packed_files(pack: Callable[[bytes], bytes], suffix: str) -> None:
    assert only(pack(ENGLISH.encode()), f"a.txt.{suffix}") == Raw(ENGLISH)
    assert only(pack(b"<p>Kenya</p>"), f"a.html.{suffix}").text == "Kenya"
    assert only(pack(docx([ENGLISH])), f"a.docx.{suffix}").text == ENGLISH
    assert only(pack(pdf([ENGLISH])), "a").text == ENGLISH
    found = all_of(pack(LINES.encode()), f"news.jsonl.{suffix}")
    assert [each.number for each in found] == [1, 2, 3]
    assert found[0] == Raw("Kenya 0", title="t", source="https://example.org", number=1)


def test_zip() -> None:
    members = {
        "a/": b"",
        "a/one.txt": ENGLISH.encode(),
        "../../up.txt": ARABIC.encode("cp1256"),
        "lines.jsonl": LINES.encode() + b'{"id": "own", "text": "Oslo"}\n',
        "x.png": b"\x89PNG",
        "deep.zip": zipped({"b.txt": b"deep"}),
        "may.docx": docx([CHINESE]),
        "__MACOSX/one.txt": b"x",
        ".git/config": b"x",
    }
    found = list(read_bytes(zipped(members), "a.zip"))
    assert [(each.id, each.number, each.text) for each in found if isinstance(each, Raw)] == [
        ("", 1, ENGLISH),
        ("", 2, ARABIC),
        ("", 3, "Kenya 0"),
        ("", 4, "Kenya 1"),
        ("", 5, "Kenya 2"),
        ("own", 0, "Oslo"),
        ("", 9, CHINESE),
    ]
    bad = [(each.line, each.message) for each in found if isinstance(each, BadRecord)]
    assert bad == [(7, "x.png: images are not supported"), (8, "deep.zip: is an archive within an archive")]


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [
        ("pypdfium2", "a.pdf", "pdf"),
        ("defusedxml", "a.docx", "office"),
        ("defusedxml", "a.odt", "office"),
        ("defusedxml", "a.epub", "office"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str, name: str, extra: str) -> None:
    import sys

    for module in [each for each in sys.modules if each.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    data = {"a.pdf": pdf([ENGLISH]), "a.docx": docx([ENGLISH]), "a.odt": odt([ENGLISH]), "a.epub": epub(["x"])}[name]
    with pytest.raises(ReadingError, match=f"need the extra '{extra}'") as caught:
        read_bytes(data, name)
    assert f"pip install 'diplo-cli[{extra}]'" in caught.value.hint
    assert f"pip install 'diplo-cli[{extra}]'" in reason(caught.value, name)


def test_the_article_of_a_page() -> None:
    menu = "".join(f"<li><a href='/{number}'>Section number {number}</a></li>" for number in range(40))
    said = (
        "two new ports",
        "a railway to the coast",
        "lower fees on coffee and fish",
        "a school of navigation",
        "more flights",
        "a common bank",
    )
    paragraphs = "".join(
        f"<p>Kenya and Norway agreed on {each}, said the ministers of both countries after talks on {each}.</p>"
        for each in said
    )
    page = f"<html><head><title>Ports</title></head><body><div class='menu'><ul>{menu}</ul></div><article><h1>Ports</h1>{paragraphs}</article></body></html>"
    found = only(page.encode(), "a.html")
    assert found.title == "Ports"
    assert found.text.count("Kenya and Norway") == 6
    assert "Section number" not in found.text


def test_a_page_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    paragraph = "<p>Kenya and Norway agreed on Tuesday to build two new ports, said the ministers.</p>"
    assert only(f"<div>Menu</div>{paragraph * 8}".encode(), "a.html").text.startswith("Menu\nKenya")


@pytest.mark.parametrize("start", ["<!DOCTYPE html><html>", "\n<html lang=en>"])
def test_a_page_is_told_by_its_beginning(start: str) -> None:
    assert only(f"{start}<body><p>Kenya<nav>Menu</nav>".encode(), "-").text == "Kenya"
    assert only(f"{start}<body><p>Kenya".encode(), "a.txt").text == "Kenya"


def test_a_file_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzipped(LINES.encode()))
    assert [each.text for each in read(path) if isinstance(each, Raw)] == ["Kenya 0", "Kenya 1", "Kenya 2"]
    read(path)  # and closed though nobody asks for the documents: ResourceWarning is an error here
