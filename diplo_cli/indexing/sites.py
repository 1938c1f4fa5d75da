"""Which lines a site repeats on its documents: learnt from a sample before an index is written, kept in the table of files for later updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Event
from typing import NamedTuple

from diplo_cli.indexing.entries import Repeated, texts
from diplo_cli.library.manifest import FileTable
from diplo_cli.reading.formats import format_of
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.repeats import Repeats, site_of

SAMPLE = 2_000  # documents that are read for it: those of a larger library are spread over its files
SAMPLE_CHARACTERS = 20_000_000  # of their texts
PAGES = 50  # files whose reading is a third of their indexing are read up to so many and a tenth of them
NAMELESS = 20  # documents of a file without a site's name among them: then it is left
LARGEST_PAGE = 1_000_000  # bytes of a file that is one document
KNOWN = 50_000  # lines that are kept, of all sites; 5 MB
_DEAR = frozenset(("webpage", "feed", "mail", "archive"))  # readers
_UNSIGNED = frozenset(("pdf", "office", "ebook"))  # readers of formats that cost more, and hardly ever state an address


class _File(NamedTuple):
    path: Path
    key: str
    size: int


def learn(table: FileTable, files: Sequence[tuple[Path, str, int]], asked: Event) -> Repeated:
    """The lines that each site repeats: those known to `table`, and those found in `files` (path, name and size of each), which are written there.

    They depend on the files alone, not on who reads them. Nothing is written once it is `asked` to stop.
    """
    known = table.repeated()
    found = Repeats()
    for host, text in _sample([_File(*file) for file in files]):
        if asked.is_set():
            return known
        found.add(host, text)
    room = KNOWN - sum(map(len, known.values()))
    learnt = (
        (host, line) for host, lines in found.all().items() for line in sorted(lines - known.get(host, frozenset()))
    )
    added = list(islice(learnt, max(0, room)))
    if added:
        table.keep_repeated(added)
        return table.repeated()
    return known


def _sample(files: Sequence[_File]) -> Iterator[tuple[str, str]]:
    """Site ("" for none) and text of some documents, the same for the same files."""
    cheap: list[_File] = []
    dear: list[_File] = []
    for file in files:
        found = format_of(file.path.name, b"")
        if found.reader not in _UNSIGNED and (found.many or file.size <= LARGEST_PAGE):
            (dear if found.reader in _DEAR else cheap).append(file)
    pages = _spread(dear, min(SAMPLE, PAGES + len(dear) // 10))
    chosen = pages + _spread(cheap, SAMPLE)
    left, characters = max(SAMPLE, len(chosen)), SAMPLE_CHARACTERS
    for number, file in enumerate(chosen):
        share = -(-left // (len(chosen) - number))
        for host, text in _texts(file, min(share, PAGES) if number < len(pages) else share):
            yield host, text
            left -= 1
            characters -= len(text)
            if characters <= 0:
                return


def _spread(files: list[_File], most: int) -> list[_File]:
    """At most `most` of the files, at equal distances."""
    return files[:: max(1, -(-len(files) // most))]


def _texts(file: _File, most: int) -> Iterator[tuple[str, str]]:
    """Of the first documents of a file, at most `most`. What is wrong with a file is told when it is read for the index."""
    nameless = 0
    try:
        for item in islice(texts(file.path, file.key), most):
            if isinstance(item, Raw):
                host = site_of(item)
                nameless = 0 if host else nameless + 1
                yield host, item.text
            if nameless >= NAMELESS:
                return
    except Exception:  # noqa: BLE001 (an untrusted file may break a reader in any way)
        return
