"""The same text is told the same language in every process and however often it is asked."""

from __future__ import annotations

import os
import subprocess
import sys

from diplo_cli.language import identify
from tests.text.test_analysis_contract import SENTENCES

# Whole sentences, their halves and single words: the fewer letters, the closer the languages.
TEXTS = [
    piece
    for sentence in SENTENCES.values()
    for piece in (sentence, sentence[: len(sentence) // 2], *sentence.split()[:3])
]
TELL = """
import sys
from diplo_cli.language import identify
for text in sys.stdin.read().split("\\0"):
    print(*identify(text))
"""


def told(seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", TELL],
        input="\0".join(TEXTS),
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_in_every_process_whatever_the_hash_seed() -> None:
    first = told("0")
    assert len(first.splitlines()) == len(TEXTS)
    assert len(set(first.split())) > 100
    assert told("1") == first
    assert told("4242") == first


def test_in_twenty_runs_and_any_order() -> None:
    first = [identify(text) for text in TEXTS]
    for _ in range(10):
        assert [identify(text) for text in TEXTS] == first
        assert [identify(text) for text in reversed(TEXTS)] == first[::-1]
