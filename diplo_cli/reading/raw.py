"""What a file gives before anything is made of it: text, and what the file states about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    r"""One document as read.

    `text` has "\n" line ends, no byte-order mark and no lone surrogate. `title`, `date` (ISO 8601, may be partial),
    `lang_declared`, `script_declared`, `source` (a URL) and `publisher` are as stated by the file's metadata, "" where it
    states none. `id` is "" but for records (of JSON Lines, of a table) that state one; `number` is the place of a document among
    those of its file (the line of JSON Lines, the row of a table, the item of a feed; 1-based), 0 for a file that is one document: where a document
    has no id, the file's and the number make one.
    """

    text: str
    id: str = ""
    title: str = ""
    date: str = ""
    lang_declared: str = ""
    script_declared: str = ""
    source: str = ""
    publisher: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A part of a file that is no document: its number (1-based, as Raw's), why, and what is numbered: a line, row, item, part or file. What stands around it is read."""

    line: int
    message: str
    unit: str = "line"
