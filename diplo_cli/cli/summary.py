"""`diplo summary`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from diplo_cli.cli import options as o
from diplo_cli.cli.app import Command, new_command
from diplo_cli.cli.documents import find_documents, read_documents, stories_of, written_ids
from diplo_cli.document import Document
from diplo_cli.engines.base import Engine
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, EmptyFileError, ExitStatus, UnknownNameError
from diplo_cli.render import records
from diplo_cli.render.json import write_lines, write_object
from diplo_cli.render.message import tell, warn
from diplo_cli.search.favour import Favour, TextLexicon
from diplo_cli.search.filters import Filters
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import search
from diplo_cli.summary.article import NothingToSummariseError
from diplo_cli.summary.digest import Digest, by_date, digest
from diplo_cli.summary.methods import METHODS
from diplo_cli.summary.summarise import Summary, summarise
from diplo_cli.summary.sumy_methods import TooLongError

if TYPE_CHECKING:
    from diplo_cli.search.stories import Story

app = new_command()

READ = 1_000
"""Hits that a digest reads unless --limit says otherwise: some 3 s of CPU."""


class _Wanted(NamedTuple):
    """How to choose sentences, and how many."""

    method: str
    sentences: int | None
    words: int | None
    ratio: float | None


class _Output(NamedTuple):
    """How to print: `form` "auto", "bullets", "markdown", "json" or "jsonl"; a digest grouped by `by` (None: not said), in order of dates if `dated`."""

    environment: Environment
    form: str
    color: str
    by: tuple[str, ...] | None
    dated: bool

    def for_person(self) -> bool:
        """Whether to lay it out for a person."""
        form = "auto" if self.form == "bullets" else self.form
        return o.for_person(self.environment, form, self.color)


EPILOG = f"""Methods: {", ".join(METHODS)}

Examples:
  diplo summary 003
  diplo summary 003 --words 60 --focus Tokayev
  diplo search Tokayev --ids | diplo summary -             a summary of each
  diplo search Tokayev --ids | diplo summary - --digest    one of them all
  diplo summary --query Tokayev --timeline
  diplo summary --story 1                                  the first of diplo stories
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
    story: Annotated[
        int | None, typer.Option("--story", metavar="N", min=1, help="One digest of a story of diplo stories.")
    ] = None,
    together: Annotated[bool, typer.Option("--digest", help="One digest of all the documents.")] = False,
    by: Annotated[
        str, typer.Option("--by", metavar="HOW", help="A digest by lang; country; lang,country; or none.")
    ] = "",
    timeline: Annotated[bool, typer.Option("--timeline", help="A digest in order of dates.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=0, help="Read the best N hits, 1000 unless given; 0 for all."),
    ] = None,
    lang: o.Lang = None,
    country: o.Country = None,
    mentions: o.Mentions = None,
    pair: o.Pair = None,
    since: o.Since = "",
    until: o.Until = "",
    source: o.SourceOption = None,
    bullets: Annotated[
        bool, typer.Option("--bullets", help="A bullet before each sentence.", rich_help_panel=o.OUTPUT)
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.", rich_help_panel=o.OUTPUT)] = False,
    json: o.Json = False,
    jsonl: o.Jsonl = False,
    color: o.Color = "auto",
    library: o.LibraryOption = None,
    engine: o.EngineOption = "",
) -> int:
    """Summarise documents."""
    output = _Output(
        o.environment_of(context),
        o.form_of(json=json, jsonl=jsonl, bullets=bullets, markdown=markdown, color=color),
        color,
        o.grouping(by) if by else None,
        timeline,
    )
    filters = o.filters(lang, country, mentions, pair, source, since, until)
    wanted = _Wanted(method, sentences, words, ratio)
    environment = output.environment
    asked = [bool(ids), bool(file), bool(query) or filters != Filters() or story is not None]
    if sum(asked) != 1:
        raise _unclear(ids, file, query, story)
    if limit is not None and (ids or file or story is not None):
        raise DiploError("--limit is for --query and filters: ids and files are all read", "leave --limit out")
    together = together or timeline or bool(by)
    if file:
        documents, worst = _files(environment, file)
        favour = Favour(TextLexicon(documents), focus)
        status = (
            _digest(output, documents, wanted, favour) if together else _summaries(output, documents, wanted, favour)
        )
    else:
        home = o.library_of(environment, library)
        with o.reading(environment, home, engine) as index:
            favour = Favour(index, focus or query)
            if ids:
                documents, failed = find_documents(environment, index, written_ids(environment, ids))
                worst = ExitStatus.ERROR if failed else ExitStatus.FOUND
            elif story is not None:
                told = stories_of(environment, index, o.vectors_of(home), query, filters, by_date=False)
                documents, worst, together = _story(index, told, story), ExitStatus.FOUND, True
            else:
                request = SearchRequest(
                    query=query, filters=filters, limit=READ if limit is None else limit or None, details=False
                )
                documents, worst, together = _found(output, index, request), ExitStatus.FOUND, True
            status = (
                _digest(output, documents, wanted, favour, index)
                if together
                else _summaries(output, documents, wanted, favour)
            )
        if not documents:
            worst = max(worst, o.status(documents, index))
    return max(worst, status)


def _unclear(ids: Sequence[str] | None, file: Sequence[str] | None, query: str, story: int | None) -> DiploError:
    """The error for nothing to summarise, or for more than one kind of it. `story` counts with `query`, which chooses among what."""
    asked = [name for name, stated in (("ids", ids), ("--file", file)) if stated]
    if story is not None:
        asked.append("--story")
    elif query:
        asked.append("--query")
    if not asked:
        return DiploError(
            "summarise what? Ids, or --file PATH, or --query QUERY, or --story N: one of them", "diplo summary 003"
        )
    if len(asked) == 1:
        return DiploError(
            f"filters (--lang, --country, --since …) are for --query, not for {asked[0]}", "leave them out"
        )
    return DiploError(f"{' and '.join(asked)} exclude each other", "choose one")


def _found(output: _Output, index: Engine, request: SearchRequest) -> list[Document]:
    """The documents that answer a request, the best first; what was not read is told on stderr."""
    result = search(index, request)
    documents = [hit.document for hit in result.hits]
    if not documents and output.for_person():
        warn(output.environment, f"nothing found for {request.query}" if request.query else "nothing found")
    if len(documents) < result.total:
        warn(
            output.environment,
            f"a digest of the best {len(documents):,} of {result.total:,} documents; --limit 0 reads all",
        )
    return documents


def _story(index: Engine, told: "Sequence[Story]", number: int) -> list[Document]:
    """The documents of a story, copies left out. Raises UnknownNameError."""
    for each in told:
        if each.number == number:
            return index.get(each.ids)
    have = f"{len(told)} {'story' if len(told) == 1 else 'stories'}" if told else "no stories"
    raise UnknownNameError(f"no story {number}: there are {have}", "their numbers: diplo stories")


def _files(environment: Environment, paths: Sequence[str]) -> tuple[list[Document], ExitStatus]:
    """The documents in files; and NOTHING where a file is empty, ERROR where one could not be read, either of which is told on stderr."""
    documents, worst = [], ExitStatus.FOUND
    for item in read_documents(environment, paths):
        if isinstance(item, Document):
            documents.append(item)
        else:
            tell(environment, item)
            worst = max(worst, ExitStatus.NOTHING if isinstance(item, EmptyFileError) else ExitStatus.ERROR)
    return documents, worst


def _summaries(output: _Output, documents: Sequence[Document], wanted: _Wanted, favour: Favour) -> int:
    """Print a summary of each document; what has nothing to summarise, or too much, is told on stderr. Returns the exit status."""
    told: list[tuple[Document, Summary]] = []
    for document in documents:
        try:
            told.append((document, summarise(document, **wanted._asdict(), focus=favour.of(document.lang))))
        except (NothingToSummariseError, TooLongError) as error:
            tell(output.environment, error)
    out = output.environment.stdout
    if output.form == "json":
        whole = {"schema": "diplo.summaries/1", "summaries": [records.summary(each) for _, each in told]}
        write_object(out, whole)
    elif output.form == "jsonl":
        write_lines(out, (records.summary(each) for _, each in told))
    elif output.for_person():
        from diplo_cli.render.terminal.summaries import SummaryPage

        SummaryPage(output.environment, output.color).summaries(told, bullets=output.form == "bullets")
    else:
        from diplo_cli.render.summaries import write_summaries

        write_summaries(out, told, output.form)
    return ExitStatus.FOUND if told and len(told) == len(documents) else ExitStatus.NOTHING


def _digest(
    output: _Output, documents: Sequence[Document], wanted: _Wanted, favour: Favour, index: Engine | None = None
) -> int:
    """Print one digest of documents; returns the exit status."""
    out = output.environment.stdout
    try:
        by = ("lang",) if output.by is None else output.by
        told = digest(documents, **wanted._asdict(), focus=favour.of, by=by)
    except (NothingToSummariseError, TooLongError) as error:
        if documents:
            tell(output.environment, error)
        if output.form == "json":
            write_object(out, records.digest(Digest(wanted.method, len(documents), (), {})))
        return ExitStatus.NOTHING
    if output.dated:
        told = by_date(told, together=output.by is None)
    if output.form == "json":
        write_object(out, records.digest(told))
    elif output.form == "jsonl":
        write_lines(out, records.digest_sentences(told))
    elif output.for_person():
        from diplo_cli.library.ids import shortest
        from diplo_cli.render.terminal.summaries import SummaryPage

        labels = {
            each.id: shortest(index, each.id) if index else each.id for group in told.groups for each in group.sentences
        }
        page = SummaryPage(output.environment, output.color)
        page.digest(told, labels, dated=output.dated, bullets=output.form == "bullets")
    else:
        from diplo_cli.render.summaries import write_digest

        write_digest(out, told, output.form, dated=output.dated)
    return ExitStatus.FOUND
