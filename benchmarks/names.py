"""What a name costs in a large library: python benchmarks/names.py [--terms 1000000] [--json].

A lexicon of so many distinct made-up names, held in memory as an engine lists it, is asked for pairs of names. Printed: candidates of a query in all scripts, and the CPU time of
judging them (milliseconds), which is what a query costs more than `--exact` but for the engine's own search for pairs side by side.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from bisect import bisect_left
from collections.abc import Iterator

from diplo_cli.names import costs, inflection, keys, letters
from diplo_cli.names.candidates import Listing, candidates
from diplo_cli.names.evidence import evidence
from diplo_cli.names.fullname import pairs, weigh
from diplo_cli.names.keys import CAPITAL, lexicon_keys
from diplo_cli.names.letters import known_script
from diplo_cli.names.variants import spellings

ASKED = (
    ("tokayev", "mirziyoyev"),
    ("anwar", "ibrahim"),
    ("анвар", "ибрагим"),
    ("boris", "johnson"),
    ("ivan", "petrov"),
)
REMEMBERED = (costs.measure, inflection.bare, keys.indexed_keys, keys.asked_keys, letters.units)
_CONSONANTS = {
    "Latn": "b d f g h j k l m n p r s sh t v z",
    "Cyrl": "б д г ж к л м н п р с ш т в з",
    "Arab": "ب د ف ج ك ل م ن ر س ش ت و ز",
}
_VOWELS = {"Latn": ("a", "e", "i", "o", ""), "Cyrl": ("а", "е", "и", "о", ""), "Arab": ("ا", "و", "ي", "")}


def names(terms: int) -> list[tuple[str, int]]:
    """Entries of a lexicon of so many distinct names, a half in Latin letters, in order."""
    dice = random.Random(1)  # noqa: S311 - a library of made-up names, the same each time
    found: set[str] = set()
    while len(found) < terms:
        script = dice.choice(("Latn", "Latn", "Cyrl", "Arab"))
        found.add(
            "".join(
                dice.choice(_CONSONANTS[script].split()) + dice.choice(_VOWELS[script])
                for _ in range(dice.randint(3, 5))
            )
        )
    return sorted(
        (f"{key}/{term}/{CAPITAL}", 1) for term, keys_of in lexicon_keys(list(found)).items() for key in keys_of
    )


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--terms", type=int, default=1_000_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    listed = names(given.terms)
    entries = [entry for entry, _ in listed]
    gc.freeze()  # an index is no memory of Python's: going over a million entries again and again is no part of a search

    def terms(prefix: str) -> Iterator[tuple[str, int]]:
        at = bisect_left(entries, prefix)
        while at < len(entries) and entries[at].startswith(prefix):
            yield listed[at]
            at += 1

    rows = []
    for first, second in ASKED:
        counted = sum(sum(candidates(word, terms)[1].values()) for word in (first, second))
        times = []
        for _ in range(3):
            for remembered in REMEMBERED:  # a search is a process of its own
                remembered.cache_clear()
            begun = time.process_time()
            listing = Listing(terms)
            for word in (first, second):
                spellings(word, listing)
            words = time.process_time()
            found = pairs(weigh(evidence(first, listing)), weigh(evidence(second, listing)))
            times.append(((words - begun) * 1000, (time.process_time() - words) * 1000, len(found)))
        each, both, groups = (statistics.median(column) for column in zip(*times, strict=True))
        rows.append(
            {
                "query": f"{first} {second}",
                "script": known_script(first),
                "candidates": counted,
                "words_ms": round(each, 1),
                "pairs_ms": round(both, 1),
                "groups": groups,
            }
        )
    if given.json:
        print(json.dumps({"terms": given.terms, "queries": rows}, ensure_ascii=False))
        return
    print(f"{'query':24} {'candidates':>10} {'words ms':>9} {'pairs ms':>9} {'groups':>7}")
    for row in rows:
        print(f"{row['query']:24} {row['candidates']:>10} {row['words_ms']:>9} {row['pairs_ms']:>9} {row['groups']:>7}")


if __name__ == "__main__":
    main()
