"""How long identifying a language takes, beside langdetect as shipped, on the same texts in one run.

    python benchmarks/languages.py [PATH] [--rounds 5] [--json]

PATH is a folder of .txt files, or a .jsonl or .jsonl.gz of {text}; the repository's seeds by default. Each text is cut
into pieces of 3,000 characters, and a shorter rest is left out unless it is all there is. CPU time, the best of the
rounds after one that warms up; "first" is the first text in a new process, opening profiles and importing langdetect.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from diplo_cli.language import identify

ROOT = Path(__file__).parent.parent
PIECE = 3_000


def texts(path: Path) -> list[str]:
    """The texts of a folder or of a file of JSON lines."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8", errors="replace") for file in sorted(path.glob("*.txt"))]
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["text"] for line in raw.decode("utf-8").split("\n") if line.strip()]


def pieces(found: list[str]) -> list[str]:
    """Texts in pieces of PIECE characters."""
    cut = [text[start : start + PIECE] for text in found for start in range(0, max(1, len(text) - PIECE + 1), PIECE)]
    return [piece for piece in cut if piece.strip()]


def stock(text: str) -> str:
    """What langdetect as shipped says of `text`; "" where it raises, as on digits."""
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0
    try:
        return str(detect(text))
    except LangDetectException:
        return ""


def cost(act: Callable[[str], object], cut: list[str], rounds: int) -> float:
    """Milliseconds of CPU that one piece takes, at best."""
    best = float("inf")
    for _ in range(rounds + 1):
        start = time.process_time()
        for piece in cut:
            act(piece)
        best = min(best, time.process_time() - start)
    return 1_000 * best / len(cut)


def first(module: str, call: str, text: str) -> float:
    """Milliseconds of CPU of the first text in a new process, import included."""
    code = (
        "import sys, time\ntext = sys.stdin.buffer.read().decode()\nstart = time.process_time()\n"
        f"from {module} import {call}\n{call}(text)\nprint(1000 * (time.process_time() - start))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, check=True, cwd=ROOT)
    return float(done.stdout)


def main() -> None:
    """Measure, then print a table or a record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    cut = pieces(texts(given.path))
    if not cut:
        sys.exit(f"no text in {given.path}")
    found = {
        "diplo": (cost(identify, cut, given.rounds), first("diplo_cli.language", "identify", cut[0])),
        "langdetect": (cost(stock, cut, given.rounds), first("langdetect", "detect", cut[0])),
    }
    if given.json:
        figures = {name: {"ms": round(each, 3), "first_ms": round(cold, 1)} for name, (each, cold) in found.items()}
        print(json.dumps({"benchmark": "languages", "pieces": len(cut), "figures": figures}))
        return
    print(f"{len(cut)} pieces of at most {PIECE:,} characters, milliseconds of CPU")
    print(f"{'':12}{'each':>8}{'first':>8}")
    for name, (each, cold) in found.items():
        print(f"{name:12}{each:8.2f}{cold:8.1f}")


if __name__ == "__main__":
    main()
