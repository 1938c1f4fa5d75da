"""The typer app. A command's module is imported when it is asked for: building all of them costs 12 ms at every start."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from diplo_cli import __version__
from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus

COMMANDS = {
    "search": "Find documents by name or word, in every script.",
    "show": "Read one document, or several.",
    "summary": "Say what a document says in a few of its own sentences.",
    "index": "Build the index or bring it up to date; add or forget folders.",
    "list": "List the library's documents.",
    "stats": "Count documents by language and country.",
    "pairs": "Count which countries are written about together.",
    "timeline": "Count documents by month, year or day.",
    "names": "List the spellings of a name that the library has.",
    "similar": "Find the same story in other languages and papers.",
    "stories": "Group documents into stories, across languages.",
    "inspect": "Say what diplo reads in a file, without an index.",
}


class _Examples:
    """Writes the examples under --help as they stand."""

    epilog: str | None

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples, line by line."""
        del ctx
        if self.epilog:
            formatter.write(f"\n{self.epilog}\n")


class Command(_Examples, TyperCommand):
    """A command whose --help groups its flags by topic (`rich_help_panel`) without rich."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the flags, topic by topic, in the order they were declared."""
        topics: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                argument = parameter.param_type_name == "argument"
                topic = getattr(parameter, "rich_help_panel", None) or ("Arguments" if argument else "Options")
                topics.setdefault(topic, []).append(record)
        for topic, records in topics.items():
            with formatter.section(topic):
                formatter.write_dl(records)


class Commands(_Examples, TyperGroup):
    """The commands by name; the module of one is imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order of their help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        app = import_module(f"diplo_cli.cli.{cmd_name}").app
        command = typer.main.get_command(app)
        command.name, command.help = cmd_name, COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table of commands without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name. Raises DiploError, with what may have been meant, where there is none."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f"did you mean diplo {near[0]}?" if near else f"to search for it: diplo search {name}"
            raise DiploError(f"no command {name!r}", hint)
        return super().resolve_command(ctx, args)


EPILOG = """Examples:
  diplo search Tokayev                  every spelling, in every script
  diplo search Tokayev --lang ar --json
  diplo summary 003                     three sentences
  diplo search Tokayev --ids | diplo summary -

Exit status: 0 something found, 1 nothing found, 2 an error."""

app = typer.Typer(cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def new_command() -> typer.Typer:
    """An empty app for one command's module."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def _version(asked: bool) -> None:
    if asked:
        print(f"diplo {__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG)
def diplo(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Search, show and summarise a library of diplomatic news in any language."""


def invoke(arguments: list[str], environment: Environment) -> int:
    """Run one command line; returns its exit status. Raises DiploError, also for what typer finds wrong with the arguments."""
    try:
        status = typer.main.get_command(app)(
            args=arguments or ["--help"], prog_name="diplo", obj=environment, standalone_mode=False
        )
    except TyperException as error:
        raise DiploError(*_usage(error, arguments)) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    return status if isinstance(status, int) else ExitStatus.FOUND


def _usage(error: TyperException, arguments: list[str]) -> tuple[str, str]:
    """What was wrong with the arguments, and what to do."""
    message = error.format_message().rstrip(".")
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    option = getattr(error, "option_name", "")
    near = getattr(error, "possibilities", None)
    if option and command == "search" and not near:
        word = next((each for each in arguments if each.startswith(option)), option)
        return message, f"to leave a word out, quote the whole query: diplo search 'Tokayev {word}'"
    if option and command in ("show", "summary") and not near:
        return message, f"an id that begins with - goes after --: diplo {command} -- ID; flags: diplo {command} --help"
    return message, f"diplo {command} --help".replace("  ", " ")
