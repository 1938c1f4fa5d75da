"""What stands after an article's long sentences: shorter ones that are its own still, and the labels, feeds and notices below."""

from __future__ import annotations

from diplo_cli.reading.boilerplate import OPENING_QUOTES, is_name
from diplo_cli.reading.characters import CLOSERS, COLONS
from diplo_cli.reading.dates import locate_date
from diplo_cli.reading.shapes import has_clock, is_aside, is_bulleted, is_menu, is_number, states_value
from diplo_cli.reading.sheet import LABEL_WORDS, Sheet


def going_on(sheet: Sheet, last: int) -> list[int]:
    """Paragraphs after the last long sentence that are the article's still: short sentences, and the list that a colon announces.

    Nothing that the vocabulary knows stands between, and no more than one heading.
    """
    more: list[int] = []
    gap = 0
    listing = sheet.parts[last].text[-1] in COLONS
    for index in range(last + 1, len(sheet.parts)):
        part = sheet.parts[index]
        if sheet.reasons[index] or sheet.cues[index] or is_name(part.text, part.words):
            break
        asked = part.text.rstrip(CLOSERS)[-1:] in "?？؟!！"
        if (part.ended and part.words >= 2 and not (gap and asked)) or (listing and is_bulleted(part.text)):
            more.append(index)
            gap = 0
        elif part.text[-1] in COLONS and part.words >= 2:
            listing = True
        elif gap or sheet.is_dated(index) or is_menu(part.text):
            break
        else:
            gap += 1
    return more


def judge_tail(sheet: Sheet, first: int, last: int) -> None:
    """After the last paragraph of sentences: what the vocabulary suspects, dates, agencies and labels."""
    tail = [index for index in range(last + 1, len(sheet.parts)) if not sheet.reasons[index]]
    listed = sum(1 for index in tail if is_bulleted(sheet.parts[index].text)) >= 2
    valued = sum(1 for index in tail if states_value(sheet.parts[index].text)) >= 3
    clocked = sum(1 for index in tail if has_clock(sheet.parts[index].text)) >= 2  # a news feed
    weight = sum(sheet.parts[index].words for index in tail)
    core = sum(part.words for part in sheet.parts[first : last + 1])
    is_text = weight > core  # a list or table with an introduction
    for index in tail:
        part, cue = sheet.parts[index], sheet.cues[index]
        if is_name(part.text, part.words):
            sheet.reasons[index] = "byline"
        elif clocked and has_clock(part.text):
            sheet.reasons[index] = "navigation"
        elif cue and cue.reason != "title":
            sheet.reasons[index] = cue.reason
            sheet.note_source(part, cue)
        elif part.ended or (listed and is_bulleted(part.text)) or (valued and states_value(part.text)) or is_text:
            continue
        elif index == last + 1 and (part.text[0] in OPENING_QUOTES or is_aside(part.text)):
            last = index  # said by somebody and broken off, or what the hall did: (Applause)
            continue
        elif part.words <= 12 and (found := locate_date(part.text, sheet.lang)) and sheet.date_rest(part.text) <= 4:
            sheet.reasons[index] = "date"
            sheet.date = sheet.date or found.iso
        elif is_menu(part.text):
            sheet.reasons[index] = "navigation"
        elif is_number(part.text):
            sheet.reasons[index] = "date" if ":" in part.text else "label"
        elif part.words <= 4 and _is_agency(sheet, index, last):
            sheet.reasons[index] = "source"
        elif part.words < LABEL_WORDS:
            sheet.reasons[index] = "label"


def _is_agency(sheet: Sheet, index: int, last: int) -> bool:
    """Whether a line of the tail signs for an agency: capitals, after a dash or in brackets."""
    text = sheet.parts[index].text
    return text.strip("()[]–—- /").isupper() and (index == last + 1 or text[0] in "([–—-")
