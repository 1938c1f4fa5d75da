"""Signatures: copies are told, other texts are not."""

from __future__ import annotations

import random
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.signature import KEPT, LEAST_WORDS, copy_terms, near, resemblance, signature

WORDS = st.lists(st.text(min_size=1, max_size=6), min_size=LEAST_WORDS, max_size=120)


def article(seed: int, words: int = 300) -> list[str]:
    chance = random.Random(seed)
    return [f"w{int(chance.paretovariate(0.7)) % 5_000}" for _ in range(words)]


def edited(words: list[str], times: int, seed: int = 0) -> list[str]:
    chance, changed = random.Random(seed), list(words)
    for _ in range(times):
        changed[chance.randrange(len(changed))] = "corrected"
    return changed


@given(WORDS, WORDS)
def test_resemblance_is_a_share_and_the_same_both_ways(one: list[str], other: list[str]) -> None:
    a, b = signature(one), signature(other)
    assert 0.0 <= resemblance(a, b) == resemblance(b, a) <= 1.0
    assert resemblance(a, a) == 1.0
    assert list(a) == sorted(set(a))
    assert len(a) <= KEPT


def test_short_texts_have_none_and_resemble_nothing() -> None:
    assert signature(article(1)[: LEAST_WORDS - 1]) == ()
    assert not near((), ())
    assert copy_terms(()) == []


def test_an_edited_copy_is_a_copy_and_shares_a_term() -> None:
    for seed in range(100):
        words = article(seed)
        copy = ["Another", "headline", "on", "top", *edited(words, 8, seed)]
        assert near(signature(words), signature(copy)), seed
        assert {*copy_terms(signature(words))} & {*copy_terms(signature(copy))}, seed


def test_other_articles_and_rewritten_ones_are_none() -> None:
    signatures = [signature(article(seed)) for seed in range(100)]
    assert not any(near(a, b) for place, a in enumerate(signatures) for b in signatures[:place])
    assert not any(near(signature(article(seed)), signature(edited(article(seed), 150))) for seed in range(50))


def test_every_process_makes_the_same() -> None:
    script = "from diplo_cli.text.signature import signature; print(signature([str(n) for n in range(60)]))"
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "12"
    }
    assert told == {f"{signature([str(n) for n in range(60)])}\n"}
