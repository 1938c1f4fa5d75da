"""Words of scripts without capitals that are nobody's name."""

from __future__ import annotations

import pytest

from diplo_cli.names.ordinary import is_ordinary
from diplo_cli.text.fold import fold


@pytest.mark.parametrize("word", ["إلى", "ومن", "بين", "كبيرا", "الماضي", "والأمن", "بناء", "और", "लिए"])
def test_frequent_words_are_ordinary(word: str) -> None:
    assert is_ordinary(fold(word), "Deva" if word > "\u0900" else "Arab")


@pytest.mark.parametrize("name", ["توكاييف", "محمد", "سعيدوف", "بوتين", "شريف", "إبراهيم", "نورتلو", "मोदी"])
def test_names_are_not(name: str) -> None:
    assert not is_ordinary(fold(name), "Deva" if name > "\u0900" else "Arab")


def test_a_script_without_a_list_has_none() -> None:
    assert not is_ordinary("the", "Latn")
    assert not is_ordinary("", "Zyyy")
