"""Whether odd and hostile files are read as they should be: indexed, decoded, found by a word, or refused with a reason.

    python benchmarks/messy.py FOLDER [--json]     with the Python of the environment that diplo is installed in

FOLDER has EXPECT.tsv: path, what it is, language, a whole word that must find this very file with `="word"`, outcome.
"-" is no expectation; languages are tags, "fi/en" either, looked at in texts of 10 words and more: fewer are no evidence.
An encoding is right where at least 98 in 100 pairs of letters beyond ASCII of what was read stand in the file as decoded by
the encoding that "what it is" names. Each file is also inspected by a process of its own, within 60 s. Exits 1 where a file
is not as EXPECT.tsv says or fewer than 97 % of encodings are right.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

DIPLO = str(Path(sys.executable).parent / "diplo")
SLOWEST = 60.0  # seconds
ENCODINGS_RIGHT = 0.97
PAIRS_RIGHT = 0.98
LEAST_WORDS = 10
_PAIR = re.compile(r"(?=([^\W\d_\x00-\x7f]{2}))")
# What Python calls otherwise.
_NAMES = {
    "euc-tw": "",
    "cp932": "cp932",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}


class Expected(NamedTuple):
    """A row of EXPECT.tsv."""

    path: str
    what: str
    lang: str
    word: str
    outcome: str


class Library:
    """What diplo made of all files together."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._home = home
        (home / "diplo.toml").write_text("", encoding="utf-8")
        started = time.monotonic()
        report = self._lines("index", str(folder), "--report", "--jsonl")
        self.seconds = time.monotonic() - started
        self.outcomes: dict[str, list[dict[str, Any]]] = {}
        for each in report:
            self.outcomes.setdefault(each["path"], []).append(each)
        self.documents: dict[str, list[dict[str, Any]]] = {}
        listed = self._lines("list", "--limit", "0", "--jsonl", "--fields", "id,path")
        for each in listed:
            self.documents.setdefault(each["path"], []).append(each)
        self._paths = {each["id"]: each["path"] for each in listed}

    def texts(self, path: str) -> list[dict[str, Any]]:
        """The documents of a file, with their texts."""
        ids = "".join(each["id"] + "\0" for each in self.documents.get(path, ()))
        return self._lines("show", "-", "--jsonl", given=ids) if ids else []

    def found(self, words: list[str]) -> dict[str, set[str]]:
        """The paths that each word finds, alone and in just this spelling."""
        queries = "".join(f'{word}\t="{word}"\n' for word in words)
        answers = self._lines("search", "--queries", "-", "--jsonl", given=queries)
        return {each["query_id"]: {self._paths[one] for one in each["ids"]} for each in answers}

    def _lines(self, *arguments: str, given: str = "") -> list[dict[str, Any]]:
        command = [DIPLO, *arguments, "--library", str(self._home)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode > 1:
            raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
        return [json.loads(line) for line in done.stdout.split("\n") if line]


def trouble_of_outcome(expected: Expected, outcomes: list[dict[str, Any]]) -> str:
    """What is wrong with what became of a file, "" where nothing is."""
    indexed = any(each["documents"] for each in outcomes)
    reasons = [each["reason"] for each in outcomes if each["reason"]]
    if not outcomes:
        return "no outcome"
    if expected.outcome.startswith("index") and not indexed:
        return f"not indexed: {reasons}"
    if expected.outcome.startswith("skip") and (indexed or not reasons):
        return "indexed" if indexed else "no reason given"
    return "" if indexed or reasons else "neither text nor a reason"


def trouble_of_language(expected: Expected, documents: list[dict[str, Any]]) -> str:
    """What is wrong with the language told of most of a file's documents."""
    told = [each["lang"].partition("-")[0] for each in documents if len(each["text"].split()) >= LEAST_WORDS]
    if expected.lang in ("-", "mul") or not told:
        return ""
    most = max(set(told), key=told.count)
    return "" if most in expected.lang.split("/") else f"language {most}, not {expected.lang}"


def decoded(data: bytes, what: str) -> str | None:
    """A file as decoded by the encoding that `what` names; None where it names none."""
    named = re.match(r"(?:chardet|encoding):(\S+)", what)
    if not named:
        return None
    label = named[1].lower()
    while label:
        name = _NAMES.get(label, label)
        try:
            return data.decode(codecs.lookup(name).name, "replace") if name else _by_iconv(data, label)
        except LookupError:
            label = label.rpartition("-")[0]  # "windows-1251-russian"
    raise SystemExit(f"no such encoding: {what}")


def _by_iconv(data: bytes, label: str) -> str:
    done = subprocess.run(["iconv", "-c", "-f", label, "-t", "utf-8"], input=data, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def trouble_of_encoding(texts: list[str], right: str) -> str:
    """What is wrong with the letters read."""
    # Letters that tags part are read as neighbours.
    pairs = set(_PAIR.findall(unescape(right))) | set(_PAIR.findall(unescape(re.sub(r"<[^>]*>", "", right))))
    read = set(_PAIR.findall("\n".join(texts)))
    if not read:
        return "nothing beyond ASCII was read" if len(pairs) > 20 else ""
    share = len(read & pairs) / len(read)
    return "" if share >= PAIRS_RIGHT else f"{share:.0%} of its letters are right"


def trouble_alone(path: Path) -> tuple[str, float]:
    """What is wrong with a process of its own that inspects a file, and its seconds: a crash, a hang or an error that says nothing."""
    started = time.monotonic()
    try:
        done = subprocess.run(
            [DIPLO, "inspect", "--jsonl", "--", str(path)], capture_output=True, timeout=SLOWEST, check=False
        )
    except subprocess.TimeoutExpired:
        return f"took more than {SLOWEST:.0f} s", SLOWEST
    seconds = time.monotonic() - started
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 2) or "Traceback" in said:
        return f"crashed with status {done.returncode}", seconds
    return ("" if done.returncode == 0 or said.strip() else "failed without a word"), seconds


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = given.folder.resolve()
    with (folder / "EXPECT.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [Expected(*row) for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]
    troubles: list[tuple[str, str, str]] = []
    encodings = wrong = 0
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as home:
        library = Library(folder, Path(home))
        found = library.found(sorted({row.word for row in rows if row.word != "-"}))
        for row in rows:
            path = str(folder / row.path)
            documents = library.texts(path)
            said = [
                trouble_of_outcome(row, library.outcomes.get(path, [])),
                trouble_of_language(row, documents),
            ]
            if row.word != "-" and row.outcome != "optional" and path not in found.get(row.word, ()):
                said.append(f'="{row.word}" does not find it')
            right = decoded(Path(path).read_bytes(), row.what)
            if right is not None:
                encodings += 1
                bad = trouble_of_encoding([each["text"] for each in documents], right)
                wrong += bool(bad)
                said.append(bad)
            unfit, seconds = trouble_alone(Path(path))
            slowest = max(slowest, (seconds, row.path))
            troubles += [(row.path, row.what, each) for each in (*said, unfit) if each]
    share = 1 - wrong / encodings if encodings else 1.0
    bad_files = {path for path, _, _ in troubles}
    only_encoding = {path for path, _, said in troubles if said.endswith("letters are right")}
    if given.json:
        record = {
            "files": len(rows),
            "failures": troubles,
            "encodings": encodings,
            "encodings_right": share,
            "index_seconds": library.seconds,
            "slowest": slowest,
        }
        print(json.dumps(record, ensure_ascii=False))
    else:
        for each in troubles:
            print(f"{each[0][:60]:60}  {each[1][:30]:30}  {each[2]}")
        right_files, right_encodings = len(rows) - len(bad_files), encodings - wrong
        print(
            f"{len(rows)} files · {right_files} as expected · encodings right {right_encodings} of {encodings} ({share:.1%})"
        )
        print(f"indexed in {library.seconds:.1f} s · slowest alone {slowest[0]:.1f} s ({slowest[1]})")
    return 0 if share >= ENCODINGS_RIGHT and bad_files <= only_encoding else 1


if __name__ == "__main__":
    sys.exit(main())
