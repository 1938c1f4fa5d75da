"""Lines of a terminal: wrapped and cut by cells, highlights moved along, and right-to-left lines kept in their place.

Text is wrapped in the order it is read; the terminal turns right-to-left runs itself. All functions take cleaned text
(render/clean.py), and give a space for a tab: what a tab is worth depends on where its line begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diplo_cli.text.width import BY_LETTER, BY_WORD, NO_BREAK, break_between, cells, clusters, cut, is_plain

Span = tuple[int, int]

LRM = "\u200e"
_RIGHT_TO_LEFT = re.compile(
    "[\u05be-\u05f4\u0608-\u07ff\u0800-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def is_rtl(line: str) -> bool:
    """Whether the line holds letters that are written from right to left (the blocks of Hebrew to NKo)."""
    return _RIGHT_TO_LEFT.search(line) is not None


def ltr(line: str) -> str:
    """The line, between two U+200E where it holds right-to-left letters.

    So dates and columns stay in order in every terminal that knows directions, and others show nothing.
    For terminals only, once a finished line. (Isolates, U+2066..9, would be the proper way; some terminals print them
    as boxes.)
    """
    return f"{LRM}{line}{LRM}" if is_rtl(line) else line


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text`, each at most `width` cells; "" gives one empty line. See `wrap_spans`."""
    text = text.replace("\t", " ")
    return [text[start:end] for start, end in _lines(text, width)]


def wrap_spans(text: str, spans: Iterable[Span], width: int) -> list[tuple[str, list[Span]]]:
    """Lines of at most `width` cells (1 or more), each with its part of `spans`, as places in the line.

    `spans` are sorted and do not overlap.     Line feeds end a line; a long one is broken at a space, which goes,
    beside a Chinese or Japanese letter, between letters of Thai, Lao, Khmer or Burmese where no space is near, and
    anywhere in a word longer than a line, but never within a cluster (a letter with its marks). Only a single cluster
    wider than `width` makes a longer line. Linear.
    """
    text = text.replace("\t", " ")
    waiting = list(spans)
    first = 0
    lines = []
    for start, end in _lines(text, width):
        while first < len(waiting) and waiting[first][1] <= start:
            first += 1
        inside = []
        for place in range(first, len(waiting)):
            low, high = waiting[place]
            if low >= end:
                break
            if max(low, start) < min(high, end):
                inside.append((max(low, start) - start, min(high, end) - start))
        lines.append((text[start:end], inside))
    return lines


def truncate(text: str, width: int) -> str:
    """The text, if wider than `width` cells as much of it as leaves room for a "…"; "" for a width below 1."""
    return truncate_spans(text, (), width)[0]


def truncate_spans(text: str, spans: Sequence[Span], width: int) -> tuple[str, list[Span]]:
    """`truncate`, with what is left of `spans`."""
    text = text.replace("\t", " ")
    if cut(text, width) == len(text):
        return text, list(spans)
    if width < 1:
        return "", []
    end = len(text[: cut(text, width - 1)].rstrip())
    return text[:end] + "…", [(low, min(high, end)) for low, high in spans if low < end]


def pad(text: str, width: int) -> str:
    """The text, cut to `width` cells or filled up with spaces to it."""
    text = truncate(text, width)
    return text + " " * (width - cells(text))


def _lines(text: str, width: int) -> Iterator[Span]:
    """Where each line of the wrapped text begins and ends."""
    width = max(width, 1)
    start = 0
    while True:
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        line = text[start:stop]
        parts = _plain_parts(line, width) if is_plain(line) else _parts(line, width)
        for low, high in parts:
            yield start + low, start + high
        if end < 0:
            return
        start = end + 1


def _plain_parts(line: str, width: int) -> Iterator[Span]:
    """A line whose length is its width."""
    start = 0
    while len(line) - start > width:
        space = line.rfind(" ", start, start + width + 1)
        head = line[start:space].rstrip(" ") if space > start else ""
        if head.lstrip(" "):
            yield start, start + len(head)
            start = space
        else:
            yield start, start + width
            start += width
        while start < len(line) and line[start] == " ":
            start += 1
    if start < len(line) or not line:
        yield start, len(line)


def _parts(line: str, width: int) -> Iterator[Span]:
    """Any line, cluster by cluster."""
    start = used = 0  # where the part begins that is being filled, and its cells so far
    by_word = by_letter = (0, 0)  # the last places it may end at, with the cells before them
    before = ""
    for cluster in clusters(line):
        after = line[cluster.start]
        kind = break_between(before, after) if cluster.start > start else NO_BREAK
        if kind == BY_WORD:
            by_word = cluster.start, used
        elif kind == BY_LETTER:
            by_letter = cluster.start, used
        before = line[cluster.end - 1]
        blank = not _filled(line[cluster.start : cluster.end])  # spaces at the end of a line go
        while used + cluster.cells > width and cluster.start > start and not blank:
            # a place between letters serves where the last space would leave half the line empty
            place, filled = by_letter if by_letter > by_word and by_word[1] * 2 < width else by_word
            if not _filled(line[start:place]):
                place, filled = cluster.start, used
            yield start, start + _filled(line[start:place])
            start, used = place, used - filled
            by_word = start, 0
            by_letter = (by_letter[0], by_letter[1] - filled) if by_letter[0] > start else by_word
        used += cluster.cells
    yield start, len(line) if used <= width else start + _filled(line[start:])


def _filled(text: str) -> int:
    """The length of the text without the spaces at its end, U+200B among them."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] == "\u200b"):
        end -= 1
    return end
