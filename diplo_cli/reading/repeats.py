"""Lines that a site prints on several of its documents: evidence, beside the vocabulary, that they are not an article's own.

Counted before structures are made; `structure(…, repeated=…)` takes what was found for the document's host. A line is known
by its letters, so that "3 comments" and "12 Comments:" are one. What is repeated is never enough to drop a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from diplo_cli.reading.boilerplate import fold_line
from diplo_cli.reading.characters import WORD

OFTEN = 3  # documents of one host
ENOUGH = 500  # documents of a host that are counted: what a site repeats is among them, and memory has a bound
LONGEST = 300  # characters of a line that is counted
EDGE = 60  # lines at either end of a document that are counted


def line_key(line: str) -> str:
    """A line's letters, folded, without digits, spaces and punctuation; "" if they are fewer than three."""
    key = "".join([word for word in WORD.findall(fold_line(line)) if not word.isdecimal()])
    return key if len(key) >= 3 else ""


class Repeats:
    """How many documents of each host have a line. One object sees a whole library, or its first documents."""

    def __init__(self) -> None:
        self._documents: Counter[str] = Counter()
        self._lines: dict[str, Counter[str]] = {}

    def add(self, host: str, text: str) -> None:
        """Count a document's lines, each once; nothing without a host, or when it has been seen often enough."""
        if host and self._documents[host] < ENOUGH:
            self._documents[host] += 1
            self._lines.setdefault(host, Counter()).update(set(_keys(text)))

    def of(self, host: str) -> frozenset[str]:
        """The keys of the lines that three documents of a host have."""
        return frozenset(key for key, documents in self._lines.get(host, {}).items() if documents >= OFTEN)


def _keys(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for line in lines if len(lines) <= 2 * EDGE else (*lines[:EDGE], *lines[-EDGE:]):
        stripped = line[: LONGEST + 1].strip()
        if stripped and len(line) <= LONGEST and (key := line_key(stripped)):
            yield key
