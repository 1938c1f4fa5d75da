"""What of a text is the article: its title, date, source and publisher, and each line kept or dropped, with the reason.

The text falls into a head (before the first paragraph that is sentences), a core, and a tail (after the last). What the
vocabulary (boilerplate.py) is certain of goes wherever it stands; what it suspects, and what has no more than the shape of a
label, goes only at the edges. In a language without vocabulary shape and position decide alone, so a whole sentence is never
dropped for its words. A text without sentences (a list, a table, a poem) is kept whole but for what is certain.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from diplo_cli.document import Dropped
from diplo_cli.reading.boilerplate import Cue, find_cue, fold_line, is_name
from diplo_cli.reading.characters import CLOSERS, WORD
from diplo_cli.reading.dates import LONGEST_HEADER, locate_date, stated_date
from diplo_cli.reading.origin import agency_tail, copyright_owner, find_dateline, find_url
from diplo_cli.reading.paragraphs import Paragraph, make, paragraphs

SENTENCE_WORDS = 8  # a line that ends as a sentence and has as many is content
PARAGRAPH_WORDS = 25  # so is any line of as many: Thai ends no sentence with a mark
TITLE_WORDS = range(2, 36)
LABEL_WORDS = 6  # a line at the edge with fewer, and no end, is a label
EDGE_DEPTH = 8  # content paragraphs looked at from each end for suspected notices

_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|\*\*|__)(.*?)(?:\s+#*|\*\*|__)?$", re.DOTALL)
_BULLET = re.compile(r"^(?:[-*•·▪●◦–]|\d{1,2}[.)]|\(\d{1,2}\))\s+\S")
_SPEAKER = re.compile(r"^[^\W\d_][^:\n]{1,40}:\s")
_DATE_WORD = re.compile(r"(?:[^\W\d_]+\s{0,2}[:：]?\s*){0,2}$")
_SEPARATED = re.compile(r"\s[|»›>/•·→]\s|\s?[|»›→]\s?")
_ESCAPED = re.compile(r"\\([\\$&#_*\[\]<>~`|-])")
_STRONG_CERTAIN = frozenset(("is", "starts"))


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


class _Prefix(NamedTuple):
    date: str
    paragraph: Paragraph | None  # the first paragraph without it, None if nothing is left


def structure(text: str, lang: str = "und", *, title: str = "", date: str = "") -> Structure:
    """The structure of `text`. `title` and `date` are as the file's metadata state them and win over what the text shows.

    `lang` (a BCP-47 tag) helps only with month names of two meanings. Never raises; time is linear in the text.
    """
    reader = _Reader(text, lang, title, date)
    return reader.read()


class _Reader:
    """One text while its paragraphs are judged: `reasons[i]` is why paragraph i is dropped, "" while it is kept."""

    def __init__(self, text: str, lang: str, title: str, date: str) -> None:
        self.text = text
        self.lang = lang
        self.title = " ".join(title.split())
        self.date = stated_date(date, lang) if date else ""
        self.source = ""
        self.publisher = ""
        self.dateline = ""
        self.parts = paragraphs(text)
        self.reasons = [""] * len(self.parts)
        self.cues: list[Cue | None] = []

    def read(self) -> Structure:
        """Judge the paragraphs, from the certain to the suspected."""
        if not self.parts:
            return Structure(title=self.title, date=self.date)
        self._take_date_prefix()
        self.cues = [find_cue(part.text, part.words) for part in self.parts]
        self._drop_certain()
        content = self._content()
        if content:
            first, last = content[0], content[-1]
            self._judge_head(first)
            self._judge_core(first, last)
            self._judge_tail(first, last)
        else:
            self._judge_without_sentences()
        self._name_publisher()
        if all(self.reasons):  # nothing but labels: then they are the text
            self.reasons = ["" if reason in {"label", "title", "navigation"} else reason for reason in self.reasons]
            if all(self.reasons):
                self.reasons = [""] * len(self.parts)
        return Structure(
            title=self.title,
            date=self.date,
            body=self._spans(),  # before source and publisher: the agency at the end may be the only one named
            source=self.source,
            publisher=self.publisher,
            dateline=self.dateline,
            dropped=self._dropped(),
        )

    def _take_date_prefix(self) -> None:
        """Take " date 2024-06-13 " off the first paragraph."""
        part = self.parts[0]
        found = locate_date(part.text[:80], self.lang)
        if not found or len(found.iso) != len("2024-06-13") or not _DATE_WORD.fullmatch(part.text, 0, found.start):
            return
        rest = part.text[found.end :]
        cue = find_cue(part.text[: found.start], 2) if found.start else None
        labelled = cue is not None and cue.reason == "date"
        numeric = not any(character.isalpha() for character in part.text[found.start : found.end])
        if found.start and not labelled:
            return
        cut = len(rest) - len(rest.lstrip(" \t,|–—:-"))
        if not (labelled or cut > 1 or (numeric and rest[:1] == " " and "-" in part.text[: found.end])):
            return
        if len(WORD.findall(rest[:200])) < 2:
            return
        self.date = self.date or found.iso
        start = part.start + found.end + cut
        if self.text[start : part.end] == rest[cut:]:
            self.parts[0] = make(part.first, part.last, start, part.end, rest[cut:])

    def _drop_certain(self) -> None:
        """Drop what the vocabulary is certain of, lines without a word, and the headlines under a label such as "Read also"."""
        under_label = False
        for index, (part, cue) in enumerate(zip(self.parts, self.cues, strict=True)):
            if not any(character.isalnum() for character in part.text[:2000]):
                self.reasons[index] = "label"
            elif cue and cue.certain and cue.reason != "title":
                self.reasons[index] = cue.reason
                self._note_source(part, cue)
                under_label = cue.reason == "navigation" and cue.how == "is" and index > 0
                continue
            elif _is_address(part.text):
                self.reasons[index] = "source"
                self.source = self.source or find_url(part.text)
            elif _is_handles(part.text):
                self.reasons[index] = "navigation"
            elif under_label and not part.ended and part.words <= PARAGRAPH_WORDS and self._follows_closely(index):
                self.reasons[index] = "navigation"
                continue
            under_label = False

    def _follows_closely(self, index: int) -> bool:
        """Whether a paragraph stands in the last two thirds of the text, where a list of other headlines may."""
        return self.parts[index].start > len(self.text) // 3

    def _note_source(self, part: Paragraph, cue: Cue) -> None:
        if cue.reason == "source":
            url = find_url(part.text)
            self.source = self.source or url
            name = re.split(r"[:：]", part.text, maxsplit=1)[-1].strip(" .*_[]()")
            if not url and 1 <= len(name.split()) <= 5:
                self.publisher = self.publisher or name
        elif cue.reason == "copyright":
            self.publisher = self.publisher or copyright_owner(part.text)
        elif cue.reason == "date" and not self.date:
            found = locate_date(part.text, self.lang)
            self.date = found.iso if found else ""

    def _content(self) -> list[int]:
        """Indices of the paragraphs that are sentences, after suspected notices at both edges are dropped."""
        content = [
            index
            for index, part in enumerate(self.parts)
            if not self.reasons[index]
            and ((part.ended and part.words >= SENTENCE_WORDS) or part.words >= PARAGRAPH_WORDS)
        ]
        kept = list(content)
        for edge in (-1, 0):
            passed = 0  # paragraphs of content between the edge and here
            for index in (content[::-1] if edge else content)[:EDGE_DEPTH]:
                cue = self.cues[index]
                if cue and len(kept) > 1 and self._may_drop(index, cue, passed):
                    self.reasons[index] = cue.reason
                    self._note_source(self.parts[index], cue)
                    kept.remove(index)
                elif passed >= (2 if edge else 0):
                    break
                else:
                    passed += 1
        return kept

    def _may_drop(self, index: int, cue: Cue, passed: int) -> bool:
        part = self.parts[index]
        if cue.reason in {"title", "date", "label"}:
            return False
        if cue.reason in {"byline", "source"} and part.words > 40:
            return False
        return passed == 0 or cue.how == "has" or part.words <= 40

    def _judge_head(self, first: int) -> None:
        """Title, date and labels before the first paragraph of sentences."""
        head = [index for index in range(first) if not self.reasons[index]]
        leading = next((index for index in range(first) if self.reasons[index] in {"", "title"}), None)
        titled = self._drop_stated_title(range(min(first + 1, len(self.parts))))
        head = [index for index in head if not self.reasons[index]]
        for index in head:
            if not self.title and index == leading and self._is_dated_title(index, head):
                continue
            self._judge_line_of_head(index)
        head = [index for index in head if not self.reasons[index]]
        place = titled
        if not self.title and (chosen := self._choose_title(head)) is not None:
            self.title = _shown(self.parts[chosen].text)
            self.reasons[chosen] = "title"
            place = chosen
            if found := locate_date(self.title, self.lang):
                self.date = self.date or (
                    found.iso if len(found.iso) == len("2024-06-13") and self._is_dated(chosen) else ""
                )
        for index in head:
            part = self.parts[index]
            if self.reasons[index] or part.ended or _BULLET.match(part.text):
                continue
            if _same(part.text, self.title):
                self.reasons[index] = "title"
            elif part.words < LABEL_WORDS or (place is not None and index < place and part.words < SENTENCE_WORDS):
                self.reasons[index] = "label"

    def _drop_stated_title(self, places: Sequence[int]) -> int | None:
        """Drop the paragraph at the head that repeats the title stated in the metadata, or that a label calls the title."""
        for index in places:
            part, cue = self.parts[index], self.cues[index]
            if cue and cue.reason == "title" and not part.ended and part.words in TITLE_WORDS:
                self.title = self.title or _shown(re.split(r"[:：]", part.text, maxsplit=1)[1])
                self.reasons[index] = "title"
                return index
            if self.title and not self.reasons[index] and _same(part.text, self.title):
                self.reasons[index] = "title"
                return index
        return None

    def _is_dated(self, index: int) -> bool:
        """Whether a paragraph is little more than a date."""
        part = self.parts[index]
        return part.words <= 12 and self._date_rest(part.text) <= 4

    def _is_dated_title(self, index: int, head: Sequence[int]) -> bool:
        """Whether the first line is a title with a date in it ("Press briefing, 17 May 2024"), there being no other line for a title."""
        part = self.parts[index]
        others = [
            other for other in head if other != index and self.parts[other].words >= 4 and not self._is_dated(other)
        ]
        return (
            not others
            and not self.cues[index]
            and self._is_dated(index)
            and self._date_rest(part.text) >= 2
            and "|" not in part.text
        )

    def _date_rest(self, line: str) -> int:
        """How many words of a line stand outside its date; many if it has none."""
        found = locate_date(line, self.lang)
        if not found:
            return 99
        rest = line[: found.start] + " " + line[found.end :]
        return sum(1 for word in WORD.findall(rest) if not word[0].isdigit() and len(word) > 1)

    def _judge_line_of_head(self, index: int) -> None:
        part, cue = self.parts[index], self.cues[index]
        if part.words <= 14 and not part.ended and (found := locate_date(part.text, self.lang)):
            rest = self._date_rest(part.text)
            if rest <= 4 or (cue and cue.reason in {"date", "byline"}) or ("|" in part.text and rest <= 8):
                self.reasons[index] = "byline" if cue and cue.reason == "byline" else "date"
                if len(self.date) < len(found.iso) or self.date.startswith("--"):
                    self.date = found.iso
                return
        if is_name(part.text, part.words):
            self.reasons[index] = "byline"
        elif cue and cue.reason != "title" and (not part.ended or part.words <= 40):
            self.reasons[index] = cue.reason
            self._note_source(part, cue)
        elif not part.ended and _is_menu(part.text):
            self.reasons[index] = "navigation"

    def _choose_title(self, head: Sequence[int]) -> int | None:
        """The paragraph of the head that is the title: a Markdown heading, else the first of four words or more."""
        able = [index for index in head if self.parts[index].words in TITLE_WORDS and self._may_be_title(index)]
        for index in able:
            if _is_heading(self.parts[index].text):
                return index
        long = [index for index in able if self.parts[index].words >= 4]
        for index, following in itertools.zip_longest(long, long[1:]):
            words = self.parts[index].words
            if (
                following is None
                or words >= LABEL_WORDS
                or self.parts[following].words < max(SENTENCE_WORDS, 2 * words)
            ):
                return index
        return able[0] if able else None

    def _may_be_title(self, index: int) -> bool:
        part = self.parts[index]
        return not part.ended or (index == 0 and part.words >= 4 and part.text.rstrip(CLOSERS)[-1:] in "?؟？!！…")

    def _judge_core(self, first: int, last: int) -> None:
        """Between the first and the last paragraph of sentences: only what is certain, and bylines by their shape."""
        for index in range(first, last + 1):
            part, cue = self.parts[index], self.cues[index]
            if self.reasons[index]:
                continue
            if part.words <= 8 and is_name(part.text, part.words) and (part.ended or index - first <= 2):
                self.reasons[index] = "byline"
            elif (
                cue
                and cue.how == "starts"
                and part.words <= 30
                and cue.reason in {"subscription", "navigation", "consent", "advertisement"}
            ):
                if not part.ended or part.text.endswith("!"):
                    self.reasons[index] = cue.reason
            elif index == first + 1 and not part.ended and part.words <= 6 and self._is_dated(index):
                self._judge_line_of_head(index)

    def _judge_tail(self, first: int, last: int) -> None:
        """After the last paragraph of sentences: what the vocabulary suspects, dates, agencies and labels."""
        tail = [index for index in range(last + 1, len(self.parts)) if not self.reasons[index]]
        listed = sum(1 for index in tail if _BULLET.match(self.parts[index].text)) >= 2
        weight = sum(self.parts[index].words for index in tail)
        core = sum(part.words for part in self.parts[first : last + 1])
        is_text = weight > core  # a list or table with an introduction
        for index in tail:
            part, cue = self.parts[index], self.cues[index]
            if is_name(part.text, part.words):
                self.reasons[index] = "byline"
            elif cue and cue.reason != "title":
                self.reasons[index] = cue.reason
                self._note_source(part, cue)
            elif part.ended or (listed and _BULLET.match(part.text)) or is_text:
                continue
            elif part.words <= 12 and (found := locate_date(part.text, self.lang)) and self._date_rest(part.text) <= 4:
                self.reasons[index] = "date"
                self.date = self.date or found.iso
            elif _is_menu(part.text):
                self.reasons[index] = "navigation"
            elif part.words <= 4 and self._is_agency(index, last):
                self.reasons[index] = "source"
            elif part.words < LABEL_WORDS:
                self.reasons[index] = "label"

    def _is_agency(self, index: int, last: int) -> bool:
        """Whether a line of the tail signs for an agency: capitals, after a dash or in brackets."""
        text = self.parts[index].text
        return text.strip("()[]–—- /").isupper() and (index == last + 1 or text[0] in "([–—-")

    def _judge_without_sentences(self) -> None:
        """A text without sentences is all text; a heading, or a first line with a blank line after it, is its title."""
        self._drop_stated_title(range(min(3, len(self.parts))))
        rest = [index for index in range(len(self.parts)) if not self.reasons[index]]
        if self.title or len(rest) < 3:
            return
        index = rest[0]
        part, following = self.parts[index], self.parts[rest[1]]
        apart = following.first > part.last + 1 and self.parts[rest[2]].first == following.last + 1
        if part.words in TITLE_WORDS and (_is_heading(part.text) or (apart and not part.ended)):
            self.title = _shown(part.text)
            self.reasons[index] = "title"

    def _name_publisher(self) -> None:
        """Lines of the head that repeat the publisher or the site's name are its source line."""
        site = re.sub(r"^https?://(?:www\.)?|[/:].*$", "", self.source.casefold()).replace(".", "")
        owner = _letters(self.publisher)
        agency = next(
            (_letters(part.text) for part, reason in self._judged() if reason == "source" and part.words <= 4), ""
        )
        for index, (part, reason) in enumerate(self._judged()):
            name = _letters(part.text) if reason == "label" else ""
            if len(name) >= 4 and (site.startswith(name) or owner.startswith(name) or name == agency):
                self.reasons[index] = "source"

    def _judged(self) -> list[tuple[Paragraph, str]]:
        return list(zip(self.parts, self.reasons, strict=True))

    def _spans(self) -> tuple[tuple[int, int], ...]:
        """The spans kept; the dateline is cut off the first and the agency off the last."""
        kept = [part for part, reason in self._judged() if not reason]
        spans = [(part.start + _mark_length(part.text), part.end) for part in kept]
        spans = [(start, end) for start, end in spans if start < end]
        if not spans:
            return ()
        if (
            not sum(1 for part in kept[1:6] if _SPEAKER.match(part.text)) >= 2
        ):  # a transcript opens with a speaker's name
            self._cut_dateline(spans)
        for place in range(len(spans) - 1, max(-1, len(spans) - 3), -1):
            start, end = spans[place]
            length, agency = agency_tail(self.text[max(start, end - 200) : end])
            cut = max(start, end - 200) + length
            if start < cut < end:
                spans[place] = (start, cut)
                self.publisher = self.publisher or agency
        return tuple(spans)

    def _cut_dateline(self, spans: list[tuple[int, int]]) -> None:
        for place in range(min(2, len(spans))):
            start, end = spans[place]
            found = find_dateline(self.text[start : min(end, start + LONGEST_HEADER)])
            if found:
                self.dateline = found.place
                self.publisher = self.publisher or ("" if any(map(str.isdigit, found.agency)) else found.agency)
                stated = locate_date(self.text[start : start + found.end], self.lang)
                self.date = self.date or (stated.iso if stated else "")
                spans[place] = (start + found.end, end)
                return

    def _dropped(self) -> tuple[Dropped, ...]:
        if not any(self.reasons):
            return ()
        lines = self.text.split("\n")
        return tuple(
            Dropped(number, lines[number].strip(), reason)
            for part, reason in self._judged()
            if reason
            for number in range(part.first, part.last + 1)
            if lines[number].strip()
        )


def _shown(line: str) -> str:
    """A title as it is shown: without Markdown's marks, escapes and runs of white space."""
    line = " ".join(line.split())  # first of all: the expression is quadratic in runs of white space
    match = _MARKDOWN.match(line)
    return _ESCAPED.sub(r"\1", match[1] if match else line).strip("* ")


def _letters(line: str) -> str:
    """A line's letters and digits, folded."""
    return "".join(WORD.findall(fold_line(line)))


def _is_heading(line: str) -> bool:
    return line.startswith("#") or (line.startswith("**") and line.endswith("**"))


def _mark_length(line: str) -> int:
    """The length of a Markdown heading's or quotation's mark."""
    match = re.match(r"(?:#{1,6}|>)\s+", line)
    return match.end() if match else 0


def _same(line: str, title: str) -> bool:
    """Whether a line is the title, whatever the case, the punctuation, and a site's name at the end of one of them."""
    if not title or len(line) > 2 * len(title) + 80:
        return False
    first, second = _letters(_shown(line)), _letters(_shown(title))
    if first == second:
        return bool(first)
    short, long = sorted((first, second), key=len)
    return len(short) >= 20 and long.startswith(short) and len(long) <= 1.5 * len(short)


def _is_address(line: str) -> bool:
    """Whether a line is a web address and hardly anything else."""
    url = find_url(line)
    return bool(url) and len(line) - len(url) < 15


def _is_handles(line: str) -> bool:
    """Whether a line is nothing but #tags and @names."""
    words = line.split()
    return (
        line[0] in "#@"
        and len(line) < 500
        and all(word[0] in "#@" and len(word) > 1 and word[1] != "#" for word in words)
    )


def _is_menu(line: str) -> bool:
    """Whether a line is a menu or breadcrumbs: two or more separators between short pieces, or one arrow or slash between two words."""
    pieces = _SEPARATED.split(line) if len(line) < 400 else []
    if len(pieces) == 2 and line.count(" ") <= 4:
        return any(mark in line for mark in "›»>→/")
    return len(pieces) >= 3 and sum(len(piece.split()) for piece in pieces) <= 4 * len(pieces)
