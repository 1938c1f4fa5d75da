"""Text of documents made harmless: it steers no terminal, turns no line around, breaks no record into two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Whole sequences first, so that no "[31m" is left standing. A string sequence (OSC, DCS, SOS, PM, APC) that is never
# closed loses only its two opening characters: what follows is text, and a document must not be able to hide it. The
# eight-bit forms of the same (U+0080..U+009F) lose one character: in mis-decoded text, which is where they come from, a
# letter follows. Every run excludes the character that a next sequence begins with, so the time stays linear.
_SEQUENCE = (
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"  # CSI: colours, cursor, clearing
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\r\n]*+(?:\x07|\x1b\\|\x9c)"  # strings closed on their line: titles, links, clipboard
    r"|\x1b[\]PX^_]"
    r"|\x1b[ -/]++[0-~]"  # character sets
    r"|\x1b[0-OQ-WYZ\\`-~]"  # two characters: reset, save cursor
)
_BREAKS = r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_UNSEEN = r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2066-\u2069]"


@cache
def _harm() -> re.Pattern[str]:
    """What is taken out or replaced; compiled (1 ms) for the first text that is not printable throughout."""
    return re.compile(
        rf"(?P<sequence>{_SEQUENCE})|(?P<break>{_BREAKS})|(?P<unseen>{_UNSEEN})|(?P<blank>[\t\n])|(?P<half>[\ud800-\udfff])"
    )


_ONE_LINE = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ") | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)


def clean(text: str, *, keep: str = "\n\t") -> str:
    """Text for a terminal.

    Taken out: escape sequences as a whole, control characters (C0, DEL, C1), embeddings, overrides and isolates that
    turn the direction of text (U+202A..E, U+2066..9), soft hyphens (diplo wraps lines itself). Line ends of other
    systems (CR LF, CR, FF, U+0085, U+2028, U+2029) become a line feed. Line feeds and tabs that `keep` does not name
    become a space. A lone surrogate, which no terminal can print, becomes U+FFFD. Linear in the length of the text.
    """
    return text if text.isprintable() and "\xad" not in text else _harm().sub(lambda found: _instead(found, keep), text)


def clean_spans(
    text: str, spans: Iterable[tuple[int, int]], *, keep: str = "\n\t"
) -> tuple[str, list[tuple[int, int]]]:
    """`clean`, with spans of `text` moved along; those of nothing but what was taken out are dropped."""
    spans = list(spans)
    if text.isprintable() and "\xad" not in text:
        return text, spans
    edges = sorted({edge for span in spans for edge in span})
    moved: dict[int, int] = {}
    pieces: list[str] = []
    read = written = place = 0
    for found in _harm().finditer(text):
        instead = _instead(found, keep)
        while place < len(edges) and edges[place] <= found.start():
            moved[edges[place]] = written + edges[place] - read
            place += 1
        pieces += (text[read : found.start()], instead)
        written += found.start() - read + len(instead)
        read = found.end()
        while place < len(edges) and edges[place] < read:  # an edge inside what was taken out
            moved[edges[place]] = written
            place += 1
    pieces.append(text[read:])
    for edge in edges[place:]:
        moved[edge] = written + edge - read
    return "".join(pieces), [(moved[start], moved[end]) for start, end in spans if moved[start] < moved[end]]


def oneline(text: str) -> str:
    """Text for one field of a tab-separated record.

    Every control character (C0, DEL, C1; so tabs and line ends), U+2028 and U+2029 becomes one space, a lone surrogate
    U+FFFD.     Character for character, so that places in the text stay true; nothing else is changed, for it goes to
    programs and not to a terminal.
    """
    return text if text.isprintable() else text.translate(_ONE_LINE)


def _instead(found: re.Match[str], keep: str) -> str:
    """What stands in place of something harmful."""
    match found.lastgroup:
        case "break":
            return "\n" if "\n" in keep else " "
        case "blank":
            return found[0] if found[0] in keep else " "
        case "half":
            return "\ufffd"
    return ""
