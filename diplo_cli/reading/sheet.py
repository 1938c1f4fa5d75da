"""The working sheet on which a text's paragraphs are judged."""

from __future__ import annotations

import re

from diplo_cli.reading.boilerplate import Cue
from diplo_cli.reading.characters import WORD
from diplo_cli.reading.dates import locate_date, stated_date
from diplo_cli.reading.origin import copyright_owner, find_url
from diplo_cli.reading.paragraphs import Paragraph, paragraphs
from diplo_cli.reading.text import one_line

SENTENCE_WORDS = 8  # a line that ends as a sentence and has as many is content
PARAGRAPH_WORDS = 25  # so is any line of as many: Thai ends no sentence with a mark
LABEL_WORDS = 6  # a line at the edge with fewer, and no end, is a label


class Sheet:
    """One text while it is judged: `reasons[i]` is why paragraph `parts[i]` is dropped, "" while it is kept; `cues[i]` what the vocabulary says."""

    def __init__(self, text: str, lang: str, title: str, date: str) -> None:
        self.text = text
        self.lang = lang
        self.title = one_line(title)
        self.stated = bool(self.title)
        self.date = stated_date(date, lang) if date else ""
        self.source = ""
        self.publisher = ""
        self.dateline = ""
        self.parts = paragraphs(text)
        self.reasons = [""] * len(self.parts)
        self.cues: list[Cue | None] = []

    def note_source(self, part: Paragraph, cue: Cue) -> None:
        """Take the address, publisher or date that a dropped line states."""
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

    def date_rest(self, line: str) -> int:
        """How many words of a line stand outside its date; many if it has none."""
        found = locate_date(line, self.lang)
        if not found:
            return 99
        rest = line[: found.start] + " " + line[found.end :]
        return sum(1 for word in WORD.findall(rest) if not word[0].isdigit() and len(word) > 1)

    def is_sentence(self, index: int) -> bool:
        """Whether a paragraph ends as a sentence does and is long enough for one that tells something."""
        return self.parts[index].ended and self.parts[index].words >= SENTENCE_WORDS

    def is_dated(self, index: int) -> bool:
        """Whether a paragraph is little more than a date."""
        part = self.parts[index]
        return part.words <= 12 and self.date_rest(part.text) <= 4

    def judged(self) -> list[tuple[Paragraph, str]]:
        """The paragraphs, each with the reason it is dropped for."""
        return list(zip(self.parts, self.reasons, strict=True))
