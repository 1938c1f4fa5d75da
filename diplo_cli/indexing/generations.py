"""The generations of an index: the lock that a writer holds, which folder it writes to, and what is removed.

A generation is made whole before it is named by `index/current`. One that is newer than the current one is a rebuild that was interrupted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from diplo_cli.config import Meaning
from diplo_cli.engines.base import Engine, open_engine
from diplo_cli.errors import IndexBrokenError, IndexLockedError, LibraryError
from diplo_cli.indexing.articles import package
from diplo_cli.library.files import replace_file
from diplo_cli.library.locate import Library
from diplo_cli.library.manifest import (
    ENGINE_FOLDER,
    FileTable,
    Head,
    built_with,
    current_generation,
    is_generation,
    usable_head,
    write_head,
)
from diplo_cli.meaning.encoder import ENCODER
from diplo_cli.meaning.vectors import FOLDER, VectorWriter
from diplo_cli.text.analysis import VERSION


class Generation(NamedTuple):
    """An open generation. `close()` it when done."""

    folder: Path
    head: Head
    engine: Engine
    table: FileTable
    vectors: VectorWriter | None = None  # on a cluster there are none

    def close(self) -> None:
        """Let go of the index and of the table of files."""
        self.table.close()
        self.engine.close()


@contextmanager
def writing(library: Library, *, wait: bool, part: str = "") -> Iterator[None]:
    """Hold the library's lock, or that of one `part` ("3/16") of its files.

    Raises IndexLockedError where another process has it and `wait` is false; LibraryError where the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # 33 ms; only writers pay it

    own = f"-{part.replace('/', '-')}" if part else ""
    holder = library.index_folder / f"writer{own}"
    lock = FileLock(library.index_folder / f"lock{own}", timeout=-1 if wait else 0)
    try:
        _refuse_outside(library)
        library.index_folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise IndexLockedError(
            f"another diplo (process {_holder(holder)}) is writing this library's index",
            "wait for it, or stop it, then try again",
        ) from error
    except (OSError, NotImplementedError, RuntimeError) as error:  # RuntimeError: links that go round
        raise LibraryError(f"the index cannot be written: {error}", "check index/ and its permissions") from error
    try:
        try:
            replace_file(holder, f"{os.getpid()}\n")
        except OSError as error:
            raise LibraryError(f"the index cannot be written: {error}", "check index/ and its permissions") from error
        yield
    finally:
        lock.release()


def _refuse_outside(library: Library) -> None:
    """An untrusted library must not have diplo write elsewhere."""
    if not library.index_folder.resolve().is_relative_to(library.root.resolve()):
        raise LibraryError(
            f"{library.index_folder} is a link that leads out of the library", "put a folder in its place"
        )


def _holder(file: Path) -> str:
    try:
        process = file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return "unknown"
    return process if process.isdecimal() else "unknown"


def open_generation(folder: Path, engine: str = "", detector: str = "", meaning: Meaning = "") -> Generation:
    """Open a generation for writing. `engine`, `detector` and `meaning`, where given, must be those it was built with. Raises IndexBrokenError, LibraryError."""
    head = usable_head(folder, engine, detector, meaning)
    opened = open_engine(head.engine, folder / ENGINE_FOLDER)
    try:
        return Generation(folder, head, opened, FileTable(folder), VectorWriter(folder / FOLDER))
    except BaseException:
        opened.close()
        raise


def new_generation(library: Library, engine: str, detector: str, files: int, meaning: Meaning = "") -> Path:
    """An empty generation, in use by nobody yet; `files`: how many it is going to hold; `meaning`: of what it is to hold vectors."""
    folder = next_folder(library)
    (folder / ENGINE_FOLDER).mkdir(parents=True)
    try:
        open_engine(engine, folder / ENGINE_FOLDER, create=True).close()
        FileTable(folder, create=True).close()
        head = Head(engine=engine, analysis=VERSION, files=files, detector=detector, html=package())
        if meaning:
            head = head._replace(meaning=ENCODER, passages=meaning == "passages")
        write_head(folder, head)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def next_folder(library: Library) -> Path:
    """Where the next generation goes; it is not made."""
    numbers = [int(path.name) for path in library.index_folder.iterdir() if _number(path)]
    return library.index_folder / str(max(numbers, default=0) + 1)


def interrupted_rebuild(
    library: Library, current: Path | None, engine: str, detector: str, meaning: Meaning = ""
) -> Generation | None:
    """A rebuild with this engine, detector and kind of vectors that was begun and not finished, where there is one that can be continued."""
    newer = [path for path in library.index_folder.iterdir() if is_generation(path)]
    if current:
        newer = [path for path in newer if int(path.name) > int(current.name)]
    for folder in sorted(newer, key=lambda path: int(path.name), reverse=True):
        try:
            found = open_generation(folder, engine, detector)
        except IndexBrokenError:  # of another engine, detector or version, or damaged: it is removed
            continue
        if (found.head.html, found.head.vectors) == (package(), meaning) and found.head.meaning in ("", ENCODER):
            return found
        found.close()
    return None


def readable_current(library: Library) -> tuple[Path | None, Head | None]:
    """The generation in use and what it was built with, in whatever format; None for what is not there or cannot be read, which a rebuild mends."""
    try:
        folder = current_generation(library)
    except IndexBrokenError:
        return None, None
    return folder, built_with(folder) if folder else None


def remove_generations(library: Library, kept: Container[Path | None]) -> None:
    """Remove all generations but those `kept`. What cannot be removed stays for the next writer."""
    for path in library.index_folder.iterdir():
        if _number(path) and path not in kept:
            if path.is_symlink():
                path.unlink(missing_ok=True)
            else:
                shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> bool:
    return path.name.isascii() and path.name.isdecimal()
