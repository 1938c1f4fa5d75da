"""Exit statuses, and the errors a user can meet.

An error says what is wrong and why in `message`, and what to do in `hint`: one line each, in the user's words. The command line prints them and invents none.
"""

from __future__ import annotations

from enum import IntEnum

MEND = "run: diplo index --rebuild"  # what most that is wrong with an index asks for


class ExitStatus(IntEnum):
    """What a command returns to the shell, as grep does."""

    FOUND = 0
    NOTHING = 1
    ERROR = 2
    INTERRUPTED = 130


class DiploError(Exception):
    """Any error that a user can mend. `message`: what and why; `hint`: what to do, empty where nothing helps."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def extra_hint(extra: str) -> str:
    """What to do where a package of the extra `extra` is not installed."""
    return f"run: pip install 'diplo-cli[{extra}]'"


class QueryError(DiploError):
    """A query, filter or date that cannot be read; `position` is where in the query text (0-based), None for filters."""

    def __init__(self, message: str, hint: str = "", position: int | None = None) -> None:
        super().__init__(message, hint)
        self.position = position


class UnknownNameError(DiploError):
    """A language, country, field or document id that nothing answers to."""


class AmbiguousIdError(DiploError):
    """A prefix that several document ids share."""


class ReadingError(DiploError):
    """A file that cannot be read as a document: missing, a folder, binary, empty, too large."""


class EmptyFileError(ReadingError):
    """A file with nothing in it: there is nothing to read, and nothing is wrong."""


class IndexBrokenError(DiploError):
    """An index that is damaged, of another format, or of another engine than asked for."""


class IndexLockedError(DiploError):
    """Another process is writing to the index."""


class LibraryError(DiploError):
    """No library, or a library whose settings or sources cannot be used."""
