"""`diplo stats`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.errors import ExitStatus
from diplo_cli.render import records
from diplo_cli.render.message import warn

app = new_command()

FIELDS = ("lang", "country", "documents")
EPILOG = """Examples:
  diplo stats
  diplo stats --since 2024 --country KZ
  diplo stats --jsonl | jq -r 'select(.lang == "ar") | .country'"""


@app.command(cls=Command, epilog=EPILOG)
def stats(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY…", help="Count only what answers it.")] = None,
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    header: o.Header = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Count documents."""
    from diplo_cli.search.result import SearchRequest
    from diplo_cli.search.statistics import statistics

    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    request = SearchRequest(
        query=" ".join(query or ()).strip(), filters=o.filters(lang, country, mentions, pair, source, since, until)
    )
    with o.reading(environment, o.library_of(environment, library), engine) as index:
        table = statistics(index, request)
    rows = [records.count(each) for each in table.counts]
    if form == "json":
        from diplo_cli.render.json import write_object

        whole = {"schema": "diplo.stats/1", "query": request.query, "total": table.total}
        write_object(environment.stdout, whole | {"counts": rows})
    elif form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(environment.stdout, rows)
    elif o.for_person(environment, form, color) and not header:
        from diplo_cli.render.terminal.statistics import StatisticsPage

        if table.total:
            StatisticsPage(environment, color).show(table)
        else:
            warn(environment, "nothing found")
    else:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, rows, fields=FIELDS, header=header)
    return ExitStatus.FOUND if table.total else ExitStatus.NOTHING
