"""Bytes -> text: which encoding they are in, and line ends, byte-order marks and surrogates made plain."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from diplo_cli.errors import EmptyFileError, ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.raw import Raw

# Characters of one document. The longest novels have 4 M, a year's proceedings of a parliament 7 M; 10 M take 15 s to index and 0.6 GB of memory.
LONGEST_TEXT = 10_000_000
LONGEST_TITLE = 500  # characters; every line of a text's head is compared with its title
_SAMPLE = 32_768  # bytes that an encoding is guessed from; chardet takes 1 ms for a few of them, and minutes for 200 MB

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)

# What a label means in practice (the WHATWG Encoding Standard's table): the larger set that software writes under that name.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}

# Bytes that no text has in any encoding of one or more bytes a letter (tab, line ends, form feed, escape and backspace are met).
_CONTROL_BYTES = bytes(set(range(32)) - {8, 9, 10, 12, 13, 27})
_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_PUNCTUATION = " \n\r\t.,;:!?-'\"()،、。，।؟«»“”‘’–—"
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")
_MOJIBAKE = re.compile("[ÃÐÑØÙàãä][\u0080-\u00bf‚-™ŒœŠšŸŽžƒˆ˜]")


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw]:
    """The one document of a text file. Raises ReadingError as `decode` does."""
    data = limits.whole(stream, shown)
    yield Raw(decode(data, shown, declared=data.lstrip()[:5] == b"<?xml"))


def decode(data: bytes, name: str, *, declared: bool = False) -> str:
    """The text of `data`: by byte-order mark, declared charset (`declared`: look for one, as HTML and XML have), UTF-8, or by guess.

    UTF-16 and UTF-32 are known without a mark; UTF-8 with a few broken bytes stays UTF-8, each broken byte one U+FFFD; UTF-8 that was
    once read as Windows-1252 is repaired. `name` stands in messages. Raises ReadingError if the data are no text, hold no text, or more
    than LONGEST_TEXT characters.
    """
    _refuse_binary(data, name)
    return checked(_decoded(data, name, declared=declared), name)


def encoding_of(sample: bytes, name: str) -> str:
    """The encoding of a stream that begins with `sample`, as `decode` finds it, but for what is declared. Raises ReadingError for what is no text."""
    _refuse_binary(sample, name)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return "utf-8-sig" if encoding == "utf-8" else encoding[:6]  # with the mark, its order of bytes is known
    if encoding := _wide(sample[:_SAMPLE], name):
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # a letter may be cut in two at the end
    except UnicodeDecodeError:
        return "utf-8" if _is_broken_utf_8(sample, sample.decode("utf-8", "replace")) else _guessed(sample)
    return "utf-8"


def checked(text: str, name: str) -> str:
    """`text` made plain. Raises ReadingError where it is empty, or longer than LONGEST_TEXT."""
    text = plain(text)
    if is_blank(text):
        raise EmptyFileError(f"{name} is empty")
    if len(text) > LONGEST_TEXT:
        raise ReadingError(
            f"{name} has {len(text):,} characters; a document has at most {LONGEST_TEXT:,}",
            "split it into its documents, or write them as JSON Lines",
        )
    return text


def plain(text: str) -> str:
    r"""`text` with "\n" line ends, no byte-order mark at its start, and U+FFFD for lone surrogates.

    Line ends are made one so that a line's number and an offset mean the same to every reader of the index.
    """
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii() and _LONE_SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.removeprefix("\ufeff")


def one_line(title: str) -> str:
    """A title as metadata state it, as one plain line of at most LONGEST_TITLE characters: what is longer is cut at a word."""
    line = " ".join(plain(title).split())
    return line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rpartition(" ")[0] or line[:LONGEST_TITLE]


def _decoded(data: bytes, name: str, *, declared: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if declared and (match := _DECLARED.search(data, 0, 4096)):
        text = _strict(data, match[1].decode("ascii"))
        if text is not None:
            return text
    if encoding := _wide(data[:_SAMPLE], name):
        return data.decode(encoding, "replace")
    if _JAPANESE_ESCAPE.search(data, 0, _SAMPLE) and (text := _strict(data, "iso2022_jp")):
        return text  # seven bits a byte: it would decode as UTF-8, too
    try:
        return _unmangled(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    return text if _is_broken_utf_8(data, text) else data.decode(_guessed(data), "replace")


def _refuse_binary(data: bytes, name: str) -> None:
    if not data.strip():
        raise EmptyFileError(f"{name} is empty")
    for start, kind in _KNOWN_BINARIES:
        if data.startswith(start):
            raise ReadingError(f"{name} is a binary file ({kind})", "give diplo text, HTML or JSON Lines")


def _wide(sample: bytes, name: str) -> str:
    """UTF-16 or UTF-32, of a sample with so many control bytes that it can be nothing else; "" of a text with fewer. Raises ReadingError for what is neither."""
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls and (encoding := _wide_encoding(sample)):
        return encoding
    if controls > len(sample) // 100 and controls > 1:
        raise ReadingError(f"{name} is a binary file", "give diplo text, HTML or JSON Lines")
    return ""


def _is_broken_utf_8(data: bytes, text: str) -> bool:
    """Whether data that are no UTF-8 were UTF-8 but for a few bytes; `text` is what they decode to."""
    sample = _telling(data)
    letters = sum(1 for byte in sample if byte >= 0xC0)  # each begins a letter in UTF-8
    broken = text.count("\ufffd")
    return broken <= 3 + len(data) // 1000 and (
        letters >= 20 * broken or sample.isascii() or _mostly_ascii(sample, broken)
    )


def _telling(data: bytes) -> bytes:
    """The part of `data` that tells their encoding: from a little before the first byte above ASCII."""
    found = _HIGH.search(data)
    start = max(0, found.start() - 200) if found and found.start() >= _SAMPLE // 2 else 0
    return data[start : start + _SAMPLE]


def _mostly_ascii(sample: bytes, broken: int) -> bool:
    """Whether the only bytes above ASCII are such as no encoding of letters has: overlong or surrogate sequences of UTF-8."""
    high = re.findall(rb"[\x80-\xff]+", sample)
    return broken > 0 and all(
        re.fullmatch(rb"(?:\xed[\xa0-\xbf][\x80-\xbf]|[\xc0\xc1][\x80-\xbf])+", run) for run in high
    )


def _strict(data: bytes, label: str) -> str | None:
    """`data` by the charset a document declares; None if there is no such charset or the data are not in it."""
    try:
        encoding = codecs.lookup(label).name
        if encoding.startswith(("utf-16", "utf-32")):  # the declaration itself was read as ASCII
            return None
        return data.decode(_WIDER.get(encoding, encoding))
    except (LookupError, UnicodeError):
        return None


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: the one whose decoding is text with spaces or line ends in it, or ""."""
    best, best_share = "", 0.9
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = sample[: len(sample) // width * width]
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(whole) - width:  # more than a pair cut in two at the end of the sample
                continue
            text = whole[: error.start].decode(encoding)
        if not text:
            continue
        fine = sum(1 for character in text if unicodedata.category(character)[0] in "LMN" or character in _PUNCTUATION)
        common = sum(
            1 for character in text if character in " \n,.。、，،" or "0" <= character <= "9" or "a" <= character <= "z"
        )
        share = fine / len(text)
        if common * 200 >= len(text) and share > best_share - (0.15 if width == 4 else 0.1):
            best, best_share = encoding, max(best_share, share)
    return best


def _guessed(data: bytes) -> str:
    """The encoding that chardet finds most likely, as Python names it; Windows-1252 where it finds none that Python has."""
    from chardet import detect

    label = detect(_telling(data))["encoding"] or "cp1252"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return "cp1252"
    return _WIDER.get(name, name)


def _unmangled(text: str) -> str:
    """`text`, or what it was before someone read its UTF-8 as Windows-1252 ("ÐÑÐ¸Ð²ÐµÑ"): only if every letter agrees."""
    head = text[:_SAMPLE]
    if head.isascii() or len(_MOJIBAKE.findall(head)) * 6 < len(head):
        return text
    data = bytearray()
    for character in text:
        code = ord(character)
        try:
            data += bytes((code,)) if code < 256 else character.encode("cp1252")
        except UnicodeEncodeError:
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return text
