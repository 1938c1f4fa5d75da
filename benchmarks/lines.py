"""Which lines are the article: how many of an article's own lines are kept, and of the others dropped, by half of tests/data/lines.

    python benchmarks/lines.py [FOLDER] [--mistakes seen|second] [--json]

FOLDER has the folders `seen`, `unseen` and `second`; its README describes the labels. Titles and dates are counted apart from the
other lines to drop, since they are easier. `--mistakes FOLDER` lists the lines gone wrong there: not for `unseen`, which is
measured and never looked at.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from diplo_cli.language import identify
from diplo_cli.reading.structure import Structure, structure

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "lines"
KEEP, EITHER = "+", "~"
HEADER = ("title", "date")


class Labelled(NamedTuple):
    """A document: its text, what is known of it, and a label for each line of the text ("" where it is blank)."""

    name: str
    text: str
    known: dict[str, str]
    labels: list[str]


def documents(folder: Path) -> Iterator[Labelled]:
    """The labelled documents of a folder."""
    for path in sorted(folder.glob("*.txt")):
        rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        known = dict(row[1:].split("\t", 1) for row in rows if row.startswith("="))
        lines = [row.partition("\t") for row in rows if not row.startswith("=")]
        yield Labelled(path.stem, "\n".join(line for _, _, line in lines), known, [label for label, _, _ in lines])


def parts_of(document: Labelled) -> Structure:
    """The structure of a document's text, its language found first."""
    return structure(document.text, identify(document.text).tag)


def measure(folder: Path, mistakes: list[str]) -> dict[str, float]:
    """Shares of lines and facts right in a folder, 0..1; what went wrong is added to `mistakes`."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document in documents(folder):
        result = parts_of(document)
        dropped = {line.number: line.reason for line in result.dropped}
        lines = document.text.split("\n")
        for number, label in enumerate(document.labels):
            if not label or label == EITHER:
                continue
            reason = dropped.get(number, "")
            kind = "keep" if label == KEEP else "header" if label in HEADER else "drop"
            is_right = not reason if label == KEEP else bool(reason)
            total[kind] += 1
            right[kind] += is_right
            if kind == "drop" and reason:
                total["reason"] += 1
                right["reason"] += reason == label
            if not is_right:
                mistakes.append(f"{document.name}\t{label} -> {reason or 'kept'}\t{lines[number]}")
        for fact in HEADER:
            if fact in document.known:
                found = str(getattr(result, fact))
                same = found.casefold() == document.known[fact].casefold()
                total[fact] += 1
                right[fact] += same
                if not same:
                    mistakes.append(f"{document.name}\t{fact}: {document.known[fact]} -> {found}")
    return {kind: right[kind] / total[kind] for kind in ("keep", "drop", "header", "reason", *HEADER)} | {
        "documents": sum(1 for _ in folder.glob("*.txt")),
        "lines": total["keep"] + total["drop"] + total["header"],
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=LABELLED)
    parser.add_argument("--mistakes", choices=("seen", "second"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    wrong: dict[str, list[str]] = {"seen": [], "unseen": [], "second": []}
    halves = {half: measure(given.folder / half, mistakes) for half, mistakes in wrong.items()}
    if given.json:
        print(json.dumps(halves))
        return
    print(
        f"{'half':<8}{'documents':>10}{'lines':>7}{'keep':>8}{'drop':>8}{'header':>8}{'reason':>8}{'title':>8}{'date':>8}"
    )
    for half, row in halves.items():
        shares = "".join(f"{row[kind]:8.3f}" for kind in ("keep", "drop", "header", "reason", *HEADER))
        print(f"{half:<8}{row['documents']:>10.0f}{row['lines']:>7.0f}{shares}")
    if given.mistakes:
        print(*wrong[given.mistakes], sep="\n")


if __name__ == "__main__":
    main()
