"""What sounds like a common word is none: 500 frequent words of five languages bring hardly a document of another script."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

DATA = Path(__file__).parents[1] / "data" / "ordinary"
SCRIPTS = {"en": "Latn", "ms": "Latn", "tr": "Latn", "ru": "Cyrl", "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab"} | {
    "hi": "Deva", "mr": "Deva", "zh": "Hani",
}  # fmt: skip
MOST = 0.01  # share of the documents of other scripts


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory, diplo: Run) -> Path:
    """A library with a document for each sentence; its id begins with the language."""
    home = tmp_path_factory.mktemp("ordinary")
    (home / "seeds").mkdir()
    (home / "index").mkdir()
    shutil.copy(DATA / "sentences.jsonl", home / "seeds")
    assert diplo(home, "index").returncode == 0
    return home


@pytest.mark.parametrize("language", ["en", "ms", "tr", "ru", "ar"])
def test_frequent_words_bring_no_documents_of_another_script(
    diplo: Run, sentences: Path, tmp_path: Path, language: str
) -> None:
    rows = [line.split("\t") for line in (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()]
    words = [word for of, word in rows if of == language]
    assert len(words) == 100
    queries = tmp_path / "queries.txt"
    queries.write_text("".join(f"{word}\t{word}\n" for word in words), encoding="utf-8")
    lines = (DATA / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    others = {each["id"] for each in map(json.loads, lines) if SCRIPTS[each["id"][:2]] != SCRIPTS[language]}
    found, exact = (
        {answer["query_id"]: set(answer["ids"]) for answer in map(json.loads, done.stdout.splitlines())}
        for done in (
            diplo(sentences, "search", "--queries", str(queries), "--jsonl", *options) for options in ((), ("--exact",))
        )
    )
    assert len(found) == len(words)
    brought = {word: (ids - exact[word]) & others for word, ids in found.items()}
    assert {word: ids for word, ids in brought.items() if len(ids) > MOST * len(others)} == {}
