"""Errors as the user reads them."""

from __future__ import annotations

from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError
from diplo_cli.render.clean import clean


def warn(environment: Environment, line: str) -> None:
    """A line on stderr for a person; it may hold names of files and words of queries, which are not to be trusted."""
    environment.say(clean(line, keep=""))


def tell(environment: Environment, error: DiploError) -> None:
    """An error on stderr: what and why, then what to do."""
    environment.say(f"diplo: {clean(error.message, keep='')}")
    if error.hint:
        environment.say(f"  {clean(error.hint, keep='')}")
