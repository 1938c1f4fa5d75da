"""The vectors of a library's documents, in files beside its index, and the documents nearest to one.

A generation of an index holds them in `meaning/`: each commit adds a part, `N.vectors` (384 signed bytes each) and `N.ids` (JSON). First
come the vectors of titles and leads, one a document in the order of ids, then those of passages in the same order: `["a", ["b", 0, 310]]` are two documents, of which the second
has two passages, which begin at these characters of its text. A later part stands in
place of an earlier one; a vector whose document the engine does not have is no hit, so that nothing need be taken out when documents go.
Parts are made whole under another name, the ids
last: a part without ids was interrupted and is passed over. `tidied` puts many parts into one.

The search is exact: every vector is compared. The files are mapped, and read a block at a time; 100,000 documents take 9 ms of CPU.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.errors import MEND, IndexBrokenError
from diplo_cli.meaning.encoder import DIMENSIONS, SCALE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "meaning"
BLOCK = 1_024  # vectors compared at once: 1.5 MB as floats, which a processor keeps at hand
MOST_PARTS = 16


class Nearest(NamedTuple):
    """The vector of a document that is nearest to another, its cosine, and where its passage begins in the text: None for title and lead."""

    cosine: float
    start: int | None
    vector: NDArray[np.float32]


class _Part(NamedTuple):
    """One part, mapped: the vectors of titles and leads, those of passages, and of each passage its document, counted over all parts, and where it begins in the text."""

    leads: NDArray[np.int8]
    passages: NDArray[np.int8]
    owners: NDArray[np.int64]
    starts: NDArray[np.int64]


class Vectors:
    """The vectors of one generation, for reading."""

    def __init__(self, folder: Path) -> None:
        """Open what is in `folder`, which may hold nothing. Raises IndexBrokenError where it is damaged."""
        try:
            self._open(folder)
        except IndexBrokenError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                raise
            self._open(folder)  # a writer put its parts into one in between

    def _open(self, folder: Path) -> None:
        self._parts: list[_Part] = []
        self._ids: list[str] = []
        self._place: dict[str, int] = {}
        self._replaced: list[int] = []
        for name in _parts(folder):
            try:
                ids, starts = _read_ids(folder / f"{name}.ids")
                self._parts.append(_mapped(folder / f"{name}.vectors", len(self._ids), starts))
            except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
                raise IndexBrokenError(f"the vectors in {folder} are damaged: {name}: {error}", MEND) from error
            for each in ids:
                if each in self._place:
                    self._replaced.append(self._place[each])
                self._place[each] = len(self._ids)
                self._ids.append(each)

    def __len__(self) -> int:
        return len(self._place)

    def ids(self) -> list[str]:
        """The documents that have vectors."""
        return list(self._place)

    @property
    def compared(self) -> int:
        """How many vectors a search with passages compares."""
        return sum(len(part.leads) + len(part.passages) for part in self._parts)

    def get(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of the titles and leads of these documents, of about length 1; those that have none are left out."""
        return {each: _floats(rows[0]) for each in ids if (rows := self.rows(each)) is not None}

    def rows(self, document_id: str) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int64]] | None:
        """What is kept of a document, None where there is nothing: a row for title and lead, one for each passage, and where these begin."""
        place = self._place.get(document_id)
        if place is None:
            return None
        at = place
        for part in self._parts:
            if at < len(part.leads):
                low, high = part.owners.searchsorted((place, place + 1))
                return part.leads[at], part.passages[low:high], part.starts[low:high]
            at -= len(part.leads)
        return None

    def closest(self, ids: Iterable[str], vector: NDArray[np.float32]) -> dict[str, Nearest]:
        """Of each of these documents the vector nearest to one; those that have none are left out."""
        import numpy as np

        found = {}
        for each in ids:
            if (rows := self.rows(each)) is None:
                continue
            lead, passages, starts = rows
            own = _floats(np.concatenate((lead[None, :], passages)))
            cosines = own @ vector
            best = int(cosines.argmax())
            found[each] = Nearest(float(cosines[best]), int(starts[best - 1]) if best else None, own[best])
        return found

    def nearest(
        self, vectors: NDArray[np.float32], most: int, least: float = -1.0, *, passages: bool = False
    ) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the ids of the `most` nearest documents with their cosines (at least `least`), best first, ties by id.

        By title and lead; with `passages` by what is nearest of these and of all passages.
        """
        import numpy as np

        asked = vectors.astype(np.float32) / np.float32(SCALE)
        scores = np.empty((len(asked), len(self._ids)), np.float32)
        start = 0
        for part in self._parts:
            _compare(part.leads, asked, scores[:, start : start + len(part.leads)])
            start += len(part.leads)
            if passages and len(part.passages):
                nearness = np.empty((len(asked), len(part.passages)), np.float32)
                _compare(part.passages, asked, nearness)
                for row, column in zip(scores, nearness, strict=True):
                    np.maximum.at(row, part.owners, column)
        scores[:, self._replaced] = -2.0
        return [self._best(row, most, least) for row in scores]

    def _best(self, scores: NDArray[np.float32], most: int, least: float) -> list[tuple[str, float]]:
        import numpy as np

        places = np.nonzero(scores >= least)[0]
        if len(places) > most:
            cut = np.partition(scores[places], -most)[-most]
            places = places[scores[places] >= cut]
        found = [(self._ids[place], float(scores[place])) for place in places]
        return sorted(found, key=lambda each: (-each[1], each[0]))[:most]


class VectorWriter:
    """Adds vectors to a generation; nothing is written before `commit`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, tuple[bytes, Sequence[int]]] = {}

    def add(self, document_id: str, packed: bytes, starts: Sequence[int] = ()) -> None:
        """Add the vectors of a document, one after the other, in place of any it had: of title and lead, and of the passages that begin at `starts`."""
        self._waiting[document_id] = packed, starts

    def commit(self) -> None:
        """Write what was added as one part, safe from a crash. Raises OSError."""
        if self._waiting:
            self._folder.mkdir(exist_ok=True)
            _write(self._folder, self._waiting)
            self._waiting = {}

    def tidy(self, live: Callable[[], Callable[[str], bool]]) -> None:
        """Put the parts into one, without what is not `live`, where they are many. `live` gives what tells whether a document is there. Raises OSError, IndexBrokenError."""
        names = _parts(self._folder)
        if len(names) <= MOST_PARTS:
            return
        old = Vectors(self._folder)
        kept = {}
        there = live()
        for each in old.ids():
            if there(each) and (rows := old.rows(each)) is not None:
                lead, passages, starts = rows
                kept[each] = lead.tobytes() + passages.tobytes(), starts.tolist()
        _write(self._folder, kept)
        for name in names:
            (self._folder / f"{name}.ids").unlink()
            (self._folder / f"{name}.vectors").unlink()


def _floats(rows: NDArray[np.int8]) -> NDArray[np.float32]:
    import numpy as np

    return rows.astype(np.float32) / np.float32(SCALE)


def _compare(rows: NDArray[np.int8], asked: NDArray[np.float32], cosines: NDArray[np.float32]) -> None:
    """Put into `cosines[i, j]` that of `asked[i]` and `rows[j]`."""
    import numpy as np

    room = np.empty((BLOCK, DIMENSIONS), np.float32)
    for at in range(0, len(rows), BLOCK):
        block = rows[at : at + BLOCK]
        wide = room[: len(block)]
        np.copyto(wide, block)
        for vector, row in zip(asked, cosines, strict=True):
            # Not `wide @ vector`: the threads of BLAS wait for each other at 10 times the CPU (91 ms for 100,000 vectors, not 9).
            np.einsum("ij,j->i", wide, vector, out=row[at : at + BLOCK])


def _read_ids(file: Path) -> tuple[list[str], list[list[int]]]:
    """The ids of a part, and where the passages of each begin. Raises OSError, ValueError, TypeError."""
    ids: list[str] = []
    starts: list[list[int]] = []
    entries = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(entries, list):
        raise TypeError("no list of ids")
    for entry in entries:
        first, *rest = [entry] if isinstance(entry, str) else entry
        if not isinstance(first, str) or not all(isinstance(each, int) for each in rest):
            raise TypeError("no list of ids")
        ids.append(first)
        starts.append([int(each) for each in rest])
    return ids, starts


def _mapped(file: Path, before: int, starts: list[list[int]]) -> _Part:
    """The vectors of a part; `before`: how many documents earlier parts have. Raises OSError, ValueError, OverflowError."""
    import numpy as np

    raw = np.memmap(file, np.int8, "r") if starts else np.empty(0, np.int8)
    counts = [len(each) for each in starts]
    rows = raw.reshape(len(starts) + sum(counts), DIMENSIONS)
    owners = np.repeat(np.arange(before, before + len(starts)), counts)
    flat = np.fromiter((start for each in starts for start in each), np.int64, sum(counts))
    return _Part(rows[: len(starts)], rows[len(starts) :], owners, flat)


def _parts(folder: Path) -> list[str]:
    """The names of the parts in a folder, oldest first."""
    try:
        names = [path.stem for path in folder.iterdir() if path.suffix == ".ids" and path.stem.isdecimal()]
    except FileNotFoundError:
        return []
    return sorted(names, key=int)


def _write(folder: Path, entries: Mapping[str, tuple[bytes, Sequence[int]]]) -> None:
    number = max((int(path.stem) for path in folder.iterdir() if path.stem.isdecimal()), default=0) + 1
    rows = b"".join([packed[:DIMENSIONS] for packed, _ in entries.values()])
    rows += b"".join([packed[DIMENSIONS:] for packed, _ in entries.values()])
    ids = [[each, *starts] if starts else each for each, (_, starts) in entries.items()]
    # The ids come last: with them the part is there.
    for suffix, data in (("vectors", rows), ("ids", json.dumps(ids).encode())):
        temporary = folder / f"new.{suffix}"
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(folder / f"{number}.{suffix}")
