"""The vectors of a library's documents, in files beside its index, and the documents nearest to one.

A generation of an index holds them in `meaning/`: each commit adds a part, `N.vectors` (384 signed bytes a document) and `N.ids` (their ids as JSON). A later part stands in
place of an earlier one; a vector whose document the engine does not have is no hit, so that nothing need be taken out when documents go.
Parts are made whole under another name, the ids
last: a part without ids was interrupted and is passed over. `tidied` puts many parts into one.

The search is exact: every vector is compared. The files are mapped, and read a block at a time; 100,000 documents take 9 ms of CPU.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from diplo_cli.errors import MEND, IndexBrokenError
from diplo_cli.meaning.encoder import DIMENSIONS, SCALE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "meaning"
BLOCK = 1_024  # vectors compared at once: 1.5 MB as floats, which a processor keeps at hand
MOST_PARTS = 16


class Vectors:
    """The vectors of one generation, for reading."""

    def __init__(self, folder: Path) -> None:
        """Open what is in `folder`, which may hold nothing. Raises IndexBrokenError where it is damaged."""
        import numpy as np

        self._parts: list[NDArray[np.int8]] = []
        self._ids: list[str] = []
        self._place: dict[str, int] = {}
        for name in _parts(folder):
            try:
                ids = json.loads((folder / f"{name}.ids").read_text(encoding="utf-8"))
                raw = np.memmap(folder / f"{name}.vectors", np.int8, "r") if ids else np.empty(0, np.int8)
                if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
                    raise TypeError("no list of ids")  # noqa: TRY301 - told with what else may be wrong
                self._parts.append(raw.reshape(len(ids), DIMENSIONS))
            except (OSError, ValueError, TypeError, RecursionError) as error:
                raise IndexBrokenError(f"the vectors in {folder} are damaged: {name}: {error}", MEND) from error
            for each in ids:
                self._place[each] = len(self._ids)
                self._ids.append(each)

    def __len__(self) -> int:
        return len(self._place)

    def get(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of these documents, of about length 1; those that have none are left out."""
        import numpy as np

        found = {}
        for each in ids:
            place = self._place.get(each)
            if place is None:
                continue
            for part in self._parts:
                if place < len(part):
                    found[each] = part[place].astype(np.float32) / np.float32(SCALE)
                    break
                place -= len(part)
        return found

    def nearest(self, vectors: NDArray[np.float32], most: int, least: float = -1.0) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the ids of the `most` nearest documents with their cosines (at least `least`), best first, ties by id."""
        import numpy as np

        asked = vectors.astype(np.float32) / np.float32(SCALE)
        room = np.empty((BLOCK, DIMENSIONS), np.float32)
        found: list[list[tuple[float, int]]] = [[] for _ in vectors]
        start = 0
        for part in self._parts:
            for at in range(0, len(part), BLOCK):
                block = part[at : at + BLOCK]
                wide = room[: len(block)]
                np.copyto(wide, block)
                for row, best in enumerate(found):
                    # Not `wide @ asked[row]`: the threads of BLAS wait for each other at 10 times the CPU (91 ms for 100,000 vectors, not 9).
                    column = np.einsum("ij,j->i", wide, asked[row])
                    line = max(least, best[-1][0] if len(best) >= most else -1.0)
                    places = np.nonzero(column >= line)[0]
                    if len(places) > most:
                        cut = np.partition(column[places], -most)[-most]
                        places = places[column[places] >= cut]
                    best += [(float(column[place]), start + at + int(place)) for place in places]
                    best.sort(key=lambda each: (-each[0], self._ids[each[1]]))
                    # Some more than asked for: a few may be of documents that have changed since.
                    del best[2 * most :]
            start += len(part)
        return [
            [(self._ids[place], score) for score, place in best if self._place[self._ids[place]] == place][:most]
            for best in found
        ]


class VectorWriter:
    """Adds vectors to a generation; nothing is written before `commit`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, bytes] = {}

    def add(self, document_id: str, vector: bytes) -> None:
        """Add the vector of a document, in place of any it had."""
        self._waiting[document_id] = vector

    def commit(self) -> None:
        """Write what was added as one part, safe from a crash. Raises OSError."""
        if self._waiting:
            self._folder.mkdir(exist_ok=True)
            _write(self._folder, list(self._waiting), b"".join(self._waiting.values()))
            self._waiting = {}

    def tidy(self, live: Callable[[], Iterable[str]]) -> None:
        """Put the parts into one, without what is not `live`, where they are many or half of what they hold is not. Raises OSError, IndexBrokenError."""
        names = _parts(self._folder)
        if len(names) <= MOST_PARTS:
            return
        import numpy as np

        old = Vectors(self._folder)
        kept = [each for each in live() if each in old._place]  # noqa: SLF001 - of the same room
        rows = b"".join(
            np.rint(vector * np.float32(SCALE)).astype(np.int8).tobytes() for vector in old.get(kept).values()
        )
        _write(self._folder, kept, rows)
        for name in names:
            (self._folder / f"{name}.ids").unlink()
            (self._folder / f"{name}.vectors").unlink()


def _parts(folder: Path) -> list[str]:
    """The names of the parts in a folder, oldest first."""
    try:
        names = [path.stem for path in folder.iterdir() if path.suffix == ".ids" and path.stem.isdecimal()]
    except FileNotFoundError:
        return []
    return sorted(names, key=int)


def _write(folder: Path, ids: Sequence[str], rows: bytes) -> None:
    number = max((int(path.stem) for path in folder.iterdir() if path.stem.isdecimal()), default=0) + 1
    # The ids come last: with them the part is there.
    for suffix, data in (("vectors", rows), ("ids", json.dumps(ids).encode())):
        temporary = folder / f"new.{suffix}"
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(folder / f"{number}.{suffix}")
