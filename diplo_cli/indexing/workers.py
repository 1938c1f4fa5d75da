"""Reading files, in several processes where there are many: what each gives, in order, in bounded memory."""

from __future__ import annotations

import gc
import hashlib
import os
import signal
from collections import deque
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR, Meaning
from diplo_cli.engines.base import Entry
from diplo_cli.errors import DiploError, ReadingError
from diplo_cli.indexing.entries import NOTHING, Problem, Repeated, entries, entry_at, texts, unexpected
from diplo_cli.indexing.sent import Sent, received, sent
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.read import contents, is_stream, reason

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

WORTH_WORKERS = 100  # files; starting processes costs as much as reading so many,
WORTH_WORKERS_BYTES = 1_000_000  # or a file of so many bytes
CHUNK = 16  # files sent to a worker at once
LARGEST_SENT = 1_000_000  # bytes; a larger file is read here, and only its texts are sent


class Task(NamedTuple):
    """A file to read. `key`: what the index calls it; `id` of its document; `prefix` of the ids it states; `size` in bytes.

    `debug`: an unexpected error is raised, not told. `detector`: of languages. `meaning`: what of documents gets vectors.
    """

    path: Path
    key: str
    id: str
    prefix: str
    size: int
    debug: bool = False
    detector: str = DEFAULT_DETECTOR
    meaning: Meaning = ""


class Read(NamedTuple):
    """What a file gave: entries and problems; `failure` where it could not be read at all. `digest`: SHA-256 of its bytes, in hex, "" where it cannot be read."""

    digest: str
    items: Iterable[Entry | Problem]
    failure: str = ""


class SentRead(NamedTuple):
    """A `Read` on its way from a worker."""

    digest: str
    items: Sequence[Sent | Problem]
    failure: str = ""


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex; "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def read_files(tasks: Sequence[Task], jobs: int, repeated: Repeated = NOTHING) -> Generator[Read, None, None]:
    """What each file gives, in the order of `tasks`. The items of one must be used up before the next is asked for. `repeated`: lines of sites."""
    if jobs < 2 or (len(tasks) < WORTH_WORKERS and sum(task.size for task in tasks) < WORTH_WORKERS_BYTES):
        for task in tasks:
            yield _read(task, repeated)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[Callable[[], Iterable[Read]]] = deque()
    chunk: list[Task] = []
    # "spawn": a forked child would inherit the engine's locks without its threads.
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(dict(repeated),)
    ) as pool:

        def submit() -> None:
            if chunk:
                waiting.append(partial(_received_all, pool.submit(_read_all, tuple(chunk))))
                chunk.clear()

        try:
            with _stopped_told():
                for task in tasks:
                    if task.size > LARGEST_SENT:
                        submit()
                        waiting.append(partial(_divided, pool, jobs, task))
                    else:
                        chunk.append(task)
                        if len(chunk) == CHUNK:
                            submit()
                    while len(waiting) > 2 * jobs:
                        yield from waiting.popleft()()
                submit()
                while waiting:
                    yield from waiting.popleft()()
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _stopped_told() -> Iterator[None]:
    """Raise a DiploError where a worker was killed."""
    from concurrent.futures import BrokenExecutor

    try:
        yield
    except BrokenExecutor as error:
        raise DiploError(
            "a process that reads files was stopped from outside, perhaps for want of memory",
            "diplo index --jobs 1 continues with less memory",
        ) from error


def _divided(pool: Executor, jobs: int, task: Task) -> Iterator[Read]:
    """A large file: read here, its texts analysed by the workers, some at a time."""

    def analysed(chunk: list[Raw | Problem]) -> Future[list[Sent | Problem]]:
        with _stopped_told():
            return pool.submit(_analyse_all, chunk, task)

    def first(waiting: deque[Future[list[Sent | Problem]]]) -> Iterator[Entry | Problem]:
        with _stopped_told():  # here, since the items are asked for outside of `read_files`
            return map(received, waiting.popleft().result())

    def items(data: bytes | None) -> Iterator[Entry | Problem]:
        waiting: deque[Future[list[Sent | Problem]]] = deque()
        chunk: list[Raw | Problem] = []
        size = 0
        damage: ReadingError | None = None
        try:
            for item in texts(task.path, task.key, data):
                chunk.append(item)
                size += len(item.text) if isinstance(item, Raw) else 0
                if len(chunk) == CHUNK or size > LARGEST_SENT:
                    waiting.append(analysed(chunk))
                    chunk, size = [], 0
                while len(waiting) > 2 * jobs:
                    yield from first(waiting)
        except ReadingError as error:
            damage = error  # what came before it is kept
        except DiploError:  # a worker was killed
            raise
        except Exception as error:
            if task.debug:
                raise
            chunk.append(unexpected("", error))
        waiting.append(analysed(chunk))
        while waiting:
            yield from first(waiting)
        if damage:
            raise damage

    try:
        told, data = _contents(task)
    except ReadingError as error:
        yield Read("", (), reason(error, os.fspath(task.path)))
    else:
        yield Read(told, items(data))


def _contents(task: Task) -> tuple[str, bytes | None]:
    """The digest of a file and its bytes; None for one that is too large to be held and must be read as a stream. Raises ReadingError."""
    if is_stream(task.path, task.size):
        return digest(task.path), None
    data = contents(task.path)
    return hashlib.sha256(data).hexdigest(), data


_repeated: dict[str, Container[str]] = {}  # in a worker: sent once, for all of its files


def _begin(repeated: Repeated) -> None:
    """In a worker: collect garbage seldom, since there is hardly any (a tenth of the time otherwise); leave Ctrl-C to the process that started it."""
    _repeated.update(repeated)
    gc.set_threshold(200_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()


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


def _received_all(future: Future[list[SentRead]]) -> Iterator[Read]:
    for digest_, items, failure in future.result():
        yield Read(digest_, map(received, items), failure)


def _read(task: Task, repeated: Repeated) -> Read:
    try:
        told, data = _contents(task)
    except ReadingError as error:
        return Read("", (), reason(error, os.fspath(task.path)))
    made = entries(
        data,
        task.key,
        task.id,
        task.prefix,
        path=task.path,
        debug=task.debug,
        detector=task.detector,
        repeated=repeated,
        meaning=task.meaning,
    )
    return Read(told, made)


def _read_all(tasks: Sequence[Task]) -> list[SentRead]:
    """In a worker: the entries of small files, whole."""
    done = []
    for task in tasks:
        lazy = _read(task, _repeated)
        try:
            done.append(SentRead(lazy.digest, list(map(sent, lazy.items)), lazy.failure))
        except ReadingError as error:
            done.append(SentRead(lazy.digest, (), reason(error, task.key)))
    return done


def _analyse_all(items: Sequence[Raw | Problem], task: Task) -> list[Sent | Problem]:
    """In a worker: the entries of some texts of one file."""
    made = partial(entry_at, debug=task.debug, detector=task.detector, repeated=_repeated, meaning=task.meaning)
    return [sent(made(item, task.key, task.id, task.prefix)) for item in items]
