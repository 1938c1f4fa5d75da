"""Spellings of hard diplomatic names found from the Latin one, by script.

    python benchmarks/hard_names.py NAMES.tsv.gz [--text FOLDER] [--names normal] [--json]

NAMES has the columns entity, script, form, first: for each entity its forms, and the Latin form that is asked for.
The library searched holds one document for every form of every entity, and the files in FOLDER (*.txt; each 20 lines a
document), by default the library's own seeds, so that the forms stand among ordinary words and other names. Each name
is searched for as `diplo search` does. Printed twice, with the hand-written file of spellings
(data/names/aliases.tsv) and without it, by script: the forms, the share found, the share of the found forms that
are right (a form of the same entity), and documents of FOLDER found per query without a form in them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from diplo_cli.engines.base import Engine, open_engine
from diplo_cli.names import table
from diplo_cli.search.result import SearchRequest
from diplo_cli.search.search import answers
from diplo_cli.text.fold import fold

SEEDS = Path(__file__).parents[1] / "seeds"


def forms_of(path: Path) -> list[tuple[str, str, str, str]]:
    """(entity, script, form, form asked for) of each row, as written."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["entity"], row["script"], row["form"], row["first"]) for row in rows]


def indexed(rows: list[tuple[str, str, str, str]], folder: Path, home: Path) -> Engine:
    """The library made in `home`; a form's document is called by the number of its row, one of FOLDER "text…"."""
    documents = [{"id": str(number), "text": row[2]} for number, row in enumerate(rows)]
    for file in sorted(folder.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").split("\n")
        documents += [
            {"id": f"text-{file.stem}-{at}", "text": "\n".join(lines[at : at + 20])} for at in range(0, len(lines), 20)
        ]
    for name in ("seeds", "index"):
        (home / name).mkdir()
    text = "".join(json.dumps(document) + "\n" for document in documents)
    (home / "seeds" / "forms.jsonl").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("diplo")), "index"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"DIPLO_LIBRARY": str(home)})
    generation = (home / "index" / "current").read_text(encoding="utf-8").strip()
    return open_engine("tantivy", home / "index" / generation / "engine")


def measure(
    rows: list[tuple[str, str, str, str]], engine: Engine, names: Literal["strict", "normal", "loose"]
) -> dict[str, dict[str, float]]:
    """By script: forms, the share found, the precision, and under "text" other documents per query."""
    asked = list(dict.fromkeys((entity, first) for entity, _, _, first in rows))
    request = SearchRequest(names=names)
    found = [set(answer.ids) for answer in answers(engine, ((first, first) for _, first in asked), request)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (entity, first), ids in zip(asked, found, strict=True):
        for number, (of, script, form, of_first) in enumerate(rows):
            if (of, of_first) == (entity, first):
                counts[script].update(forms=1, found=str(number) in ids)
            if str(number) in ids:
                right = any(of == entity and fold(form) == fold(other) for of, _, other, _ in rows)
                counts[script].update(judged=1, right=right)
        counts["text"]["others"] += sum(each.startswith("text-") for each in ids)
    out: dict[str, dict[str, float]] = {
        script: {
            "forms": tally["forms"],
            "found": tally["found"] / tally["forms"],
            "precision": tally["right"] / max(1, tally["judged"]),
        }
        for script, tally in sorted(counts.items())
        if tally["forms"]
    }
    return out | {"text": {"others": counts["text"]["others"] / len(asked)}}


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names_file", type=Path, metavar="NAMES")
    parser.add_argument("--text", type=Path, default=SEEDS)
    parser.add_argument("--names", choices=("strict", "normal", "loose"), default="normal")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = forms_of(args.names_file)
    with tempfile.TemporaryDirectory() as home:
        engine = indexed(rows, args.text, Path(home))
        both = {"with aliases": measure(rows, engine, args.names)}
        table.known.cache_clear()
        with patch.object(table, "_aliases", str):
            both["without aliases"] = measure(rows, engine, args.names)
    if args.json:
        print(json.dumps({"benchmark": "hard_names", "names": args.names, **both}))
        return
    for name, figures in both.items():
        print(f"{name}; other documents a query: {figures.pop('text')['others']:.2f}")
        print(f"{'script':8}{'forms':>7}{'found':>8}{'precision':>11}")
        for script, row in figures.items():
            print(f"{script:8}{row['forms']:7.0f}{row['found']:8.3f}{row['precision']:11.3f}")


if __name__ == "__main__":
    main()
