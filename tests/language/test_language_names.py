"""Names and tags of languages."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.errors import UnknownNameError
from diplo_cli.language import endonym, identified, matches, names, resolve


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("ar", "ar"),
        ("AR", "ar"),
        ("ara", "ar"),
        ("arb", "ar"),
        ("arabic", "ar"),
        ("العربية", "ar"),
        ("арабский", "ar"),
        ("arapça", "ar"),
        ("Bahasa Melayu", "ms"),
        ("bahasa  melayu ", "ms"),
        ("malay", "ms"),
        ("zsm", "ms"),
        ("may", "ms"),
        ("Bahasa Indonesia", "id"),
        ("in", "id"),
        ("uz", "uz"),
        ("uz-Latn", "uz"),
        ("uz-cyrl", "uz-Cyrl"),
        ("uz_Cyrl", "uz-Cyrl"),
        ("uz-Cyrl-UZ", "uz-Cyrl"),
        ("Uzbek (Cyrillic)", "uz-Cyrl"),
        ("uzbek_cyrillic", "uz-Cyrl"),
        ("ўзбекча", "uz-Cyrl"),
        ("o‘zbekcha", "uz"),
        ("oʻzbek", "uz"),
        ("özbekçe", "uz"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hans-TW", "zh"),
        ("zh-CN", "zh"),
        ("Chinese", "zh"),
        ("traditional chinese", "zh-Hant"),
        ("中文", "zh"),
        ("cmn", "zh"),
        ("sh", "sr-Latn"),
        ("sr-Latn", "sr-Latn"),
        ("Serbian (Latin)", "sr-Latn"),
        ("tagalog", "fil"),
        ("tl", "fil"),
        ("nb", "no"),
        ("nb-NO", "no"),
        ("norsk", "no"),
        ("farsi", "fa"),
        ("prs", "fa"),
        ("iw", "he"),
        ("kk-Cyrl", "kk"),
        ("қазақша", "kk"),
        ("turkce", "tr"),
        ("français", "fr"),
        ("francais", "fr"),
        ("en-GB", "en"),
        ("ru_RU.UTF-8", "ru"),
        ("日本語", "ja"),
        ("кыргызча", "ky"),
    ],
)
def test_resolve(typed: str, tag: str) -> None:
    assert resolve(typed) == tag


@pytest.mark.parametrize(
    "typed", ["klingon", "", "  ", "zz", "xx-Cyrl", "uz-Abcd", "12", "\ud800", "\x00", "q" * 50_000]
)
def test_unknown(typed: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve(typed)
    assert caught.value.hint
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(("typed", "meant"), [("arabick", "ar"), ("Rusian", "ru"), ("Uzbeck", "uz"), ("kazahk", "kk")])
def test_the_hint_names_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve(typed)
    assert f"{meant} ({endonym(meant)})" in caught.value.hint


@pytest.mark.parametrize(
    ("tag", "own"),
    [
        ("en", "English"),
        ("ms", "Bahasa Melayu"),
        ("id", "Bahasa Indonesia"),
        ("ar", "العربية"),
        ("uz-Cyrl", "Ўзбекча"),
        ("uz", "Oʻzbekcha"),
        ("ru", "Русский"),
        ("ka", "ქართული"),
        ("zh", "中文"),
        ("zh-Hant", "繁體中文"),
        ("no", "Norsk"),
        ("und", "und"),
        ("x-nothing", "x-nothing"),
    ],
)
def test_endonym(tag: str, own: str) -> None:
    assert endonym(tag) == own


@pytest.mark.parametrize("tag", identified())
def test_what_can_be_identified_can_be_asked_for(tag: str) -> None:
    assert resolve(tag) == tag
    assert resolve(endonym(tag)).partition("-")[0] == tag.partition("-")[0]
    assert endonym(tag) != tag
    assert len(names.likely_script(tag)) == 4
    assert names.likely_script(tag) != "Zyyy"


def test_matches() -> None:
    assert matches("uz", "uz")
    assert matches("uz-Cyrl", "uz")
    assert matches("uz-Cyrl", "uz-Cyrl")
    assert not matches("uz", "uz-Cyrl")
    assert not matches("und", "uz")
    assert matches("zh-Hant", "zh")
    assert not matches("fil", "fi")


def test_declared() -> None:
    assert names.declared("uz", "Cyrl") == "uz-Cyrl"
    assert names.declared("uz", "Latn") == "uz"
    assert names.declared("Serbian", "Latn") == "sr-Latn"
    assert names.declared("ar", "Latn") == "ar"
    assert names.declared("", "Latn") == "und"
    assert names.declared("nonsense", "Latn") == "und"


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=12))
def test_any_text_resolves_or_is_unknown(typed: str) -> None:
    try:
        tag = resolve(typed)
    except UnknownNameError:
        return
    assert resolve(tag) == tag


@given(st.text(max_size=40))
def test_keys_are_stable(name: str) -> None:
    assert names.key(names.key(name)) == names.key(name)


def test_documented_examples() -> None:
    found = doctest.testmod(names)
    assert found.attempted
    assert not found.failed


def test_an_endonym_opens_the_small_table_only() -> None:
    code = (
        "from diplo_cli.language import endonym, names\nassert endonym('ar') == 'العربية'\n"
        "assert not names._names.cache_info().currsize and not names._codes.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_of_a_long_declaration_only_the_beginning_is_remembered() -> None:
    names._found.cache_clear()
    assert {names.declared("arabic" + " " * 200 + "x" * 10_000 + str(number), "Arab") for number in range(5)} == {"ar"}
    assert names._found.cache_info().currsize == 1
    with pytest.raises(UnknownNameError):
        resolve("ا" * 1_000_000)
