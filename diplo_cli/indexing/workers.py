"""Reading files, in several processes where there are many: what each gives, in order, in bounded memory."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR
from diplo_cli.engines.base import Entry
from diplo_cli.errors import DiploError, ReadingError
from diplo_cli.indexing.entries import Problem, entries
from diplo_cli.reading.read import contents, reason

if TYPE_CHECKING:
    from concurrent.futures import Future

WORTH_WORKERS = 100  # files; starting processes costs as much as reading so many
CHUNK = 16  # files sent to a worker at once
LARGEST_SENT = 1_000_000  # bytes; the entries of a larger file are made here, one by one, and never held all at once


class Task(NamedTuple):
    """A file to read. `key`: what the index calls it; `id` of its document; `prefix` of the ids it states; `size` in bytes.

    `debug`: an unexpected error is raised, not told. `detector`: of languages. `meaning`: whether documents get vectors.
    """

    path: Path
    key: str
    id: str
    prefix: str
    size: int
    debug: bool = False
    detector: str = DEFAULT_DETECTOR
    meaning: bool = False


class Read(NamedTuple):
    """What a file gave: entries and problems; `failure` where it could not be read at all. `digest`: SHA-256 of its bytes, in hex, "" where it cannot be read."""

    digest: str
    items: Iterable[Entry | Problem]
    failure: str = ""


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex; "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def read_files(tasks: Sequence[Task], jobs: int) -> Iterator[Read]:
    """What each file gives, in the order of `tasks`. The items of one must be used up before the next is asked for."""
    if jobs < 2 or len(tasks) < WORTH_WORKERS:
        yield from map(_read, tasks)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[tuple[Future[list[Read]] | None, Task | None]] = deque()
    chunk: list[Task] = []
    # "spawn": a forked child would inherit the engine's locks without its threads.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            for task in tasks:
                if task.size > LARGEST_SENT:
                    if chunk:
                        waiting.append((pool.submit(_read_all, chunk), None))
                        chunk = []
                    waiting.append((None, task))
                else:
                    chunk.append(task)
                    if len(chunk) == CHUNK:
                        waiting.append((pool.submit(_read_all, chunk), None))
                        chunk = []
                while len(waiting) > 2 * jobs:
                    yield from _results(*waiting.popleft())
            if chunk:
                waiting.append((pool.submit(_read_all, chunk), None))
            while waiting:
                yield from _results(*waiting.popleft())
        except BrokenExecutor as error:
            raise DiploError(
                "a process that reads files was stopped from outside, perhaps for want of memory",
                "diplo index --jobs 1 continues with less memory",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """In a worker: end when the process that started it does, even by kill -9."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _results(future: Future[list[Read]] | None, task: Task | None) -> Iterator[Read]:
    if future is not None:
        yield from future.result()
    elif task is not None:
        yield _read(task)


def _read(task: Task) -> Read:
    try:
        data = contents(task.path)
    except ReadingError as error:
        return Read("", (), reason(error, os.fspath(task.path)))
    made = entries(data, task.key, task.id, task.prefix, debug=task.debug, detector=task.detector, meaning=task.meaning)
    return Read(hashlib.sha256(data).hexdigest(), made)


def _read_all(tasks: Sequence[Task]) -> list[Read]:
    """In a worker: the entries of small files, whole."""
    done = []
    for task in tasks:
        lazy = _read(task)
        try:
            done.append(lazy._replace(items=list(lazy.items)))
        except ReadingError as error:
            done.append(lazy._replace(items=(), failure=reason(error, task.key)))
    return done
