"""Keys: the spellings of a name share one, in any script."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names.inflection import bare
from diplo_cli.names.keys import MOST_ASKED, asked_keys, indexed_keys, lexicon_keys, likeliest_keys
from diplo_cli.text.fold import fold

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
    assert set(asked_keys(fold(name))) & set(lexicon_keys([fold(inflected)])[fold(inflected)])


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


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzçéš", min_size=1, max_size=12))
def test_the_likeliest_key_is_the_first(word: str) -> None:
    assert likeliest_keys([word]) == {word: indexed_keys(word)[:1]}


@pytest.mark.parametrize(
    "letters",
    [
        "абвгдежзийклмнопрстуфхцчшщъыьэюяқғҳ",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "אבגדהוזחטיכלמנסעפצקרשת",
        "ԱԲխւվետ".lower(),
    ],
)
@given(data=st.data())
def test_the_likeliest_key_is_the_first_in_every_script(letters: str, data: st.DataObject) -> None:
    word = data.draw(st.text(alphabet=letters, min_size=1, max_size=10))
    assert likeliest_keys([word]) == {word: indexed_keys(word)[:1]}


MIXED = "abcghjouwxçгдежхцшқءاوجخشيمחכבהוխւավგხწკखठकंカフん안토王安1'\n-"


@given(st.lists(st.text(alphabet=MIXED, min_size=1, max_size=8), max_size=8), st.booleans())
def test_many_words_have_the_keys_that_each_has_alone(listed: list[str], marked: bool) -> None:
    assert likeliest_keys(listed) == {word: indexed_keys(word)[:1] for word in listed}
    alone: dict[str, tuple[str, ...]] = {}
    for word in listed:
        alone |= lexicon_keys([word], marked=marked)
    assert lexicon_keys(listed, marked=marked) == alone


@pytest.mark.parametrize(
    "listed", [["wagner", "juncker", "x", "oww"], ["хрущёв", "хх", "дождь"], ["وووو", "جواد", "ءء", "خان"]]
)
def test_words_of_one_script_have_the_keys_that_each_has_alone(listed: list[str]) -> None:
    assert lexicon_keys(listed) == {word: lexicon_keys([word])[word] for word in listed}


def test_devanagari_letters_with_a_tail_are_heard() -> None:
    assert indexed_keys(fold("ठाकुर")) == indexed_keys("thakur")[:1]
