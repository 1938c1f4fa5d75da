"""What users type for a country, names that widen a query, and names to show."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.countries.resolver import display, named_by, resolve
from diplo_cli.errors import UnknownNameError
from diplo_cli.text.fold import fold


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KZ", "KZ"), ("kz", "KZ"), ("KAZ", "KZ"), ("kazakhstan", "KZ"), ("Qozogiston", "KZ"),
        ("Qozog'iston", "KZ"), ("Қозоғистон", "KZ"), ("كازاخستان", "KZ"), ("哈萨克斯坦", "KZ"),
        ("AQSH", "US"), ("USA", "US"), ("usa", "US"), ("UK", "GB"), ("Deutschland", "DE"), ("Saudi Arabia", "SA"),
        ("  united  states ", "US"), ("Cote dIvoire", "CI"), ("Malaysian", "MY"),
        ("Ankara", "TR"), ("Türkiye", "TR"), ("Turkiye", "TR"), ("Ўзбекистон", "UZ"), ("日本", "JP"), ("대한민국", "KR"), ("Россия", "RU"), ("भारत", "IN"), ("ไทย", "TH"),
        ("Qazaqstan", "KZ"), ("Túrkııa", "TR"), ("Türkiya", "TR"), ("Ýkraına", "UA"), ("AU", "AU"),
    ],
)  # fmt: skip
def test_typed(typed: str, code: str) -> None:
    assert resolve(typed) == code


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("Kazakstn", "Kazakhstan (KZ)"), ("Малаизиа", "Malaysia (MY)"), ("Uzbekistam", "Uzbekistan (UZ)")],
)
def test_unknown_names_get_the_three_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        resolve(typed)
    assert nearest in error.value.hint
    assert error.value.hint.count("(") == 3


@pytest.mark.parametrize(
    "typed", ["EU", "eu", "UN", "NATO", "ASEAN", "European Union", "Европейский союз", "欧盟", "OTS"]
)
def test_an_organisation_is_told_from_a_country(typed: str) -> None:
    with pytest.raises(UnknownNameError, match=f"“{typed}” is an organisation, not a country") as error:
        resolve(typed)
    assert error.value.hint == "search for it by name"
    assert named_by(typed) == ""


@pytest.mark.parametrize("typed", ["", " ", "\ud800", "\x00", "x" * 100_000, "\n\t", "KZ\tKZ"])
def test_what_is_no_name_is_an_error_and_nothing_worse(typed: str) -> None:
    with pytest.raises(UnknownNameError):
        resolve(typed)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("Kazakhstan", "KZ"), ("kazakhstan", "KZ"), ("Қозоғистон", "KZ"), ("كازاخستان", "KZ"),
        ("united states", "US"), ("saudi arabia", "SA"), ("US", "US"), ("中国", "CN"), ("Россия", "RU"),
        ("us", ""), ("Kazakh", ""), ("Astana", ""), ("того", ""), ("مالي", ""), ("island", ""),
        ("eau", ""), ("anh", ""), ("trade", ""), ("water", ""), ("meeting", ""), ("tokayev", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_names_widen_a_query(term: str, code: str) -> None:
    assert named_by(term) == code


@given(
    st.sampled_from(
        [
            "Қозоғистон",
            "Türkiye",
            "Côte d’Ivoire",
            "Oʻzbekiston",
            "كازاخستان",
            "Việt Nam",
            "Perú",
            "Украина",
            "Հայաստան",
        ]
    )
)
def test_folding_makes_no_difference(name: str) -> None:
    assert named_by(name) == named_by(" ".join(fold(word) for word in name.split())) != ""


@given(st.text(max_size=100))
def test_any_term_can_be_looked_up(term: str) -> None:
    code = named_by(term)
    assert code == "" or (len(code) == 2 and display(code) != code)


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en", "Kazakhstan"), ("kk", "Қазақстан"), ("uz-Cyrl", "Қозоғистон"), ("ar", "كازاخستان"),
        ("ms_MY.UTF-8", "Kazakhstan"), ("pt_BR", "Cazaquistão"), ("zh-Hant-TW", "哈薩克"), ("zh_TW.UTF-8", "哈薩克"),
        ("uz-Cyrl-UZ", "Қозоғистон"), ("kk-Latn-KZ", "Qazaqstan"), ("sr-Latn-RS", "Kazahstan"),
        ("nn_NO", "Kasakhstan"), ("C", "Kazakhstan"), ("", "Kazakhstan"), ("../../../etc/passwd", "Kazakhstan"), ("xx", "Kazakhstan"),
    ],
)  # fmt: skip
def test_display(locale: str, name: str) -> None:
    assert display("KZ", locale) == name


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert display("QQ", "kk") == "QQ"


# six names a language drawn by chance from Unicode CLDR (Unicode licence), none of them in tools/country_aliases.tsv
FORMS = [line.split("\t") for line in (Path(__file__).parent / "typed.tsv").read_text(encoding="utf-8").splitlines()]


def test_the_forms_are_of_forty_languages() -> None:
    assert len(FORMS) >= 300
    assert len({lang for lang, _, _ in FORMS}) >= 40


@pytest.mark.parametrize(("lang", "typed", "code"), FORMS)
def test_names_of_unicode_cldr_resolve_however_they_are_typed(lang: str, typed: str, code: str) -> None:
    assert resolve(typed) == code, lang
    assert resolve(f" {typed.upper()} ") == code
    assert resolve(unicodedata.normalize("NFD", typed)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("казахстанский", "KZ"), ("узбекистанской", "UZ"), ("الكازاخستانية", "KZ"), ("Guernsey", "GG"), ("Mayotte", "YT")],
)
def test_inflected_forms_and_islands_resolve(typed: str, code: str) -> None:
    assert resolve(typed) in code.split()


@pytest.mark.parametrize("typed", ["Kazakstann", "Казахстан и Китай", "ООН", "нечто", "什么"])
def test_what_is_no_one_country_has_three_neighbours_at_most(typed: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        resolve(typed)
    assert error.value.hint.count("(") <= 3
