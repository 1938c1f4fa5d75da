"""How good and how fast the summaries of single documents are, method by method.

    python benchmarks/summaries.py REFERENCES [--methods diplo,lexrank] [--per-set 120] [--json]
    python benchmarks/summaries.py --time [--json]

REFERENCES is a folder of sets, one .jsonl or .jsonl.gz a set, each line {lang, text, summary or summaries, title?}. F1@3 is
ROUGE (mean of 1, 2 and L) of three sentences; R@75 the recall of the first 75 words of a summary of at most 90, where
choosing long sentences gains nothing. Both are given as what they are over the opening sentences (`lead`) of the same
documents, in points of 0..100. `--time` measures CPU time on generated text instead: nothing of it is a real language,
but word frequencies are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rouge import rouge, words

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.summary.methods import METHODS
from diplo_cli.summary.summarise import summarise
from diplo_cli.summary.sumy_methods import MOST


def rows(path: Path, most: int) -> list[dict[str, Any]]:
    """The first documents of a set."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()][:most]


def text_of(document: Document, method: str, *, sentences: int | None = None, most: int | None = None) -> str:
    """A summary as running text; "" where there is nothing to summarise."""
    try:
        found = summarise(document, method=method, sentences=sentences, words=most)
        return " ".join(sentence.text for sentence in found.sentences)
    except DiploError:
        return ""


def figures(examples: Sequence[dict[str, Any]], method: str) -> tuple[float, float]:
    """(F1@3, R@75) of a method on a set, means over the documents and their references."""
    f1 = recall = 0.0
    for i, row in enumerate(examples):
        document = Document(id=str(i), path="", text=row["text"], title=row.get("title") or "", lang=row["lang"])
        three = words(text_of(document, method, sentences=3))
        long = words(text_of(document, method, most=90))[:75]
        stated = row.get("summaries") or row["summary"]
        references = [words(each) for each in ([stated] if isinstance(stated, str) else stated)]
        f1 += sum(rouge(three, each)[1] for each in references) / len(references)
        recall += sum(rouge(long, each)[0] for each in references) / len(references)
    return f1 / len(examples), recall / len(examples)


def quality(folder: Path, methods: Sequence[str], most: int) -> list[dict[str, Any]]:
    """One record a method: its gain over lead on each set, the means, and the worst set."""
    sets = {path.name.split(".jsonl")[0]: rows(path, most) for path in sorted(folder.glob("*.jsonl*"))}
    if not sets:
        sys.exit(f"no .jsonl file in {folder}")
    lead = {name: figures(examples, "lead") for name, examples in sets.items()}
    records = []
    for method in methods:
        here = lead if method == "lead" else {name: figures(examples, method) for name, examples in sets.items()}
        gains = {name: (here[name][0] - lead[name][0], here[name][1] - lead[name][1]) for name in sets}
        records.append(
            {
                "method": method,
                "F1": sum(f1 for f1, _ in here.values()) / len(sets),
                "R75": sum(recall for _, recall in here.values()) / len(sets),
                "F1_over_lead": sum(f1 for f1, _ in gains.values()) / len(sets),
                "R75_over_lead": sum(recall for _, recall in gains.values()) / len(sets),
                "worst_set_over_lead": min(f1 for f1, _ in gains.values()),
                "sets": gains,
            }
        )
    return records


def generated(sentences: int, seed: int = 1) -> Document:
    """A document of so many sentences of 8–30 words, the words by Zipf's law, four sentences a paragraph."""
    chance = random.Random(seed)  # noqa: S311
    stock = ["".join(chance.choices("aeioubdgklmnprstv", k=chance.randint(3, 9))) for _ in range(5000)]
    weights = [1 / (rank + 1) for rank in range(len(stock))]
    told = []
    for number in range(sentences):
        told.append(" ".join(chance.choices(stock, weights, k=chance.randint(8, 30))).capitalize() + ".")
        told.append("\n\n" if number % 4 == 3 else " ")
    return Document(id=f"{sentences}", path="", text="".join(told).strip(), lang="en")


def timed(document: Document, method: str) -> float:
    """CPU seconds of one summary, the best of three (of one where it takes over a second)."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        summarise(document, method=method)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def speed(methods: Sequence[str]) -> list[dict[str, Any]]:
    """One record a method: seconds for 25 to 5,000 sentences; None where a method does not take so many."""
    documents = {size: generated(size) for size in (25, 50, 500, 5000)}
    records = []
    for method in methods:
        summarise(documents[25], method=method)  # imports are paid once, and not by the first line
        records.append(
            {
                "method": method,
                **{
                    f"s_{size}": None if size > MOST.get(method, size) else timed(document, method)
                    for size, document in documents.items()
                },
            }
        )
    return records


def main() -> None:
    """Print a table, or one JSON record a method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("references", type=Path, nargs="?")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--per-set", type=int, default=120)
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.references is None and not args.time:
        parser.error("a folder of sets with reference summaries, or --time, is needed")
    methods = args.methods.split(",")
    records = speed(methods) if args.time else quality(args.references, methods, args.per_set)
    if args.json:
        for record in records:
            print(json.dumps(record))
        return
    names = [name for name in records[0] if name != "sets"]
    print("  ".join(name.rjust(12) for name in names))
    for record in records:
        cells = [record[name] for name in names]
        print("  ".join((f"{cell:.4f}" if isinstance(cell, float) else str(cell or "-")).rjust(12) for cell in cells))
        if "sets" in record:
            print(
                "  ".join(
                    [
                        "".rjust(12),
                        *(f"{name} {f1:+.1f}/{recall:+.1f}" for name, (f1, recall) in record["sets"].items()),
                    ]
                )
            )


if __name__ == "__main__":
    main()
