"""Which formats are read, by a file's suffix or its first bytes, and by what. A table alone: nothing here loads a reader."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple


class Format(NamedTuple):
    """A kind of file. `kind`: plural, for messages; `reader`: the module of reading/ whose `documents` reads it, "" where none does.

    `many`: it may hold many documents, is read as a stream, and may be of any size. `hint`: what to do where none reads it.
    """

    kind: str
    reader: str = ""
    many: bool = False
    hint: str = ""


TEXT = Format("text files", "text")
WEB_PAGES = Format("web pages", "webpage")
PDF = Format("PDF files", "pdf")
ZIP = Format("ZIP archives", "archive", many=True)
GZIP = Format("gzip files", "compressed", many=True)
ZSTANDARD = Format("Zstandard files", "compressed", many=True)
DOCX = Format("DOCX files", "office")
ODT = Format("ODT files", "office")
EPUB = Format("EPUB files", "ebook")

_AS_TEXT = "save it as text, HTML, PDF or DOCX first"
_OLD = Format("old word processor files", hint=_AS_TEXT)
_SHEETS = Format("spreadsheets and presentations", hint="save it as CSV or PDF first")
_BOOKS = Format("e-books of this kind", hint="save it as EPUB first")
_ARCHIVES = Format("archives of this kind", hint="unpack it and give diplo the folder")
_IMAGES = Format("images", hint="give diplo the text of it")
_MEDIA = Format("sound and film", hint="give diplo the text of it")

FORMATS = {
    **dict.fromkeys((".jsonl", ".ndjson"), Format("JSON Lines", "jsonl", many=True)),
    **dict.fromkeys((".csv", ".tsv"), Format("tables", "table", many=True)),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), WEB_PAGES),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), Format("feeds and XML", "feed")),
    ".eml": Format("mails", "mail"),
    ".mbox": Format("mailboxes", "mailbox", many=True),
    ".pdf": PDF,
    ".docx": DOCX,
    ".odt": ODT,
    ".epub": EPUB,
    ".zip": ZIP,
    ".gz": GZIP,
    ".zst": ZSTANDARD,
    **dict.fromkeys((".doc", ".rtf", ".wpd"), _OLD),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp"), _SHEETS),
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".fb2"), _BOOKS),
    ".msg": Format("Outlook messages", hint="save it as .eml first"),
    **dict.fromkeys((".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz"), _ARCHIVES),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".ico"), _IMAGES),
    **dict.fromkeys((".mp3", ".mp4", ".wav", ".ogg", ".avi", ".mov", ".mkv", ".webm"), _MEDIA),
}

_STARTS = ((b"%PDF-", PDF), (b"\x1f\x8b", GZIP), (b"\x28\xb5\x2f\xfd", ZSTANDARD))
# Office documents are ZIP archives, whose first member says what they are; EPUB and ODT must begin with their media type.
_PACKAGES = (
    (b"mimetypeapplication/epub+zip", EPUB),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    (b"[Content_Types].xml", DOCX),
)
_PAGES = (b"<!doctype html", b"<html")


def format_of(name: str, head: bytes) -> Format:
    """The format of a file: by its suffix, or where that is not known, by its first bytes (`head`, 100 will do); else text."""
    known = FORMATS.get(PurePath(name).suffix.lower())
    if known:
        return known
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head.startswith(b"PK\x03\x04"):
        return next((found for mark, found in _PACKAGES if head[30:].startswith(mark)), ZIP)
    return WEB_PAGES if head.lstrip().lower().startswith(_PAGES) else TEXT
