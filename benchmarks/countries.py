"""Documents tagged per CPU-second, against naive matching of CLDR's names.

    python benchmarks/countries.py FOLDER_OR_JSONL [--lang TAG] [--json]

The documents are the .txt files of a folder, or the rows `{text, lang?}` of a JSON Lines file. Naive matching looks for each
CLDR name of the language as a string (Babel is needed): no inflection, adjectives, capitals or salience. Figures are per
3 KB of text, tokens made beforehand as indexing makes them, and with tokenising.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from diplo_cli.countries.gazetteer import gazetteer_name, load
from diplo_cli.countries.tagger import tag
from diplo_cli.language import identify
from diplo_cli.text.tokens import Token, tokenize


class Sample(NamedTuple):
    """A document and its language."""

    text: str
    lang: str


def read(path: Path, lang: str) -> list[Sample]:
    """Read the documents, at most 3 KB of each, so that figures compare."""
    if path.is_dir():
        rows = [{"text": file.read_text(encoding="utf-8", errors="replace")} for file in sorted(path.rglob("*.txt"))]
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [(str(row["text"]).encode()[:3000].decode(errors="ignore"), row.get("lang", lang)) for row in rows]
    return [Sample(text, tag or identify(text).tag) for text, tag in texts if text]


def naive(samples: Sequence[Sample]) -> Callable[[int], object]:
    """Look for every name of a language as a string."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, list[str]] = {}
    for lang in {sample.lang for sample in samples}:
        try:
            territories = Locale.parse(lang.replace("-", "_")).territories
        except (UnknownLocaleError, ValueError):
            territories = Locale.parse("en").territories
        names[lang] = [name for code, name in territories.items() if len(code) == 2]
    return lambda i: [name for name in names[samples[i].lang] if name in samples[i].text]


def rate(run: Callable[[int], object], samples: Sequence[Sample], seconds: float = 3.0) -> float:
    """Documents of 3 KB per CPU-second: full rounds until `seconds` have passed, the first left out as warming up."""
    for place in range(len(samples)):
        run(place)
    size = sum(len(sample.text.encode()) for sample in samples) / 3000
    done, started = 0.0, time.process_time()
    while time.process_time() - started < seconds:
        for place in range(len(samples)):
            run(place)
        done += size
    return done / (time.process_time() - started)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--lang", default="", help="language of all documents; else the row's own, else identified")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    samples = read(options.path, options.lang)
    if not samples:
        sys.exit(f"no documents in {options.path}")
    tokens: list[list[Token]] = [tokenize(sample.text) for sample in samples]
    loads = {}
    for sample in samples:
        name = gazetteer_name(sample.lang, sample.text)
        if name not in loads:
            started = time.perf_counter()
            load(name)
            loads[name] = (time.perf_counter() - started) * 1000
    figures: dict[str, float] = {
        "documents": len(samples),
        "slowest load, ms": max(loads.values()),
        "tagged with the index's tokens, documents/CPU-s": rate(
            lambda i: tag(samples[i].text, samples[i].lang, tokens=tokens[i]), samples
        ),
        "tokenised and tagged, documents/CPU-s": rate(lambda i: tag(samples[i].text, samples[i].lang), samples),
        "naive CLDR matching, documents/CPU-s": rate(naive(samples), samples),
    }
    if options.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:55}{figure:12,.1f}")


if __name__ == "__main__":
    main()
