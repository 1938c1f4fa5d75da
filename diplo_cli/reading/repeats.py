"""Lines that a site prints on several of its documents: evidence, beside the vocabulary, that they are not an article's own.

Counted before structures are made (indexing/sites.py); `structure(…, repeated=…)` takes what was found for the document's
host. A line is known by its letters, so that "3 comments" and "12 Comments:" are one. What is repeated is never enough to
drop a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from diplo_cli.reading.boilerplate import fold_line
from diplo_cli.reading.characters import WORD
from diplo_cli.reading.origin import find_url, host_of
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.shapes import is_address

OFTEN = 3  # documents of one host
ENOUGH = 500  # documents of a host that are counted: what a site repeats is among them, and memory has a bound
LONGEST = 300  # characters of a line that is counted
EDGE = 60  # lines at either end of a document that are counted
MOST_LINES = 200_000  # lines that are counted at once, some 50 MB; then no further document is
MOST_KEPT = 200  # lines of a host that are kept: the most frequent


def line_key(line: str) -> str:
    """A line's letters, folded, without digits, spaces and punctuation; "" if they are fewer than three."""
    key = "".join([word for word in WORD.findall(fold_line(line)) if not word.isdecimal()])
    return key if len(key) >= 3 else ""


def site_of(raw: Raw) -> str:
    """The host that a document is from: of the address its file states, else of the one that stands alone in lines of its text; "" where there is none, or several."""
    if raw.source:
        return host_of(raw.source)
    if "http" not in raw.text and "www." not in raw.text:
        return ""
    addresses = [find_url(line) for line in _edges(raw.text) if len(line) <= LONGEST and is_address(line)]
    hosts = {host_of(address if "://" in address else f"//{address}") for address in addresses}
    return hosts.pop() if len(hosts) == 1 else ""


class Repeats:
    """How many documents of each host have a line. One object sees a whole library, or a sample of it."""

    def __init__(self) -> None:
        self._documents: Counter[str] = Counter()
        self._lines: dict[str, Counter[str]] = {}
        self._held = 0

    def add(self, host: str, text: str) -> None:
        """Count a document's lines, each once; nothing without a host, when it has been seen often enough, or too many lines are held."""
        if host and self._documents[host] < ENOUGH and self._held < MOST_LINES:
            self._documents[host] += 1
            counted = self._lines.setdefault(host, Counter())
            before = len(counted)
            counted.update(set(_keys(text)))
            self._held += len(counted) - before

    def of(self, host: str) -> frozenset[str]:
        """The keys of the lines that three documents of a host have, the most frequent 200."""
        often = [(-documents, key) for key, documents in self._lines.get(host, {}).items() if documents >= OFTEN]
        return frozenset(key for _, key in sorted(often)[:MOST_KEPT])

    def all(self) -> dict[str, frozenset[str]]:
        """`of` each host that repeats a line, in order of its first document."""
        return {host: keys for host in self._lines if (keys := self.of(host))}


def _edges(text: str) -> Sequence[str]:
    """The lines of a text; of a long one those at its ends."""
    lines = text.split("\n")
    return lines if len(lines) <= 2 * EDGE else (*lines[:EDGE], *lines[-EDGE:])


def _keys(text: str) -> Iterator[str]:
    for line in _edges(text):
        stripped = line[: LONGEST + 1].strip()
        if stripped and len(line) <= LONGEST and (key := line_key(stripped)):
            yield key
