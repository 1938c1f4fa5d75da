"""Word processor documents (DOCX, ODT) -> text, a paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from diplo_cli.errors import ReadingError
from diplo_cli.reading.archive import Package
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.text import checked, plain
from diplo_cli.reading.titles import stated_title
from diplo_cli.reading.xml import Elements, Properties, local, tell

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw]:
    """The one document: its text with footnotes, tables and text boxes, but without what was deleted or commented, and its stated title and language.

    Raises ReadingError where it is damaged, encrypted or empty, ImportError where defusedxml is not there.
    """
    start = stream.read(len(_OLD_OFFICE))
    stream.seek(0)
    if start == _OLD_OFFICE:
        raise ReadingError(f"{shown} is encrypted, or of an old format", "save it as DOCX without a password")
    package = Package(stream, shown)
    if content := package.part("content.xml"):
        found: _Docx | _Odt = _Odt()
        bodies, properties = [content], package.part("meta.xml")
    else:
        found = _Docx()
        bodies = [package.part(f"word/{name}.xml") for name in ("document", "footnotes", "endnotes")]
        properties = package.part("docProps/core.xml")
    if not bodies[0]:
        raise ReadingError(f"{shown} is no document of a word processor", "save it anew as DOCX or ODT")
    for body in filter(None, bodies):
        tell(body, found, shown)
    stated = Properties("title", "language")
    if properties:
        tell(properties, stated, shown)
    yield Raw(
        checked(found.text(), shown),
        title=stated_title(stated.values["title"]),
        lang_declared=plain(stated.values["language"].strip()),
    )


class _Paragraphs(Elements):
    """Collects text: the words of elements `words`, signs for elements that mean one, a line a paragraph."""

    left_out: frozenset[str]
    signs: ClassVar[dict[str, str]]
    ends = frozenset(("p", "h", "tr"))
    words: frozenset[str]

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._skipped = 0  # elements open within one that is left out, itself included
        self._depth = 0  # elements of words open: a note may hold paragraphs within one

    def text(self) -> str:
        """The paragraphs, each on a line of its own."""
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def start(self, tag: str, _attributes: dict[str, str], /) -> None:
        name = local(tag)
        if self._skipped or name in self.left_out:
            self._skipped += 1
        else:
            self._depth += name in self.words
            self._parts.append(self.signs.get(name, ""))

    def end(self, tag: str, /) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = local(tag)
        self._depth -= name in self.words
        if name in self.ends:
            self._parts.append("\n")

    def data(self, text: str, /) -> None:
        if self._depth and not self._skipped:
            self._parts.append(text)


class _Docx(_Paragraphs):
    """WordprocessingML: text stands in <w:t> alone, what is deleted in <w:delText>. <mc:Fallback> repeats a text box for old programs."""

    left_out = frozenset(("Fallback", "pPr", "rPr"))
    signs: ClassVar = {
        "tab": "\t",
        "ptab": "\t",
        "br": "\n",
        "cr": "\n",
        "txbxContent": "\n",
        "noBreakHyphen": "-",
        "tc": "\t",
    }
    words = frozenset(("t",))


class _Odt(_Paragraphs):
    """OpenDocument: text stands in paragraphs and headings, and in what they hold."""

    left_out = frozenset(("annotation", "tracked-changes", "forms", "note-citation"))
    signs: ClassVar = {"p": "\n", "h": "\n", "s": " ", "tab": "\t", "line-break": "\n"}
    words = frozenset(("p", "h"))
