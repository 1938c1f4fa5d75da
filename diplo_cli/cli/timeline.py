"""`diplo timeline`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.counted import Printed, show_counts
from diplo_cli.errors import DiploError
from diplo_cli.render import records
from diplo_cli.search import timeline as counting

app = new_command()

UNITS: dict[str, counting.Unit] = {"month": "month", "year": "year", "day": "day"}
SPLITS: dict[str, counting.Split] = {"country": "country", "lang": "lang"}
EPILOG = """Examples:
  diplo timeline
  diplo timeline Tokayev --by day --since 2024-05 --until 2024-06
  diplo timeline --by year,country --lang ar
  diplo timeline --by lang --jsonl | jq -r 'select(.lang == "ar") | .period'"""


@app.command(cls=Command, epilog=EPILOG)
def timeline(
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
            "--by",
            metavar="HOW",
            help="By month, year or day; and by country or lang: year,country.",
            rich_help_panel=o.OUTPUT,
        ),
    ] = "month",
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="The last N periods, and the undated; 0 for all.",
            rich_help_panel=o.OUTPUT,
        ),
    ] = None,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    fields: o.Fields = "",
    header: o.Header = False,
    color: o.Color = "auto",
    flags: o.Flags = False,
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Count documents over time."""
    environment = o.environment_of(context)
    printed = Printed(o.form_of(json=json, jsonl=jsonl, color=color), None, fields, header, color)
    unit, split = _unit_and_split(by)
    request = o.request(query, o.filters(lang, country, mentions, pair, source, since, until), exact, names)
    with o.reading(environment, o.library_of(environment, library), engine) as index:
        table = counting.timeline(index, request, unit, split)
    whole = {"schema": "diplo.timeline/1", "query": request.query, "total": table.total}
    rows = [records.period(each, split) for each in counting.latest(table.periods, limit)]

    def page() -> None:
        from diplo_cli.render.terminal.timeline import TimelinePage

        TimelinePage(environment, color, flags=flags).show(table, limit)

    names_of_fields = ("period", "documents", split) if split else ("period", "documents")
    return show_counts(environment, printed, index, whole, ("periods", rows, names_of_fields), page)


def _unit_and_split(by: str) -> tuple[counting.Unit, counting.Split]:
    """`--by`: a unit of time, a field, or both. Raises DiploError."""
    words = [o.choose("by", word.strip(), (*UNITS, *SPLITS)) for word in by.split(",")]
    units = [UNITS[word] for word in words if word in UNITS]
    splits = [SPLITS[word] for word in words if word in SPLITS]
    if len(units) > 1 or len(splits) > 1:
        raise DiploError(f"--by {by!r}: one of month, year, day, and one of country, lang", "as in --by year,country")
    return (units or ["month"])[0], (splits or [""])[0]
