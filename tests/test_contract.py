"""The contract of index and query, through the installed command: every word of a sentence finds that sentence, in either engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diplo_cli.text.tokens import tokenize
from tests.conftest import Run
from tests.text.test_analysis_contract import SENTENCES


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_every_word_of_every_language_finds_its_sentence(diplo: Run, tmp_path: Path, engine: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "index").mkdir()
    lines = [json.dumps({"id": lang, "text": text, "lang": lang}) for lang, text in SENTENCES.items()]
    (tmp_path / "seeds" / "sentences.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert diplo(tmp_path, "index", "--engine", engine).returncode == 0
    asked: list[tuple[str, str]] = []
    for lang, text in SENTENCES.items():
        words = {text[token.start : token.end] for token in tokenize(text)}
        asked += [(lang, f"={form}") for word in sorted(words) for form in (word, word.upper(), word.lower())]
    queries = "\n".join(f"{lang}\t{query}" for lang, query in asked)
    done = diplo(tmp_path, "search", "--queries", "-", "--jsonl", stdin=queries)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(asked) > 1_000
    assert [(each["query"], each["query_id"]) for each in answers if each["query_id"] not in each["ids"]] == []
