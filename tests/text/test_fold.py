"""Folding: what falls together, what stays apart, and that it does so for every text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.fold import APOSTROPHES, INVISIBLE, LONGEST_TERM, _fold, _remembered, fold, fold_letters

SCRIPTS = st.text(
    st.characters(exclude_categories=("Cn", "Co"))
    | st.sampled_from("ıİßẞςΣёйЙўİŉǰΐᾳﬁﷺﻻکیةىآؤئ" + APOSTROPHES + INVISIBLE),
    max_size=20,
)


@given(SCRIPTS)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


LETTERS = st.characters(categories=("L", "N", "M")) | st.sampled_from("각각ᄀㄱﾡㅏﾂﾞがカﾞǅΐᾳﬁǰẞ")


@given(st.text(LETTERS, max_size=8))
def test_letter_by_letter_is_the_whole(word: str) -> None:
    assert fold_letters(word) in ("", _fold(word))


def test_what_most_words_are_made_of_folds_letter_by_letter() -> None:
    for word in ("Тоқаев", "Erdoğan", "توكاييف", "토카예프", "Τοκάγιεφ", "თოკაევი", "ZÜRICH"):
        assert fold_letters(word) == _fold(word) != ""
    for word in ("o'zbek", "e\u0301", "한\u11ab", "(c)", "\u200bfoo", "हिन्दी"):
        assert not fold_letters(word)


@given(SCRIPTS)
def test_neither_composition_nor_width_matters(word: str) -> None:
    word = word.replace("´", "'")  # which NFKC makes a space with a mark
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, word)) == fold(word)


@given(st.text(st.characters(categories=("Lu", "Ll", "Lt")), max_size=12))
def test_case_does_not_matter(word: str) -> None:
    # upper() of a few letters is another letter's: that casefold agrees with, once more
    if word.upper().casefold() == word.casefold():
        assert fold(word.upper()) == fold(word)
    if word.lower().casefold() == word.casefold():
        assert fold(word.lower()) == fold(word)


@pytest.mark.parametrize(
    "spellings",
    [
        "Erdoğan ERDOĞAN erdogan Erdog\u0306an ｅｒｄｏｇａｎ",
        "İstanbul ISTANBUL istanbul ıstanbul İSTANBUL",
        "Straße STRASSE STRAẞE strasse",
        "Łódź Lodz łódź",
        "Ødegård Odegard",
        "Đà đa Da",
        "Việt Viet VIỆT",
        "Æther aether",
        "œuvre oeuvre",
        "Əliyev Eliyev",
        "Оқушы ОҚУШЫ",
        "Королёв Королев КОРОЛЁВ",
        "за́мок замок",
        "Σίσυφος ΣΊΣΥΦΟΣ Σισυφοσ σισυφος",
        "שָׁלוֹם שלום",
        "كِتَابٌ كتاب كتـــاب",
        "أحمد احمد إحمد آحمد ٱحمد",
        "مصطفى مصطفي مصطفی",
        "مكتبة مكتبه مکتبه مكتبہ",
        "كازاخستان کازاخستان",
        "مسؤول مسوول",
        "می‌روم میروم",
        "ﻛﺘﺎﺏ كتاب",
        "फ़िल्म फिल्म",
        "हँसी हंसी",
        "가나 가나",
        "ガ ｶﾞ ガ",
        "٢٠٢٤ 2024 ２０２４ २०२४",
        "col·lecció colleccio",
        "86,8 86.8 ٨٦٫٨",
        "ﬁrst first",
    ],
)
def test_one_form_for(spellings: str) -> None:
    assert len({fold(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("apostrophe", "ʻʼ‘’`´'")
def test_every_apostrophe_of_uzbek_is_folded_away(apostrophe: str) -> None:
    assert fold(f"o{apostrophe}zbek") == "ozbek"
    assert fold(f"G{apostrophe}ALABA") == "galaba"


@pytest.mark.parametrize(
    "words",
    [
        "й и",
        "ў у",
        "ї і",
        "қ к",
        "ғ г",
        "ҳ х",
        "ң н",
        "ө о",
        "ү у",
        "ұ у",
        "і и",
        "কি কী",
        "ড় ড",
        "कि की",
        "ਸ਼ ਸ",
        "ก่ ก้",
        "か が",
        "ی ے",
        "ш щ",
    ],
)
def test_letters_of_their_own_stay_apart(words: str) -> None:
    first, second = words.split()
    assert fold(first) != fold(second)


def test_invisible_characters_are_not_there() -> None:
    assert fold(INVISIBLE.join("Tokayev")) == "tokayev"
    assert fold("".join(APOSTROPHES) + INVISIBLE) == ""


def test_hostile_input_passes() -> None:
    assert fold("\ud800a\0b") == "ab"
    assert fold("a\u0300" * 50_000) == "a" * 50_000


def test_a_phrase_keeps_its_spaces() -> None:
    assert fold("Côte\u00a0d’Ivoire") == "cote divoire"


def test_only_words_are_remembered() -> None:
    _remembered.cache_clear()
    fold("e\u0301" * (LONGEST_TERM // 2 + 1))
    assert _remembered.cache_info().currsize == 0
    fold("e\u0301" * (LONGEST_TERM // 2))
    assert _remembered.cache_info().currsize == 1
