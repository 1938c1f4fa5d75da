"""Where diplo runs: streams, variables and the working folder, passed in and never looked up elsewhere, so that tests pass their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

NARROWEST = 40  # columns; below this nothing is laid out any narrower


class Environment(NamedTuple):
    """Streams, environment variables and working folder of one run."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    variables: Mapping[str, str]
    cwd: Path

    @classmethod
    def current(cls) -> Environment:
        """The environment of this process. Its streams are set to UTF-8: file names that are not UTF-8 keep their bytes."""
        for name in ("stdin", "stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by the shell: >&-
                setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115 - open to the end
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "surrogateescape")
        return cls(sys.stdin, sys.stdout, sys.stderr, os.environ, Path.cwd())

    @property
    def stdout_is_terminal(self) -> bool:
        """Whether a person reads the output."""
        return self.stdout.isatty()

    @property
    def stderr_is_terminal(self) -> bool:
        """Whether a person sees progress and messages."""
        return self.stderr.isatty()

    @property
    def width(self) -> int:
        """Columns of the terminal: $COLUMNS, else the terminal's own, else 80."""
        stated = self.variables.get("COLUMNS", "")
        if stated.isdecimal() and int(stated) > 0:
            return max(NARROWEST, int(stated))
        try:
            return max(NARROWEST, os.get_terminal_size(self.stdout.fileno()).columns)
        except (OSError, ValueError):
            return 80

    def colour(self, choice: str) -> bool:
        """Whether to colour: `choice` is "always", "never", or "auto" (a terminal, not TERM=dumb, and no NO_COLOR)."""
        if choice != "auto":
            return choice == "always"
        if self.variables.get("NO_COLOR") or self.variables.get("TERM") == "dumb":
            return False
        return self.stdout_is_terminal

    @property
    def locale(self) -> str:
        """The user's language as a tag: "en", "pt-BR", "uz-Cyrl-UZ" where uz_UZ@cyrillic is set; from LC_ALL, LC_MESSAGES, LANG; "en" where none is set."""
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            stated, _, modifier = self.variables.get(name, "").partition("@")
            language, *region = stated.partition(".")[0].split("_")
            if language and language not in ("C", "POSIX"):
                script = {"latin": ["Latn"], "cyrillic": ["Cyrl"]}.get(modifier.lower(), [])
                return "-".join([language, *script, *region])
        return "en"

    def say(self, message: str) -> None:
        """A line to stderr: progress and notes, never results."""
        print(message, file=self.stderr)
