"""The piece of a document that shows best why it was found, on one line, and where the matches stand in it.

Nothing here knows a query or a terminal: matches come in as places in the text, highlights go out as places in the
snippet. Time is linear in the text and its matches.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diplo_cli.text.sentences import sentences
from diplo_cli.text.width import NO_BREAK, break_between, cells, clusters, is_plain

WIDTH = 160  # cells: two lines of a terminal of 80
MARK = "…"

_SPACES = re.compile(r"\s+")
_TIES = 8  # windows that are as good as the best, among which one that begins with its sentence is looked for
_FULL = 0.6  # a snippet that ends with its sentence is filled to at least this share of the width


class Snippet(NamedTuple):
    """One line of a document, and the matches in it.

    `text`: every run of white space is one space; "… " and " …" where it was cut in mid-sentence. `highlights`: (start,
    end) in it, in order, neither overlapping nor touching.
    """

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


class Match(NamedTuple):
    """A place in the text that answers to a word of the query, and which word (any number that tells them apart)."""

    start: int
    end: int
    term: int


class _Part(NamedTuple):
    """A stretch of the article itself, or of what stands around it. A snippet never reaches from one into another."""

    start: int
    end: int
    kept: bool


class _Window(NamedTuple):
    """The matches first..last (both inclusive) of a part, near enough to stand in one snippet."""

    part: _Part
    first: int
    last: int


def snippet(
    text: str,
    spans: Sequence[tuple[int, int, int]],
    *,
    width: int = WIDTH,
    body: Sequence[tuple[int, int]] | None = None,
    lang: str = "und",
    at: int = 0,
) -> Snippet:
    """The best window of `text` for its matches, at most `width` cells wide (10 or more).

    `spans` are the matches: start, end, and a number for the word of the query that each answers to.
    The window with most different words of the query wins; then one in the article rather than around it (`body`: spans
    of the article's lines, in order; None: all of the text); then the one with most matches; then one that begins with
    a sentence; then the first. It is cut between words, or letters in scripts without spaces, and within a word only if
    that alone is wider. Without matches: the words of the article from `at` on. `lang` decides where sentences end.
    """
    width = max(width, 10)
    parts = _parts(text, body)
    matches = sorted(
        Match(max(start, 0), min(end, len(text)), term)
        for start, end, term in spans
        if max(start, 0) < min(end, len(text))
    )
    windows = _best_windows(text, parts, matches, width - 4)
    if not windows:
        kept = [part for part in parts if part.kept] or parts[:1]
        part = next((part for part in kept if part.start <= at < part.end), kept[0])
        first = max(at, part.start) if at < part.end else part.start
        return _Cut(text, part, first, first, width=width, lang=lang).snippet([])
    best: tuple[_Cut, _Window] | None = None
    for window in windows:
        part, end = window.part, min(matches[window.last].end, window.part.end)
        cut = _Cut(text, part, matches[window.first].start, end, width=width, lang=lang)
        if best is None or cut.begins_with_sentence:
            best = cut, window
        if cut.begins_with_sentence:
            break
    assert best is not None
    cut, window = best
    low, high = (bisect_left(matches, Match(place, 0, 0)) for place in (cut.low, cut.high))
    return cut.snippet(matches[min(low, window.first) : max(high, window.last + 1)])


def _parts(text: str, body: Sequence[tuple[int, int]] | None) -> list[_Part]:
    """The text as stretches of kept and of other lines, in order, without blank ones; never empty."""
    if body is None:
        return [_Part(*_trimmed(text, 0, len(text)), kept=True)]
    parts: list[_Part] = []
    for start, end in body:
        before = parts[-1].end if parts else 0
        if parts and not text[before:start].strip():
            parts[-1] = _Part(parts[-1].start, max(end, before), kept=True)
            continue
        if text[before:start].strip():
            parts.append(_Part(before, start, kept=False))
        parts.append(_Part(start, end, kept=True))
    rest = parts[-1].end if parts else 0
    parts.append(_Part(rest, len(text), kept=False))
    trimmed = [_Part(*_trimmed(text, part.start, part.end), part.kept) for part in parts]
    return [part for part in trimmed if part.start < part.end] or [_Part(0, 0, kept=True)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()) if piece.strip() else start


def _best_windows(text: str, parts: list[_Part], matches: list[Match], room: int) -> list[_Window]:
    """The windows of at most `room` cells that are best alike, in order, the first few of them."""
    best: list[_Window] = []
    best_worth = (0, False, 0)
    for part, first, end in _matches_by_part(parts, matches):
        counts: dict[int, int] = {}
        before = _cells_before(text, matches, first, end, room)
        left = first
        for right in range(first, end):
            counts[matches[right].term] = counts.get(matches[right].term, 0) + 1
            stop = before[right - first] + min(matches[right].end - matches[right].start, room)
            while left < right and stop - before[left - first] > room:
                term = matches[left].term
                counts[term] -= 1
                if not counts[term]:
                    del counts[term]
                left += 1
            worth = (len(counts), part.kept, right - left + 1)
            if worth > best_worth:
                best, best_worth = [_Window(part, left, right)], worth
            elif worth == best_worth and len(best) < _TIES:
                best.append(_Window(part, left, right))
    return best


def _matches_by_part(parts: list[_Part], matches: list[Match]) -> Iterator[tuple[_Part, int, int]]:
    """Each part that holds matches, with the first of them and the end of them."""
    first = 0
    for part in parts:
        end = bisect_left(matches, Match(part.end, 0, 0), lo=first)
        if first < end:
            yield part, first, end
        first = end


def _cells_before(text: str, matches: list[Match], first: int, end: int, room: int) -> list[int]:
    """For each match the cells from the first one to its start; of a gap far too wide for a window, its characters."""
    before = [0]
    for left, right in zip(matches[first : end - 1], matches[first + 1 : end], strict=True):
        gap = right.start - left.start
        before.append(before[-1] + (gap if gap > 4 * room else cells(text[left.start : right.start])))
    return before


class _Cut:
    """A place for the matches start..end of a part in a line of `width` cells: where it begins and ends."""

    def __init__(self, text: str, part: _Part, start: int, end: int, *, width: int, lang: str) -> None:
        self.low, self.high = max(part.start, start - 2 * width), min(part.end, end + 2 * width)
        raw = text[self.low : self.high]
        self._flatten(raw)
        self._measure()
        self.opens, self.closes = (
            self.low == part.start,
            self.high == part.end,
        )  # whether nothing is left out before, after
        first, last = self._place(start), max(self._place(end), self._place(start))
        first = self._starts[bisect_right(self._starts, first) - 1]  # a match may begin or end within a cluster
        last = self._starts[bisect_left(self._starts, last)]
        bounds = [(self._place(self.low + low), self._place(self.low + high)) for low, high in sentences(raw, lang)]
        begins = {low for low, _ in bounds if low or self.opens} | ({0} if self.opens else set())
        ends = {high for _, high in bounds if high < len(self.flat) or self.closes} | (
            {len(self.flat)} if self.closes else set()
        )
        self._begin(first, last, width, begins)
        self._end(last, width, ends)

    def _flatten(self, raw: str) -> None:
        """One line out of several, and how much shorter it is before each place."""
        self._marks, self._shorter = [0], [0]
        pieces: list[str] = []
        read = 0
        for found in _SPACES.finditer(raw):
            if found[0] != " ":
                pieces += (raw[read : found.start()], " ")
                read = found.end()
                self._marks.append(read)
                self._shorter.append(self._shorter[-1] + read - found.start() - 1)
        self.flat = "".join((*pieces, raw[read:]))

    def _place(self, place: int) -> int:
        """A place of the text -> of the line."""
        place -= self.low
        at = bisect_right(self._marks, place) - 1
        limit = self._marks[at + 1] - self._shorter[at + 1] if at + 1 < len(self._marks) else len(self.flat)
        return max(0, min(place - self._shorter[at], limit))

    def _measure(self) -> None:
        """The line's clusters: where each begins, and the cells before it; one more for the end."""
        if is_plain(self.flat):
            self._starts: Sequence[int] = range(len(self.flat) + 1)
            self._before: Sequence[int] = self._starts
            return
        starts, before = [], [0]
        for cluster in clusters(self.flat):
            starts.append(cluster.start)
            before.append(before[-1] + cluster.cells)
        self._starts, self._before = [*starts, len(self.flat)], before

    def _cells(self, place: int) -> int:
        return self._before[bisect_left(self._starts, place)]

    def _begin(self, first: int, last: int, width: int, begins: set[int]) -> None:
        """Begin with the sentence of the first match if it fits, else between words, with as much before as after."""
        used = self._cells(last) - self._cells(first)
        near = max((place for place in begins if place <= first), default=-1)
        self.begins_with_sentence = near >= 0 and self._cells(last) - self._cells(near) <= width - 2
        if self.begins_with_sentence:
            self.begin = near
            total = self._before[-1]
            if (
                self.closes and total - self._cells(near) < _FULL * width
            ):  # the text ends soon: fill up with what is before
                self.begin = min(
                    place
                    for place in begins
                    if place <= near and (place == near or total - self._cells(place) <= width)
                )
            return
        spare = max(width - 4 - used, 0)
        behind = self._before[-1] - self._cells(last)
        earliest = self._cells(first) - max(spare // 2, spare - behind)
        at = bisect_left(self._before, earliest)
        self.begin = next(self._borders(at, bisect_right(self._starts, first)), min(self._starts[at], first))

    def _end(self, last: int, width: int, ends: set[int]) -> None:
        """End with a sentence if that fills the line well enough, else between words."""
        start = self._cells(self.begin)
        latest = start + width - (0 if self.begins_with_sentence else 2)
        self.ends_with_sentence = True
        fitting = max((place for place in ends if place >= last and self._cells(place) <= latest), default=-1)
        if fitting >= 0 and (fitting == len(self.flat) or self._cells(fitting) - start >= _FULL * width):
            self.end = fitting
            return
        self.ends_with_sentence = False
        at = bisect_right(self._before, latest - 2) - 1
        borders = self._borders(bisect_left(self._starts, last), at + 1, backwards=True)
        self.end = next((place for place in borders if place > self.begin), self._starts[at])

    def _borders(self, low: int, high: int, *, backwards: bool = False) -> Iterator[int]:
        """The places where a line may be cut, among the clusters numbered low..high (exclusive)."""
        for number in range(high - 1, low - 1, -1) if backwards else range(low, high):
            place = self._starts[number]
            if place in {0, len(self.flat)}:
                if (place == 0 and self.opens) or (place and self.closes):
                    yield place
            elif break_between(self.flat[place - 1], self.flat[place]) != NO_BREAK:
                yield place

    def snippet(self, matches: Sequence[Match]) -> Snippet:
        """The line that was cut, with those of the matches that stand in it."""
        begin, end = _trimmed(self.flat, self.begin, self.end)
        before = "" if self.begins_with_sentence or (self.opens and begin == 0) else f"{MARK} "
        after = "" if self.ends_with_sentence or (self.closes and end == len(self.flat)) else f" {MARK}"
        highlights: list[tuple[int, int]] = []
        for match in matches:
            low, high = max(self._place(match.start), begin), min(self._place(match.end), end)
            if low >= high:
                continue
            low, high = low - begin + len(before), high - begin + len(before)
            if highlights and low <= highlights[-1][1]:
                highlights[-1] = (highlights[-1][0], max(high, highlights[-1][1]))
            else:
                highlights.append((low, high))
        return Snippet(f"{before}{self.flat[begin:end]}{after}", tuple(highlights))
