"""What is kept of a text once its lines are judged, as spans: without the dateline it opens with and the agency that signs."""

from __future__ import annotations

import re

from diplo_cli.reading.characters import BLANK
from diplo_cli.reading.dates import LONGEST_HEADER, locate_date
from diplo_cli.reading.origin import agency_tail, find_dateline
from diplo_cli.reading.paragraphs import Paragraph
from diplo_cli.reading.shapes import mark_length
from diplo_cli.reading.sheet import Sheet

_SPEAKER = re.compile(r"^[^\W\d_][^:\n]{1,40}:\s")


def spans_kept(sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """The spans kept; the dateline is cut off the first and the agency off the last."""
    kept = [part for part, reason in sheet.judged() if not reason]
    spans = [(part.start + mark_length(part.text), part.end) for part in kept]
    spans = [(start, end) for start, end in spans if start < end]
    if not spans:
        return ()
    if not _is_transcript(kept):
        _cut_dateline(sheet, spans)
    for place in range(len(spans) - 1, max(-1, len(spans) - 3), -1):
        start, end = spans[place]
        length, agency = agency_tail(sheet.text[max(start, end - 200) : end])
        cut = max(start, end - 200) + length
        if start < cut < end:
            spans[place] = (start, cut)
            sheet.publisher = sheet.publisher or agency
    return tuple(_trimmed(sheet.text, start, end) for start, end in spans)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without what is blank at its ends, once a mark, dateline or agency is cut off."""
    while text[end - 1] in BLANK:
        end -= 1
    while text[start] in BLANK:
        start += 1
    return start, end


def _is_transcript(kept: list[Paragraph]) -> bool:
    """Whether a text opens with a speaker's name, not with a place: other paragraphs do, too.

    One more is enough in capitals (TOKAYEV: …), since a report has one dateline; otherwise two near the beginning.
    """
    speakers = sum(1 for part in kept[1:6] if _SPEAKER.match(part.text))
    return speakers >= 2 or sum(1 for part in kept[:20] if _is_shouted(part.text)) >= 2


def _is_shouted(line: str) -> bool:
    """Whether a paragraph begins with a name in capitals and a colon."""
    match = _SPEAKER.match(line)
    return match is not None and match[0].isupper()


def _cut_dateline(sheet: Sheet, spans: list[tuple[int, int]]) -> None:
    for place in range(min(2, len(spans))):
        start, end = spans[place]
        found = find_dateline(sheet.text[start : min(end, start + LONGEST_HEADER)])
        if found:
            sheet.dateline = found.place
            sheet.publisher = sheet.publisher or ("" if any(map(str.isdigit, found.agency)) else found.agency)
            stated = locate_date(sheet.text[start : start + found.end], sheet.lang)
            if stated and (not sheet.date or (sheet.date[:2] == "--" and stated.iso.endswith(sheet.date[1:]))):
                sheet.date = stated.iso  # the header may state the day without the year
            spans[place] = (start + found.end, end)
            return
