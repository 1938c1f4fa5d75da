"""`diplo pairs`."""

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.counted import Printed, show_counts
from diplo_cli.render import records

app = new_command()

FIELDS = ("a", "b", "documents", "languages", "since", "until", "undated")
EPILOG = """Examples:
  diplo pairs
  diplo pairs --country KZ --since 2024       who Kazakhstan is written about with
  diplo pairs Tokayev --lang ar
  diplo pairs | awk '$3 > 1'
  diplo pairs --jsonl | jq -r '[.a, .b, .since] | @tsv'"""


@app.command(cls=Command, epilog=EPILOG)
def pairs(
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
    """Count pairs of countries."""
    from diplo_cli.search import pairs as counting

    environment = o.environment_of(context)
    printed = Printed(o.form_of(json=json, jsonl=jsonl, color=color), limit, fields, header, color)
    request = o.request(query, o.filters(lang, country, mentions, pair, source, since, until), exact, names)
    with o.reading(environment, o.library_of(environment, library), engine) as index:
        table = counting.pairs(index, request, dated=not printed.for_person(environment))
    whole = {"schema": "diplo.pairs/1", "query": request.query, "total": table.total, "paired": table.paired}

    def page() -> None:
        from diplo_cli.render.terminal.pairs import PairsPage

        PairsPage(environment, color, flags=flags).show(table, limit, whole=bool(country or mentions or pair))

    return show_counts(
        environment, printed, index, whole, ("pairs", [records.pair(p) for p in table.pairs], FIELDS), page
    )
