"""A web page -> its visible text a block a line, and what its head states: title, date, language, address, publisher."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.markup import Close, Open, tokens
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.text import decode, one_line, plain

# fmt: off
# Elements with no sentence of the page's own in them.
SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "nav", "footer", "form", "button", "select", "iframe", "object",
    "canvas", "dialog", "head",
))
# Elements that run on in a line; every other one ends it.
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "html", "i", "img", "ins", "kbd", "label",
    "link", "mark", "meta", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
))
# fmt: on

DATE_FIELDS = (
    "article:published_time", "datepublished", "og:published_time", "date", "pubdate", "publishdate", "publish-date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "sailthru.date", "parsely-pub-date", "article:published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw]:
    """The one document of a web page: its article where the extra `html` is there to tell it, else all of its visible text. Raises ReadingError."""
    from diplo_cli.reading.article import article

    markup = decode(limits.whole(stream, shown), shown, declared=True)
    whole = page(markup, shown)
    yield replace(whole, text=article(markup, whole.text))


def visible(markup: str) -> str:
    """The visible text of a piece of HTML, a block a line; "" where it shows nothing."""
    return plain(_parsed(markup).text())


def _parsed(markup: str, *, xml: bool = False) -> _Page:
    parser = _Page()
    for token in tokens(markup, xml=xml):
        if isinstance(token, Open):
            parser.open(token.name, token.fields)
        elif isinstance(token, Close):
            parser.close(token.name)
        else:
            parser.add(token.text)
    return parser


def page(markup: str, name: str, *, xml: bool = False) -> Raw:
    """The document of an HTML page, or of any `xml`. Navigation, footers, forms and scripts are left out; a page without text raises ReadingError."""
    parser = _parsed(markup, xml=xml)
    text = plain(parser.text())
    if is_blank(text):
        raise ReadingError(f"{name} has no text outside its menus and scripts")
    meta = parser.meta
    lang = parser.lang or meta.get("content-language", "")
    date = next((meta[field] for field in DATE_FIELDS if meta.get(field)), parser.date)
    site = meta.get("og:site_name", "")
    return Raw(
        text=text,
        title=one_line(_title(meta.get("og:title", "") or parser.title(), site)),
        date=stated_date(date, lang or "und"),
        lang_declared=plain(lang.strip()),
        source=plain(parser.canonical or meta.get("og:url", "")),
        publisher=plain(site),
    )


def _title(title: str, site: str) -> str:
    """The title without the site's name at its end ("… | The Astana Times")."""
    title = " ".join(title.split())
    for separator in (" | ", " - ", " – ", " — "):
        head, mark, tail = title.rpartition(separator)
        if mark and (
            tail.casefold() == site.casefold() or (mark == " | " and len(head.split()) > 2 * len(tail.split()))
        ):
            return head.rstrip()
    return title


class _Page:
    """Collects the text of blocks and the fields of the head, tag by tag."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.lang = ""
        self.canonical = ""
        self.date = ""
        self._title: list[str] = []
        self._parts: list[str] = []
        self._skipped: list[str] = []  # open elements that are left out
        self._open: Counter[str] = Counter()  # the same, counted: an end tag asks whether its element is open
        self._in_title = False
        self._in_data = False

    def text(self) -> str:
        """The page's blocks, each on a line of its own, white space collapsed."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def title(self) -> str:
        """What stands in <title>."""
        return "".join(self._title)

    def open(self, tag: str, fields: dict[str, str]) -> None:
        """Open an element: skip it, end a line, or take a field from its attributes."""
        if tag == "meta":
            key = fields.get("property") or fields.get("name") or fields.get("itemprop") or fields.get("http-equiv", "")
            self.meta.setdefault(key.lower(), fields.get("content", "").strip())
        elif tag == "link" and "canonical" in fields.get("rel", "").lower():
            self.canonical = self.canonical or fields.get("href", "")
        elif tag == "html":
            self.lang = fields.get("lang") or fields.get("xml:lang", "")
        elif tag == "title":
            self._in_title = not self._title
        elif tag == "time":
            self.date = self.date or fields.get("datetime", "")
        elif tag == "script" and "ld+json" in fields.get("type", ""):
            self._in_data = True
        if tag in SKIPPED and not (tag == "head" and self._skipped):
            self._skipped.append(tag)
            self._open[tag] += 1
        elif tag not in INLINE:
            if tag == "body":
                self._skipped.clear()  # a <head> that was never closed
                self._open.clear()
            self._parts.append("\n")

    def close(self, tag: str) -> None:
        """Close an element; what it left open inside is closed with it."""
        if tag == "title":
            self._in_title = False
        if tag == "script":
            self._in_data = False
        if self._open[tag]:
            closed = ""
            while closed != tag:
                closed = self._skipped.pop()
                self._open[closed] -= 1
        elif tag not in INLINE:
            self._parts.append("\n")

    def add(self, data: str) -> None:
        """Take the text between tags: kept where it is visible; line ends in it are mere spaces."""
        if self._in_title:
            self._title.append(data)
        elif self._in_data and (match := _PUBLISHED.search(data)):
            self.date = self.date or match[1]
        elif not self._skipped:
            self._parts.append(data.replace("\n", " ").replace("\r", " "))
