"""The lexicon of a document: how its words were seen, and the runs of Chinese and Japanese."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names.lexicon import lexicon, runs
from diplo_cli.text.tokens import tokenize


def listed(text: str) -> set[str]:
    return lexicon(text, tokenize(text))


def test_lexicon_tells_how_a_word_was_seen() -> None:
    found = listed("Leaders met. Yesterday the leader Tokayev met his\nGuests. HEADLINE WORDS")
    assert "TKF/tokayev/1" in found
    assert {e for e in found if "/leader/" in e} == {"LTR/leader/0"}
    assert {e[-1] for e in found if "/leaders/" in e} == {"2"}  # at the start
    assert {e[-1] for e in found if "/yesterday/" in e} == {"2"}
    assert {e[-1] for e in found if "/guests/" in e} == {"2"}  # after a line break
    assert {e[-1] for e in found if "/words/" in e} == {"2"}  # beside another word in capitals


def test_lower_case_outweighs_a_headline() -> None:
    assert {e[-1] for e in listed("Talks On Trade Begin\nThe trade goes on") if "/trade/" in e} == {"0"}


def test_a_word_in_small_letters_stands_under_one_key() -> None:
    capital = {e for e in listed("He met Jochen there") if "/jochen/" in e}
    small = {e for e in listed("He met jochen There") if "/jochen/" in e}
    assert len(capital) > 1
    assert len(small) == 1
    assert {e.replace("/0", "/1") for e in small} <= capital


def test_acronym_in_mid_sentence_is_a_name() -> None:
    assert "NT/nato/1" in listed("He said NATO will meet")


def test_after_an_opening_quote_it_is_still_a_start() -> None:
    assert {e[-1] for e in listed("He left. “Tokayev stays") if "/tokayev/" in e} == {"2"}


def test_script_without_case_has_no_capitals() -> None:
    assert "TKF/توكاييف/0" in listed("قال توكاييف")


def test_each_entry_has_three_parts() -> None:
    text = "Тоқаевнинг 2024 йил COVID19 а/б 托卡耶夫 トカエフ x y"
    assert all(re.fullmatch(r"[A-Za-z]+/[^/]{2,}/[012]", entry) for entry in listed(text))
    assert not any("19" in entry or "2024" in entry for entry in listed(text))


def test_runs_of_chinese_and_japanese_are_terms() -> None:
    assert {"哈萨克斯坦", "托卡耶夫"} <= runs("哈萨克斯坦总统托卡耶夫和总理会面")
    assert runs("カシムジョマルト・トカエフ大統領は") == {"カシムジョマルト", "トカエフ"}
    assert "tkp/托卡耶夫/0" in listed("哈萨克斯坦总统托卡耶夫和总理会面")
    assert "tkp/トカエフ/0" in listed("トカエフ大統領")
    assert runs("ﾄｶｴﾌ") == {"トカエフ"}


def test_plain_chinese_text_gives_few_runs() -> None:
    assert len(runs("我们现在有四个月大没有糖尿病的老鼠，但它们曾经得过该病。")) <= 1


@given(st.text(max_size=400))
def test_any_text_has_a_lexicon(text: str) -> None:
    first = listed(text)
    assert first == listed(text)
    assert all(entry.isprintable() and entry.count("/") == 2 for entry in first)


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 100_000 + "Aaa",
        '"' * 100_000 + " Tokayev",
        "Ab" * 100_000,
        "托" * 50_000,
        "A b " * 20_000,
        "\ud800\x00" * 1000,
    ],
)
def test_hostile_text_is_quick_and_harmless(text: str) -> None:
    assert len(listed(text)) < 100
