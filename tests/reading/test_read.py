"""Files of every kind: what is read, what is refused and how that is said."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.errors import EmptyFileError, ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading import read as reading
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.read import contents, read, read_bytes, reason
from diplo_cli.reading.text import LONGEST_TITLE


def only(data: bytes, name: str) -> Raw:
    (document,) = read_bytes(data, name)
    assert isinstance(document, Raw)
    return document


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.TXT", "1e3", ".hidden", "a.log", "новости.txt", "a.b.c"])
def test_text_by_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Kenya\r\nNorway", encoding="utf-8")
    assert list(read(path)) == [Raw("Kenya\nNorway")]


@pytest.mark.parametrize("name", ["a.doc", "a.RTF", "a.xlsx", "a.mobi", "a.msg", "a.7z", "a.tar", "a.png", "a.mp3"])
def test_unsupported_formats_are_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("not what it seems", encoding="utf-8")
    with pytest.raises(ReadingError, match="not supported") as caught:
        read(path)
    assert caught.value.hint
    with pytest.raises(ReadingError, match="not supported"):
        read_bytes(b"text", name)


def test_missing_folder_and_device(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadingError, match="is a folder") as caught:
        read(tmp_path)
    assert "diplo index" in caught.value.hint
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReadingError, match="not a regular file"):
        read(pipe)
    with pytest.raises(ReadingError, match="cannot be read"):
        read(Path("a\0b"))
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(ReadingError, match="cannot be read"):
        read(loop)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kenya", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadingError, match="permission denied"):
        read(path)


def test_permission_denied_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kenya", encoding="utf-8")

    def refuse(_self: Path, _mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadingError, match="permission denied"):
        read(path)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 1_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 1_000_001)
    with pytest.raises(ReadingError, match="at most 1 MB"):
        read(path)
    with pytest.raises(ReadingError, match="at most 1 MB"):
        contents(path)


def test_control_characters_in_a_name_are_not_shown() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"", "a\x1b[31m\n.txt")
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\x89PNG", "folder/a.txt", "is a binary file (an image)"),
        (b" ", "a.txt", "is empty"),
        ("\u200b\ufeff".encode(), "a.txt", "is empty"),
        (b"", "a.xls", "spreadsheets and presentations are not supported"),
        (b"<p></p>", "a.html", "has no text outside its menus and scripts"),
        (b"", "a\n.txt", "is empty"),
    ],
)
def test_the_reason_stands_without_the_name(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, name)
    assert caught.value.message.startswith(reading.shown_name(name))
    assert reason(caught.value, name) == said


def test_the_reason_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert reason(caught.value, str(path)) == "does not exist"
    with pytest.raises(ReadingError, match="does not exist") as named:
        read(path, "sources/none.txt")
    assert reason(named.value, "sources/none.txt") == "does not exist"
    assert reason(caught.value, "another.txt") == caught.value.message


def records(*lines: object) -> list[Raw | BadRecord]:
    data = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return list(read_bytes(data.encode("utf-8", "surrogatepass"), "folder/news.jsonl"))


def test_json_lines() -> None:
    read_back = records(
        {
            "id": 7,
            "text": "Қазақстан",
            "lang": "kk",
            "script": "Cyrl",
            "date": "17.05.2024",
            "source": "https://example.org",
            "extra": [1],
        },
        "",
        {"text": "no id\u2028one line", "title": " A \n title ", "date": None, "id": ""},
        {"id": "x", "text": "lone \ud800 surrogate\r\nline"},
    )
    assert read_back == [
        Raw(
            "Қазақстан",
            id="7",
            lang_declared="kk",
            script_declared="Cyrl",
            date="2024-05-17",
            source="https://example.org",
            number=1,
        ),
        Raw("no id\u2028one line", title="A title", number=3),
        Raw("lone � surrogate\nline", id="x", number=4),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": ', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("{}", 'no "text"'),
        ('{"text": 5}', "not a string"),
        ('{"text": " \\n"}', "empty"),
        ("[" * 100_000, "nested"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "not valid JSON"),
        ('{"text": "a", "id": "n\\u0000"}', "NUL"),
    ],
)
def test_a_bad_record_is_reported_and_the_rest_is_read(line: str, said: str) -> None:
    good = {"id": "a", "text": "Kenya"}
    first, bad, last = records(good, line, good)
    assert (first, last) == (Raw("Kenya", id="a", number=1), Raw("Kenya", id="a", number=3))
    assert isinstance(bad, BadRecord)
    assert bad.line == 2
    assert said in bad.message


def test_names_of_fields_in_any_case() -> None:
    (item,) = records({"Text": "Kenya", "HEADLINE": "Ports", "Full Text": "no"})
    assert item == Raw("Kenya", title="Ports", number=1)
    (item,) = records({"TEXT": "no", "text": "Kenya"})
    assert item == Raw("Kenya", number=1)


def test_a_line_that_is_not_utf_8_is_reported() -> None:
    bad, good = read_bytes(b'{"text": "Kenya \xe9"}\n{"text": "Norway"}\n', "a.jsonl")
    assert bad == BadRecord(1, "is not UTF-8 at byte 17")
    assert good == Raw("Norway", number=2)


@pytest.mark.parametrize("data", [b"", b" \n", "\ufeff\u200b".encode()])
def test_an_empty_file_is_an_error_of_its_own(data: bytes) -> None:
    for name in ("a.txt", "a.jsonl"):
        if data.isascii() or name == "a.txt":
            with pytest.raises(EmptyFileError, match="is empty"):
                read_bytes(data, name)


def test_json_lines_that_are_none() -> None:
    with pytest.raises(ReadingError, match="empty"):
        read_bytes(b"\n", "a.jsonl")
    with pytest.raises(ReadingError, match="UTF-8"):
        read_bytes('{"text": "a"}'.encode("utf-16"), "a.jsonl")
    (with_mark,) = read_bytes(b'\xef\xbb\xbf{"text": "a"}', "a.ndjson")
    assert with_mark == Raw("a", number=1)


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Ports &amp; ships | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2024-03-08T10:00:00Z">
<link rel="canonical" href="https://example.org/ports"><style>p {color: red}</style></head>
<body><nav><ul><li>Home</li></ul></nav><h1>Ports &amp; ships</h1><p>Kenya and <b>Norway</b>
agreed.<br>They signed.</p><script>alert("no")</script><table><tr><td>Oslo<td>12</table><footer>© 2024</footer></body></html>"""


def test_web_page() -> None:
    assert only(PAGE.encode(), "a.html") == Raw(
        "Ports & ships\nKenya and Norway agreed.\nThey signed.\nOslo\n12",
        title="Ports & ships",
        date="2024-03-08",
        lang_declared="en-GB",
        source="https://example.org/ports",
        publisher="Harbour Post",
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Kenya<p>Norway",
        "Kenya<br>Norway",
        "<head><title>t</title><body><div>Kenya</div><div>Norway",
        "<script>if (a < b) {}</script>Kenya<hr>Norway<nav>Home</nav>",
        "<!-- <p>no --><p>Kenya</p></nav></p><p>Norway</p>",
    ],
)
def test_broken_markup(markup: str) -> None:
    assert only(markup.encode(), "a.htm").text == "Kenya\nNorway"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>if a < b and c > d", "if a < b and c > d"),
        ("<p title='a > b'>Kenya</p>", "Kenya"),
        ('<p title="a > b>Kenya</p>', "b>Kenya"),  # the quotation never ends: it is none
        ("<p a=1 b c = 2/>Kenya<br/>Norway", "Kenya\nNorway"),
        ("<P>Kenya</P ><?php x ?><!DOCTYPE a><!-->Norway", "Kenya\nNorway"),
        ("<p>Kenya<![CDATA[ a > b ]]></p><!-- never closed", "Kenya\n<!-- never closed"),
        ("<SCRIPT>let a = '</p>'</scripting>;</SCRIPT >Kenya", "Kenya"),
        ("Kenya &amp; Norway &#269; &#" + "9" * 5000 + "; &nosuch;", "Kenya & Norway č \ufffd &nosuch;"),
        ("Kenya</><p", "Kenya<p"),
    ],
)
def test_markup_that_is_odd(markup: str, text: str) -> None:
    assert only(markup.encode(), "a.html").text == text


# fmt: off
UNCLOSED = (
    "<a ", "<a/", "<a =", "<a<", "<a b='", "<a b='>", '<a b="x" ', "<a b=' c=\" >", "</a ", "</", "<!--", "<!-- >",
    "<![CDATA[", "<![CDATA[ >", "<![", "<!", "<?", "&", "&#", "&#1", "&a", "<script>", "<script></", "<style>",
    "<title>", "<nav>", "</nav>",
)
# fmt: on


@pytest.mark.parametrize("tail", ["", ">", '">', "-->"])
@pytest.mark.parametrize(
    "piece",
    UNCLOSED,
)
def test_time_is_linear_in_what_is_never_closed(piece: str, tail: str) -> None:
    markup = "<p>Kenya</p>" + piece * (200_000 // len(piece)) + tail
    started = time.process_time()
    assert only(markup.encode(), "a.html").text.startswith("Kenya")
    assert time.process_time() - started < 4  # 0.3 s on the slowest seen; html.parser takes minutes


def test_time_is_linear_in_the_depth_of_what_is_left_out() -> None:
    started = time.process_time()
    assert only(b"<p>Kenya</p>" + b"<nav>" * 50_000 + b"</form>" * 50_000, "a.html").text == "Kenya"
    assert time.process_time() - started < 4  # 0.2 s; 20 s when each end tag looked through all that is open


def test_a_title_longer_than_any_is_cut() -> None:
    (document,) = records({"text": "Kenya", "title": "Kenya and Norway " * 100})
    assert isinstance(document, Raw)
    assert len(document.title) <= LONGEST_TITLE
    assert document.title.endswith(("Kenya", "and", "Norway"))


@pytest.mark.parametrize("mark", ["|", "-", "–", "—"])
def test_the_name_of_the_site_is_no_part_of_a_page_title(mark: str) -> None:
    head = f'<title>Talks in Oslo {mark} The Gazette</title><meta property="og:site_name" content="The Gazette">'
    assert only(f"<head>{head}</head><p>Kenya</p>".encode(), "a.html").title == "Talks in Oslo"


def test_structured_data_gives_the_date() -> None:
    markup = '<script type="application/ld+json">{"datePublished": "2024-05-17T08:00"}</script><p>Kenya'
    assert only(markup.encode(), "a.html").date == "2024-05-17"


def test_page_without_text() -> None:
    with pytest.raises(ReadingError, match="no text"):
        read_bytes(b"<html><script>let a = 1</script></html>", "a.html")


def test_unknown_declaration_in_a_page_is_survived() -> None:
    assert "Kenya" in only(b"<![if !IE]><p>Kenya</p><![endif]><![foo bar[<p>x", "a.html").text


@settings(
    deadline=None
)  # the first of each format loads its reader, the first odd bytes chardet: 200 ms and more under load
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "", "-"]))
def test_any_bytes_by_any_name(data: bytes, name: str) -> None:
    try:
        documents = list(read_bytes(data, name))
    except ReadingError:
        return
    for document in documents:
        assert isinstance(document, BadRecord) or (document.text.strip() and document.text.encode())


@settings(deadline=None)  # the first document loads its reader
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<nav>",
                "</nav>",
                "<head>",
                "<body>",
                "<![",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "Kenya ",
                "&amp;",
                "&#0;",
                "<",
                ">",
            ]
        ),
        max_size=30,
    )
)
def test_any_markup(parts: list[str]) -> None:
    markup = "".join(parts)
    try:
        document = only(markup.encode(), "a.html")
    except ReadingError:
        return
    assert document.text.strip()


@settings(deadline=None)  # the first document loads its reader
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "title", "date", "lang"]),
            st.one_of(st.text(), st.integers(), st.none(), st.floats()),
        ),
        min_size=1,
    )
)
def test_any_records(fields: list[dict[str, object]]) -> None:
    assert len(records(*fields)) == len(fields)
