"""`diplo summary`."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import find_documents, read_documents, written_ids
from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.render import records
from diplo_cli.render.json import write_lines, write_object
from diplo_cli.render.message import tell, warn
from diplo_cli.render.plain import write_records, write_sentences
from diplo_cli.search.favour import Favour, TextLexicon
from diplo_cli.search.filters import Filters
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import search
from diplo_cli.summary.article import NothingToSummariseError
from diplo_cli.summary.digest import digest
from diplo_cli.summary.methods import METHODS
from diplo_cli.summary.summarise import Summary, summarise

app = new_command()


class _Wanted(NamedTuple):
    """How to choose sentences, and how many."""

    method: str
    sentences: int | None
    words: int | None


EPILOG = f"""Methods: {", ".join(METHODS)}

Examples:
  diplo summary 003
  diplo summary 003 --words 60 --focus Tokayev
  diplo search Tokayev --ids | diplo summary -
  diplo summary --query Tokayev             one digest of all that was found
  diplo summary --file article.txt --method lexrank"""


@app.command(cls=Command, epilog=EPILOG)
def summary(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID…", help="Ids, or their beginnings; - reads them from stdin.")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option("-n", "--sentences", metavar="N", help="So many sentences; 3 unless --words is given.")
    ] = None,
    words: Annotated[int | None, typer.Option("--words", metavar="N", help="At most so many words.")] = None,
    ratio: Annotated[
        float | None, typer.Option("--ratio", metavar="R", help="That share of the sentences: 0.2.")
    ] = None,
    method: Annotated[str, typer.Option("--method", metavar="NAME", help="How to choose sentences.")] = "diplo",
    focus: Annotated[str, typer.Option("--focus", metavar="QUERY", help="Prefer sentences that answer a query.")] = "",
    file: Annotated[
        list[str] | None, typer.Option("--file", metavar="PATH", help="Summarise a file, without an index; - is stdin.")
    ] = None,
    query: Annotated[str, typer.Option("--query", metavar="QUERY", help="One digest of all that is found.")] = "",
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Summarise documents."""
    environment = o.environment_of(context)
    form = o.form_of(json=json, jsonl=jsonl, color=color)
    filters = o.filters(lang, country, mentions, pair, source, since, until)
    asked = [bool(ids), bool(file), bool(query) or filters != Filters()]
    if sum(asked) != 1:
        raise DiploError("summarise what? Ids, or --file PATH, or --query QUERY: one of them", "diplo summary 003")
    wanted = _Wanted(method, sentences, words)
    if ratio is not None and not (ids or file):
        raise DiploError("--ratio goes with ids or --file", "use --sentences or --words for a digest")
    if file:
        documents, failed = _files(environment, file)
        told = _summaries(environment, documents, wanted, ratio, Favour(TextLexicon(documents), focus))
    else:
        with o.reading(environment, o.library_of(environment, library), engine) as index:
            favour = Favour(index, focus or query)
            if not ids:
                request = SearchRequest(query=query, filters=filters, details=False)
                return _digest(environment, form, color, index, request, wanted, favour)
            documents, failed = find_documents(environment, index, written_ids(environment, ids))
        told = _summaries(environment, documents, wanted, ratio, favour)
    _show(environment, form, color, told)
    if failed:
        return ExitStatus.ERROR
    return ExitStatus.FOUND if told and len(told) == len(documents) else ExitStatus.NOTHING


def _summaries(
    environment: Environment, documents: Sequence[Document], wanted: _Wanted, ratio: float | None, favour: Favour
) -> list[tuple[Document, Summary]]:
    """The summaries of documents; one that has nothing to summarise is told on stderr."""
    told = []
    for document in documents:
        try:
            told.append(
                (document, summarise(document, **wanted._asdict(), ratio=ratio, focus=favour.of(document.lang)))
            )
        except NothingToSummariseError as error:
            tell(environment, error)
    return told


def _files(environment: Environment, paths: Sequence[str]) -> tuple[list[Document], bool]:
    """The documents in files; and whether any could not be read, which is told on stderr."""
    documents, failed = [], False
    for item in read_documents(environment, paths):
        if isinstance(item, Document):
            documents.append(item)
        else:
            tell(environment, item)
            failed = True
    return documents, failed


def _show(environment: Environment, form: str, color: str, told: Sequence[tuple[Document, Summary]]) -> None:
    """Print summaries: on a terminal laid out, in a pipe the title and a sentence a line."""
    if form == "json":
        write_object(
            environment.stdout,
            {"schema": "diplo.summaries/1", "summaries": [records.summary(each) for _, each in told]},
        )
    elif form == "jsonl":
        write_lines(environment.stdout, (records.summary(each) for _, each in told))
    elif o.for_person(environment, form, color):
        from diplo_cli.render.terminal.summaries import SummaryPage

        SummaryPage(environment, color).summaries(told)
    else:
        for number, (document, each) in enumerate(told):
            blank = [""] if number else []
            write_sentences(
                environment.stdout, [*blank, document.title or document.id, *(one.text for one in each.sentences)]
            )


def _digest(
    environment: Environment,
    form: str,
    color: str,
    index: Engine,
    request: SearchRequest,
    wanted: _Wanted,
    favour: Favour,
) -> int:
    """Print one digest of all that is found: on a terminal by group, in a pipe an id and a sentence a line; returns the exit status."""
    documents = [hit.document for hit in search(index, request).hits]
    if not documents:
        if o.for_person(environment, form, color):
            warn(environment, f"nothing found for {request.query}" if request.query else "nothing found")
        if form == "json":
            write_object(environment.stdout, {"schema": "diplo.digest/1", "documents": 0, "groups": []})
        return ExitStatus.NOTHING
    told = digest(documents, **wanted._asdict(), focus=favour.of("und"))
    sentences = [sentence for group in told.groups for sentence in group.sentences]
    if form == "json":
        write_object(environment.stdout, records.digest(told))
    elif form == "jsonl":
        write_lines(environment.stdout, records.digest_sentences(told))
    elif o.for_person(environment, form, color):
        from diplo_cli.library.ids import shortest
        from diplo_cli.render.terminal.summaries import SummaryPage

        SummaryPage(environment, color).digest(told, {each.id: shortest(index, each.id) for each in sentences})
    else:
        write_records(environment.stdout, (each._asdict() for each in sentences), fields=("id", "text"))
    return ExitStatus.FOUND
