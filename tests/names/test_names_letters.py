"""Letters and sounds: every script is read, nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names.letters import han_table, known_script, script_of_all, sound, sounds, units, units_of, whole_script
from diplo_cli.text.fold import fold

SPELLINGS = {
    "Latn": "Tokayev", "Cyrl": "Тоқаев", "Arab": "توكاييف", "Hebr": "טוקאייב", "Grek": "Τοκάγιεφ", "Geor": "ტოკაევი",
    "Armn": "Տոկաև", "Deva": "तोकायेव", "Kana": "トカエフ", "Hang": "토카예프",
    "Hani": "托卡耶夫",
}  # fmt: skip


@pytest.mark.parametrize(("script", "name"), SPELLINGS.items())
def test_script_is_that_of_the_letters(script: str, name: str) -> None:
    assert known_script(fold(name)) == script


@pytest.mark.parametrize(("script", "name"), SPELLINGS.items())
def test_every_script_is_heard_alike(script: str, name: str) -> None:
    assert [c for c in sounds(fold(name), script).replace("q", "k") if c in "tkfvpb"][:2] == ["t", "k"]


@pytest.mark.parametrize("word", ["", "123", "!?", "ไทย", "\ud800", "\x00", "မြန်မာ"])
def test_what_has_no_known_letter_has_no_script_and_no_sound(word: str) -> None:
    assert known_script(word) == ""
    assert units(word, known_script(word)) == ""
    assert sounds(word, known_script(word)) == ""


@pytest.mark.parametrize(
    ("word", "script", "heard"),
    [
        ("sharif", "Latn", "Sarif"),
        ("шариф", "Cyrl", "Sarif"),
        ("zhomart", "Latn", "Zomart"),
        ("жомарт", "Cyrl", "Zomart"),
        ("schröder", "Latn", "Sroder"),
        ("ジョマルト", "Kana", "Jomaruto"),
    ],
)
def test_digraphs_are_one_sound(word: str, script: str, heard: str) -> None:
    assert sounds(fold(word), script) == heard


def test_doubled_consonants_are_one_letter() -> None:
    assert units("mohammed", "Latn") == units("mohamed", "Latn")


def test_arabic_and_persian_letters_are_the_same_units() -> None:
    assert units(fold("توکاییف"), "Arab") == units(fold("توكاييف"), "Arab")


def test_han_table_is_complete() -> None:
    table = han_table()
    assert len(table) > 500
    for character, (key, pinyin, odds) in table.items():
        assert known_script(character) == "Hani"
        assert set(key) <= set("ptsknl")
        assert all(sound(unit, "Hani") for unit in pinyin), character
        assert -4 <= odds <= 4


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    word = fold(text)
    script = known_script(word)
    assert len(sounds(word, script)) == len(units(word, script))
    assert (
        units(word, script) == units(fold(text.upper().lower()), known_script(fold(text.upper().lower())))
        or not text.isascii()
    )


@given(st.lists(st.text(alphabet="acehkostzжддёавуءويكबैεμπουւե가ハ王\n", min_size=1, max_size=8), max_size=6))
def test_many_words_have_the_units_that_each_has_alone(words: list[str]) -> None:
    for script in ("Latn", "Cyrl", "Arab", "Grek", "Armn", "Deva", "Hang", "Kana", "Hani", "Thai"):
        assert units_of(words, script) == [units(word, script) for word in words]


@pytest.mark.parametrize(
    ("words", "script"),
    [
        (["anwar", "çelik"], "Latn"),
        (["хан", "ән"], "Cyrl"),
        (["خان"], "Arab"),
        (["anwar", "хан"], ""),
        (["b2b"], ""),
        (["王"], ""),
        ([], ""),
    ],
)
def test_the_script_of_all_words(words: list[str], script: str) -> None:
    assert script_of_all(words) == script
    assert not script or {whole_script(word) for word in words} == {script}
