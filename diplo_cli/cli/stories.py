"""`diplo stories`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import stories_of
from diplo_cli.engines.base import Sort
from diplo_cli.render import records
from diplo_cli.render.message import warn

app = new_command()

FIELDS = ("story", "documents", "since", "until", "languages", "countries", "title")
ALL_FIELDS = (*FIELDS, "ids", "copies")
ON_TERMINAL = 20
EPILOG = """Examples:
  diplo stories                         the largest first
  diplo stories Tokayev --since 2024-05 --sort date
  diplo stories --country KZ --jsonl
  diplo summary --story 1               what the first of them says"""


@app.command(cls=Command, epilog=EPILOG)
def stories(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY…", help="Only documents that answer it.")] = None,
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
            "--limit", metavar="N", min=0, help="At most N; 0 for all. A terminal shows 20.", rich_help_panel=o.OUTPUT
        ),
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="size, or date (the latest first).", rich_help_panel=o.OUTPUT)
    ] = "size",
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    fields: o.Fields = "",
    header: o.Header = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Group documents into stories."""
    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    chosen = records.choose_fields(fields, ALL_FIELDS)
    by_date = o.choose("sort", sort, ("size", Sort.DATE.value)) == Sort.DATE.value
    person = o.for_person(environment, form, color) and not (header or chosen)
    filters = o.filters(lang, country, mentions, pair, source, since, until)
    home = o.library_of(environment, library)
    with o.reading(environment, home, engine) as index:
        found = stories_of(
            environment, index, o.vectors_of(home), " ".join(query or ()).strip(), filters, by_date=by_date
        )
    most = (ON_TERMINAL if person else None) if limit is None else limit or None
    shown = found[:most]
    rows = [records.story(each) for each in shown]
    if form == "json":
        from diplo_cli.render.json import write_object

        kept = [records.keep_fields(row, chosen) for row in rows]
        head = {"schema": "diplo.stories/1", "total": len(found), **records.partial(index.unanswered > 0)}
        write_object(environment.stdout, {**head, "stories": kept})
    elif form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(environment.stdout, (records.keep_fields(row, chosen) for row in rows))
    elif person:
        from diplo_cli.render.terminal.stories import StoriesPage

        if found:
            StoriesPage(environment, color).show(shown, len(found))
        else:
            warn(environment, "no two documents tell the same story")
    else:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, rows, fields=chosen or FIELDS, header=header)
    return o.status(found, index)
