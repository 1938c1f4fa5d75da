"""Indexing and searching at size, beside what else is installed: ripgrep, recoll, SQLite FTS5, tantivy alone, Whoosh alone.

python benchmarks/scale.py DOCUMENTS [--jobs 1 2] [--engine-sample 2000] [--skip recoll,whoosh] [--json]

DOCUMENTS is a folder of text files, one a document (of some 3 KB). All figures are of one run: CPU of whole processes with their children, wall time, and ratios, since the
machine is seldom one's own. A peer that is not installed is left out, with the reason. The stages are of a sample, in this process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from diplo_cli.countries.tagger import tag
from diplo_cli.engines.base import Entry
from diplo_cli.indexing.entries import entry_of
from diplo_cli.indexing.sent import received, sent
from diplo_cli.language import identify
from diplo_cli.names.lexicon import lexicon
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.structure import structure
from diplo_cli.text.analysis import analyse
from diplo_cli.text.signature import signature

DIPLO = str(Path(sys.executable).parent / "diplo")
RUNS = 7  # of each search; the median is told
REPEATED = 10  # times that a file of queries is asked more than once
BUDGET = {"structure": 0.4, "language": 0.5, "words and stems": 1.0, "countries": 0.6, "names": 0.3, "signature": 0.2}
WORD = re.compile(r"[a-z]{4,12}")


class Cost(NamedTuple):
    """Seconds of CPU, with children, and of the clock; `peak`: megabytes of the largest process."""

    cpu: float
    wall: float
    peak: float


# Started from a small process: one that is started from here counts our own memory as its peak.
LAUNCHER = """
import json, os, resource, subprocess, sys, time
began = time.perf_counter()
status = subprocess.run(sys.argv[2:], stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = [status, used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024]
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
"""


def run(command: Sequence[str], **variables: str) -> Cost:
    """Run a command to its end. Raises CalledProcessError for a status above 1."""
    with tempfile.NamedTemporaryFile() as told:
        subprocess.run(
            [sys.executable, "-S", "-c", LAUNCHER, told.name, *command],
            env=os.environ | variables,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        status, cpu, wall, peak = json.loads(Path(told.name).read_text(encoding="utf-8"))
    if not 0 <= status <= 1:
        raise subprocess.CalledProcessError(status, command)
    return Cost(cpu, wall, peak)


def median(command: Sequence[str], **variables: str) -> Cost:
    """The run of the middle CPU of seven."""
    return sorted(run(command, **variables) for _ in range(RUNS))[RUNS // 2]


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """CPU seconds of this process so far, threads included."""
    began = time.process_time()
    yield lambda: time.process_time() - began


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def library_of(documents: Path, place: Path, engine: str = "tantivy") -> Path:
    """A library whose one source is the folder `documents`."""
    place.mkdir(parents=True)
    (place / "diplo.toml").write_text(
        f"engine = {json.dumps(engine)}\n[sources]\nall = {json.dumps(str(documents))}\n", encoding="utf-8"
    )
    return place


def stages(texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds a document of each stage of indexing, of half of the texts after the other half: tables are read and frequent words known, and new words are new."""
    told: dict[str, float] = {}
    for half in (texts[::2], texts[1::2]):

        def taken(name: str, stage: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
            with timed() as spent:
                made = list(map(stage, *columns))
            told[name] = spent() / len(columns[0]) * 1e3
            return made

        taken("structure", structure, half)
        languages = [language.tag for language in taken("language", identify, half)]
        words = [analysis.tokens for analysis in taken("words and stems", analyse, half, languages)]
        taken("countries", lambda text, language, tokens: tag(text, language, tokens=tokens), half, languages, words)
        taken("names", lexicon, half, words)
        taken("signature", signature, [tokens.terms for tokens in words])
        entries = [entry_of(Raw(text), f"d{number}", f"d{number}") for number, text in enumerate(half)]
        records = taken("sent to the writer", sent, entries)
    from diplo_cli.engines.base import open_engine

    with tempfile.TemporaryDirectory() as place:
        engine = open_engine("tantivy", Path(place), create=True)
        with timed() as spent:
            with engine.writer() as writer:
                for record in records:
                    entry = received(record)
                    assert isinstance(entry, Entry)
                    writer.add(entry)
            told["engine"] = spent() / len(records) * 1e3
        engine.close()
    return told


def recoll(documents: Path, place: Path) -> Cost | str:
    """Index with recollindex."""
    if not shutil.which("recollindex"):
        return "recollindex is not installed"
    place.mkdir()
    (place / "recoll.conf").write_text(f"topdirs = {documents}\nloglevel = 1\n", encoding="utf-8")
    return run(["recollindex", "-c", str(place)])


def alone(engine: str, texts: Sequence[str], place: Path) -> float | str:
    """Documents a CPU-second of an engine with its own analysis: words found by a regular expression, positions kept, text stored."""
    place.mkdir()
    words = re.compile(r"\w+")
    with timed() as spent:
        if engine == "sqlite":
            with sqlite3.connect(place / "fts.sqlite") as connection:
                connection.execute("create virtual table documents using fts5(text)")
                connection.executemany("insert into documents values (?)", ((text,) for text in texts))
        elif engine == "tantivy":
            import tantivy

            schema = tantivy.SchemaBuilder().add_text_field("text", stored=True).build()
            writer = tantivy.Index(schema, str(place)).writer(128_000_000, 1)
            for text in texts:
                writer.add_document(tantivy.Document(text=text))
            writer.commit()
            writer.wait_merging_threads()
        else:
            from whoosh import analysis, fields, index

            analyzer = analysis.RegexTokenizer(words) | analysis.LowercaseFilter()
            schema = fields.Schema(text=fields.TEXT(analyzer=analyzer, stored=True))
            whoosh_writer = index.create_in(place, schema).writer(limitmb=256)
            for text in texts:
                whoosh_writer.add_document(text=text)
            whoosh_writer.commit()
        return len(texts) / spent()


def words_of(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Rare words (in 2 to 5 of the texts) and frequent ones (in a tenth to a half), of small Latin letters."""
    counts = Counter(word for text in texts for word in set(WORD.findall(text)))
    rare = sorted(word for word, number in counts.items() if 2 <= number <= 5)
    frequent = sorted(word for word, number in counts.items() if len(texts) / 10 <= number <= len(texts) / 2)
    return rare[:: max(1, len(rare) // 100)][:100], frequent[:100]


def queries(library: Path, asked: Sequence[str], place: Path, *flags: str) -> float:
    """Milliseconds of CPU a query, in one process: what all of them ten times over take beyond once, first 10 hits each."""
    costs = []
    for times in (1, 1 + REPEATED):  # a hundred queries take a tenth of what starting takes, no more than that varies
        file = place / f"queries-{times}"
        file.write_text("\n".join([*asked] * times) + "\n", encoding="utf-8")
        command = [DIPLO, "search", "--queries", str(file), "--limit", "10", *flags]
        costs.append(median(command, DIPLO_LIBRARY=str(library)).cpu)
    return (costs[1] - costs[0]) / (REPEATED * len(asked)) * 1e3


def fts_queries(texts: Sequence[str], asked: Sequence[str], place: Path) -> float:
    """Milliseconds of CPU that SQLite FTS5 takes a query, first 10 by BM25; the median of each query's own."""
    with sqlite3.connect(place / "asked.sqlite") as connection:
        connection.execute("create virtual table if not exists documents using fts5(text)")
        if not connection.execute("select count(*) from documents").fetchone()[0]:
            connection.executemany("insert into documents values (?)", ((text,) for text in texts))
        spent = []
        for query in asked:
            with timed() as so_far:
                connection.execute(
                    "select rowid from documents where documents match ? order by rank limit 10",
                    (" AND ".join(query.split()),),
                ).fetchall()
                connection.execute(
                    "select count(*) from documents where documents match ?", (" AND ".join(query.split()),)
                ).fetchone()
                spent.append(so_far() * 1e3)
    return statistics.median(spent)


def measure(documents: Path, jobs: Sequence[int], sample: int, skipped: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Each figure with its name, as it is known."""
    paths = sorted(path for path in documents.rglob("*.txt") if path.is_file())
    texts = [path.read_text(encoding="utf-8") for path in paths]
    number, letters = len(paths), sum(path.stat().st_size for path in paths)
    yield "documents", number
    yield "bytes of text", letters
    for stage, spent in stages(texts[: min(sample, 1_000)]).items():
        yield f"stage {stage}, ms a document (budget {BUDGET.get(stage, 0.5)})", round(spent, 3)
    with tempfile.TemporaryDirectory(prefix="scale-") as scratch:
        place, walls, rate = Path(scratch), {}, 0.0
        for count in jobs:
            library = library_of(documents, place / f"library-{count}")
            cost = run([DIPLO, "index", "--jobs", str(count)], DIPLO_LIBRARY=str(library))
            walls[count] = cost.wall
            rate = rate or number / cost.cpu
            yield f"indexing with {count} workers: CPU s, wall s, documents a CPU-second", (
                round(cost.cpu, 1), round(cost.wall, 1), round(number / cost.cpu, 1),
            )  # fmt: skip
            yield f"largest process with {count} workers, MB", round(cost.peak)
        if len(jobs) > 1:
            yield f"{jobs[1]} workers over {jobs[0]}, times as fast", round(walls[jobs[0]] / walls[jobs[1]], 2)
        yield "index over text", round(size(library / "index") / letters, 2)
        again = run([DIPLO, "index"], DIPLO_LIBRARY=str(library))
        yield "indexing again, nothing changed: CPU s, wall s", (round(again.cpu, 2), round(again.wall, 2))
        if "recoll" not in skipped:
            other = recoll(documents, place / "recoll")
            yield (
                "diplo over recollindex, documents a CPU-second",
                (other if isinstance(other, str) else round(rate * other.cpu / number, 3)),
            )
        for engine in ("whoosh", "tantivy", "sqlite"):
            if engine not in skipped:
                some = alone(engine, texts[: sample if engine == "whoosh" else number], place / engine)
                yield (
                    f"diplo over {engine} alone, documents a CPU-second",
                    (some if isinstance(some, str) else round(rate / some, 3)),
                )
        yield from searching(documents, library, place, texts)


def searching(documents: Path, library: Path, place: Path, texts: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Searches in processes of their own, and many in one."""
    few = place / "few"
    few.mkdir()
    for path in sorted(documents.rglob("*.txt"))[:5]:
        shutil.copy(path, few)
    small = library_of(few, place / "small")
    run([DIPLO, "index"], DIPLO_LIBRARY=str(small))
    search = [DIPLO, "search", "Tokayev"]
    cost, cost_small = median(search, DIPLO_LIBRARY=str(library)), median(search, DIPLO_LIBRARY=str(small))
    yield "search of a name: CPU ms", round(cost.cpu * 1e3, 1)
    yield "search of a name: memory MB", round(cost.peak)
    yield "search of a name over the same in five documents", round(cost.cpu / cost_small.cpu, 2)
    first = [*search, "--limit", "10"]
    yield (
        "search of a name, 10 hits, over the same in five documents",
        round(median(first, DIPLO_LIBRARY=str(library)).cpu / cost_small.cpu, 2),
    )
    if shutil.which("rg"):
        yield "search of a name over ripgrep", round(cost.cpu / median(["rg", "-l", "Tokayev", str(documents)]).cpu, 2)
    else:
        yield "search of a name over ripgrep", "ripgrep is not installed"
    rare, frequent = words_of(texts)
    pairs = [f"{a} {b}" for a, b in pairwise(frequent)]
    for name, asked in (("rare words", rare), ("frequent words", frequent), ("conjunctions", pairs)):
        if len(asked) < 2:
            yield f"{name}: ms a query", "too few in these texts"
            continue
        ours, theirs = queries(library, asked, place, "--exact"), fts_queries(texts, asked, place)
        yield f"{name}: ms a query, over FTS5", (round(ours, 3), round(ours / theirs, 2))
        if name == "rare words":
            yield "with names on: ms a query more", round(queries(library, asked, place) - ours, 2)


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--engine-sample", type=int, default=2_000, help="texts for Whoosh alone and for the stages")
    parser.add_argument("--skip", default="", help="peers to leave out, joined by commas")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    told = {}
    for name, figure in measure(
        options.documents.resolve(), options.jobs, options.engine_sample, options.skip.split(",")
    ):
        told[name] = figure
        if not options.json:
            shown = " · ".join(map(str, figure)) if isinstance(figure, tuple) else figure
            print(f"{name:<72} {shown}", flush=True)
    if options.json:
        print(json.dumps(told))


if __name__ == "__main__":
    main()
