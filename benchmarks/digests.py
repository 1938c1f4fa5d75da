"""How much of what people wrote of several documents a digest of the same length says.

    python benchmarks/digests.py REFERENCES [--methods diplo,lead,lexrank] [--json]

REFERENCES is a folder of sets, one .jsonl or .jsonl.gz a set, each line {lang, docs: [text, …], summaries: [text, …]}.
Sentences are taken in the order of the digest's ranking until the length of the task is reached (150 words for
Vietnamese, as its references have; 100 else), and cut there: recall of ROUGE-1 and -2, 0..100, mean over the
references. `lead` takes the opening sentences of the documents in turn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rouge import overlap, words
from summaries import rows

from diplo_cli.document import Document
from diplo_cli.summary.article import Article, NothingToSummariseError, article, pooled
from diplo_cli.summary.digest import ALIKE
from diplo_cli.summary.methods import order
from diplo_cli.summary.ranking import unlike

LENGTH = {"vi": 150}


def articles(row: dict[str, Any]) -> list[Article]:
    """The documents of a task that have a sentence."""
    found = []
    for number, text in enumerate(row["docs"]):
        try:
            found.append(article(Document(id=str(number), path="", text=text, lang=row["lang"])))
        except NothingToSummariseError:
            continue
    return found


def recall(group: Sequence[Article], references: Sequence[str], method: str, length: int) -> tuple[float, float]:
    """Recall of ROUGE-1 and -2 of so many words."""
    source = pooled(group)
    told: list[str] = []
    for i in unlike(order(source, method, documents=len(group)), source.terms, ALIKE):
        told += words(source.sentences[i])
        if len(told) >= length:
            break
    stated = [words(reference) for reference in references]
    one, two = (100 * sum(overlap(told[:length], each, n)[0] for each in stated) / len(stated) for n in (1, 2))
    return one, two


def main() -> None:
    """Print one line, or one JSON record, a set and method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("references", type=Path)
    parser.add_argument("--methods", default="diplo,lead,lexrank")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    for path in sorted(args.references.glob("*.jsonl*")):
        examples = rows(path, 1000)
        tasks = [(articles(row), row["summaries"]) for row in examples]
        length = LENGTH.get(examples[0]["lang"], 100)
        for method in args.methods.split(","):
            got = [recall(group, references, method, length) for group, references in tasks]
            record = {
                "set": path.name.split(".")[0],
                "words": length,
                "method": method,
                "R1": sum(one for one, _ in got) / len(got),
                "R2": sum(two for _, two in got) / len(got),
            }
            print(
                json.dumps(record)
                if args.json
                else "{set}  {words} words  {method:12}  R1 {R1:.1f}  R2 {R2:.1f}".format(**record)
            )


if __name__ == "__main__":
    main()
