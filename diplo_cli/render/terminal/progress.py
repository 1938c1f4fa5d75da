"""A progress bar on stderr, for a person at a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from diplo_cli.environment import Environment
from diplo_cli.indexing.report import Progress

SHOWN_EVERY = 0.1  # seconds


class Bar:
    """A bar of what is read, with documents, their rate and the time left; nothing where nobody watches stderr. A context manager: leaving it takes the bar away."""

    def __init__(self, environment: Environment) -> None:
        self._bar = None
        self._began = self._shown = time.monotonic()
        if environment.stderr_is_terminal:
            from rich import progress
            from rich.console import Console

            console = Console(file=environment.stderr)
            if console.is_dumb_terminal:  # it could not take the bar away
                return
            self._bar = progress.Progress(
                progress.TextColumn("indexing"),
                progress.BarColumn(),
                progress.TextColumn("{task.fields[told]}"),
                progress.TimeRemainingColumn(compact=True),
                console=console,
                transient=True,
            )
            self._task = self._bar.add_task("indexing", total=None, told="")

    def show(self, progress: Progress) -> None:
        """Say how far an update is."""
        now = time.monotonic()
        if self._bar is None or now - self._shown < SHOWN_EVERY:
            return
        self._shown = now
        told = f"{progress.documents:,} documents · {progress.documents / (now - self._began):,.0f} a second"
        self._bar.update(self._task, completed=progress.done, total=progress.total, told=told)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
