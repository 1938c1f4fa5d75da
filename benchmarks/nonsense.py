"""Pairs of unrelated words: how many find nothing, as they should.

python benchmarks/nonsense.py LIBRARY DOCUMENTS [--pairs 500] [--seed 1] [--json]      LIBRARY is indexed with --meaning; DOCUMENTS are its JSON Lines {lang, text}

Words of four letters or more are drawn from the English documents. Of some pairs a document holds both words, and finding it is right: they are told apart by what needs no
diplo, words that begin with the same four letters in a document of any language.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from pathlib import Path

DIPLO = Path(sys.executable).with_name("diplo")
SAME = 4  # letters: "offers" and "offering" are one word
Words = frozenset[str]


def words_of(text: str) -> Words:
    """The words of a text in Latin letters."""
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_]{4,}", text))


def drawn(documents: list[dict[str, str]], pairs: int, seed: int) -> list[tuple[str, bool]]:
    """Pairs of words, and whether a document holds both."""
    known = sorted(frozenset[str]().union(*(words_of(each["text"]) for each in documents if each["lang"] == "en")))
    stems = [frozenset(word[:SAME] for word in words_of(f"{each.get('title')} {each['text']}")) for each in documents]
    draw = random.Random(seed)  # noqa: S311 - no secret
    found = []
    for _ in range(pairs):
        pair = draw.sample(known, 2)
        both = {word[:SAME] for word in pair}
        found.append((" ".join(pair), any(both <= each for each in stems)))
    return found


def totals(library: Path, queries: list[str], *options: str) -> list[int]:
    """How many documents each query finds."""
    done = subprocess.run(
        [DIPLO, "search", *options, "--queries", "-", "--jsonl", "--library", library],
        input="\n".join(queries) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode > 1:
        sys.exit(done.stderr)
    return [json.loads(line)["total"] for line in done.stdout.splitlines()]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("library", type=Path)
    arguments.add_argument("documents", type=Path)
    arguments.add_argument("--pairs", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    documents = [json.loads(line) for line in given.documents.read_text(encoding="utf-8").splitlines()]
    pairs = drawn(documents, given.pairs, given.seed)
    apart = [not both for _, both in pairs]
    figures: dict[str, float] = {"pairs that no document holds": sum(apart)}
    for name, options in (("search", ()), ("search --meaning", ("--meaning",))):
        found = totals(given.library, [pair for pair, _ in pairs], *options)
        figures[f"{name}: nothing, of all"] = sum(not each for each in found) / len(found)
        unheld = [each for each, alone in zip(found, apart, strict=True) if alone]
        figures[f"{name}: nothing, of those"] = sum(not each for each in unheld) / len(unheld)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<40} {value:8.3f}")


if __name__ == "__main__":
    main()
