"""What stands before an article's sentences: its title, its date, and the labels around them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from diplo_cli.reading.boilerplate import WEAK, is_name, is_signed
from diplo_cli.reading.characters import CLOSERS, is_blank
from diplo_cli.reading.dates import locate_date
from diplo_cli.reading.origin import find_dateline
from diplo_cli.reading.shapes import is_bulleted, is_heading, is_menu, is_number, is_same_title, shown_title, unquoted
from diplo_cli.reading.sheet import LABEL_WORDS, SENTENCE_WORDS, Sheet

TITLE_WORDS = range(2, 36)
LAST_OF_HISTORY = "1990"  # the year from which a date may be one of publication although the article has it again
_HIJRI = re.compile(r"\d{1,2} (?:[\u0620-\u06ff]+ ){1,3}\d{4} ?هـ")
_OLD_YEAR = re.compile(r"\b1[0-9]{3}\b")


def judge_head(sheet: Sheet, first: int) -> None:
    """Title, date and labels before the first paragraph of sentences."""
    head = [index for index in range(first) if not sheet.reasons[index]]
    leading = next((index for index in range(first) if sheet.reasons[index] in {"", "title"}), None)
    titled = drop_stated_title(sheet, range(min(first + 1, len(sheet.parts))))
    head = [index for index in head if not sheet.reasons[index]]
    for index in head:
        if not sheet.title and index == leading and _is_dated_title(sheet, index, head):
            continue
        if not is_weak(sheet, index):  # a title may begin with such words
            judge_line_of_head(sheet, index)
    head = [index for index in head if not sheet.reasons[index]]
    place = titled
    if not sheet.title and (chosen := _choose_title(sheet, head)) is not None:
        sheet.title = shown_title(sheet.parts[chosen].text)
        sheet.reasons[chosen] = "title"
        place = chosen
        if found := locate_date(sheet.title, sheet.lang):
            sheet.date = sheet.date or (
                found.iso if len(found.iso) == len("2024-06-13") and sheet.is_dated(chosen) else ""
            )
    for index in head:
        part = sheet.parts[index]
        if sheet.reasons[index] or part.ended or is_bulleted(part.text):
            continue
        if place is not None and index > place and part.text[-1] in ",;،؛，；" and not sheet.cues[index]:
            continue  # goes on in the next line: Excellencies, dear friends,
        if is_weak(sheet, index):
            judge_line_of_head(sheet, index)
        elif is_same_title(part.text, sheet.title):
            sheet.reasons[index] = "title"
        elif is_number(part.text):
            sheet.reasons[index] = "date" if ":" in part.text else "label"
        elif part.words < LABEL_WORDS or (place is not None and index < place and part.words < SENTENCE_WORDS):
            sheet.reasons[index] = "label"


def is_weak(sheet: Sheet, index: int) -> bool:
    """Whether the vocabulary says of a line what may as well be said of a heading."""
    cue = sheet.cues[index]
    return cue is not None and cue.how in WEAK


def take_subject_for_title(sheet: Sheet, first: int) -> None:
    """A first line that is a day of history, which the article tells of, is its title and no date ("29 October 1923").

    It is the only line of the head, the first paragraph has the day again, and the year is none of publication.
    """
    part = sheet.parts[0]
    if first == 0 or sheet.title or sheet.reasons[0] != "date" or any(sheet.reasons[1:first]):
        return
    opening = sheet.parts[first].text
    here, again = locate_date(part.text, sheet.lang), locate_date(opening, sheet.lang)
    if not here or not again or here.iso != again.iso or here.iso != sheet.date:
        return
    if sheet.date[:4] < LAST_OF_HISTORY or (sheet.date[:2] == "--" and _OLD_YEAR.search(opening, again.start)):
        sheet.title, sheet.date, sheet.reasons[0] = shown_title(part.text), "", "title"


def drop_stated_title(sheet: Sheet, places: Sequence[int]) -> int | None:
    """Drop the paragraph at the head that repeats the title stated in the metadata, or that a label calls the title."""
    for index in places:
        part, cue = sheet.parts[index], sheet.cues[index]
        if cue and cue.reason == "title" and not part.ended and part.words in TITLE_WORDS:
            sheet.title = sheet.title or shown_title(unquoted(re.split(r"[:：]", part.text, maxsplit=1)[1]))
            sheet.reasons[index] = "title"
            return index
        if sheet.title and not sheet.reasons[index] and is_same_title(part.text, sheet.title):
            sheet.reasons[index] = "title"
            return index
    return None


def _is_dated_title(sheet: Sheet, index: int, head: Sequence[int]) -> bool:
    """Whether the first line is a title with a date in it ("Press briefing, 17 May 2024"), there being no other line for a title."""
    part = sheet.parts[index]
    others = [other for other in head if other != index and sheet.parts[other].words >= 4 and not sheet.is_dated(other)]
    return (
        not others
        and not sheet.cues[index]
        and sheet.is_dated(index)
        and sheet.date_rest(part.text) >= 2
        and "|" not in part.text
    )


def judge_line_of_head(sheet: Sheet, index: int) -> None:
    """Drop a line of the head that is a date, a byline, a menu, or what the vocabulary suspects; take its date."""
    part, cue = sheet.parts[index], sheet.cues[index]
    signed = is_signed(part.text)
    if part.words <= 14 and (found := locate_date(part.text, sheet.lang)):
        rest = sheet.date_rest(part.text)
        if part.ended:  # an abbreviation may end it (10:30 น., 2024 г.), but not a sentence
            rest = 0 if rest <= 1 else 99
        if rest <= 4 or signed or (cue and cue.reason in {"date", "byline"}) or ("|" in part.text and rest <= 8):
            sheet.reasons[index] = "byline" if signed or (cue and cue.reason == "byline") else "date"
            if len(sheet.date) < len(found.iso) or sheet.date.startswith("--"):
                sheet.date = found.iso
            return
    if is_name(part.text, part.words):
        sheet.reasons[index] = "byline"
    elif part.words <= 14 and _is_dateline(sheet, part.text):
        sheet.reasons[index] = "date"
    elif cue and cue.reason != "title" and (not part.ended or part.words <= 40):
        sheet.reasons[index] = cue.reason
        sheet.note_source(part, cue)
    elif not part.ended and is_menu(part.text):
        sheet.reasons[index] = "navigation"


def _is_dateline(sheet: Sheet, line: str) -> bool:
    """Whether a line is a dateline and a day of the lunar Hijri calendar, which is no date; takes its place and agency."""
    found = find_dateline(line) if _HIJRI.search(line) else None
    if not found or not is_blank(_HIJRI.sub("", line[found.end :]).strip(" .،-–")):
        return False
    sheet.dateline, sheet.publisher = found.place, sheet.publisher or found.agency
    return True


def _choose_title(sheet: Sheet, head: Sequence[int]) -> int | None:
    """The paragraph of the head that is the title: a Markdown heading, else the first of four words or more."""
    able = [index for index in head if sheet.parts[index].words in TITLE_WORDS and _may_be_title(sheet, index)]
    able = [index for index in able if not is_weak(sheet, index)] or able
    for index in able:
        if is_heading(sheet.parts[index].text):
            return index
    long = [index for index in able if sheet.parts[index].words >= 4]
    long = [index for index in long if not _states_day(sheet, index)] or long
    for index, following in itertools.zip_longest(long, long[1:]):
        words = sheet.parts[index].words
        if following is None or words >= LABEL_WORDS or sheet.parts[following].words < max(SENTENCE_WORDS, 2 * words):
            return index
    shouted = (index for index in able if sheet.parts[index].text.isupper())
    return next(shouted, able[0] if able else None)


def _states_day(sheet: Sheet, index: int) -> bool:
    """Whether a line holds a whole date: a dateline that stands alone, rather than a title."""
    found = locate_date(sheet.parts[index].text, sheet.lang)
    return found is not None and len(found.iso) == len("2024-06-13")


def _may_be_title(sheet: Sheet, index: int) -> bool:
    part = sheet.parts[index]
    return not part.ended or (index == 0 and part.words >= 4 and part.text.rstrip(CLOSERS)[-1:] in "?؟？!！…")


def judge_without_sentences(sheet: Sheet) -> None:
    """A text without sentences is all text; a heading, or a first line with a blank line after it, is its title."""
    drop_stated_title(sheet, range(min(3, len(sheet.parts))))
    rest = [index for index in range(len(sheet.parts)) if not sheet.reasons[index]]
    if sheet.title or len(rest) < 3:
        return
    index = rest[0]
    part, following = sheet.parts[index], sheet.parts[rest[1]]
    apart = following.first > part.last + 1 and sheet.parts[rest[2]].first == following.last + 1
    if part.words in TITLE_WORDS and (is_heading(part.text) or (apart and not part.ended)):
        sheet.title = shown_title(part.text)
        sheet.reasons[index] = "title"
