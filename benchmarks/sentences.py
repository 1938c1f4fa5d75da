"""How well sentences are cut: precision, recall and F1 of the boundaries within a text, by set.

    python benchmarks/sentences.py FILE.jsonl.gz [--json]

FILE has one object a line: {"set", "lang", "text", "ends"}, where `ends` are the offsets at which sentences end. Of each
text the last end is left out, which nobody misses. Boundaries are compared by the characters before them, white space
not counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplo_cli.text.sentences import sentences


@dataclass(slots=True)
class Count:
    """Boundaries of a set: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    lines = path.read_bytes()
    if path.suffix == ".gz":
        lines = gzip.decompress(lines)
    yield from map(json.loads, lines.splitlines())


def boundaries(text: str, ends: list[int]) -> set[int]:
    """The ends within the text, each as the number of its characters before that are not white space."""
    places = {len("".join(text[:end].split())) for end in ends}
    return places - {len("".join(text.split()))}


def measure(path: Path) -> tuple[dict[str, Count], float]:
    """Counts by set, and the CPU seconds that cutting took for each 3,000 characters."""
    counts: defaultdict[str, Count] = defaultdict(Count)
    seconds = 0.0
    characters = 0
    for record in records(path):
        text: str = record["text"]
        started = time.process_time()
        spans = sentences(text, record["lang"])
        seconds += time.process_time() - started
        characters += len(text)
        wanted = boundaries(text, record["ends"][:-1])
        found = boundaries(text, [end for _, end in spans])
        count = counts[record["set"]]
        count.right += len(wanted & found)
        count.wrong += len(found - wanted)
        count.missed += len(wanted - found)
    return dict(counts), 3_000 * seconds / max(1, characters)


def main() -> None:
    """Prints the table, or with --json one record."""
    parser = argparse.ArgumentParser(description="F1 of sentence boundaries, by set.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    counts, seconds = measure(arguments.file)
    mean = sum(count.f1 for count in counts.values()) / len(counts)
    if arguments.json:
        sets = {name: round(count.f1, 4) for name, count in counts.items()}
        print(json.dumps({"mean_f1": round(mean, 4), "ms_per_3000_characters": round(1000 * seconds, 3), "sets": sets}))
        return
    print(f"{'set':8} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}")
    for name, count in sorted(counts.items(), key=lambda item: item[1].f1):
        print(f"{name:8} {100 * count.f1:6.1f} {count.right:6} {count.wrong:6} {count.missed:6}")
    print(f"{'mean':8} {100 * mean:6.2f}        {1000 * seconds:.2f} ms for 3,000 characters")


if __name__ == "__main__":
    main()
