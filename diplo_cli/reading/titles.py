"""The titles that programs write into files: some are the document's, many the program's own."""

from __future__ import annotations

import re

from diplo_cli.reading.text import one_line

_LEFT_OVER = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|(?:document|dokument|документ|doc|новый документ)\s?\d*|(?:print|slide|layout|title)\s?\d*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|qxp|pptx?|xlsx?|txt|html?|tex|dvi|ps)|https?://\S+|\W*|[\d\W]+)",
    re.IGNORECASE,
)


def stated_title(title: str) -> str:
    """A title from a file's properties on one line; "" where it is a file's name or what a program calls a document that has none."""
    line = one_line(title.replace("\0", " "))
    return "" if _LEFT_OVER.fullmatch(line) else line
