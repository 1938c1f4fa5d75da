"""`diplo names`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.errors import DiploError
from diplo_cli.render import records
from diplo_cli.render.message import warn

app = new_command()

FIELDS = ("script", "term", "documents", "probability", "why")
EPILOG = """Examples:
  diplo names Tokayev                   every spelling in the library, by script
  diplo names "Anwar Ibrahim" --json
  diplo names Tokayev --names strict --jsonl | jq -r .term"""


@app.command(cls=Command, epilog=EPILOG)
def names(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME…", help="A name, in any spelling and script.")],
    names_: Annotated[
        str, typer.Option("--names", metavar="HOW", help="How sure spellings must be: strict, normal or loose.")
    ] = "normal",
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    header: o.Header = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Say how the library spells a name."""
    from diplo_cli.names.variants import threshold
    from diplo_cli.search.result import SearchRequest
    from diplo_cli.search.spelled import spelled

    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    strictness = o.strictness(names_)
    query = " ".join(name).strip()
    if not query:
        raise DiploError("no name given", "diplo names Tokayev")
    with o.reading(environment, o.library_of(environment, library), engine) as index:
        found = spelled(index, SearchRequest(query=query, names=strictness))
    line = threshold(strictness, alone=len(query.split()) == 1)
    sure = [each for each in found if each.probability >= line]
    doubtful = [each.term for each in found if each.probability < line]
    rows = [records.spelling(each) for each in sure]
    head = {"schema": "diplo.names/1", "query": query, **records.partial(index.unanswered > 0)}
    if form == "json":
        from diplo_cli.render.json import write_object

        write_object(environment.stdout, {**head, "spellings": rows})
    elif form == "jsonl":
        from diplo_cli.render.json import write_lines

        write_lines(environment.stdout, rows)
    elif o.for_person(environment, form, color) and not header and sure:
        from diplo_cli.render.terminal.names import NamesPage

        NamesPage(environment, color).show(query, sure)
    else:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, rows, fields=FIELDS, header=header)
        if not sure and environment.stderr_is_terminal:
            warn(environment, "nothing found")
    if doubtful:
        warn(environment, f"also spelled? {' · '.join(doubtful[:10])}")
    return o.status(sure, index)
