"""What commands that take ids share: reading ids from arguments and stdin, and finding their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from diplo_cli.document import Document
from diplo_cli.engines.base import Engine, Sort
from diplo_cli.environment import Environment
from diplo_cli.errors import AmbiguousIdError, DiploError, UnknownNameError
from diplo_cli.library.ids import find_id
from diplo_cli.search.filters import Filters

if TYPE_CHECKING:
    from diplo_cli.meaning.vectors import Vectors
    from diplo_cli.search.stories import Story


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


def stories_of(
    environment: Environment, index: Engine, vectors: Vectors | None, query: str, filters: Filters, *, by_date: bool
) -> list[Story]:
    """The stories among the documents that answer a query and filters; what was not read is told on stderr."""
    from diplo_cli.render.message import warn
    from diplo_cli.search.result import SearchRequest
    from diplo_cli.search.search import search, widen
    from diplo_cli.search.stories import MOST, stories

    request = SearchRequest(query=query, filters=filters, limit=MOST, sort=Sort.DATE, details=False)
    result = search(index, request)
    if len(result.hits) < result.total:
        warn(
            environment,
            f"stories of the latest {len(result.hits):,} of {result.total:,} documents; a query or filter chooses others",
        )
    restrictions = [widen(index, request).query, *filters.nodes()] if query else filters.nodes()
    return stories(index, vectors, [hit.document for hit in result.hits], restrictions, by_date=by_date)


def _piped(path: Path) -> bytes | None:
    """What comes through a named pipe, as of `<(…)` in a shell; None for a file."""
    return path.read_bytes() if path.is_fifo() else None
