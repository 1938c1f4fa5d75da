"""Spellings of a name in a library: those of the seeds and of made-up ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.names.lexicon import lexicon
from diplo_cli.names.variants import Spelling, spellings, threshold
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import tokenize

SEEDS = Path(__file__).parents[2] / "seeds"
Terms = Callable[[str], Iterable[tuple[str, int]]]


def library(texts: Iterable[str]) -> Terms:
    """The names field of a library of these texts, as an engine lists it."""
    entries: Counter[str] = Counter()
    for text in texts:
        entries.update(lexicon(text, tokenize(text)))
    return lambda prefix: [(entry, n) for entry, n in sorted(entries.items()) if entry.startswith(prefix)]


@pytest.fixture(scope="module")
def seed_terms() -> Terms:
    return library(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))


def found(name: str, terms: Terms) -> set[str]:
    """The terms that are searched for: the word itself and its sure spellings."""
    return {fold(name)} | {s.term for s in spellings(fold(name), terms) if s.probability >= threshold("normal")}


TOKAYEV = {"tokayev", "توكاييف", "тоқаев"}


@pytest.mark.parametrize(
    "name",
    [
        "Tokayev",
        "توكاييف",
        "Тоқаев",
        "Токаев",
        "Tokaev",
        "Toqaev",
        "Tokajew",
        "トカエフ",
        "托卡耶夫",
        "Тоқаевнинг",
        "Токаевым",
    ],
)
def test_every_spelling_of_tokayev_finds_the_others(name: str, seed_terms: Terms) -> None:
    assert found(name, seed_terms) >= TOKAYEV


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ibrahim", "ibrahim"), ("إبراهيم", "ibrahim"), ("Иброҳим", "ibrahim"), ("أنور", "anwar"), ("Анвар", "anwar"),
        ("Nurtleu", "нуртилеу"), ("Nurtleu", "نورتلو"),
        ("Nurtleu", "نورتليو"), ("Нуртилеу", "نورتلو"), ("نورتلو", "нуртилеу"), ("Saidov", "سعيدوف"), ("Saidov",
        "بسايدوف"), ("Саидов", "سعيدوف"), ("Ашимбаев", "ashimbayev"),
        ("Zardari", "зардорий"), ("Sharif", "шариф"), ("شريف", "шариф"), ("Kazakstan", "kazakhstan"), ("Kazakhstan",
        "كازاخستان"), ("كازاخستان", "kazakhstan"), ("Pakistan", "покистон"),
    ],
)  # fmt: skip
def test_names_of_the_seeds(name: str, wanted: str, seed_terms: Terms) -> None:
    assert wanted in found(name, seed_terms)


@pytest.mark.parametrize(
    "word",
    [
        "trade",
        "meeting",
        "water",
        "halal",
        "minister",
        "relations",
        "agreement",
        "visit",
        "said",
        "country",
        "hubungan",
        "negara",
    ],
)
def test_ordinary_words_bring_no_other_script(word: str, seed_terms: Terms) -> None:
    assert all(term.isascii() for term in found(word, seed_terms))


ORDINARY = [
    "the water of the river and the trade with the country were said to be good, a meeting on halal food and security",
    "kerjasama dalam bidang pertahanan dan perdagangan telah dibincangkan dalam mesyuarat",
    "вода и торговля были темой встречи, сказал министр страны, где хлеб и соль",
    "قال الوزير ان الماء والتجارة كانت موضوع الاجتماع في البلاد مع وزير الخارجية",
    "su ve ticaret konusu ülkenin toplantısında ele alındı, bakan dedi",
    "сув ва савдо масаласи мамлакат йиғилишида муҳокама қилинди, деди вазир",
]  # fmt: skip


def test_ordinary_words_of_six_languages_stay_apart() -> None:
    terms = library(text[0].upper() + text[1:] for text in ORDINARY for _ in range(5))
    crossed = {
        (word, s.term)
        for text in ORDINARY
        for word in text.replace(",", "").split()
        for s in spellings(fold(word), terms)
        if s.probability >= threshold("normal")
    }
    crossed = {(a, b) for a, b in crossed if a.isascii() != b.isascii()}
    assert len(crossed) <= 2, crossed


def test_a_word_alone_spells_nothing() -> None:
    terms = library(["Tokayev met Ibrahim"])
    assert spellings("", terms) == []
    assert spellings("ไทย", terms) == []
    assert spellings("2024", terms) == []
    assert spellings("tokayev", lambda _: []) == []


def test_the_word_itself_is_not_among_its_spellings(seed_terms: Terms) -> None:
    assert "tokayev" not in {s.term for s in spellings("tokayev", seed_terms)}


def test_spellings_say_what_they_are(seed_terms: Terms) -> None:
    first = spellings("tokayev", seed_terms)[0]
    assert isinstance(first, Spelling)
    assert (first.term, first.script, first.documents, first.why) == ("тоқаев", "Cyrl", 1, "spelling")
    assert {s.why for s in spellings("saidov", seed_terms) if s.term == "بسايدوف"} == {"inflected form"}


def test_stricter_is_fewer() -> None:
    assert threshold("loose") < threshold("normal") < threshold("normal", alone=True) < threshold("strict")
    assert threshold("loose", alone=True) == threshold("loose")


def test_surest_first_and_the_same_every_time(seed_terms: Terms) -> None:
    for name in ("tokayev", "kazakhstan", "saidov"):
        got = spellings(name, seed_terms)
        assert got == sorted(got, key=lambda s: (-s.probability, s.term))
        assert got == spellings(name, lambda prefix: reversed(list(seed_terms(prefix))))
        assert all(0.1 <= s.probability <= 1 for s in got)


@pytest.mark.parametrize(
    "entries",
    [
        ["TKF/"],
        ["TKF//1"],
        ["TKF/a/b/c/1"],
        ["TKF/токаев/9"],
        ["TKF"],
        ["/"],
        [""],
        ["TKF/\ud800\x00/1"],
        ["TKF/" + "ток" * 10_000 + "/1"],
    ],
)
def test_a_damaged_lexicon_is_passed_over(entries: list[str]) -> None:
    assert spellings("tokayev", lambda _: [(entry, 1) for entry in entries]) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_word_can_be_asked_for(word: str) -> None:
    terms = library(["Tokayev met Ибрагим and أنور in 北京 トカエフ"])
    assert all(s.term != fold(word) for s in spellings(fold(word), terms))
