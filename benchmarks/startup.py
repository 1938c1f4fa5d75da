"""Start-up: CPU of whole `diplo` processes beside `python -c "import typer"`, run in turn, as ratios.

python benchmarks/startup.py [--runs 15] [--json]     with the Python of the environment that diplo is installed in
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
DIPLO = str(Path(PYTHON).parent / "diplo")
BASE = [PYTHON, "-c", "import typer"]
# name -> (command, on a terminal, ratio allowed)
CASES: dict[str, tuple[list[str], bool, float]] = {
    "search Tokayev | cat": ([DIPLO, "search", "Tokayev"], False, 1.6),
    "search Tokayev (terminal)": ([DIPLO, "search", "Tokayev"], True, 2.5),
    "--help": ([DIPLO, "--help"], False, 1.6),
    "summary 003 | cat": ([DIPLO, "summary", "003"], False, 2.0),
    "show 003 | cat": ([DIPLO, "show", "003"], False, 2.0),
    "list | cat": ([DIPLO, "list"], False, 2.0),
}


def cpu(command: list[str], library: Path, *, terminal: bool) -> float:
    """CPU seconds, user and system, of one run."""
    variables = os.environ | {"DIPLO_LIBRARY": str(library), "TERM": "xterm-256color"}
    master, slave = pty.openpty() if terminal else (-1, subprocess.DEVNULL)
    process = subprocess.Popen(command, stdout=slave, stderr=subprocess.DEVNULL, env=variables, cwd=library)
    if terminal:
        os.close(slave)
        reader = threading.Thread(target=_drain, args=(master,))
        reader.start()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    if terminal:
        reader.join()
        os.close(master)
    return usage.ru_utime + usage.ru_stime


def _drain(master: int) -> None:
    try:
        while os.read(master, 65536):
            pass
    except OSError:  # the other side is closed
        return


def main() -> int:
    """Measure; exit 1 where a ratio is over what is allowed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=15)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder)
        shutil.copytree(ROOT / "seeds", library / "seeds")
        (library / "index").mkdir()
        for command, terminal, _ in CASES.values():
            cpu(command, library, terminal=terminal)  # builds the index, warms the disk
        times: dict[str, list[float]] = {name: [] for name in CASES}
        ratios: dict[str, list[float]] = {name: [] for name in CASES}
        for _ in range(chosen.runs):
            for name, (command, terminal, _) in CASES.items():
                base = cpu(BASE, library, terminal=False)
                taken = cpu(command, library, terminal=terminal)
                times[name].append(taken)
                ratios[name].append(taken / base)
    record = {
        name: {
            "ms": round(1000 * statistics.median(times[name]), 1),
            "ratio": round(statistics.median(ratios[name]), 2),
            "allowed": allowed,
        }
        for name, (_, _, allowed) in CASES.items()
    }
    if chosen.json:
        print(json.dumps(record))
    else:
        print(f"{'':<28}{'CPU ms':>8}{'ratio':>8}{'allowed':>9}   (medians of {chosen.runs}; 1.00 = import typer)")
        for name, row in record.items():
            print(f"{name:<28}{row['ms']:>8}{row['ratio']:>8}{row['allowed']:>9}")
    return int(any(row["ratio"] > row["allowed"] for row in record.values()))


if __name__ == "__main__":
    sys.exit(main())
