"""What reading a text for the index costs, stage by stage, beside langdetect as shipped, on the same texts in one run.

    python benchmarks/analysis.py [PATH] [--rounds 5] [--json]

PATH is a folder of .txt files, or a .jsonl or .jsonl.gz of {text}; the repository's seeds by default. Each text is cut
into pieces of 3,000 characters, and a shorter rest is left out unless it is all there is. CPU time, the best of the
rounds after one that warms up.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from diplo_cli.countries.tagger import tag
from diplo_cli.indexing.entries import entry_of
from diplo_cli.language import identify
from diplo_cli.names.lexicon import lexicon
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.structure import structure
from diplo_cli.text.analysis import analyse
from diplo_cli.text.sentences import sentences
from diplo_cli.text.tokens import tokenize

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


def stages(cut: list[str]) -> dict[str, Callable[[str], object]]:
    """What is done with a text, by name; languages and tokens, where a stage is given them, are found beforehand."""
    tags = {text: identify(text).tag for text in cut}
    tokens = {text: tokenize(text) for text in cut}
    return {
        "structure": structure,
        "language": identify,
        "tokens and stems": lambda text: analyse(text, tags[text]),
        "countries": lambda text: tag(text, tags[text], tokens=tokens[text]),
        "keys of names": lambda text: lexicon(text, tokens[text]),
        "all for the index": lambda text: entry_of(Raw(text), "id", "path"),
        "sentences (only when read)": lambda text: sentences(text, tags[text]),
        "langdetect as shipped": stock,
    }


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
    found = {name: cost(act, cut, given.rounds) for name, act in stages(cut).items()}
    if given.json:
        figures = {name: round(milliseconds, 3) for name, milliseconds in found.items()}
        print(json.dumps({"benchmark": "analysis", "pieces": len(cut), "ms": figures}))
        return
    print(f"{len(cut)} pieces of at most {PIECE:,} characters, milliseconds of CPU each")
    for name, milliseconds in found.items():
        print(f"{name:28}{milliseconds:8.2f}")


if __name__ == "__main__":
    main()
