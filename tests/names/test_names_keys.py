"""Keys and the lexicon of a document."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names.inflection import bare
from diplo_cli.names.keys import MOST_ASKED, asked_keys, indexed_keys, lexicon, lexicon_keys, runs
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import tokenize

NAMES = [
    "Tokayev توكاييف توکایف Тоқаев Токаев Tokaev Toqaev Tokaïev Tokajew トカエフ 토카예프 托卡耶夫 טוקאייב तोकायेव ტოკაევი Տոկաև",
    "Ibrahim إبراهيم ابراهیم Иброҳим Ибраһим Ibrohim Ebrahim イブラヒム 이브라힘 איברהים इब्राहिम",
    "Anwar أنور Анвар Ануар Anvar Enver アンワル 안와르 安瓦尔 אנואר",
    "Nurtleu Nurtileu Нуртилеу نورتلو نورتليو",
    "Saidov Саидов سعيدوف سايدوف Saydov サイドフ",
    "Ashimbayev Ашимбаев Әшімбаев أشيمباييف アシムバエフ",
    "Zardari Зардорий زرداري ザルダリ",
    "Sharif Шариф شريف Şerif Charif シャリフ",
    "Kazakhstan Kazakstan Қозоғистон Казахстан كازاخستان قزاقستان Qazaqstan",
    "Lavrov Лавров لافروف لاوروف Lawrow ラブロフ 拉夫罗夫",
]
PAIRS = [pair for line in NAMES for pair in permutations(line.split(), 2)]


@pytest.mark.parametrize(("asked", "listed"), PAIRS, ids=lambda name: name)
def test_spellings_of_a_name_share_a_key(asked: str, listed: str) -> None:
    assert set(asked_keys(fold(asked))) & set(indexed_keys(fold(listed)))


@pytest.mark.parametrize(
    ("name", "inflected"),
    [
        ("Тоқаев", "Тоқаевнинг"), ("Тоқаев", "Тоқаевтың"), ("Токаев", "Токаевым"), ("Tokayev", "Toqayevning"),
        ("توكاييف", "والتوكاييف"), ("سايدوف", "بسايدوف"),
        ("شريف", "الشريف"), ("토카예프", "토카예프는"), ("טוקאייב", "לטוקאייב"), ("ტოკაევი", "ტოკაევმა"),
    ],
)  # fmt: skip
def test_inflected_forms_stand_under_the_name(name: str, inflected: str) -> None:
    assert set(asked_keys(fold(name))) & set(lexicon_keys(fold(inflected)))


@pytest.mark.parametrize(
    ("a", "b"),
    [("tokayev", "kazakhstan"), ("anwar", "ibrahim"), ("trump", "tusk"), ("merkel", "macron"), ("halal", "токаев")],
)
def test_other_names_do_not(a: str, b: str) -> None:
    assert not set(asked_keys(a)) & set(indexed_keys(b))


@pytest.mark.parametrize("word", ["", "ไทย", "aeiou", "\x00", "12", "\ud800", "a" * 1000 + "b"])
def test_a_word_without_consonants_has_no_key(word: str) -> None:
    assert indexed_keys(word) == ()
    assert asked_keys(word) == ()


words = st.text(alphabet=st.characters(categories=("L", "M", "N", "P", "Cs", "Cc")), max_size=30) | st.sampled_from(
    " ".join(NAMES).split()
)


@given(words)
def test_keys_are_of_the_folded_word(word: str) -> None:
    assert indexed_keys(fold(word)) == indexed_keys(fold(fold(word)))
    if word.upper().casefold() == word.casefold():
        assert indexed_keys(fold(word.upper())) == indexed_keys(fold(word))


@given(words)
def test_keys_are_few_and_clean(word: str) -> None:
    folded = fold(word)
    assert len(indexed_keys(folded)) <= 4
    assert len(asked_keys(folded)) <= MOST_ASKED
    assert all(re.fullmatch("[PFTSKMNLR]+|[ptsknl]+", key) for key in (*indexed_keys(folded), *asked_keys(folded)))
    assert len(set(asked_keys(folded))) == len(asked_keys(folded))


@given(words)
def test_a_word_is_found_under_its_own_key(word: str) -> None:
    folded = fold(word)
    if indexed_keys(folded):
        assert indexed_keys(folded)[0] in asked_keys(folded)


@given(words)
def test_bare_forms_are_shorter(word: str) -> None:
    for script in ("Cyrl", "Latn", "Arab", "Hebr", "Hang", "Deva", "Thai"):
        assert all(0 < len(form) < len(word) for form in bare(word, script))


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
