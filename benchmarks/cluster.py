"""A library on a cluster beside the same on the embedded engine: the same answers, CPU of a search, rate of indexing, and searches amid writing.

python benchmarks/cluster.py LIBRARY [--writes 20000] [--seconds 60] [--json]

LIBRARY is a folder of documents (*.txt, *.jsonl); it is copied. The cluster is that of DIPLO_OPENSEARCH_URL, else one of three nodes on
loopback, started with Java and Maven (tests/cluster).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from diplo_cli.engines.base import CLUSTER, EMBEDDED, FACETS, Engine, Sort, open_engine  # noqa: E402
from diplo_cli.engines.opensearch_place import Cluster  # noqa: E402
from diplo_cli.query.parser import parse  # noqa: E402
from diplo_cli.search.result import SearchRequest  # noqa: E402
from diplo_cli.search.search import search  # noqa: E402
from diplo_cli.search.widen import Widener  # noqa: E402
from tests.cluster.running import Nodes, new_name, running  # noqa: E402

DIPLO = str(Path(sys.executable).parent / "diplo")
QUERIES = (
    "Tokayev", "توكاييف", "Мирзиёев", "Guterres", "Kazakhstan", "water OR trade", "minister -visit", '"prime minister"', "minist*",
    "goverment~", "lang:ru Казахстан", "country:KZ lang:en", "托卡耶夫", "Lavrov Guterres", "date:2024",
)  # fmt: skip
SEARCHERS = 8
WRITTEN = 600  # characters of a document that is added amid the searches


def variables(home: Path, nodes: Nodes, name: str) -> dict[str, str]:
    """The environment of a command on a library, on the cluster where `name` is its name there."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DIPLO_")}
    place = {"DIPLO_ENGINE": CLUSTER, "DIPLO_OPENSEARCH_URL": ",".join(nodes.urls), "DIPLO_OPENSEARCH_INDEX": name}
    return kept | {"DIPLO_LIBRARY": str(home), "DIPLO_CONFIG": str(home / "user.toml")} | (place if name else {})


def run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock and of CPU (of diplo, not of the cluster) of one command."""
    began = time.monotonic()
    process = subprocess.Popen([DIPLO, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode > 1:
        raise RuntimeError(told.decode())
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime


def compare(here: Engine, there: Engine) -> list[str]:
    """What two engines answer differently: sets, totals, facets, dates, order of the first ten."""
    wrong = []
    wideners = [Widener(engine) for engine in (here, there)]
    for text in QUERIES:
        queries = [widener.widen(parse(text)).query for widener in wideners]
        if queries[0] != queries[1]:
            wrong.append(f"{text}: widened otherwise")
        found = [engine.search(queries[0], limit=None) for engine in (here, there)]
        if found[0].total != found[1].total or {each for each, _ in found[0].hits} != {
            each for each, _ in found[1].hits
        }:
            wrong.append(f"{text}: other documents")
        dated = [engine.search(queries[0], limit=None, sort=Sort.DATE) for engine in (here, there)]
        if [each for each, _ in dated[0].hits] != [each for each, _ in dated[1].hits]:
            wrong.append(f"{text}: another order by date")
        if here.facets(queries[0], FACETS) != there.facets(queries[0], FACETS):
            wrong.append(f"{text}: other counts")
        pages: list[tuple[str, float]] = []
        after = None
        while True:
            page = there.search(queries[0], limit=97, after=after)
            pages += page.hits
            after = page.cursor
            if after is None:
                break
        if tuple(pages) != found[1].hits:
            wrong.append(f"{text}: pages with gaps")
    if list(here.terms("names", "")) != list(there.terms("names", "")):
        wrong.append("the lexicons of names differ")
    return wrong


def searching(urls: list[str], name: str, seconds: float, number: int) -> tuple[list[float], list[str]]:
    """Search again and again; seconds of each search, and what failed."""
    engine = open_engine(CLUSTER, Cluster(tuple(urls[number % len(urls) :] + urls[: number % len(urls)]), name))
    taken: list[float] = []
    wrong: list[str] = []
    end, at = time.monotonic() + seconds, number
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            found = search(engine, SearchRequest(query=QUERIES[at % len(QUERIES)], limit=20))
            if found.partial:
                wrong.append("a partial answer")
        except Exception as error:  # noqa: BLE001 (whatever it is, it is counted)
            wrong.append(f"{type(error).__name__}: {error}")
        taken.append(time.monotonic() - began)
        at += 1
    engine.close()
    return taken, wrong


def load(home: Path, nodes: Nodes, name: str, writes: int, seconds: float) -> dict[str, Any]:
    """Search from eight processes while a writer adds documents."""
    texts = [path for path in sorted((home / "seeds").rglob("*")) if path.suffix == ".txt"]
    with (home / "seeds" / "written.jsonl").open("w", encoding="utf-8") as stream:
        for number in range(writes):
            text = (
                texts[number % len(texts)].read_text(encoding="utf-8")[:WRITTEN] if texts else "A minister met Tokayev."
            )
            stream.write(json.dumps({"id": f"w{number:06}", "text": text}) + "\n")
    began = time.monotonic()
    writer = subprocess.Popen(
        [DIPLO, "index", "--quiet"], env=variables(home, nodes, name), stderr=subprocess.PIPE, text=True
    )
    with get_context("spawn").Pool(SEARCHERS) as pool:
        results = pool.starmap(searching, [(nodes.urls, name, seconds, number) for number in range(SEARCHERS)])
    _, told = writer.communicate()
    taken = sorted(one for times, _ in results for one in times)
    errors = [one for _, wrong in results for one in wrong] + ([told] if writer.returncode else [])
    with_all = open_engine(CLUSTER, Cluster(tuple(nodes.urls), name))
    documents = with_all.info().documents
    with_all.close()
    return {
        "searches": len(taken),
        "median_ms": round(1000 * statistics.median(taken), 1),
        "p99_ms": round(1000 * taken[int(len(taken) * 0.99)], 1),
        "writer_seconds": round(time.monotonic() - began, 1),
        "documents_after": documents,
        "errors": errors,
    }


def measure(library: Path, nodes: Nodes, chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All of it; the record."""
    name = new_name()
    homes = {CLUSTER: folder / "cluster", EMBEDDED[0]: folder / "embedded"}
    record: dict[str, Any] = {}
    for engine, home in homes.items():
        shutil.copytree(library, home / "seeds")
        (home / "index").mkdir()
        wall, cpu = run(["index", "--quiet", "--jobs", "1"], variables(home, nodes, name if engine == CLUSTER else ""))
        record[engine] = {"index_seconds": round(wall, 1), "index_cpu": round(cpu, 1)}
    here = open_engine(EMBEDDED[0], homes[EMBEDDED[0]] / "index" / "1" / "engine")
    there = open_engine(CLUSTER, Cluster(tuple(nodes.urls), name))
    record["documents"] = there.info().documents
    record["differences"] = compare(here, there)
    here.close()
    there.close()
    stored = nodes.ask(f"_cat/indices/diplo.{name}.0*?format=json&bytes=b")[0]
    record[CLUSTER]["bytes_a_document"] = round(int(stored["pri.store.size"]) / record["documents"])
    ratios = []
    for _ in range(chosen.runs):
        for query in QUERIES[:5]:
            cpus = [
                run(["search", query, "--limit", "10"], variables(home, nodes, name if engine == CLUSTER else ""))[1]
                for engine, home in homes.items()
            ]
            ratios.append(cpus[0] / cpus[1])
    record["search_cpu_ratio"] = round(statistics.median(ratios), 2)
    record["load"] = load(homes[CLUSTER], nodes, name, chosen.writes, chosen.seconds)
    nodes.ask(f"diplo.{name}*", "DELETE")
    return record


def main() -> int:
    """Measure; exit 1 where an answer differs or a search fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--writes", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running() as nodes:
        record = measure(chosen.library, nodes, chosen, Path(folder))
    if chosen.json:
        print(json.dumps(record, ensure_ascii=False))
    else:
        for key, value in record.items():
            print(f"{key:<18}{value}")
    return int(bool(record["differences"] or record["load"]["errors"]))


if __name__ == "__main__":
    sys.exit(main())
