"""`diplo show`."""

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import find_documents, written_ids
from diplo_cli.document import Document
from diplo_cli.environment import Environment
from diplo_cli.errors import ExitStatus
from diplo_cli.render import records
from diplo_cli.search.matching import find_matches
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import widen

app = new_command()

FIELDS = ("id", "path", "title", "date", "lang", "countries", "mentions", "source", "text")
EPILOG = """Examples:
  diplo show 003
  diplo show 003 --highlight Malaysia
  diplo show 003 --json | jq -r '.texts[].text'
  diplo search Tokayev --ids | diplo show -"""


@app.command(cls=Command, epilog=EPILOG)
def show(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids, or their beginnings; - reads them from stdin.")],
    highlight: Annotated[
        str,
        typer.Option("--highlight", metavar="QUERY", help="Light up what answers a query.", rich_help_panel=o.OUTPUT),
    ] = "",
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    fields: o.Fields = "",
    color: o.Color = "auto",
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Do not page on a terminal.", rich_help_panel=o.OUTPUT)
    ] = False,
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Read documents."""
    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    chosen = records.choose_fields(fields, FIELDS)
    home = o.library_of(environment, library)
    with o.reading(environment, home, engine) as index:
        leaves = widen(index, SearchRequest(query=highlight)).leaves
        documents, failed = find_documents(environment, index, written_ids(environment, ids))
    paths = records.Paths(home.root, environment.cwd)
    if form != "auto":
        from diplo_cli.render.json import write_lines, write_object

        texts = [records.keep_fields(records.text(each, paths), chosen) for each in documents]
        if form == "json":
            write_object(environment.stdout, {"schema": "diplo.show/1", "texts": texts})
        else:
            write_lines(environment.stdout, texts)
    elif chosen:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, (records.text(each, paths) for each in documents), fields=chosen)
    elif o.for_person(environment, form, color):
        from diplo_cli.render.terminal.documents import DocumentPage

        spans = [
            [(match.start, match.end) for match in find_matches(each.text, each.lang, leaves)] for each in documents
        ]
        DocumentPage(environment, color).texts(documents, spans, paging=not no_pager)
    else:
        _plain(environment, documents)
    if failed:
        return ExitStatus.ERROR
    return ExitStatus.FOUND if documents else ExitStatus.NOTHING


def _plain(environment: Environment, documents: list[Document]) -> None:
    from diplo_cli.render.plain import write_text

    for number, document in enumerate(documents):
        if number:
            environment.stdout.write("\n")
        header = {
            "id": document.id,
            "title": document.title,
            "date": document.date,
            "lang": document.lang,
            "countries": ", ".join(document.countries),
            "source": document.source,
        }
        write_text(environment.stdout, header, document.text)
