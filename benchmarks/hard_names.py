"""Spellings of hard diplomatic names found from the Latin one, by script.

    python benchmarks/hard_names.py NAMES.tsv.gz [--text FOLDER] [--strictness normal] [--json]

NAMES has the columns entity, script, form, first: for each entity its forms, and the Latin form that is asked for.
The library asked is made of one short document for every form of every entity and of the files in FOLDER (*.txt; each
20 lines a document), by default the library's own seeds, so that the forms stand among ordinary words and other
names. Printed twice, with the hand-written file of spellings (data/names/aliases.tsv) and without it, by
script: the forms, the share found as candidates, the share found by the scorer, how many of the
scorer's finds are right (a form of the same entity; finds in FOLDER's words are not counted, who knows what stands
there), and ordinary words of FOLDER found per query.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

from diplo_cli.names import candidates, table, variants
from diplo_cli.names.letters import known_script
from diplo_cli.names.lexicon import lexicon
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import tokenize

SEEDS = Path(__file__).parents[1] / "seeds"


def forms_of(path: Path) -> list[tuple[str, str, str, str]]:
    """(entity, script, form as written, form asked for, folded) of each row."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["entity"], row["script"], row["form"], fold(row["first"])) for row in rows]


class Lexicon:
    """The names field of a library, in memory: `terms` as an engine gives it."""

    def __init__(self) -> None:
        self._entries: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str) -> None:
        """One document."""
        for entry in lexicon(text, tokenize(text)):
            self._entries[entry.split("/", 1)[0]][entry] += 1

    def terms(self, prefix: str) -> Iterable[tuple[str, int]]:
        """The entries that begin with `prefix`, with their documents."""
        return [
            (entry, n)
            for entry, n in self._entries.get(prefix.split("/", 1)[0], {}).items()
            if entry.startswith(prefix)
        ]


def measure(path: Path, folder: Path, strictness: variants.Strictness) -> dict[str, dict[str, float]]:
    """By script: forms, candidates, found, precision, others per query."""
    rows = forms_of(path)
    library = Lexicon()
    for file in sorted(folder.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").split("\n")
        for start in range(0, len(lines), 20):
            library.add("\n".join(lines[start : start + 20]))
    for _, _, form, _ in rows:
        library.add(form)
    meant: dict[str, set[str]] = defaultdict(set)
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity, script, written, first in rows:
        form = fold(written)
        meant[form].add(entity)
        wanted[entity, first].append(f"{script}/{form}")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    line = variants.threshold(strictness)
    for (entity, first), forms in wanted.items():
        listed = {c.term for found in candidates.candidates(first, library.terms)[0].values() for c in found} | {first}
        sure = {
            s.term for s in variants.spellings(first, library.terms, strictness=strictness) if s.probability >= line
        } | {first}
        for script, form in (item.split("/") for item in forms):
            counts[script].update(forms=1, candidates=form in listed, found=form in sure)
        for term in sure - {first}:
            tally = counts[known_script(term)]
            if term in meant:
                tally.update(judged=1, right=entity in meant[term])
            else:
                tally["others"] += 1
    out = {}
    for script, tally in sorted(counts.items()):
        n = max(1, tally["forms"])
        out[script] = {
            "forms": tally["forms"], "candidates": tally["candidates"] / n, "found": tally["found"] / n,
            "precision": tally["right"] / tally["judged"] if tally["judged"] else 1.0, "others": tally["others"] / len(wanted),
        }  # fmt: skip
    return out


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    parser.add_argument("--text", type=Path, default=SEEDS)
    parser.add_argument("--strictness", choices=("strict", "normal", "loose"), default="normal")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    both = {"with aliases": measure(args.names, args.text, args.strictness)}
    table.known.cache_clear()
    with patch.object(table, "_aliases", dict):
        both["without aliases"] = measure(args.names, args.text, args.strictness)
    if args.json:
        print(json.dumps({"benchmark": "hard_names", "strictness": args.strictness, **both}))
        return
    for name, figures in both.items():
        print(f"{name}\n{'script':8}{'forms':>7}{'candidates':>12}{'found':>8}{'precision':>11}{'others/query':>14}")
        for script, row in figures.items():
            print(
                f"{script:8}{row['forms']:7.0f}{row['candidates']:12.3f}{row['found']:8.3f}{row['precision']:11.3f}{row['others']:14.2f}"
            )


if __name__ == "__main__":
    main()
