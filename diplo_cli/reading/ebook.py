"""E-books (EPUB) -> the text of their chapters, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import BinaryIO
from urllib.parse import unquote

from diplo_cli.errors import ReadingError
from diplo_cli.reading import webpage
from diplo_cli.reading.archive import Package
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.text import LONGEST_TEXT, checked, decode, one_line, plain
from diplo_cli.reading.xml import Elements, Properties, local, tell

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw]:
    """The book as one document, with the title, language, date and publisher that it states.

    Raises ReadingError where it is damaged, encrypted or without text, ImportError where defusedxml is not there.
    """
    package = Package(stream, shown)
    container = _Container()
    if data := package.part("META-INF/container.xml"):
        tell(data, container, shown)
    book = _Book()
    if not (data := package.part(container.path)):
        raise ReadingError(f"{shown} is damaged: it does not say what is in it", "fetch or copy it again")
    tell(data, book, shown)
    stated = Properties("title", "language", "date", "publisher")
    tell(data, stated, shown)
    chapters, length = [], 0
    for path in book.chapters():
        part = package.part(normpath(join(dirname(container.path), unquote(path.partition("#")[0]))))
        if part.strip():
            chapters.append(webpage.visible(decode(part, shown, declared=True)))
            length += len(chapters[-1])
        if length > LONGEST_TEXT:
            break
    values = {name: plain(value.strip()) for name, value in stated.values.items()}
    yield Raw(
        checked("\n\n".join(filter(None, chapters)), shown),
        title=one_line(values["title"]),
        date=stated_date(values["date"], values["language"] or "und"),
        lang_declared=values["language"],
        publisher=values["publisher"],
    )


class _Container(Elements):
    """META-INF/container.xml: where the book's list of parts stands."""

    def __init__(self) -> None:
        self.path = ""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        if local(tag) == "rootfile" and not self.path:
            self.path = attributes.get("full-path", "")


class _Book(Elements):
    """The list of parts: every page's path by its name, and the names in reading order."""

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}
        self._order: list[str] = []

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        name = local(tag)
        if name == "item" and attributes.get("media-type", "").lower() in _PAGES:
            self._pages[attributes.get("id", "")] = attributes.get("href", "")
        elif name == "itemref":
            self._order.append(attributes.get("idref", ""))

    def chapters(self) -> list[str]:
        """The paths of the pages in reading order, each once, relative to the list's own."""
        return list(dict.fromkeys(self._pages[name] for name in self._order if name in self._pages))
