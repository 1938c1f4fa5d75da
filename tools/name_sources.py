"""Names and their spellings, read from the sources that build_names.py is given."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from diplo_cli.names import letters
from diplo_cli.text.fold import fold

SCRIPTS = ("Arab", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hang", "Hani", "Hebr", "Kana", "Latn")


def held_out(entity: str) -> bool:
    """Whether figures are taken on this entity: then nothing is learned from it."""
    return crc32(entity.encode()) % 5 == 0


def names_of(folder: Path) -> Iterator[tuple[str, str, str, str, bool, bool]]:
    """(name, script, name, script, held out, attested more than once) of each row, folded."""
    for path in sorted(folder.glob("*.tsv.gz")):
        kind = path.name.split(".")[0]
        if kind not in ("coling2018", "google", "kazper"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                sure = kind != "coling2018" or int(row["count"] or 1) >= 2
                yield (
                    fold(row["name_a"]),
                    row["script_a"],
                    fold(row["name_b"]),
                    row["script_b"],
                    held_out(row["entity"]),
                    sure,
                )


def lines_of(path: Path) -> Iterator[list[str]]:
    """The spellings of each group as the file has them, folded, each once."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield list(dict.fromkeys(fold(spelling.strip()) for spelling in line.split("=>")[0].split(",")))


def groups_of(path: Path) -> Iterator[dict[str, list[str]]]:
    """Folded spellings by script of each group that has no name held out."""
    for line in lines_of(path):
        group: dict[str, list[str]] = defaultdict(list)
        for word in line:
            script = letters.known_script(word)
            if script and 2 <= len(word) <= 18 and " " not in word and "-" not in word:
                group[script].append(word)
        if not any(held_out(f"cl:{word}") for word in group.get("Latn", ())):
            yield group
