"""A progress bar on stderr, for a person at a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from diplo_cli.environment import Environment


class Bar:
    """A bar of files read; nothing where nobody watches stderr. A context manager: leaving it takes the bar away."""

    def __init__(self, environment: Environment) -> None:
        self._bar = None
        if environment.stderr_is_terminal:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("indexing"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("files"),
                TimeRemainingColumn(),
                console=Console(file=environment.stderr),
                transient=True,
            )
            self._task = self._bar.add_task("indexing", total=None)

    def show(self, done: int, total: int) -> None:
        """So many files of so many are done."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
