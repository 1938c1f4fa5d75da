"""What is known of an index beside the index itself.

On disk: `index/current` holds one line, the name of the generation in use; `index/<generation>/engine/` is the engine's; `head.json` beside it says what the index was
built with (read by every search) and `files.sqlite` what became of each file and which lines a site repeats (read by indexing only). Rows of a file are written after
the commit that holds its documents, so that a row never tells of what a crash took away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR, Meaning
from diplo_cli.engines.base import ENGINES, FORMAT
from diplo_cli.errors import MEND, DiploError, IndexBrokenError, LibraryError
from diplo_cli.library.files import replace_file
from diplo_cli.library.locate import CURRENT, Library
from diplo_cli.text.analysis import VERSION

if TYPE_CHECKING:
    import sqlite3

ENGINE_FOLDER = "engine"  # of a generation
_TROUBLES = tuple(
    f"SQLITE_{name}" for name in ("READONLY", "FULL", "IOERR", "BUSY", "LOCKED", "CANTOPEN", "PERM", "NOMEM")
)


class Head(NamedTuple):
    """What an index was built with. `analysis`: version of the text analysis.

    `stamp`: of the files when it was last brought up to date (`scan.stamp`), None while it is being written or where that was interrupted; `files`: how many;
    `complete`: whether it has been up to date once; `html`: the package that took articles out of web pages, "" for none; `meaning`: the encoder of its vectors, likewise;
    `passages`: whether these are of passages, too.
    """

    engine: str
    analysis: int
    files: int = 0
    stamp: int | None = None
    format: int = FORMAT
    complete: bool = False
    detector: str = DEFAULT_DETECTOR
    html: str = ""
    meaning: str = ""
    passages: bool = False

    @property
    def vectors(self) -> Meaning:
        """Of what it holds vectors."""
        return "" if not self.meaning else "passages" if self.passages else "lead"


class Row(NamedTuple):
    """What became of one file: `outcome` is "indexed" or "failed" (no documents; `reason` says why); `id` as `scan.File` had it, `ids` of its documents.

    `digest` is "" for a file that is to be read again whether it changes or not.
    """

    key: str
    id: str
    size: int
    mtime: int
    digest: str
    outcome: str
    reason: str
    ids: tuple[str, ...]


class Piece(NamedTuple):
    """A file of the engine as it was after the last update: its name, size in bytes, time of change in nanoseconds and CRC-32."""

    name: str
    size: int
    mtime: int
    crc: int


def current_generation(library: Library) -> Path | None:
    """The folder of the generation in use, None where nothing has been built. Raises IndexBrokenError where `current` names none."""
    try:
        name = (library.index_folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise LibraryError(f"the index of {library.root} may not be read", "check the permissions of index/") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexBrokenError(f"the index of {library.root} cannot be read: {error}", MEND) from error
    generation = library.index_folder / name
    if not is_generation(generation):
        raise IndexBrokenError(f"the index of {library.root} is damaged: {CURRENT} names no generation", MEND)
    return generation


def is_generation(path: Path) -> bool:
    """Whether `path` is the folder of a generation: its name a decimal number, and no link."""
    return path.name.isascii() and path.name.isdecimal() and path.is_dir() and not path.is_symlink()


def use_generation(library: Library, generation: Path) -> None:
    """Make `generation` the one in use, at once for every later reader."""
    replace_file(library.index_folder / CURRENT, f"{generation.name}\n")


def read_head(generation: Path) -> Head:
    """The head of a generation. Raises IndexBrokenError where it is damaged or of another format."""
    try:
        values = json.loads((generation / "head.json").read_text(encoding="utf-8"))
        found = values["format"]
        if found == FORMAT:
            head = Head(**values)
            words = (head.engine, head.detector, head.html, head.meaning)
            numbers = (head.analysis, head.files)
            if all(isinstance(word, str) for word in words) and all(isinstance(number, int) for number in numbers):
                return head
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexBrokenError(
            f"the index in {generation.parent} is damaged: head.json cannot be read", MEND
        ) from error
    if found != FORMAT:
        raise IndexBrokenError(
            f"the index in {generation.parent} is of format {found}; this diplo reads {FORMAT}", MEND
        )
    raise IndexBrokenError(f"the index in {generation.parent} is damaged: head.json holds no head", MEND)


def built_with(generation: Path) -> Head | None:
    """What an index was built with as far as its head tells, whatever its format: for a rebuild. None where it tells nothing."""
    from diplo_cli.language import DETECTORS  # only writers need it

    try:
        values = json.loads((generation / "head.json").read_text(encoding="utf-8"))
        told = {name: value for name, value in values.items() if name in Head._fields and name != "format"}
        head = Head(**{"engine": "", "analysis": 0} | told)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    known = head.engine in ENGINES and head.detector in DETECTORS and isinstance(head.meaning, str)
    return head if known else None


def usable_head(generation: Path, engine: str = "", detector: str = "", meaning: Meaning = "") -> Head:
    """The head of a generation that this diplo can use. `engine`, `detector` and `meaning`, where given, must be those it was built with. Raises IndexBrokenError."""
    head = read_head(generation)
    if head.analysis != VERSION:
        raise IndexBrokenError(f"the index in {generation.parent} was built by another version of diplo", MEND)
    if engine and engine != head.engine:
        raise IndexBrokenError(
            f"the index in {generation.parent} was built with the engine {head.engine}, not {engine}",
            f"run: diplo index --rebuild --engine {engine}",
        )
    if detector and detector != head.detector:
        raise IndexBrokenError(
            f"the index in {generation.parent} was built with the detector {head.detector}, not {detector}",
            f"run: diplo index --rebuild --detector {detector}",
        )
    if meaning and not head.meaning:
        raise IndexBrokenError(
            f"the index in {generation.parent} was built without meaning", "run: diplo index --rebuild --meaning"
        )
    if meaning == "passages" and not head.passages:
        raise IndexBrokenError(
            f"the index in {generation.parent} was built without passages", "run: diplo index --rebuild --passages"
        )
    # An index may come with an untrusted library: what is written into it must not go elsewhere. 0.1 ms.
    if any(path.is_symlink() for path in generation.rglob("*")):
        raise IndexBrokenError(f"the index in {generation.parent} holds links to other files", MEND)
    return head


def write_head(generation: Path, head: Head) -> None:
    """Replace the head of a generation, whole or not at all."""
    replace_file(generation / "head.json", json.dumps(head._asdict()))


class FileTable:
    """The table of files of a generation. Text is kept as bytes: a file name may hold bytes that are no UTF-8."""

    def __init__(self, generation: Path, *, create: bool = False) -> None:
        import sqlite3  # 8 ms; searches never open the table

        self._failures: type[sqlite3.Error] = sqlite3.Error
        self._path = generation / "files.sqlite"
        if not create and not self._path.is_file():
            raise IndexBrokenError(f"the table of files {self._path} is gone", MEND)
        try:
            self._connection: sqlite3.Connection = sqlite3.connect(self._path, isolation_level=None)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=normal")
            self._connection.execute(
                "create table if not exists files (key blob primary key, id blob, size integer, mtime integer, digest text,"
                " outcome text, reason text, ids text) without rowid"
            )
            self._connection.execute("create table if not exists ids (id blob primary key, key blob) without rowid")
            self._connection.execute(
                "create table if not exists pieces (name text primary key, size integer, mtime integer, crc integer)"
            )
            self._connection.execute(
                "create table if not exists repeated (host blob, line blob, primary key (host, line)) without rowid"
            )
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def rows(self) -> Iterator[Row]:
        """All rows, in order of key."""
        try:
            for key, name, size, mtime, digest, outcome, reason, ids in self._connection.execute(
                "select key, id, size, mtime, digest, outcome, reason, ids from files order by key"
            ):
                yield Row(_text(key), _text(name), size, mtime, digest, outcome, reason, tuple(json.loads(ids)))
        except self._failures as error:
            raise self._failure(error) from error
        except (ValueError, TypeError) as error:
            raise self._broken(error) from error

    def owner(self, document_id: str) -> str | None:
        """The key of the file that holds the document `document_id`."""
        try:
            row = self._connection.execute("select key from ids where id = ?", (_bytes(document_id),)).fetchone()
        except self._failures as error:
            raise self._failure(error) from error
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
            raise self._failure(error) from error

    def pieces(self) -> list[Piece]:
        """The files of the engine and of vectors as they were after the last update."""
        try:
            return [Piece(*row) for row in self._connection.execute("select name, size, mtime, crc from pieces")]
        except self._failures as error:
            raise self._failure(error) from error

    def verify(self) -> None:
        """Read the whole table. Raises IndexBrokenError where it is damaged."""
        try:
            found = self._connection.execute("pragma integrity_check").fetchone()
        except self._failures as error:
            raise self._failure(error) from error
        if found != ("ok",):
            raise self._broken(ValueError(found[0]))

    def keep_pieces(self, pieces: Iterable[Piece]) -> None:
        """Put these in place of all there were."""
        try:
            self._connection.execute("begin immediate")
            self._connection.execute("delete from pieces")
            self._connection.executemany("insert into pieces values (?, ?, ?, ?)", pieces)
            self._connection.execute("commit")
        except self._failures as error:
            raise self._failure(error) from error

    def repeated(self) -> dict[str, frozenset[str]]:
        """The lines that documents of a site repeat, by host (`reading.repeats`)."""
        found: dict[str, set[str]] = {}
        try:
            for host, line in self._connection.execute("select host, line from repeated order by host, line"):
                found.setdefault(_text(host), set()).add(_text(line))
        except self._failures as error:
            raise self._failure(error) from error
        except (ValueError, AttributeError) as error:  # AttributeError: of another type
            raise self._broken(error) from error
        return {host: frozenset(lines) for host, lines in found.items()}

    def keep_repeated(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add pairs of a host and a line that its documents repeat, in one transaction."""
        try:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert or ignore into repeated values (?, ?)", ((_bytes(host), _bytes(line)) for host, line in lines)
            )
            self._connection.execute("commit")
        except self._failures as error:
            raise self._failure(error) from error

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

    def _failure(self, error: sqlite3.Error) -> DiploError:
        """What to tell of a failure: the machine's troubles (read-only, full, input and output) are no damage."""
        if getattr(error, "sqlite_errorname", "").startswith(_TROUBLES):
            return LibraryError(
                f"the table of files {self._path} cannot be written: {error}", "check its permissions and the disk"
            )
        return self._broken(error)

    def _broken(self, error: Exception) -> IndexBrokenError:
        return IndexBrokenError(f"the table of files {self._path} cannot be used: {error}", MEND)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
