"""Readers, structure, analysis and the query parser under a fuzzer that follows branches: no exception but diplo's own, no input over the time."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, opening

SECONDS = int(os.environ.get("DIPLO_FUZZ_SECONDS", "1"))
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this platform")


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks(target: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(opening(target)):
        (corpus / str(number)).write_bytes(data)
    run = [
        sys.executable,
        "-m",
        "tests.fuzz.targets",
        target,
        str(corpus),
        f"-max_total_time={SECONDS}",
        "-max_len=4096",
    ]
    limits = ["-timeout=20", "-rss_limit_mb=1500", f"-artifact_prefix={tmp_path}/", "-print_final_stats=1"]
    done = subprocess.run(
        [*run, *limits], cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=300, check=False
    )
    found = [path.read_bytes() for path in tmp_path.glob("*-*") if path.is_file()]
    assert done.returncode == 0, (found, done.stdout[-3000:], done.stderr[-2000:])
    executed = [int(line.split()[-1]) for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    assert executed[0] > len(opening(target))
