"""What is known of an index beside the index itself.

On disk: `index/current` holds one line, the name of the generation in use; `index/<generation>/engine/` is the engine's; `head.json` beside it says what the index was
built with (read by every search) and `files.sqlite` what became of each file (read by indexing only). Rows of a file are written after the commit that holds its
documents, so that a row never tells of what a crash took away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.errors import IndexBrokenError
from diplo_cli.library.locate import Library

if TYPE_CHECKING:
    import sqlite3

CURRENT = "current"
FORMAT = 1  # 1: the first
MEND = "run: diplo index --rebuild"


class Head(NamedTuple):
    """What an index was built with. `analysis`: version of the text analysis.

    `stamp`: of the files when it was last brought up to date (`scan.stamp`), None while unfinished; `files`: how many.
    """

    engine: str
    analysis: int
    files: int = 0
    stamp: int | None = None
    format: int = FORMAT


class Row(NamedTuple):
    """What became of one file: `outcome` is "indexed" or "failed" (then `reason` says why); `id` as `scan.File` had it, `ids` of its documents."""

    key: str
    id: str
    size: int
    mtime: int
    digest: str
    outcome: str
    reason: str
    ids: tuple[str, ...]


def current_generation(library: Library) -> Path | None:
    """The folder of the generation in use, None where nothing has been built. Raises IndexBrokenError where `current` names none."""
    try:
        name = (library.index_folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexBrokenError(f"the index of {library.root} cannot be read: {error}", MEND) from error
    generation = library.index_folder / name
    if not name or Path(name).name != name or not generation.is_dir():
        raise IndexBrokenError(f"the index of {library.root} is damaged: {CURRENT} names no generation", MEND)
    return generation


def use_generation(library: Library, generation: Path) -> None:
    """Make `generation` the one in use, at once for every later reader."""
    temporary = library.index_folder / f"{CURRENT}.new"
    temporary.write_text(f"{generation.name}\n", encoding="utf-8")
    temporary.replace(library.index_folder / CURRENT)


def read_head(generation: Path) -> Head:
    """The head of a generation. Raises IndexBrokenError where it is damaged or of another format."""
    try:
        values = json.loads((generation / "head.json").read_text(encoding="utf-8"))
        found = values["format"]
        if found == FORMAT:
            head = Head(**values)
            if isinstance(head.engine, str) and isinstance(head.analysis, int) and isinstance(head.files, int):
                return head
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexBrokenError(
            f"the index in {generation.parent} is damaged: head.json cannot be read", MEND
        ) from error
    if found != FORMAT:
        raise IndexBrokenError(
            f"the index in {generation.parent} is of format {found}; this diplo reads {FORMAT}", MEND
        )
    raise IndexBrokenError(f"the index in {generation.parent} is damaged: head.json holds no head", MEND)


def write_head(generation: Path, head: Head) -> None:
    """Replace the head of a generation, whole or not at all."""
    temporary = generation / "head.json.new"
    temporary.write_text(json.dumps(head._asdict()), encoding="utf-8")
    temporary.replace(generation / "head.json")


class FileTable:
    """The table of files of a generation. Text is kept as bytes: a file name may hold bytes that are no UTF-8."""

    def __init__(self, generation: Path) -> None:
        import sqlite3  # 8 ms; searches never open the table

        self._failures: type[Exception] = sqlite3.Error
        self._path = generation / "files.sqlite"
        try:
            self._connection: sqlite3.Connection = sqlite3.connect(self._path, isolation_level=None)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=normal")
            self._connection.execute(
                "create table if not exists files (key blob primary key, id blob, size integer, mtime integer, digest text,"
                " outcome text, reason text, ids text) without rowid"
            )
            self._connection.execute("create table if not exists ids (id blob primary key, key blob) without rowid")
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def rows(self) -> Iterator[Row]:
        """All rows, in order of key."""
        try:
            for key, name, size, mtime, digest, outcome, reason, ids in self._connection.execute(
                "select key, id, size, mtime, digest, outcome, reason, ids from files order by key"
            ):
                yield Row(_text(key), _text(name), size, mtime, digest, outcome, reason, tuple(json.loads(ids)))
        except (self._failures, ValueError, TypeError) as error:
            raise self._broken(error) from error

    def owner(self, document_id: str) -> str | None:
        """The key of the file that holds the document `document_id`."""
        try:
            row = self._connection.execute("select key from ids where id = ?", (_bytes(document_id),)).fetchone()
        except self._failures as error:
            raise self._broken(error) from error
        return _text(row[0]) if row else None

    def write(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Put `rows` in place of those of the same keys, and take out the keys `gone`, in one transaction."""
        connection = self._connection
        try:
            connection.execute("begin immediate")
            for each in gone:
                self._remove(each)
            for row in rows:
                self._remove(row.key)
                key = _bytes(row.key)
                connection.execute(
                    "insert into files values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (key, _bytes(row.id), *row[2:6], _printable(row.reason), json.dumps(row.ids)),
                )
                connection.executemany("insert or replace into ids values (?, ?)", ((_bytes(i), key) for i in row.ids))
            connection.execute("commit")
        except self._failures as error:
            raise self._broken(error) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _remove(self, key: str) -> None:
        stored = _bytes(key)
        for (ids,) in self._connection.execute("select ids from files where key = ?", (stored,)).fetchall():
            self._connection.executemany(
                "delete from ids where id = ? and key = ?", ((_bytes(i), stored) for i in json.loads(ids))
            )
        self._connection.execute("delete from files where key = ?", (stored,))

    def _broken(self, error: Exception) -> IndexBrokenError:
        return IndexBrokenError(f"the table of files {self._path} cannot be used: {error}", MEND)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
