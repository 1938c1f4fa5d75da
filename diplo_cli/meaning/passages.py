"""What of a document is encoded: its title and lead, and the passages of its own lines."""

from __future__ import annotations

from collections.abc import Iterator

from diplo_cli.document import Document
from diplo_cli.meaning.encoder import LONGEST
from diplo_cli.text.sentences import sentences
from diplo_cli.text.width import cells

MOST = 40
"""Passages of a document, the first: 5 KB of English or more. One costs 30 ms of CPU and 384 bytes."""
READ = 4 * LONGEST * MOST  # characters of a stretch of lines that are looked at


def lead(document: Document) -> str:
    """What of a document is encoded: its title and the beginning of its own lines."""
    title = " ".join(document.title.split())
    spans = document.body or ((0, 4 * LONGEST),)
    body = " ".join(" ".join(document.text[start : min(end, start + 4 * LONGEST)] for start, end in spans[:8]).split())
    return f"{title} {body.removeprefix(title).lstrip()}".strip()


def passages_of(document: Document) -> list[tuple[int, int]]:
    """The spans of a document's passages, in order, at most 40: sentences of its own lines, joined while all of them is encoded; a longer one is cut between words."""
    found: list[tuple[int, int]] = []
    for start, end in document.body or ((0, len(document.text)),):
        begun = len(found)  # a passage does not reach across what is not the article's
        for first, last in sentences(document.text[start : min(end, start + READ)], document.lang):
            for piece in _pieces(document.text, start + first, start + last):
                if len(found) > begun and _encoded_whole(document.text[found[-1][0] : piece[1]]):
                    found[-1] = found[-1][0], piece[1]
                elif len(found) == MOST:
                    return found
                else:
                    found.append(piece)
    return found


def _encoded_whole(text: str) -> bool:
    return len(text) <= 4 * LONGEST and cells(" ".join(text.split())) <= LONGEST


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or parts of it that are about as long as each other and as much as is encoded."""
    spare = 10  # cells: a word goes to the next part whole
    for parts in range(cells(text[start:end]) // (LONGEST - spare) + 1, 1, -1):
        size = max((end - start) // parts, 1)
        cut = text.rfind(" ", start + size // 2, start + size) + 1 or start + size
        if cut >= end:
            break
        yield start, cut
        start = cut
    yield start, end
