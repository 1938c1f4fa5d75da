"""What a file gives before anything is made of it: text, and what the file states about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    r"""One document as read.

    `text` has "\n" line ends, no byte-order mark and no lone surrogate. `title`, `date` (ISO 8601, may be partial),
    `lang_declared`, `script_declared`, `source` (a URL) and `publisher` are as stated by the file's metadata, "" where it
    states none. `id` is "" but for records of JSON Lines that state one; `number` is the line of such a record (1-based), 0 for
    a file that is one document: where a record has no id, the file's and the number make one.
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
    """A line of JSON Lines that is no document: its number (1-based) and why. The lines around it are read."""

    line: int
    message: str
