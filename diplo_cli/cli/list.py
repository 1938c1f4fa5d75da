"""`diplo list`."""

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.found import Asked, Output, show_found

app = new_command()

EPILOG = """Examples:
  diplo list                            all documents, by language and country
  diplo list --country KZ --since 2024-05 --sort date
  diplo list --fields id,lang --jsonl"""


@app.command(cls=Command, epilog=EPILOG)
def list_(
    context: typer.Context,
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    limit: o.Limit = None,
    sort: o.SortOption = "score",
    by: o.By = "lang,country",
    all_copies: o.AllCopies = False,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    ids: o.Ids = False,
    paths: o.Paths = False,
    null: o.Null = False,
    count: o.Count = False,
    quiet: o.Quiet = False,
    fields: o.Fields = "",
    header: o.Header = False,
    color: o.Color = "auto",
    flags: o.Flags = False,
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """List documents."""
    asked = Asked(
        command="list",
        filters=o.filters(lang, country, mentions, pair, source, since, until),
        limit=limit,
        sort=o.sort_of(sort),
        by=o.grouping(by),
        library=library,
        engine=engine,
        all_copies=all_copies,
    )
    output = Output.chosen(
        json=json,
        jsonl=jsonl,
        ids=ids,
        paths=paths,
        null=null,
        count=count,
        quiet=quiet,
        fields=fields,
        header=header,
        color=o.choose("color", color, ("auto", "always", "never")),
        flags=flags,
    )
    return show_found(o.environment_of(context), asked, output)
