"""Feeds (RSS 0.9–2.0, RDF, Atom) -> a document an item; other XML -> its text.

Read by the scanner of markup.py: feeds as they are met are seldom well formed, and what has no declarations has no entities to explode and nothing to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits, webpage
from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.markup import Close, Open, Text, tokens
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import decode, one_line, plain

_ROOT = re.compile(r"<(?![?!])(?:\w+:)?(\w+)")
_FEEDS = frozenset(("rss", "feed", "rdf"))
_ITEMS = frozenset(("item", "entry"))
# The fullest text first. "encoded" is content:encoded of RSS; date, language and publisher are Dublin Core's.
_TEXTS = ("encoded", "content", "description", "summary", "title")
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_FIELDS = frozenset((*_TEXTS, *_DATES, "link", "language", "publisher"))
_FOREIGN = frozenset(
    ("media", "itunes", "googleplay", "podcast")
)  # prefixes: what they describe is a picture or a recording
_ASIDE = frozenset(("source", "image"))  # elements whose title or link is another's


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The items of a feed, in order, numbered from 1; an item without a word comes as a BadRecord.

    A feed without items and any other XML are one document, of the text between the tags. Raises ReadingError where there is none.
    """
    markup = decode(limits.whole(stream, shown), shown, declared=True)
    root = _ROOT.search(_without_comments(markup[:100_000]))
    name = root[1].lower() if root else ""
    if not root:
        yield Raw(markup)
        return
    number = 0
    for number, item in enumerate(_items(markup) if name in _FEEDS else (), start=1):
        yield _document(item, number)
    if not number:
        try:
            yield webpage.page(markup, shown, xml=name != "html")
        except ReadingError as error:
            raise ReadingError(f"{shown} has no text between its tags") from error


def _without_comments(markup: str) -> str:
    return "".join(part.partition("-->")[2] if place else part for place, part in enumerate(markup.split("<!--")))


def _items(markup: str) -> Iterator[dict[str, str]]:
    """The fields of each item, with what the feed itself states where the item does not: its title as the publisher, and its language."""
    feed: dict[str, str] = {}
    item: dict[str, str] | None = None
    field, aside, depth, parts = "", "", 0, [""]
    for token in tokens(markup, xml=True):
        if isinstance(token, Text):
            if field:
                parts.append(token.text)
            continue
        prefix, _, name = token.name.rpartition(":")
        if aside:
            if name in _ITEMS or (isinstance(token, Close) and token.name == aside):
                aside = ""
            if name not in _ITEMS:
                continue
        if prefix in _FOREIGN:
            continue
        if field:  # an element within a field: XHTML in Atom
            if isinstance(token, Open):
                depth += name == field
                parts.append("" if name in webpage.INLINE else "\n")
            elif name != field or depth:
                depth -= name == field
                parts.append("" if name in webpage.INLINE else "\n")
            else:
                (feed if item is None else item).setdefault(name, "".join(parts))
                field = ""
        elif isinstance(token, Open):
            if name in _ITEMS:
                item = {}
            elif name in ("feed", "rss", "rdf", "channel"):
                if lang := token.fields.get("xml:lang"):
                    feed.setdefault("language", lang)
            elif name == "link" and token.fields.get("href") and token.fields.get("rel", "alternate") == "alternate":
                (feed if item is None else item).setdefault("link", token.fields["href"])
            elif name in _ASIDE and not token.is_empty:
                aside = token.name
            elif name in _FIELDS and not token.is_empty:
                field, depth, parts = name, 0, []
        elif isinstance(token, Close) and name in _ITEMS and item is not None:
            yield {"language": feed.get("language", ""), "publisher": feed.get("title", "")} | item
            item = None


def _document(item: dict[str, str], number: int) -> Raw | BadRecord:
    text = next((shown for name in _TEXTS if not is_blank(shown := _shown(item.get(name, "")))), "")
    if not text:
        return BadRecord(number, "has no word in it", "item")
    lang = plain(item.get("language", "").strip())
    return Raw(
        text=text,
        title=one_line(_shown(item.get("title", ""))),
        date=next((date for name in _DATES if (date := _date(item.get(name, "").strip(), lang))), ""),
        lang_declared=lang,
        source=plain(item.get("link", "").strip()),
        publisher=one_line(_shown(item.get("publisher", ""))),
        number=number,
    )


def _shown(field: str) -> str:
    """A field as plain text: what it says is HTML as often as not."""
    return webpage.visible(field) if "<" in field or "&" in field else plain(field).strip()


def _date(stated: str, lang: str) -> str:
    """A date as feeds state it: RFC 822 or ISO 8601; else as anything else states one."""
    try:
        return parsedate_to_datetime(stated).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return stated_date(stated, lang or "und")
