"""`diplo inspect`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import read_documents
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.render import records

app = new_command()

FIELDS = ("id", "lang", "confidence", "date", "countries", "title")
EPILOG = """Examples:
  diplo inspect article.txt
  curl -s … | diplo inspect - --json
  diplo inspect many.jsonl --jsonl | jq -r '[.id, .lang] | @tsv'"""


@app.command(cls=Command, epilog=EPILOG)
def inspect(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files to read; - is one document on stdin.")],
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    fields: o.Fields = "",
    color: o.Color = "auto",
) -> int:
    """Say what is read in files."""
    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    from diplo_cli.render.json import write_lines, write_object
    from diplo_cli.render.message import tell
    from diplo_cli.render.plain import write_records

    chosen: tuple[str, ...] = ()
    whole = []
    failed = False
    for item in read_documents(environment, files):
        if isinstance(item, DiploError):
            tell(environment, item)
            failed = True
            continue
        record = records.inspected(item)
        chosen = records.choose_fields(fields, record) if fields else ()
        if form == "json":
            whole.append(records.keep_fields(record, chosen))
        elif form == "jsonl":
            write_lines(environment.stdout, [records.keep_fields(record, chosen)])
        elif chosen or not o.for_person(environment, form, color):
            write_records(environment.stdout, [record], fields=chosen or FIELDS)
        else:
            from diplo_cli.render.terminal.documents import DocumentPage

            DocumentPage(environment, color).inspected(item)
    if form == "json":
        write_object(environment.stdout, {"schema": "diplo.inspect/1", "documents": whole})
    return ExitStatus.ERROR if failed else ExitStatus.FOUND
