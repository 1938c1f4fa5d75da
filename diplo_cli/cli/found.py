"""What `search` and `list` share: from what was asked to what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplo_cli.cli.options import has_vectors, library_of, only_one, reading, status, vectors_of
from diplo_cli.engines.base import Engine, Sort
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError
from diplo_cli.library.locate import Library
from diplo_cli.render import records
from diplo_cli.render.message import warn
from diplo_cli.search.filters import Filters
from diplo_cli.search.leaf import Strictness
from diplo_cli.search.result import Hit, SearchRequest, SearchResult, group
from diplo_cli.search.search import Begun, answers, begin, finish

if TYPE_CHECKING:
    from diplo_cli.meaning.vectors import Vectors

ON_TERMINAL = 10  # hits of a language shown on a terminal unless --limit says otherwise
SNIPPET_CELLS = 160
PLAIN_FIELDS = ("id", "date", "lang", "countries", "score", "title")
DETAILS = ("matched", "snippet", "highlights")  # fields for which a hit's text must be read
HIT_FIELDS = (*PLAIN_FIELDS, "path", "mentions", *DETAILS, "copy_of")


class Asked(NamedTuple):
    """What the command line asks for. `command` is "search" or "list"; `limit` None: not stated, 0: all."""

    command: str
    query: str = ""
    filters: Filters = Filters()
    limit: int | None = None
    sort: Sort = Sort.SCORE
    by: tuple[str, ...] = ("lang", "country")
    exact: bool = False
    names: Strictness = "normal"
    explain: bool = False
    meaning: bool = False
    library: Path | None = None
    engine: str = ""
    all_copies: bool = False


class Output(NamedTuple):
    """How to print it. `form`: "auto" (a terminal's or plain records), "json", "jsonl", "ids", "paths", "count", "quiet"."""

    form: str = "auto"
    fields: str = ""
    header: bool = False
    end: str = "\n"
    color: str = "auto"
    flags: bool = False

    @classmethod
    def chosen(cls, *, null: bool, fields: str, header: bool, color: str, flags: bool = False, **forms: bool) -> Output:
        """The output that the flags choose. Raises DiploError where two exclude each other."""
        return cls(only_one(**forms), fields, header, "\0" if null else "\n", color, flags)

    def for_person(self, environment: Environment) -> bool:
        """Whether to lay it out for a person: on a terminal, or where colour is asked for, unless records are."""
        asked = environment.stdout_is_terminal or self.color == "always"
        return asked and self.form == "auto" and not (self.fields or self.header or self.end == "\0")


def show_found(environment: Environment, asked: Asked, output: Output) -> int:
    """Search or list, and print; returns the exit status."""
    library = library_of(environment, asked.library)
    fields = records.choose_fields(output.fields, HIT_FIELDS)
    person = output.for_person(environment)
    request = SearchRequest(
        query=asked.query,
        filters=asked.filters,
        limit=0 if output.form in ("count", "quiet") else asked.limit or None,
        per_language=ON_TERMINAL if person and asked.limit is None else None,
        sort=asked.sort,
        exact=asked.exact,
        names=asked.names,
        details=person or asked.explain or output.form in ("json", "jsonl") or any(name in fields for name in DETAILS),
        # On a terminal two lines beside the ids, less what wrapping loses.
        snippet_cells=2 * environment.width - 32 if person else SNIPPET_CELLS,
        labels=person,
        copies="copy_of" in fields or (output.form in ("json", "jsonl") and not fields),
        fold=person and not asked.all_copies,
        explain=asked.explain,
        facets=person or output.form == "json",
    )
    paths = records.Paths(library.root, environment.cwd)
    with reading(environment, library, asked.engine) as engine:
        vectors = _vectors(library) if asked.meaning else None
        if person or asked.explain or output.form == "json":
            return _show_whole(environment, asked, output, engine, request, fields, paths, vectors)
        begun = _begun(engine, request, vectors)
        if output.form == "count":
            environment.stdout.write(f"{begun.result.total}\n")
        elif output.form == "ids":
            _show_ids(environment, begun.ids, output)
        elif output.form != "quiet":
            _show_records(environment, begun.hits, output, fields, paths)
        return status(begun.result.total, engine)


def _vectors(library: Library) -> Vectors:
    vectors = vectors_of(library)
    if vectors is None:
        raise DiploError("the index was built without meaning", "run: diplo index --rebuild --meaning")
    return vectors


def _begun(engine: Engine, request: SearchRequest, vectors: Vectors | None) -> Begun:
    if vectors is None:
        return begin(engine, request)
    from diplo_cli.search.meaning import begin as begin_by_meaning

    return begin_by_meaning(engine, vectors, request)


def _show_whole(
    environment: Environment,
    asked: Asked,
    output: Output,
    engine: Engine,
    request: SearchRequest,
    fields: tuple[str, ...],
    paths: records.Paths,
    vectors: Vectors | None = None,
) -> int:
    """What can only be printed once all of it is known."""
    result = finish(engine, _begun(engine, request, vectors), request)
    for line in result.explanation:
        warn(environment, line)
    if output.for_person(environment):
        from diplo_cli.render.terminal.found import FoundPage

        groups = group(result.hits, asked.by, result.languages)
        FoundPage(environment, output.color, flags=output.flags).show(asked.command, result, groups)
        if vectors is None and _meaning_may_help(environment, asked, result):
            environment.say("note: diplo search --meaning also finds what other languages say in other words")
    elif output.form == "json":
        from diplo_cli.render.json import write_object

        groups = group(result.hits, asked.by, result.languages)
        whole = records.search(asked.command, result, groups, paths)
        if fields:
            whole["hits"] = [records.keep_fields(each, fields) for each in whole["hits"]]
        write_object(environment.stdout, whole)
    elif output.form == "count":
        environment.stdout.write(f"{result.total}\n")
    elif output.form == "ids":
        _show_ids(environment, (hit.document.id for hit in result.hits), output)
    elif output.form != "quiet":
        _show_records(environment, iter(result.hits), output, fields, paths)
    return status(result.total, engine)


def _meaning_may_help(environment: Environment, asked: Asked, result: SearchResult) -> bool:
    """Whether an answer in one language may not be all: to a query of several words, over an index that has vectors."""
    if len(asked.query.split()) < 2 or len(result.languages) > 1 or asked.filters.lang or asked.exact:
        return False
    return has_vectors(library_of(environment, asked.library))


def _show_ids(environment: Environment, ids: Iterable[str], output: Output) -> None:
    from diplo_cli.render.plain import write_words

    write_words(environment.stdout, ids, end=output.end)


def _show_records(
    environment: Environment, hits: Iterator[Hit], output: Output, fields: tuple[str, ...], paths: records.Paths
) -> None:
    """Print hits one by one, as they are read."""
    out = environment.stdout
    if output.form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(out, (records.keep_fields(records.hit(each, paths), fields) for each in hits))
        return
    from diplo_cli.render.plain import write_records, write_words

    if output.form == "paths":
        write_words(out, _each_once(paths.show(hit.document.path) for hit in hits), end=output.end)
    else:
        lines = (
            records.hit(each, paths) | records.plain_hit(each) if fields else records.plain_hit(each) for each in hits
        )
        write_records(out, lines, fields=fields or PLAIN_FIELDS, header=output.header, end=output.end)


def _each_once(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word not in seen:
            seen.add(word)
            yield word


def show_answers(environment: Environment, asked: Asked, output: Output, path: Path) -> int:
    """Ask every query of a file; print an answer a line; returns the exit status."""
    if output.form not in ("auto", "jsonl") or output.fields or output.header:
        flag = output.form if output.form not in ("auto", "jsonl") else "fields" if output.fields else "header"
        raise DiploError(f"--queries prints an answer a line, not --{flag}", "leave that flag out, or use --jsonl")
    from diplo_cli.render.json import write_lines
    from diplo_cli.render.plain import write_records

    request = SearchRequest(
        filters=asked.filters, limit=asked.limit or None, sort=asked.sort, exact=asked.exact, names=asked.names
    )
    found = False
    library = library_of(environment, asked.library)
    with reading(environment, library, asked.engine) as engine:
        if asked.meaning:
            from diplo_cli.search.meaning import answers as answers_by_meaning

            given_all = answers_by_meaning(engine, _vectors(library), _queries(environment, path), request)
        else:
            given_all = answers(engine, _queries(environment, path), request)
        for given in given_all:
            found = found or given.total > 0
            if given.error:
                warn(environment, f"warning: query {given.query_id}: {given.error}")
            if given.partial:
                warn(environment, f"warning: query {given.query_id}: part of the index did not answer")
            record = [records.answer(given)]
            if output.form == "jsonl":
                write_lines(environment.stdout, record)
            else:
                write_records(environment.stdout, record, fields=("query_id", "total", "ids"), end=output.end)
        return status(found, engine)


def _queries(environment: Environment, path: Path) -> Iterator[tuple[str, str]]:
    """(query_id, query) of each line that is not blank; the number of the line where it names no id."""
    try:
        stream = (
            environment.stdin
            if str(path) == "-"
            else (environment.cwd / path).open(encoding="utf-8-sig", errors="replace")
        )
    except OSError as error:
        raise DiploError(f"cannot read {path}: {error.strerror}", "name a file of queries, or - for stdin") from error
    with stream:
        for number, line in enumerate(stream, 1):
            query_id, tab, query = line.rstrip("\r\n").partition("\t")
            if line.strip() or tab:
                yield (query_id, query) if tab else (str(number), query_id)
