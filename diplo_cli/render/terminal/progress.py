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

            self._bar = progress.Progress(
                progress.TextColumn("indexing"),
                progress.BarColumn(),
                progress.TextColumn("{task.fields[documents]:,} documents · {task.fields[rate]:,.0f} a second"),
                progress.TimeRemainingColumn(compact=True),
                console=Console(file=environment.stderr),
                transient=True,
            )
            self._task = self._bar.add_task("indexing", total=None, documents=0, rate=0.0)

    def show(self, progress: Progress) -> None:
        """Say how far an update is."""
        now = time.monotonic()
        if self._bar is None or now - self._shown < SHOWN_EVERY:
            return
        self._shown = now
        rate = progress.documents / (now - self._began)
        self._bar.update(
            self._task, completed=progress.done, total=progress.total, documents=progress.documents, rate=rate
        )

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
