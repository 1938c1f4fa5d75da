"""The entry point: exit statuses, Ctrl-C, closed pipes, UTF-8. Imports nothing heavy before it is needed."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from diplo_cli.environment import Environment
from diplo_cli.errors import DiploError, ExitStatus


def run() -> None:
    """The console script: ends with the status that `main` returns."""
    gc.set_threshold(200_000)  # nothing of a start-up is garbage; collections in the middle of it cost 4 ms
    environment = Environment.current()
    status = main(sys.argv[1:], environment)
    for stream in (environment.stdout, environment.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # All is written and closed: taking the interpreter down piece by piece would cost 12 of a search's 68 ms.
    os._exit(status)


def main(arguments: list[str], environment: Environment) -> int:
    """Run one command; returns its exit status. Errors are told on stderr, in one or two lines; a traceback only with DIPLO_DEBUG=1."""
    try:
        from diplo_cli.cli.app import invoke

        status = invoke(arguments, environment)
        environment.stdout.flush()
    except DiploError as error:
        _tell(environment, error)
        return ExitStatus.ERROR
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader has what it wanted (typer makes a SystemExit of that); Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), environment.stdout.fileno())
        return ExitStatus.FOUND
    except OSError as error:  # a full disk behind the output, say
        if environment.variables.get("DIPLO_DEBUG"):
            raise
        where = f" ({error.filename})" if error.filename else ""
        _tell(environment, DiploError(f"cannot go on: {error.strerror or error}{where}"))
        return ExitStatus.ERROR
    except Exception as error:  # the last resort: a bug of diplo, told as one
        if environment.variables.get("DIPLO_DEBUG"):
            raise
        told = DiploError(f"unexpected {type(error).__name__}: {error}", "this is a bug; DIPLO_DEBUG=1 shows where")
        _tell(environment, told)
        return ExitStatus.ERROR
    return status


def _tell(environment: Environment, error: DiploError) -> None:
    from diplo_cli.render.message import tell

    tell(environment, error)
