"""`diplo show`."""

from __future__ import annotations

from typing import Annotated

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import find_documents, written_ids
from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.render import records

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
    o.choose("color", color, ("auto", "always", "never"))
    chosen = records.choose_fields(fields, FIELDS)
    if json and jsonl:
        raise DiploError("--json and --jsonl exclude each other", "choose one")
    home = o.library_of(environment, library)
    index = o.open_for_reading(environment, home, engine)
    written = written_ids(environment, ids)
    documents, failed = find_documents(environment, index, written)
    paths = records.Paths(home.root, environment.cwd)
    if json or jsonl:
        from diplo_cli.render.json import write_lines, write_object

        texts = [records.keep_fields(records.text(each, paths), chosen) for each in documents]
        if json:
            write_object(environment.stdout, {"schema": "diplo.show/1", "texts": texts})
        else:
            write_lines(environment.stdout, texts)
    elif chosen:
        from diplo_cli.render.plain import write_records

        write_records(environment.stdout, (records.text(each, paths) for each in documents), fields=chosen)
    elif environment.stdout_is_terminal or color == "always":
        from diplo_cli.render.terminal.documents import DocumentPage

        spans = [_spans(index, document, highlight) for document in documents]
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


def _spans(index: Engine, document: Document, query: str) -> list[tuple[int, int]]:
    """What of the document's text answers the query."""
    if not query:
        return []
    from diplo_cli.search.matching import find_matches
    from diplo_cli.search.result import SearchRequest
    from diplo_cli.search.search import widen

    leaves = widen(index, SearchRequest(query=query)).leaves
    return [(match.start, match.end) for match in find_matches(document.text, document.lang, leaves)]
