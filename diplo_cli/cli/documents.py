"""What commands that take ids share: reading ids from arguments and stdin, and finding their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.errors import AmbiguousIdError, DiploError, UnknownNameError
from diplo_cli.library.ids import find_id


def written_ids(environment: Environment, arguments: Iterable[str]) -> list[str]:
    """The ids on the command line; `-` stands for those on stdin, one a line, or each ended by NUL."""
    ids: list[str] = []
    for argument in arguments:
        if argument == "-":
            text = environment.stdin.read()
            lines = text.split("\0") if "\0" in text else [line.rstrip("\r") for line in text.split("\n")]
            ids += [line for line in lines if line.strip()]
        else:
            ids.append(argument)
    return ids


def find_documents(environment: Environment, engine: Engine, written: Iterable[str]) -> tuple[list[Document], bool]:
    """The documents that the ids mean, in order, each once; and whether any was unknown or ambiguous, which is told on stderr."""
    from diplo_cli.render.message import tell

    found: dict[str, None] = {}
    failed = False
    for one in written:
        try:
            found[find_id(engine, one)] = None
        except (UnknownNameError, AmbiguousIdError) as error:
            tell(environment, error)
            failed = True
    return engine.get(list(found)), failed


def read_documents(environment: Environment, paths: Iterable[str]) -> Iterator[Document | DiploError]:
    """The documents in files of any readable format, without an index; `-` is one document on stdin. What cannot be read comes as the error it is."""
    from diplo_cli.errors import ReadingError
    from diplo_cli.indexing.entries import Problem, document_of, numbered, texts

    for path in paths:
        try:
            data = environment.stdin.buffer.read() if path == "-" else _piped(environment.cwd / path)
            for item in texts(environment.cwd / path, path, data):
                if isinstance(item, Problem):
                    yield ReadingError(f"{path}, {item.where}: {item.reason}")
                else:
                    yield document_of(item, item.id or numbered(path.removesuffix(".txt"), item), path)
        except ReadingError as error:
            yield error


def _piped(path: Path) -> bytes | None:
    """What comes through a named pipe, as of `<(…)` in a shell; None for a file."""
    return path.read_bytes() if path.is_fifo() else None
