"""Scripts: one table, held against the names that Unicode gives its characters."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.script import BLOCKS, EAST_ASIAN, MARKS, NO_SCRIPT, UNSPACED, main_script, parts, script_of

# How Unicode begins the names of a script's letters.
WORDS = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Hang": "HANGUL",
    "Hani": "CJK", "Hebr": "HEBREW", "Kana": "HIRAGANA KATAKANA", "Khmr": "KHMER", "Knda": "KANNADA", "Laoo": "LAO",
    "Latn": "LATIN", "Mlym": "MALAYALAM", "Mong": "MONGOLIAN", "Mymr": "MYANMAR", "Orya": "ORIYA", "Sinh": "SINHALA",
    "Syrc": "SYRIAC", "Taml": "TAMIL", "Telu": "TELUGU", "Thaa": "THAANA", "Thai": "THAI", "Tibt": "TIBETAN",
}  # fmt: skip
# Those that share a block with another script: Coptic with Greek, the micro and ordinal signs with Latin.
STRANGERS = set("ϢϣϤϥϦϧϨϩϪϫϬϭϮϯªµº")


def test_blocks_are_in_order_and_apart() -> None:
    assert all(first <= last for first, last, _ in BLOCKS)
    assert all(before[1] < after[0] for before, after in pairwise(BLOCKS))


@pytest.mark.parametrize("script", WORDS)
def test_every_letter_of_a_block_is_of_its_script(script: str) -> None:
    letters = [
        chr(point)
        for first, last, code in BLOCKS
        if code == script
        for point in range(first, min(last, 0xFFFF) + 1)
        if unicodedata.category(chr(point)) in ("Lu", "Ll", "Lo")
    ]
    assert len(letters) > 20
    strangers = {char for char in letters if not set(unicodedata.name(char).split()) & set(WORDS[script].split())}
    assert strangers <= STRANGERS
    assert all(script_of(char) == script for char in letters)


@pytest.mark.parametrize("char", ["1", "٣", " ", "-", "。", "\u0301", "\ud800", "\x00", "\U0010ffff", "ᚠ", "😀"])
def test_what_is_no_letter_of_a_listed_script_has_none(char: str) -> None:
    assert script_of(char) == NO_SCRIPT


def test_every_script_of_unspaced_letters_is_meant() -> None:
    found = re.findall(f"[{UNSPACED}]", "".join(map(chr, range(0x10000))))
    assert {script_of(char) for char in found} - {NO_SCRIPT} == {"Hani", "Kana", "Khmr", "Laoo", "Mymr", "Thai"}
    assert not any(char.isdecimal() for char in found)
    assert set(re.findall(f"[{EAST_ASIAN}]", "".join(found))) <= set(found)
    assert re.findall(f"[{EAST_ASIAN}]", "aя中あアｱกⅠ々・") == list("中あアｱ々")


def test_every_mark_of_the_basic_plane_is_listed() -> None:
    listed = re.compile(f"[{MARKS}]")
    assert all(listed.match(chr(point)) for point in range(0x10000) if unicodedata.category(chr(point))[0] == "M")
    assert not any(listed.match(char) for char in "aя中ไ।॥၊.,'\u200b")


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("Tokayev", "Latn"),
        ("Тoқаев", "Cyrl"),
        ("G20峰会", "Hani"),
        ("aя", "Latn"),
        ("2024", NO_SCRIPT),
        ("", NO_SCRIPT),
    ],
)
def test_main_script(word: str, script: str) -> None:
    assert main_script(word) == script


@given(st.text(max_size=40))
def test_the_main_script_is_that_of_a_letter(text: str) -> None:
    assert main_script(text) in {script_of(char) for char in text} | {NO_SCRIPT}


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("合作ASEAN", "合作 ASEAN"),
        ("Tokayev说ASEAN", "Tokayev 说 ASEAN"),
        ("นายกTokayev", "นายก Tokayev"),
        ("2024年", "2024年"),
        ("マレーシアの首相", "マレーシアの首相"),
        ("한국ASEAN", "한국ASEAN"),
        ("Тоқаев", "Тоқаев"),
        ("", ""),
    ],
)
def test_a_word_is_cut_where_a_script_without_spaces_meets_another(word: str, cut: str) -> None:
    assert parts(word) == (cut.split() or [""])
