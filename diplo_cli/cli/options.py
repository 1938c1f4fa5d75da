"""Flags that several commands share, and what they become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplo_cli.engines.base import ENGINES, Engine, Sort
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus
from diplo_cli.library.locate import Library, find_library
from diplo_cli.render.message import warn
from diplo_cli.search.filters import Filters
from diplo_cli.search.leaf import Strictness
from diplo_cli.search.result import SearchRequest

if TYPE_CHECKING:
    from diplo_cli.meaning.vectors import Vectors

FILTERS, OUTPUT, LIBRARY = "Filters", "Output", "Library"

LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The library to use.", rich_help_panel=LIBRARY)
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine", metavar="NAME", help="The engine: tantivy, whoosh or opensearch.", rich_help_panel=LIBRARY
    ),
]
Lang = Annotated[
    list[str] | None,
    typer.Option("--lang", metavar="LANG", help="In this language: ar, arabic, uz-Cyrl.", rich_help_panel=FILTERS),
]
Country = Annotated[
    list[str] | None,
    typer.Option(
        "--country", metavar="COUNTRY", help="About this country; repeat for all of several.", rich_help_panel=FILTERS
    ),
]
Mentions = Annotated[
    list[str] | None,
    typer.Option("--mentions", metavar="COUNTRY", help="Naming this country at all.", rich_help_panel=FILTERS),
]
Pair = Annotated[
    list[str] | None,
    typer.Option("--pair", metavar="A-B", help="About both countries: KZ-MY.", rich_help_panel=FILTERS),
]
Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Dated then or later: 2024-05.", rich_help_panel=FILTERS)
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Dated then or earlier.", rich_help_panel=FILTERS)]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="HOST", help="From this site.", rich_help_panel=FILTERS),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=0,
        help="At most N; 0 for all. A terminal shows 10 of each language, a pipe all.",
        rich_help_panel=OUTPUT,
    ),
]
Rows = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=0, help="At most N lines; 0 for all.", rich_help_panel=OUTPUT),
]
SortOption = Annotated[
    str, typer.Option("--sort", metavar="ORDER", help="score, or date (newest first).", rich_help_panel=OUTPUT)
]
By = Annotated[
    str,
    typer.Option("--by", metavar="HOW", help="Group by lang,country; country; lang; none.", rich_help_panel=OUTPUT),
]
AllCopies = Annotated[
    bool,
    typer.Option("--all-copies", help="On a terminal: every copy of a text, not one of them.", rich_help_panel=OUTPUT),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.", rich_help_panel=OUTPUT)]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One JSON record a line.", rich_help_panel=OUTPUT)]
Ids = Annotated[bool, typer.Option("--ids", help="Only ids.", rich_help_panel=OUTPUT)]
Paths = Annotated[bool, typer.Option("--paths", help="Only paths of files, each once.", rich_help_panel=OUTPUT)]
Null = Annotated[bool, typer.Option("-0", "--null", help="End records with NUL, for xargs -0.", rich_help_panel=OUTPUT)]
Count = Annotated[bool, typer.Option("-c", "--count", help="Only how many.", rich_help_panel=OUTPUT)]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="Print nothing; the exit status tells.", rich_help_panel=OUTPUT)
]
Fields = Annotated[
    str, typer.Option("--fields", metavar="A,B", help="Only these fields of a record.", rich_help_panel=OUTPUT)
]
Header = Annotated[bool, typer.Option("--header", help="Begin with a line of field names.", rich_help_panel=OUTPUT)]
Color = Annotated[
    str,
    typer.Option("--color", "--colour", metavar="WHEN", help="auto, always or never.", rich_help_panel=OUTPUT),
]

Flags = Annotated[bool, typer.Option("--flags", help="Flags beside the names of countries.", rich_help_panel=OUTPUT)]
Exact = Annotated[bool, typer.Option("--exact", help="Only the spellings as written: no stems, no names.")]
Names = Annotated[
    str, typer.Option("--names", metavar="HOW", help="How sure another spelling must be: strict, normal, loose.")
]
QueryWords = Annotated[list[str] | None, typer.Argument(metavar="QUERY…", help="Count only what answers it.")]


def environment_of(context: typer.Context) -> Environment:
    """The environment that main passed in."""
    environment = context.obj
    assert isinstance(environment, Environment)
    return environment


def choose(name: str, value: str, choices: tuple[str, ...]) -> str:
    """`value`, one of `choices`. Raises DiploError that names them."""
    if value not in choices:
        from difflib import get_close_matches

        near = get_close_matches(value, choices, 1)
        hint = f"did you mean {near[0]}?" if near else f"one of: {'; '.join(choices)}"
        raise DiploError(f"--{name} {value!r} is not known", hint)
    return value


def form_of(*, color: str = "auto", **forms: bool) -> str:
    """How to print: the one of `forms` that is stated, or "auto". Raises DiploError where flags exclude each other or --color is not known."""
    choose("color", color, ("auto", "always", "never"))
    return only_one(**forms)


def only_one(**forms: bool) -> str:
    """The form that a flag asks for, "auto" where none does. Raises DiploError where two exclude each other."""
    chosen = [name for name, stated in forms.items() if stated]
    if len(chosen) > 1:
        raise DiploError(f"--{chosen[0]} and --{chosen[1]} exclude each other", "choose one")
    return chosen[0] if chosen else "auto"


def for_person(environment: Environment, form: str, color: str) -> bool:
    """Whether to lay results out for a person: on a terminal, or where colour is asked for, unless records are."""
    return form == "auto" and (environment.stdout_is_terminal or color == "always")


def filters(
    lang: list[str] | None,
    country: list[str] | None,
    mentions: list[str] | None,
    pair: list[str] | None,
    source: list[str] | None,
    since: str,
    until: str,
) -> Filters:
    """The filters that the flags state."""
    return Filters(
        lang=tuple(lang or ()),
        country=tuple(country or ()),
        mentions=tuple(mentions or ()),
        pair=tuple(pair or ()),
        source=tuple(source or ()),
        since=since,
        until=until,
    )


def request(query: list[str] | None, filtered: Filters, exact: bool, names: str) -> SearchRequest:
    """What to count. Raises DiploError."""
    return SearchRequest(query=" ".join(query or ()).strip(), filters=filtered, exact=exact, names=strictness(names))


def sort_of(written: str) -> Sort:
    """The order of hits. Raises DiploError."""
    return Sort(choose("sort", written, tuple(each.value for each in Sort)))


def strictness(written: str) -> Strictness:
    """How sure another spelling must be. Raises DiploError."""
    choices: dict[str, Strictness] = {"strict": "strict", "normal": "normal", "loose": "loose"}
    return choices[choose("names", written, tuple(choices))]


def grouping(written: str) -> tuple[str, ...]:
    """What to group by, outermost first. Raises DiploError."""
    chosen = choose("by", written.replace(" ", ""), ("lang,country", "country,lang", "country", "lang", "none"))
    return () if chosen == "none" else tuple(chosen.split(","))


def status(found: object, engine: Engine) -> ExitStatus:
    """The exit status of a command that looked for something: an error where nothing was `found` and part of the index did not answer."""
    if found:
        return ExitStatus.FOUND
    return ExitStatus.ERROR if engine.unanswered else ExitStatus.NOTHING


def library_of(environment: Environment, stated: Path | None) -> Library:
    """The library a command is about. Raises LibraryError."""
    return find_library(stated, environment.variables, environment.cwd)


@contextmanager
def reading(environment: Environment, library: Library, engine: str) -> Iterator[Engine]:
    """The library's index, up to date, for as long as the block lasts. Raises IndexBrokenError, LibraryError."""
    from diplo_cli.indexing.opening import open_index

    if engine:
        choose("engine", engine, ENGINES)
    opened = open_index(library, lambda line: warn(environment, line), engine=engine, variables=environment.variables)
    try:
        yield opened
    finally:
        opened.close()


def vectors_of(library: Library) -> Vectors | None:
    """The vectors of the library's index; None where it has none. Raises IndexBrokenError, and DiploError where another encoder made them."""
    generation, encoder = _vectors_at(library)
    if generation is None or not encoder:
        return None
    from diplo_cli.meaning.encoder import require_same
    from diplo_cli.meaning.vectors import FOLDER
    from diplo_cli.meaning.vectors import Vectors as Opened

    require_same(encoder)
    return Opened(generation / FOLDER)


def has_vectors(library: Library) -> bool:
    """Whether the library's index holds vectors, of whatever encoder. Raises IndexBrokenError."""
    return bool(_vectors_at(library)[1])


def _vectors_at(library: Library) -> tuple[Path | None, str]:
    """The generation in use and the encoder of its vectors, "" where it has none."""
    from diplo_cli.library.manifest import current_generation, read_head

    generation = current_generation(library)
    return generation, read_head(generation).meaning if generation else ""
