"""Documents tagged per CPU-second and what is found in them, against naive matching of CLDR's names and other libraries.

    python benchmarks/countries.py FOLDER_OR_JSONL [--lang TAG] [--peers] [--json]

The documents are the .txt files of a folder, or the rows `{text, lang?, countries?}` of a JSON Lines file (also .gz). Naive matching looks for each
CLDR name of the language as a string (Babel is needed): no inflection, adjectives, capitals or salience. Rates are per
3 KB of text, tokens made beforehand as indexing makes them, and with tokenising; the whole text is read for what is found,
where rows say which countries they name. `--peers` installs the other libraries by name, each into an environment of its own that is
thrown away; one that cannot be installed or run is left out, with the reason.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import diplo_cli
from diplo_cli.countries.gazetteer import load
from diplo_cli.countries.tagger import tag
from diplo_cli.language import identify
from diplo_cli.text.tokens import tokenize

PACKS = Path(diplo_cli.__file__).parent / "data" / "countries" / "packs"
PEERS = ("geotext", "flashgeotext", "country-named-entity-recognition")
LANGUAGES = ("en", "ar", "ru", "kk", "zh")


class Sample(NamedTuple):
    """A document, its language, and the countries that it names where somebody has told."""

    text: str
    lang: str
    countries: frozenset[str] | None = None
    optional: frozenset[str] = frozenset()


def read(path: Path, lang: str, size: int = 3000) -> list[Sample]:
    """Read the documents, at most `size` bytes of each, so that figures compare."""
    if path.is_dir():
        rows = [{"text": file.read_text(encoding="utf-8", errors="replace")} for file in sorted(path.rglob("*.txt"))]
    else:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
    samples = []
    for row in rows:
        text = str(row["text"]).encode()[:size].decode(errors="ignore")
        named = frozenset(row["countries"]) if "countries" in row else None
        if text:
            optional = frozenset(row.get("optional") or ())
            samples.append(Sample(text, row.get("lang", lang) or identify(text).tag, named, optional))
    return samples


def naive(samples: Sequence[Sample]) -> Callable[[int], list[str]]:
    """Look for every name of a language as a string; gives codes."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, list[tuple[str, str]]] = {}
    for lang in {sample.lang for sample in samples}:
        try:
            territories = Locale.parse(lang.replace("-", "_")).territories
        except (UnknownLocaleError, ValueError):
            territories = Locale.parse("en").territories
        names[lang] = [(code, name) for code, name in territories.items() if len(code) == 2]
    return lambda i: [code for code, name in names[samples[i].lang] if name in samples[i].text]


def measured(samples: Sequence[Sample], found: Sequence[set[str]]) -> dict[str, float]:
    """Recall by language (those of `LANGUAGES`), and precision and recall over all."""
    figures = {}
    for lang in (*LANGUAGES, ""):
        pairs = [
            (f, s.countries)
            for f, s in zip(found, samples, strict=True)
            if s.countries is not None and lang in ("", s.lang)
        ]
        named = sum(len(told) for _, told in pairs)
        right = sum(len(f & told) for f, told in pairs)
        if named:
            figures[f"recall {lang}".strip()] = right / named
    told = [
        (f - (s.optional - (s.countries or frozenset())), s.countries)
        for f, s in zip(found, samples, strict=True)
        if s.countries is not None
    ]
    said = sum(len(f) for f, named in told)
    if said:
        figures["precision"] = sum(len(f & named) for f, named in told) / said
    return figures


def peer(name: str, samples: Sequence[Sample]) -> tuple[list[set[str]], float] | str:
    """What a library finds and its CPU-seconds; the reason where it cannot be asked."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "bin", "python")
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", name, "setuptools<81", "pycountry"]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"cannot be installed: {done.stderr.strip().splitlines()[-1]}"
        texts = "".join(json.dumps(sample.text) + "\n" for sample in samples)
        script = Path(__file__).with_name("country_peers.py")
        done = subprocess.run(
            [str(python), str(script), name], input=texts, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return f"cannot be run: {done.stderr.strip().splitlines()[-1]}"
    seconds, *answers = done.stdout.splitlines()
    return [set(json.loads(answer)) for answer in answers], float(seconds)


def compare(path: Path, lang: str, peers: Sequence[str]) -> dict[str, dict[str, float] | str]:
    """What diplo, naive matching and other libraries find in whole documents whose countries are told."""
    samples = [sample for sample in read(path, lang, 1_000_000) if sample.countries is not None]
    if not samples:
        return {}
    matched = naive(samples)
    table: dict[str, dict[str, float] | str] = {
        "diplo": measured(samples, [set(tag(s.text, s.lang).mentions) for s in samples]),
        "naive CLDR matching": measured(samples, [set(matched(place)) for place in range(len(samples))]),
    }
    size = sum(len(sample.text.encode()) for sample in samples) / 3000
    for name in peers:
        answer = peer(name, samples)
        table[name] = (
            answer if isinstance(answer, str) else measured(samples, answer[0]) | {"documents/CPU-s": size / answer[1]}
        )
    return table


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
    parser.add_argument("--peers", action="store_true", help="install and ask other libraries too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    samples = read(options.path, options.lang)
    if not samples:
        sys.exit(f"no documents in {options.path}")
    tokens = [tokenize(sample.text) for sample in samples]
    loads = {}
    for path in sorted(PACKS.glob("*.tsv")):
        times = []
        for _ in range(3):  # the least, for garbage of the others is collected at times
            load.cache_clear()
            started = time.process_time()
            load(path.stem)
            times.append((time.process_time() - started) * 1000)
        loads[path.stem] = min(times)
    figures: dict[str, float] = {
        "documents": len(samples),
        "gazetteers": len(loads),
        "bytes of all gazetteers": sum(path.stat().st_size for path in PACKS.glob("*.tsv")),
        "load of the Arabic, ms": loads["ar"],
        "slowest load of another, ms": max(ms for name, ms in loads.items() if not name.startswith(("ar", "und"))),
        "slowest load of a script's union, ms": max(ms for name, ms in loads.items() if name.startswith("und")),
        "tagged with the index's tokens, documents/CPU-s": rate(
            lambda i: tag(samples[i].text, samples[i].lang, tokens=tokens[i]), samples
        ),
        "tokenised and tagged, documents/CPU-s": rate(lambda i: tag(samples[i].text, samples[i].lang), samples),
        "naive CLDR matching, documents/CPU-s": rate(naive(samples), samples),
    }
    table = compare(options.path, options.lang, PEERS if options.peers else ())
    if options.json:
        print(json.dumps(figures | {"found": table}))
        return
    for name, figure in figures.items():
        print(f"{name:55}{figure:12,.1f}")
    for name, row in table.items():
        print(f"{name:34}" + (row if isinstance(row, str) else "  ".join(f"{k} {v:.2f}" for k, v in row.items())))


if __name__ == "__main__":
    main()
