"""What of a text is the article: its title, date, source and publisher, and each line kept or dropped, with the reason.

The text falls into a head (before the first paragraph that is sentences), a core, and a tail (after the last). What the
vocabulary (boilerplate.py) is certain of goes wherever it stands; what it suspects, and what has no more than the shape of a
label, goes only at the edges. In a language without vocabulary shape and position decide alone, so a whole sentence is never
dropped for its words. A text without sentences (a list, a table, a poem) is kept whole but for what is certain.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from diplo_cli.document import Dropped
from diplo_cli.reading.body import spans_kept
from diplo_cli.reading.boilerplate import Cue, find_cue, is_name
from diplo_cli.reading.characters import BLANK, WORD, is_blank
from diplo_cli.reading.dates import locate_date
from diplo_cli.reading.head import (
    judge_head,
    judge_line_of_head,
    judge_without_sentences,
    take_subject_for_title,
)
from diplo_cli.reading.origin import find_url
from diplo_cli.reading.paragraphs import make
from diplo_cli.reading.repeats import line_key
from diplo_cli.reading.shapes import is_address, is_bulleted, is_caption, is_handles, letters
from diplo_cli.reading.sheet import PARAGRAPH_WORDS, Sheet
from diplo_cli.reading.tail import going_on, judge_tail

_BEFORE_SITE = (" - ", " – ", " — ", " | ")
_DATE_WORD = re.compile(r"(?:[^\W\d_]+\s{0,2}[:：]?\s*){0,2}$")


@dataclass(frozen=True, slots=True)
class Structure:
    """A text's parts. `body`: spans (start, end) into the text, in order, one a paragraph kept, in one of which lines may be wrapped.

    `date` is ISO 8601, maybe partial ("--02-19": no year stated), "" if none is stated in the header. `source` is a URL,
    `dateline` the place a report opens with. `dropped` has every other line that is not blank, with the reason: title, date,
    navigation, share, consent, advertisement, copyright, disclaimer, subscription, byline, source or label.
    """

    title: str = ""
    date: str = ""
    source: str = ""
    publisher: str = ""
    dateline: str = ""
    body: tuple[tuple[int, int], ...] = ()
    dropped: tuple[Dropped, ...] = ()


def structure(
    text: str, lang: str = "und", *, title: str = "", date: str = "", repeated: Container[str] = frozenset()
) -> Structure:
    """The structure of `text`. `title` and `date` are as the file's metadata state them and win over what the text shows.

    `lang` (a BCP-47 tag) helps only with month names of two meanings. `repeated` has the keys (`repeats.line_key`) of
    lines that other documents of the same site have. Never raises; time is linear in the text.
    """
    sheet = Sheet(text, lang, title, date)
    if not sheet.parts:
        return Structure(title=sheet.title, date=sheet.date)
    _take_date_prefix(sheet)
    sheet.cues = [find_cue(part.text, part.words) for part in sheet.parts]
    _drop_certain(sheet)
    if repeated:
        _drop_repeated(sheet, repeated)
    content = _content(sheet)
    if content:
        first, last = content[0], content[-1]
        judge_head(sheet, first)
        take_subject_for_title(sheet, first)
        _judge_core(sheet, first, last)
        judge_tail(sheet, first, last)
    else:
        judge_without_sentences(sheet)
    _name_publisher(sheet)
    if all(sheet.reasons):  # nothing but labels: then they are the text
        sheet.reasons = ["" if reason in {"label", "title", "navigation"} else reason for reason in sheet.reasons]
        if all(sheet.reasons):
            sheet.reasons = [""] * len(sheet.parts)
    body = spans_kept(sheet)  # may find date and publisher in the dateline, and the agency that signs
    return Structure(
        title=sheet.title,
        date=sheet.date,
        body=body,
        source=sheet.source,
        publisher=sheet.publisher,
        dateline=sheet.dateline,
        dropped=_dropped(sheet),
    )


def _take_date_prefix(sheet: Sheet) -> None:
    """Take " date 2024-06-13 " off the first paragraph."""
    part = sheet.parts[0]
    found = locate_date(part.text[:80], sheet.lang)
    if not found or len(found.iso) != len("2024-06-13") or not _DATE_WORD.fullmatch(part.text, 0, found.start):
        return
    rest = part.text[found.end :]
    cue = find_cue(part.text[: found.start], 2) if found.start else None
    labelled = cue is not None and cue.reason == "date"
    numeric = not any(character.isalpha() for character in part.text[found.start : found.end])
    if found.start and not labelled:
        return
    cut = len(rest) - len(rest.lstrip(BLANK + ",|–—:-"))
    if not (labelled or cut > 1 or (numeric and rest[:1] == " " and "-" in part.text[: found.end])):
        return
    if len(WORD.findall(rest[:200])) < 2:
        return
    sheet.date = sheet.date or found.iso
    start = part.start + found.end + cut
    if "\n" not in sheet.text[part.start : start]:
        sheet.parts[0] = make(part.first, part.last, start, part.end, rest[cut:])


def _drop_certain(sheet: Sheet) -> None:
    """Drop what the vocabulary is certain of, lines without a word, and the headlines under a label such as "Read also"."""
    under_label = False
    for index, (part, cue) in enumerate(zip(sheet.parts, sheet.cues, strict=True)):
        if not part.text[0].isalnum() and not any(character.isalnum() for character in part.text[:2000]):
            sheet.reasons[index] = "label"
        elif cue and cue.certain and cue.reason != "title" and not (cue.how == "has" and sheet.is_sentence(index)):
            sheet.reasons[index] = cue.reason
            sheet.note_source(part, cue)
            under_label = cue.reason == "navigation" and cue.how == "is" and index > 0
            continue
        elif is_address(part.text):
            sheet.reasons[index] = "source"
            sheet.source = sheet.source or find_url(part.text)
        elif is_handles(part.text):
            sheet.reasons[index] = "navigation"
        elif is_caption(part.text):
            sheet.reasons[index] = "label"
        elif under_label and _is_headline(sheet, index):
            sheet.reasons[index] = cue.reason if cue and cue.reason != "title" else "navigation"
            continue
        under_label = False


def _drop_repeated(sheet: Sheet, repeated: Container[str]) -> None:
    """Drop what other documents of the site have: lines that are no sentence, and sentences that the vocabulary suspects.

    Not a date, which repeats whenever the month does.
    """
    sentences = [part for index, part in enumerate(sheet.parts) if sheet.is_sentence(index)]
    if 2 * sum(line_key(part.text) in repeated for part in sentences) > len(sentences):
        return  # the same article under several addresses
    for index, (part, cue) in enumerate(zip(sheet.parts, sheet.cues, strict=True)):
        if sheet.reasons[index] or part.first != part.last or (part.ended and not cue) or is_bulleted(part.text):
            continue
        if part.words < PARAGRAPH_WORDS and line_key(part.text) in repeated and not sheet.is_dated(index):
            sheet.reasons[index] = cue.reason if cue and cue.reason != "title" else "navigation"
            if cue:
                sheet.note_source(part, cue)


def _is_headline(sheet: Sheet, index: int) -> bool:
    """Whether a paragraph under a label such as "Read also" is the headline of another article.

    It stands in the last two thirds of the text; a question does right below the label, or numbered.
    """
    part = sheet.parts[index]
    if part.words > PARAGRAPH_WORDS or part.start <= len(sheet.text) // 3:
        return False
    asked = part.text.endswith(("?", "？", "؟"))
    return not part.ended or (asked and (is_bulleted(part.text) or sheet.cues[index - 1] is not None))


def _content(sheet: Sheet) -> list[int]:
    """Indices of the paragraphs that are sentences, after suspected notices at both edges are dropped."""
    content = [
        index
        for index, part in enumerate(sheet.parts)
        if not sheet.reasons[index] and (sheet.is_sentence(index) or part.words >= PARAGRAPH_WORDS)
    ]
    content = content or _short_sentences(sheet)
    for edge in (-1, 0):
        while len(content) > 1 and (cue := sheet.cues[content[edge]]) and _is_notice(sheet, content[edge], cue):
            if edge == -1 and going_on(sheet, content[-1])[:1] == [content[-1] + 1]:
                break  # a short sentence of the article's own follows
            index = content.pop(edge)
            sheet.reasons[index] = cue.reason
            sheet.note_source(sheet.parts[index], cue)
    if content:
        content.extend(going_on(sheet, content[-1]))
    return content


def _short_sentences(sheet: Sheet) -> list[int]:
    """Where a text has no longer sentences: those of three words and more, if they are three (a dialogue)."""
    short = [
        index
        for index, part in enumerate(sheet.parts)
        if not sheet.reasons[index] and not sheet.cues[index] and part.ended and part.words >= 3
    ]
    return short if len(short) >= 3 else []


def _is_notice(sheet: Sheet, index: int, cue: Cue) -> bool:
    """Whether a paragraph of sentences at the edge is a notice; a byline or source of so many words is none."""
    return cue.reason not in {"title", "date", "label"} and (
        cue.reason not in {"byline", "source"} or sheet.parts[index].words <= 40
    )


def _judge_core(sheet: Sheet, first: int, last: int) -> None:
    """Between the first and the last paragraph of sentences: only what is certain, and bylines by their shape."""
    for index in range(first, last + 1):
        part, cue = sheet.parts[index], sheet.cues[index]
        if sheet.reasons[index]:
            continue
        if part.words <= 8 and is_name(part.text, part.words) and (part.ended or index - first <= 2):
            sheet.reasons[index] = "byline"
        elif (
            cue
            and cue.how == "starts"
            and part.words <= 30
            and cue.reason in {"subscription", "navigation", "consent", "advertisement"}
        ):
            if not part.ended or part.text.endswith("!"):
                sheet.reasons[index] = cue.reason
        elif index == first + 1 and not part.ended and part.words <= 6 and sheet.is_dated(index):
            judge_line_of_head(sheet, index)


def _dropped(sheet: Sheet) -> tuple[Dropped, ...]:
    if not any(sheet.reasons):
        return ()
    lines = sheet.text.split("\n")
    return tuple(
        Dropped(number, lines[number].strip(BLANK), reason)
        for part, reason in sheet.judged()
        if reason
        for number in range(part.first, part.last + 1)
        if not is_blank(lines[number])
    )


def _name_publisher(sheet: Sheet) -> None:
    """Lines of the head that repeat the publisher or the site's name are its source line; a title read in the text ends before that name ("Talks begin | The Gazette")."""
    site = re.sub(r"^https?://(?:www\.)?|[/:].*$", "", sheet.source.casefold()).replace(".", "")
    owner = letters(sheet.publisher)
    for mark in _BEFORE_SITE if owner and not sheet.stated else ():
        head, _, site_name = sheet.title.rpartition(mark)
        if head and letters(site_name) == owner:
            sheet.title = head.rstrip()
    agency = next((letters(part.text) for part, reason in sheet.judged() if reason == "source" and part.words <= 4), "")
    for index, (part, reason) in enumerate(sheet.judged()):
        name = letters(part.text) if reason == "label" else ""
        if len(name) >= 4 and (site.startswith(name) or owner.startswith(name) or name == agency):
            sheet.reasons[index] = "source"
