"""`diplo search`."""

from pathlib import Path
from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.found import Asked, Output, show_answers, show_found
from diplo_cli.errors import DiploError

app = new_command()

EPILOG = """Examples:
  diplo search Tokayev                      every spelling, in every script
  diplo search '"water infrastructure"'     a phrase
  diplo search 'Tokayev -Malaysia'          without a word (quote it)
  diplo search =Tokayev --lang en           exactly this spelling, in English
  diplo search --meaning 'water security'    what it means, in every language
  diplo search Tokayev --json | jq -r '.hits[].id'
  diplo search Tokayev -0 --paths | xargs -0 wc -w"""


@app.command(cls=Command, epilog=EPILOG)
def search(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY…", help='Words, names, "phrases".')] = None,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Also by meaning, in any language; see diplo index --meaning.")
    ] = False,
    exact: o.Exact = False,
    names: o.Names = "normal",
    explain: Annotated[bool, typer.Option("--explain", help="Say how the query was read and widened.")] = False,
    queries: Annotated[
        str, typer.Option("--queries", metavar="FILE", help="One query a line (ID<TAB>QUERY); - for stdin.")
    ] = "",
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
    """Find documents."""
    asked = Asked(
        command="search",
        query=" ".join(query or ()).strip(),
        filters=o.filters(lang, country, mentions, pair, source, since, until),
        limit=limit,
        sort=o.sort_of(sort),
        by=o.grouping(by),
        exact=exact,
        names=o.strictness(names),
        explain=explain,
        meaning=meaning,
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
    if queries:
        if asked.query:
            raise DiploError("--queries FILE goes without a QUERY", "put the query into the file")
        return show_answers(o.environment_of(context), asked, output, Path(queries))
    if not asked.query:
        raise DiploError("search for what?", "diplo search QUERY; all documents: diplo list")
    return show_found(o.environment_of(context), asked, output)
