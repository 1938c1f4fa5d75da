"""`diplo stats`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.counted import Printed, show_counts
from diplo_cli.render import records

app = new_command()

FIELDS = ("lang", "country", "documents")
EPILOG = """Examples:
  diplo stats
  diplo stats --since 2024 --country KZ
  diplo stats Tokayev --by country --flags
  diplo stats --jsonl | jq -r 'select(.lang == "ar") | .country'"""


@app.command(cls=Command, epilog=EPILOG)
def stats(
    context: typer.Context,
    query: o.QueryWords = None,
    exact: o.Exact = False,
    names: o.Names = "normal",
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="HOW", help="Count by lang,country; country,lang; country; lang.", rich_help_panel=o.OUTPUT
        ),
    ] = "lang,country",
    limit: o.Rows = None,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    fields: o.Fields = "",
    header: o.Header = False,
    color: o.Color = "auto",
    flags: o.Flags = False,
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Count documents."""
    from diplo_cli.search.statistics import statistics

    environment = o.environment_of(context)
    printed = Printed(o.form_of(json=json, jsonl=jsonl, color=color), limit, fields, header, color)
    kinds = o.choose("by", by.replace(" ", ""), ("lang,country", "country,lang", "country", "lang")).split(",")
    request = o.request(query, o.filters(lang, country, mentions, pair, source, since, until), exact, names)
    with o.reading(environment, o.library_of(environment, library), engine) as index:
        table = statistics(index, request, kinds)
    whole = {"schema": "diplo.stats/1", "query": request.query, "total": table.total}

    def page() -> None:
        from diplo_cli.render.terminal.statistics import StatisticsPage

        StatisticsPage(environment, color, flags=flags).show(table, limit, by=kinds[0])

    return show_counts(
        environment, printed, index, whole, ("counts", [records.count(c) for c in table.counts], FIELDS), page
    )
