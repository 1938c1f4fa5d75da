"""HTML -> its tags and the text between them, in one pass.

`html.parser` reads on to the end of the page at every tag, comment or quotation that is never closed: 60 kB of `<a ` take it
17 s. Here it is known beforehand where each closing mark stands last, so that time is linear; and a page reads the same in every
Python. Tags are told from text as the HTML standard's tokenizer does, but for what is unclosed: that is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*")
_BETWEEN = re.compile(r"[\s/]*")
_EQUALS = re.compile(r"\s*=\s*")
_UNQUOTED = re.compile(r"[^\s>]*")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
_CDATA = "<![CDATA["
_CLOSING_MARKS = (">", '"', "'", "-->", "]]>")
# No character has so high a number, and Python converts no integer of 4,300 digits.
_HUGE_REFERENCE = re.compile(r"&#\d{8,};?")


class Open(NamedTuple):
    """A start tag: its name and its attributes, names in lower case, the first of each name, "" where it has no value. `is_empty`: closed at once (<br/>)."""

    name: str
    fields: dict[str, str]
    is_empty: bool = False


class Close(NamedTuple):
    """An end tag."""

    name: str


class Text(NamedTuple):
    """What stands between tags: character references resolved, but for those in a script or style sheet."""

    text: str


def tokens(markup: str, *, xml: bool = False) -> Iterator[Open | Close | Text]:
    """The tags and texts of a page in order; comments and declarations are left out, CDATA sections too unless `xml`, where they are text. Never raises; time is linear.

    Only the entities of HTML are known: what an XML file declares is never expanded, and nothing it refers to is fetched.
    """
    last = {mark: markup.rfind(mark) for mark in _CLOSING_MARKS}
    place = shown = 0  # from `shown` on, nothing is given yet
    while 0 <= (place := markup.find("<", place)) < last[">"]:
        start = place
        token: Open | Close | Text | None = None
        if markup.startswith(("<!", "<?"), place):
            place = _after_declaration(markup, place, last)
            if xml and markup.startswith(_CDATA, start) and markup.startswith("]]>", place - 3):
                token = Text(markup[start + len(_CDATA) : place - 3])
        elif markup.startswith("</", place):
            name = _NAME.match(markup, place + 2)
            token = Close(name[0].lower()) if name else None
            place = markup.find(">", place) + 1
        elif name := _NAME.match(markup, place + 1):
            fields, place = _attributes(markup, name.end(), last)
            if place > len(markup):  # no end of the tag
                break
            token = Open(name[0].lower(), fields, markup.startswith("/>", place - 2))
        else:  # less than
            place += 1
            continue
        if shown < start:
            yield Text(_resolved(markup[shown:start]))
        if token:
            yield token
        shown = place
        if not xml and isinstance(token, Open) and (ending := _RAW_ENDS.get(token.name)):
            end = ending.search(markup, place)
            shown = end.start() if end else len(markup)
            yield Text(markup[place:shown])
            place = shown
    if shown < len(markup):
        yield Text(_resolved(markup[shown:]))


def _after_declaration(markup: str, place: int, last: dict[str, int]) -> int:
    """Where a comment, CDATA section, declaration or instruction ends that begins at `place`; one that never ends is over at the next ">"."""
    for opening, closing in (("<!--", "-->"), (_CDATA, "]]>")):
        if markup.startswith(opening, place) and place + 2 <= last[closing]:
            return markup.find(closing, place + 2) + len(closing)  # <!--> is a whole comment
    return markup.find(">", place) + 1


def _attributes(markup: str, place: int, last: dict[str, int]) -> tuple[dict[str, str], int]:
    """The attributes that stand at `place`, and where the tag ends; past the end of the page if it does not."""
    fields: dict[str, str] = {}
    while name := _ATTRIBUTE.match(markup, place := _end(_BETWEEN, markup, place)):
        place = name.end()
        value = ""
        if equals := _EQUALS.match(markup, place):
            place = equals.end()
            quote = markup[place : place + 1]
            if quote in {'"', "'"} and place < last[quote]:
                end = markup.find(quote, place + 1)
                value, place = markup[place + 1 : end], end + 1
            else:
                end = _end(_UNQUOTED, markup, place)
                value, place = markup[place:end], end
        fields.setdefault(name[0].lower(), _resolved(value))
    return fields, place + 1


def _end(pattern: re.Pattern[str], markup: str, place: int) -> int:
    """Where a pattern that matches everywhere stops matching."""
    match = pattern.match(markup, place)
    return match.end() if match else place


def _resolved(text: str) -> str:
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text
