"""Stems: the forms of a word together, in both of its scripts, and nothing lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplo_cli
from diplo_cli.text.fold import fold
from diplo_cli.text.stems import stem, stem_languages
from diplo_cli.text.turkic import GRAMMARS, turkic_stem


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("en", "meeting meetings"),
        ("ru", "встреча встречи встречу встречей"),
        ("ru", "рынок рынка рынки рынков"),
        ("de", "Verhandlung Verhandlungen"),
        ("fr", "négociation négociations"),
        ("es", "relación relaciones"),
        ("ar", "العلاقات علاقات والعلاقات علاقاته"),
        ("ar", "كتاب الكتاب للكتاب بالكتاب"),
        ("id", "hubungan hubungannya"),
        ("ms", "menulis tulis ditulis penulis"),
        ("ms", "lawatan melawat dilawat lawat"),
        ("uz", "vazir vaziri vazirlar vazirlari vazirlarning vazirga vaziridan"),
        ("uz", "kitob kitobi kitobda"),
        ("uz", "qishloq qishlogʻi qishloqlar"),
        ("uz", "shahar shahri shahrida shaharlar"),
        ("uz-Cyrl", "ҳамкорлик ҳамкорлиги ҳамкорликни ҳамкорлигининг"),
        ("kk", "президент президенті президентінің президентке президенттер президенттің"),
        ("kk", "мектеп мектебі мектептер мектебінде"),
        ("kk", "жұмыс жұмысы жұмысын жұмыстар жұмыстың"),
        ("ky", "мамлекет мамлекети мамлекетинин мамлекетке мамлекеттер"),
        ("ky", "шаар шаары шаарында шаарлар шаарларга"),
        ("az", "dövlət dövləti dövlətin dövlətlər dövlətində"),
        ("tr", "bakan bakanlar bakanlara bakanlarının"),
        ("tr", "kitap kitabı kitapta kitaplar"),
        ("sr", "председништва predsedništva"),
        ("ar", "وزير الوزير وزراء الوزراء ووزير وزيرا للوزراء"),
        ("ar", "سوق الأسواق أسواق"),
        ("ar", "رغبة رغبته الرغبة"),
        ("ar", "تحقيق لتحقيق التحقيق تحقيقا"),
        ("ar", "لقاء للقاء لقاءات اللقاء"),
        ("uk", "зустріч зустрічі зустрічей зустрічами"),
        ("uk", "організація організації організацій організацією"),
        ("uk", "сторона сторони сторін сторонами"),
        ("uk", "ринок ринку ринки ринків"),
        ("uk", "питання питань питаннях"),
        ("uk", "угода угоди угоду угодою"),
        ("uk", "державний державного державної державних"),
    ],
)
def test_forms_have_one_stem(lang: str, forms: str) -> None:
    assert len({stem(fold(form), lang) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("uz", "vazir vazifa"),
        ("uz", "el yoʻl"),
        ("kk", "президент премьер"),
        ("kk", "ғылым ғыл"),
        ("ky", "мамлекет мамиле"),
        ("tr", "bakan başkan"),
        ("id", "hubungan kunjungan"),
        ("ar", "علاقات معلومات"),
        ("ar", "إعلام علم"),
        ("ar", "لبنان بنان"),
        ("uk", "угода уряд"),
        ("uk", "міністр місто"),
        ("en", "trade trader"),
    ],
)
def test_words_keep_stems_of_their_own(lang: str, words: str) -> None:
    first, second = words.split()
    assert stem(fold(first), lang) != stem(fold(second), lang)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("савдо", "savdo"),
        ("ҳамкорлик", "hamkorlik"),
        ("ўзбек", "oʻzbek"),
        ("Ўзбекистон", "O‘zbekiston"),
        ("ғалаба", "g'alaba"),
        ("йўл", "yoʻl"),
        ("ёш", "yosh"),
        ("дунё", "dunyo"),
        ("ер", "yer"),
        ("эл", "el"),
        ("маъно", "maʼno"),
        ("объект", "obyekt"),
        ("цирк", "sirk"),
        ("конституция", "konstitutsiya"),
        ("июнь", "iyun"),
        ("поезд", "poyezd"),
        ("Нуртилеунинг", "Nurtileuning"),
        ("шаҳри", "shahri"),
        ("чақириқ", "chaqiriq"),
    ],
)
def test_uzbek_has_one_stem_in_both_scripts(cyrillic: str, latin: str) -> None:
    assert stem(fold(cyrillic), "uz-Cyrl") == stem(fold(latin), "uz")


@pytest.mark.parametrize(("cyrillic", "latin"), [("Азәрбајҹан", "Azərbaycan"), ("дөвләт", "dövlət"), ("күчә", "küçə")])
def test_azerbaijani_has_one_stem_in_both_scripts(cyrillic: str, latin: str) -> None:
    assert stem(fold(cyrillic), "az-Cyrl") == stem(fold(latin), "az")


def test_a_language_without_stemmer_keeps_its_words() -> None:
    for lang in ("th", "zh-Hant", "und", "", "xx"):
        assert lang.partition("-")[0] not in stem_languages()
        assert stem("meetings", lang) == "meetings"


def test_numbers_and_short_words_stay() -> None:
    for lang in stem_languages():
        assert stem("104.2", lang) == "104.2"
        assert stem("2024", lang) == "2024"


@given(st.sampled_from(sorted(stem_languages())), st.text(max_size=15).map(fold))
def test_a_stem_is_never_empty(lang: str, term: str) -> None:
    if term:
        assert stem(term, lang)


@pytest.mark.parametrize("term", ["ъ", "ъъ", "ъъъъ", "ь"])
def test_a_sign_without_a_letter_keeps_a_stem(term: str) -> None:
    assert stem(term, "uz-Cyrl")


@given(
    st.sampled_from(sorted(GRAMMARS)), st.text("abdeghiklmnorstuyабгғдеиійкқлмнңорстуұүыіө", min_size=1, max_size=14)
)
def test_turkic_stems_leave_a_word(lang: str, word: str) -> None:
    stemmed = turkic_stem(word, lang)
    lost = GRAMMARS[lang].lost.values()
    assert stemmed in lost or (0 < len(stemmed) <= len(word) and stemmed[:-1] == word[: len(stemmed) - 1])


def test_every_ending_of_a_grammar_can_be_met() -> None:
    for lang, grammar in GRAMMARS.items():
        for text, leave in grammar.layers:
            assert leave >= 2
            for group in text.split(";"):
                names, colon, endings = group.partition(":")
                assert colon, (lang, group)
                assert endings.split(), (lang, group)
                assert all(name.strip() in grammar.letters for name in names.split("+")), (lang, group)


def test_every_broken_plural_of_the_table_has_its_singular_s_stem() -> None:
    table = Path(diplo_cli.__file__).parent / "data" / "text" / "arabic_plurals.txt"
    lines = [line.split() for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 200
    for singular, *plurals in lines:
        assert plurals, singular
        for plural in plurals:
            for article in ("", "ال"):
                assert stem(fold(article + plural), "ar") == stem(fold(singular), "ar"), (singular, plural)
