"""A text cut into paragraphs: one a line, or several lines of a paragraph that was wrapped at a fixed width."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import NamedTuple

from diplo_cli.reading.boilerplate import find_cue, is_name
from diplo_cli.reading.characters import BLANK, COLONS, count_words, is_ended
from diplo_cli.reading.dates import locate_date
from diplo_cli.reading.origin import agency_tail

WIDEST_WRAP = 130  # characters; wider lines were not wrapped by a program that wraps
NARROWEST_WRAP = 45
LONGEST_NAME = 45  # characters of a byline in small letters below a title ("by Martha Ellison")
LONGEST_LABELLED = 60  # of a line that says what it states ("published on 13 June 2024")
HEAD = 30  # paragraphs of which the one before such a line is one
FULL = 0.75  # of the widest line: a wrapped line is cut where the next word did not fit
_FIELD = re.compile(r"[^\W\d_][\w-]{1,15}:\s")  # of front matter (slug: talks-in-astana)


class Paragraph(NamedTuple):
    """Lines `first`..`last` (0-based numbers) of a text; `start`, `end` are offsets of what is not white space."""

    first: int
    last: int
    start: int
    end: int
    text: str  # its lines joined by single spaces
    words: int
    ended: bool


class Line(NamedTuple):
    """A line that is not blank: its number, the offsets of what is not white space, and that text."""

    number: int
    start: int
    end: int
    text: str


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of `text` in order. Linear in its length."""
    lines = _lines(text)
    wrapped = _wrap_width(lines)
    out: list[Paragraph] = []
    block: list[Line] = []
    bold = False  # inside **…** that began on an earlier line
    for line, after in zip_longest(lines, lines[1:]):
        if block and not (
            bold or (_goes_on(block[-1], line, wrapped) and not _is_header(block, line, after, len(out)))
        ):
            out.append(_paragraph(block))
            block = []
        if not block:
            bold = line.text.startswith("**") and line.text.count("**") == 1
        elif bold:
            bold = "**" not in line.text and len(block) < 5
        block.append(line)
    if block:
        out.append(_paragraph(block))
    return out


def make(first: int, last: int, start: int, end: int, text: str) -> Paragraph:
    """A paragraph of the text given, counted."""
    ended = is_ended(text) or agency_tail(text)[1] != ""
    return Paragraph(first, last, start, end, text, count_words(text), ended)


def _paragraph(block: list[Line]) -> Paragraph:
    text = block[0].text if len(block) == 1 else " ".join(line.text for line in block)
    return make(block[0].number, block[-1].number, block[0].start, block[-1].end, text)


def _lines(text: str) -> list[Line]:
    lines = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        stripped = line.strip(BLANK)
        if stripped:
            start = offset + len(line) - len(line.lstrip(BLANK))
            lines.append(Line(number, start, start + len(stripped), stripped))
        offset += len(line) + 1
    return lines


def _wrap_width(lines: list[Line]) -> int:
    """The width that a text is wrapped at, 0 if it is not: most lines that have a next one are full and end in mid-sentence."""
    widest = max((line.end - line.start for line in lines), default=0)
    if not NARROWEST_WRAP <= widest <= WIDEST_WRAP:
        return 0
    joints = cut = 0
    for line, following in pairwise(lines):
        if following.number == line.number + 1:
            joints += 1
            cut += line.end - line.start >= FULL * widest and not is_ended(line.text)
    return widest if cut >= 3 and cut >= 0.5 * joints else 0


def _goes_on(line: Line, following: Line, wrapped: int) -> bool:
    """Whether `following` is of the same paragraph as `line`."""
    if following.number != line.number + 1:
        return False
    if line.text[-1] in COLONS or following.text[0] in "#*-•|>":
        return False
    width = line.end - line.start
    if wrapped and width >= FULL * wrapped:
        return True
    # A sentence that a lower-case letter continues, whatever the width: text out of PDF, or wrapped here and there.
    return (
        following.text[0].islower()
        and width >= NARROWEST_WRAP
        and not is_ended(line.text)
        and line.text[-1] not in "|»>"
    )


def _is_header(block: list[Line], line: Line, after: Line | None, place: int) -> bool:
    """Whether a line right below a title is a header (date, byline, source), and not the second line of the title."""
    if len(block) > 1 or place >= HEAD:
        return False
    return (
        _is_byline(line, after)
        or _is_labelled(line.text)
        or (_FIELD.match(line.text) is not None and _FIELD.match(block[0].text) is not None)
    )


def _is_byline(line: Line, after: Line | None) -> bool:
    """Whether a line is a byline in small letters; the line `after` does not go on with it."""
    if len(line.text) > LONGEST_NAME or not line.text[0].islower():
        return False
    if (
        after is not None
        and after.number == line.number + 1
        and after.text[0].islower()
        and not _is_labelled(after.text)
    ):
        return False
    return is_name(line.text, count_words(line.text))


def _is_labelled(line: str) -> bool:
    """Whether a line is a date with nothing but a label before it, or begins with a label and a colon ("source: https://…")."""
    name, colon, _ = line[: LONGEST_NAME + 1].partition(":")
    if colon:
        cue = find_cue(name + ":", 2)
        if cue and cue.certain and cue.reason in {"date", "byline", "source", "title"}:
            return True
    found = locate_date(line, "und") if len(line) <= LONGEST_LABELLED else None
    if not found or is_ended(line) or any(character.isalpha() for character in line[found.end :]):
        return False
    label = line[: found.start].strip(BLANK + ":")
    if not label:
        return len(found.iso) == len("2024-06-13")
    cue = find_cue(label, count_words(label))
    return cue is not None and cue.reason == "date"
