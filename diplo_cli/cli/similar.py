"""`diplo similar`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import find_documents, written_ids
from diplo_cli.cli.found import PLAIN_FIELDS, Output
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.errors import ExitStatus
from diplo_cli.render import records
from diplo_cli.search.result import Hit, SearchResult, group
from diplo_cli.search.similar import NEAREST, POOL, Likeness, Similar

app = new_command()

SHOWN = 20  # of each document, unless --limit says otherwise
FIELDS = (*PLAIN_FIELDS, "path", "mentions")
RECORD_FIELDS = ("id", "ids", "scores")  # of a record in JSON, which tells of one document all that is like it
EPILOG = """Examples:
  diplo similar 003                         the same story in other languages and papers
  diplo similar 003 --lang ar
  diplo similar 003 --ids | diplo summary -
  diplo list --ids | diplo similar - --jsonl"""


@app.command(cls=Command, epilog=EPILOG)
def similar(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids, or their beginnings; - reads them from stdin.")],
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help=f"At most N for each; {SHOWN} unless given, 0 for all of the nearest {POOL} ({NEAREST} by vectors).",
            rich_help_panel=o.OUTPUT,
        ),
    ] = None,
    by: o.By = "none",
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    ids_only: Annotated[bool, typer.Option("--ids", help="Only ids, each once.", rich_help_panel=o.OUTPUT)] = False,
    null: o.Null = False,
    fields: o.Fields = "",
    header: o.Header = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Find what is like a document."""
    environment = o.environment_of(context)
    output = Output.chosen(
        json=json,
        jsonl=jsonl,
        ids=ids_only,
        null=null,
        fields=fields,
        header=header,
        color=o.choose("color", color, ("auto", "always", "never")),
    )
    chosen = records.choose_fields(fields, RECORD_FIELDS if output.form in ("json", "jsonl") else FIELDS)
    grouping = o.grouping(by)
    restrictions = o.filters(lang, country, mentions, pair, source, since, until).nodes()
    home = o.library_of(environment, library)
    most = SHOWN if limit is None else limit or None
    with o.reading(environment, home, engine) as index:
        documents, failed = find_documents(environment, index, written_ids(environment, ids))
        likeness = Likeness(index, o.vectors_of(home), restrictions)
        paths = records.Paths(home.root, environment.cwd)
        found = False
        whole = []
        seen: set[str] = set()
        for place, document in enumerate(documents):
            told = likeness.like(document, most)
            found = found or bool(told.hits)
            if output.form == "json":
                whole.append(records.keep_fields(records.similar(told), chosen))
            elif output.form == "jsonl":
                from diplo_cli.render.json import write_lines

                write_lines(environment.stdout, [records.keep_fields(records.similar(told), chosen)])
            elif output.form == "ids":
                from diplo_cli.render.plain import write_words

                fresh = [one for one, _ in told.hits if one not in seen]
                seen.update(fresh)
                write_words(environment.stdout, fresh, end=output.end)
            elif output.for_person(environment):
                _page(environment, output, index, told, grouping, blank=place > 0)
            else:
                _plain(environment, output, index, told, paths, chosen or PLAIN_FIELDS)
        if output.form == "json":
            from diplo_cli.render.json import write_object

            told_partial = records.partial(index.unanswered > 0)
            write_object(environment.stdout, {"schema": "diplo.similars/1", **told_partial, "similar": whole})
    if failed:
        return ExitStatus.ERROR
    return o.status(found, index)


def _hits(index: Engine, told: Similar, *, labels: bool) -> list[Hit]:
    from diplo_cli.library.ids import shortest

    scores = dict(told.hits)
    return [
        Hit(each, scores[each.id], shortest(index, each.id) if labels else each.id) for each in index.get(list(scores))
    ]


def _page(
    environment: Environment, output: Output, index: Engine, told: Similar, grouping: tuple[str, ...], *, blank: bool
) -> None:
    """What is like one document, for a person."""
    from collections import Counter

    from diplo_cli.render.terminal.found import FoundPage

    hits = tuple(_hits(index, told, labels=True))
    languages = Counter(hit.document.lang for hit in hits)
    countries = Counter(country for hit in hits for country in hit.document.countries)
    result = SearchResult(f"anything like {told.document_id}", len(hits), False, languages, countries, hits)
    if blank:
        environment.stdout.write("\n")
    FoundPage(environment, output.color).show("similar", result, group(hits, grouping, languages))


def _plain(
    environment: Environment,
    output: Output,
    index: Engine,
    told: Similar,
    paths: records.Paths,
    fields: tuple[str, ...],
) -> None:
    """What is like one document, a record a line."""
    from diplo_cli.render.plain import write_records

    rows = [records.hit(hit, paths) | records.plain_hit(hit) for hit in _hits(index, told, labels=False)]
    write_records(environment.stdout, rows, fields=fields, header=output.header, end=output.end)
