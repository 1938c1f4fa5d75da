"""What `search` and `list` share: from what was asked to what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from diplo_cli.cli.options import library_of, open_for_reading
from diplo_cli.engines.base import Sort
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.render import records
from diplo_cli.search.filters import Filters
from diplo_cli.search.result import Hit, SearchRequest, group
from diplo_cli.search.search import answers, search
from diplo_cli.search.widen import Strictness

ON_TERMINAL = 10  # hits of a language shown on a terminal unless --limit says otherwise
HIT_FIELDS = (
    "id", "path", "title", "date", "lang", "countries", "mentions", "score", "matched", "snippet", "highlights",
)  # fmt: skip
PLAIN_FIELDS = ("id", "date", "lang", "countries", "score", "title")


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
    library: Path | None = None
    engine: str = ""


class Output(NamedTuple):
    """How to print it. `form`: "auto" (a terminal's or plain records), "json", "jsonl", "ids", "paths", "count", "quiet"."""

    form: str = "auto"
    fields: str = ""
    header: bool = False
    end: str = "\n"
    color: str = "auto"

    @classmethod
    def chosen(cls, *, null: bool, fields: str, header: bool, color: str, **forms: bool) -> Output:
        """The output that the flags choose. Raises DiploError where two exclude each other."""
        chosen = [name for name, stated in forms.items() if stated]
        if len(chosen) > 1:
            raise DiploError(f"--{chosen[0]} and --{chosen[1]} exclude each other", "choose one")
        return cls(chosen[0] if chosen else "auto", fields, header, "\0" if null else "\n", color)


def show_found(environment: Environment, asked: Asked, output: Output) -> int:
    """Search or list, and print; returns the exit status."""
    library = library_of(environment, asked.library)
    paths = records.Paths(library.root, environment.cwd)
    terminal = (
        output.form == "auto"
        and environment.stdout_is_terminal
        and not (output.fields or output.header or output.end == "\0")
    )
    known = PLAIN_FIELDS + tuple(name for name in HIT_FIELDS if name not in PLAIN_FIELDS)
    fields = records.choose_fields(output.fields, known)
    only_count = output.form in ("count", "quiet")
    per_language = ON_TERMINAL if terminal and asked.limit is None else None
    limit = 0 if only_count else asked.limit or None
    details = terminal or output.form in ("json", "jsonl") or any(name in fields for name in HIT_FIELDS[8:])
    engine = open_for_reading(environment, library, asked.engine)
    result = search(
        engine,
        SearchRequest(
            query=asked.query,
            filters=asked.filters,
            limit=limit,
            per_language=per_language,
            sort=asked.sort,
            exact=asked.exact,
            names=asked.names,
            details=details,
            snippet_cells=2 * environment.width - 32
            if terminal
            else 160,  # two lines beside ids, less what wrapping loses
            explain=asked.explain,
        ),
    )
    for line in result.explanation:
        environment.say(line)
    if result.partial:
        environment.say("warning: part of the index did not answer; there may be more")
    out = environment.stdout
    if output.form == "count":
        out.write(f"{result.total}\n")
    elif terminal:
        from diplo_cli.render.terminal.found import FoundPage

        FoundPage(environment, output.color).show(asked.command, result, group(result.hits, asked.by, result.languages))
    elif output.form == "json":
        from diplo_cli.render.json import write_object

        groups = group(result.hits, asked.by, result.languages)
        whole = records.search(asked.command, result, groups, paths)
        if fields:
            whole["hits"] = [records.keep_fields(each, fields) for each in whole["hits"]]
        write_object(out, whole)
    elif output.form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(out, (records.keep_fields(records.hit(each, paths), fields) for each in result.hits))
    elif output.form != "quiet":
        _show_plain(environment, result.hits, output, fields, paths)
    return ExitStatus.FOUND if result.total else ExitStatus.NOTHING


def _show_plain(
    environment: Environment, hits: tuple[Hit, ...], output: Output, fields: tuple[str, ...], paths: records.Paths
) -> None:
    from diplo_cli.render.plain import write_records, write_words

    out = environment.stdout
    if output.form == "ids":
        write_words(out, (each.document.id for each in hits), end=output.end)
    elif output.form == "paths":
        write_words(out, dict.fromkeys(paths.show(each.document.path) for each in hits), end=output.end)
    else:
        lines = (
            records.hit(each, paths) | records.plain_hit(each) if fields else records.plain_hit(each) for each in hits
        )
        write_records(out, lines, fields=fields or PLAIN_FIELDS, header=output.header, end=output.end)


def show_answers(environment: Environment, asked: Asked, output: Output, path: Path) -> int:
    """Ask every query of a file; print an answer a line; returns the exit status."""
    if output.form not in ("auto", "jsonl"):
        raise DiploError(
            f"--queries prints an answer a line, not --{output.form}", "leave that flag out, or use --jsonl"
        )
    engine = open_for_reading(environment, library_of(environment, asked.library), asked.engine)
    request = SearchRequest(
        filters=asked.filters, limit=asked.limit or None, sort=asked.sort, exact=asked.exact, names=asked.names
    )
    found = False
    for given in answers(engine, _queries(environment, path), request):
        found = found or given.total > 0
        if given.error:
            environment.say(f"warning: query {given.query_id}: {given.error}")
        if output.form == "jsonl":
            from diplo_cli.render.json import write_lines

            write_lines(environment.stdout, [records.answer(given)])
        else:
            from diplo_cli.render.plain import write_records

            row = records.answer(given)
            write_records(environment.stdout, [row], fields=("query_id", "total", "ids"), end=output.end)
    return ExitStatus.FOUND if found else ExitStatus.NOTHING


def _queries(environment: Environment, path: Path) -> Iterator[tuple[str, str]]:
    """(query_id, query) of each line that is not blank; the number of the line where it names no id."""
    try:
        stream = environment.stdin if str(path) == "-" else path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DiploError(f"cannot read {path}: {error.strerror}", "name a file of queries, or - for stdin") from error
    with stream:
        for number, line in enumerate(stream, 1):
            query_id, tab, query = line.rstrip("\r\n").partition("\t")
            if line.strip():
                yield (query_id, query) if tab else (str(number), query_id)
