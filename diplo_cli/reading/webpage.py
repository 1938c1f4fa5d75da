"""A web page -> its visible text a block a line, and what its head states: title, date, language, address, publisher."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from diplo_cli.errors import ReadingError
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.text import plain

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
_TAG = re.compile(r"<[^<>]*>")


def page(markup: str, name: str) -> Raw:
    """The document of an HTML page. Navigation, footers, forms and scripts are left out; a page without text raises ReadingError."""
    parser = _Page()
    try:
        parser.feed(markup)
        parser.close()
        text = parser.text()
    except AssertionError:  # html.parser on a broken <![ declaration
        text = "\n".join(line.strip() for line in unescape(_TAG.sub("\n", markup)).splitlines() if line.strip())
    if not text.strip():
        raise ReadingError(f"{name} has no text outside its menus and scripts")
    meta = parser.meta
    lang = parser.lang or meta.get("content-language", "")
    date = next((meta[field] for field in DATE_FIELDS if meta.get(field)), parser.date)
    site = meta.get("og:site_name", "")
    return Raw(
        text=plain(text),
        title=plain(_title(meta.get("og:title", "") or parser.title(), site)),
        date=stated_date(date, lang or "und"),
        lang_declared=plain(lang.strip()),
        source=plain(parser.canonical or meta.get("og:url", "")),
        publisher=plain(site),
    )


def _title(title: str, site: str) -> str:
    """The title without the site's name at its end ("… | The Astana Times")."""
    title = " ".join(title.split())
    head, mark, tail = title.rpartition(" | ")
    if not mark:
        head, mark, tail = title.rpartition(" - ")
        if not mark or tail.casefold() != site.casefold():
            return title
    return head.rstrip() if len(head.split()) > 2 * len(tail.split()) or tail.casefold() == site.casefold() else title


class _Page(HTMLParser):
    """Collects the text of blocks and the fields of the head while parsing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.lang = ""
        self.canonical = ""
        self.date = ""
        self._title: list[str] = []
        self._parts: list[str] = []
        self._skipped: list[str] = []  # open elements that are left out
        self._in_title = False
        self._in_data = False

    def text(self) -> str:
        """The page's blocks, each on a line of its own, white space collapsed."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def title(self) -> str:
        """What stands in <title>."""
        return "".join(self._title)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element: skip it, end a line, or take a field from its attributes."""
        fields = {key: value or "" for key, value in attrs}
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
        elif tag not in INLINE:
            if tag == "body":
                self._skipped.clear()  # a <head> that was never closed
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element; what it left open inside is closed with it."""
        if tag == "title":
            self._in_title = False
        if tag == "script":
            self._in_data = False
        if tag in SKIPPED and tag in self._skipped:
            while self._skipped.pop() != tag:
                pass
        elif tag not in INLINE:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Text between tags: kept where it is visible; line ends in it are mere spaces."""
        if self._in_title:
            self._title.append(data)
        elif self._in_data and (match := _PUBLISHED.search(data)):
            self.date = self.date or match[1]
        elif not self._skipped:
            self._parts.append(data.replace("\n", " ").replace("\r", " "))
