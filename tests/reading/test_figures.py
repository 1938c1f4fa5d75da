"""The figures that reading lines and dates has to reach, on tests/data: through the benchmarks that print them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def figures(benchmark: str) -> dict[str, dict[str, float]]:
    """What a benchmark measures, as its record."""
    command = [sys.executable, str(ROOT / "benchmarks" / f"{benchmark}.py"), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    record: dict[str, dict[str, float]] = json.loads(done.stdout)
    return record


def test_lines_kept_and_dropped() -> None:
    halves = figures("lines")
    assert sum(half["documents"] for half in halves.values()) >= 60
    for half in halves.values():
        assert half["keep"] >= 0.995
        assert half["drop"] >= 0.90
        assert half["header"] >= 0.95
        assert half["title"] >= 0.95
        assert half["date"] >= 0.90


def test_dates_read_and_none_made_up() -> None:
    record = json.loads(json.dumps(figures("dates")))
    assert record["forms"] >= 150
    assert record["languages"] >= 40
    assert min(record["right"], record["seen"], record["unseen"]) >= 0.95
    assert record["wrong"] == 0
    assert record["undated"] >= 100
    assert record["dated"] == 0


def test_labels_are_reasons_and_languages_are_many() -> None:
    from tests.reading.reasons import REASONS

    paths = sorted((ROOT / "tests" / "data" / "lines").glob("*/*.txt"))
    labels = {
        row.partition("\t")[0]
        for path in paths
        for row in path.read_text(encoding="utf-8").split("\n")
        if row and not row.startswith("=")
    }
    assert labels <= REASONS | {"+", "~"}
    assert len({path.stem.split("_")[0] for path in paths}) >= 10
