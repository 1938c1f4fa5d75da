"""What an update says of itself: what became of each file, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Progress(NamedTuple):
    """How far an update is. `done` of `total` bytes of files are read; `documents` were added."""

    done: int
    total: int
    documents: int


Watcher = Callable[[Progress], None]


class IndexStopped(KeyboardInterrupt):
    """Ctrl-C while indexing: what was done is committed. `documents`: added by this update; `left`: files not read yet."""

    def __init__(self, documents: int, left: int) -> None:
        super().__init__()
        self.documents = documents
        self.left = left


class Outcome(NamedTuple):
    """What became of a file: "indexed", "unchanged", "removed", "skipped" or "failed"; `documents` it holds; `reason` for what is not as it should be."""

    path: str
    outcome: str
    documents: int
    reason: str


TOLD = 5  # files that could not be read, told one by one


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an update did. `warnings` are about sources; `documents` is how many the library now holds."""

    outcomes: tuple[Outcome, ...]
    warnings: tuple[str, ...]
    documents: int
    seconds: float

    def count(self, outcome: str) -> int:
        """How many files have this outcome; one that was indexed in part is indexed."""
        files = {each.path for each in self.outcomes if each.outcome == outcome}
        return len(files - self._indexed if outcome == "failed" else files)

    @property
    def passed_over(self) -> int:
        """How many records were not indexed of files that were."""
        return sum(each.outcome == "failed" and each.path in self._indexed for each in self.outcomes)

    @property
    def _indexed(self) -> set[str]:
        return {each.path for each in self.outcomes if each.outcome == "indexed"}

    @property
    def changed(self) -> bool:
        """Whether any file was indexed or removed."""
        return any(each.outcome in ("indexed", "removed") for each in self.outcomes)

    def troubles(self) -> list[str]:
        """A line for each thing that is not as it should be: sources that are missing, the first files that could not be read, and how many more."""
        bad = [each for each in self.outcomes if each.outcome in ("failed", "skipped")]
        told = [f"not indexed: {each.path}: {each.reason}" for each in bad[:TOLD]]
        more = [f"{len(bad) - TOLD:,} more files were not indexed: diplo index --report"] if len(bad) > TOLD else []
        return [*self.warnings, *told, *more]
