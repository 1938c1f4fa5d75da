"""`diplo index`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.engines.base import ENGINES
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.indexing.build import Request, update
from diplo_cli.indexing.generations import writing
from diplo_cli.indexing.part import parse_part
from diplo_cli.indexing.report import IndexReport, IndexStopped
from diplo_cli.language import DETECTORS, require
from diplo_cli.library.locate import Library, add_sources, forget_source
from diplo_cli.meaning.encoder import require as require_encoder
from diplo_cli.render.message import warn

app = new_command()

FIELDS = ("outcome", "documents", "path", "reason")
EPILOG = """Examples:
  diplo index                       bring the index up to date
  diplo index ~/articles more.jsonl add a folder and a file to the library
  diplo index --forget ~/articles   take the folder out again
  diplo index --report              what became of each file
  diplo index --check               is the index whole?
  diplo index --watch               keep the index fresh until Ctrl-C
  diplo index --rebuild --engine whoosh
  diplo index --detector pycld2     tell languages faster, titles less surely; an extra to install
  diplo index --rebuild --meaning   for diplo search --meaning; an extra to install
  diplo index --rebuild --passages  also find by meaning what stands deep in a document
  diplo index --trust               believe the cluster and the index that diplo.toml names
  diplo index --part 3/16           on a cluster: this sixteenth of the files"""


@app.command(cls=Command, epilog=EPILOG)
def index(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Folders or files to add; they are not copied.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the index anew.")] = False,
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="NAME", help="With --rebuild, or at first: tantivy, whoosh or opensearch."),
    ] = "",
    detector: Annotated[
        str, typer.Option("--detector", metavar="NAME", help="With --rebuild: langdetect or pycld2, to tell languages.")
    ] = "",
    meaning: Annotated[
        bool | None,
        typer.Option("--meaning/--no-meaning", help="Also index what documents mean, an extra to install; or end it."),
    ] = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="As --meaning, and of each passage, for ten times the time.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=0, help="Processes that read files; 0: one a processor.")
    ] = 0,
    forget: Annotated[
        list[Path] | None, typer.Option("--forget", metavar="PATH", help="Take a folder or file out of the library.")
    ] = None,
    forget_missing: Annotated[
        bool, typer.Option("--forget-missing", help="With --rebuild: go on though a folder is missing.")
    ] = False,
    part: Annotated[
        str, typer.Option("--part", metavar="K/N", help="Index the K-th of N parts of the files; on a cluster only.")
    ] = "",
    trust: Annotated[
        bool, typer.Option("--trust", help="Trust the cluster and index that diplo.toml names, and do nothing else.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and index again whenever a file changes, until Ctrl-C.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Read the whole index and say whether it is damaged; change nothing.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="List what became of each file.", rich_help_panel=o.OUTPUT)
    ] = False,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    quiet: o.Quiet = False,
    library: o.LibraryOption = None,
) -> int:
    """Build or update the index."""
    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl)
    if engine:
        o.choose("engine", engine, ENGINES)
    if detector:
        o.choose("detector", detector, DETECTORS)
        require(detector)
    if meaning or passages:
        require_encoder()
    if forget_missing and not rebuild:
        raise DiploError("--forget-missing goes with --rebuild", "diplo index --rebuild --forget-missing")
    if quiet and (report or form != "auto"):
        raise DiploError("--quiet goes without a report", "leave one of them out")
    home = o.library_of(environment, library)
    if trust:
        return _trust(environment, home, quiet=quiet)
    if check:
        if rebuild or watch or forget or paths or jobs or report or form != "auto":
            raise DiploError("--check goes alone", "diplo index --check")
        return _check(environment, home, engine, detector, quiet=quiet)
    if forget or paths:
        with writing(home, wait=False):  # where nothing can be written, nothing is recorded either
            pass
    for path in forget or ():
        home = forget_source(home, environment.cwd / path)
    if paths:
        if "" in paths:
            raise DiploError("an empty PATH names no folder or file", "name one, or . for this folder")
        home = add_sources(home, tuple(environment.cwd / path for path in paths))
    request = Request(
        engine=engine,
        rebuild=rebuild,
        forget_missing=forget_missing,
        jobs=jobs or _processors(),
        variables=environment.variables,
        part=parse_part(part) if part else None,
        detector=detector,
        meaning="passages" if passages else "lead" if meaning else "",
        no_meaning=meaning is False,
    )
    try:
        for done in _updates(environment, home, request, quiet=quiet, keep_watching=watch):
            if not quiet:
                for trouble in done.troubles():
                    warn(environment, f"warning: {trouble}")
                environment.say(_summary(done))
            if report or form != "auto":
                _report(environment, done, form)
                environment.stdout.flush()
    except IndexStopped as stopped:
        documents = _documents(stopped.documents)
        environment.say(f"stopped: {documents} indexed and kept, {stopped.left:,} files left; diplo index continues")
        raise
    return ExitStatus.FOUND


def _check(environment: Environment, home: Library, engine: str, detector: str, *, quiet: bool) -> int:
    from diplo_cli.indexing.check import check

    found = check(home, engine, detector, environment.variables)
    if not quiet:
        files = f"{found.files:,} files, {found.size / 1e6:,.1f} MB" if found.files else "on a cluster"
        environment.say(f"the index is whole · {_documents(found.documents)} · {files}")
        if found.unfinished:
            environment.say("note: its last update was interrupted; diplo index continues it")
    return ExitStatus.FOUND


def _documents(number: int) -> str:
    return f"{number:,} document{'s' if number != 1 else ''}"


def _updates(
    environment: Environment, home: Library, request: Request, *, quiet: bool, keep_watching: bool
) -> Iterator[IndexReport]:
    """The reports of one update, or of those of a watch."""

    def shown(home: Library, request: Request) -> IndexReport:
        if quiet:
            return update(home, request)
        from diplo_cli.render.terminal.progress import Bar

        with Bar(environment) as bar:
            return update(home, request, bar.show)

    if keep_watching:
        from diplo_cli.indexing.watch import watch

        yield from watch(home, request, shown)
    else:
        yield shown(home, request)


def _trust(environment: Environment, home: Library, *, quiet: bool) -> int:
    from diplo_cli.engines.opensearch_place import trust

    cluster = trust(home.root, environment.variables)
    if not quiet:
        index = f" · index {cluster.name}" if cluster.stranger else ""
        environment.say(f"trusted: {', '.join(cluster.urls)}{index}")
    return ExitStatus.FOUND


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _summary(done: IndexReport) -> str:
    counts = [
        f"{done.count(outcome):,} {outcome}"
        for outcome in ("indexed", "unchanged", "removed", "skipped", "failed")
        if done.count(outcome)
    ]
    files = f"files: {', '.join(counts) or 'none'}"
    if over := done.passed_over:
        files += f" · {over:,} record{'s' if over != 1 else ''} not indexed"
    return f"{_documents(done.documents)} · {files} · {done.seconds:.1f} s"


def _report(environment: Environment, done: IndexReport, form: str) -> None:
    rows = [{"schema": "diplo.outcome/1", **each._asdict()} for each in done.outcomes]
    if form == "json":
        from diplo_cli.render.json import write_object

        whole = {"schema": "diplo.index/1", "documents": done.documents, "warnings": list(done.warnings)}
        write_object(environment.stdout, whole | {"files": rows})
    elif form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(environment.stdout, rows)
    else:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, rows, fields=FIELDS)
