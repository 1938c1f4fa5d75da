import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.summary.standing import cannot_stand_alone


def leaning(lang: str, *told: str, joined: str = " ") -> set[int]:
    """Which of some sentences, joined to one text, need the one before them."""
    spans, at = [], 0
    for sentence in told:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + len(joined)
    found = cannot_stand_alone(joined.join(told), spans, lang)
    assert all(before == i - 1 for i, before in found.items())
    return set(found)


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "Ashimbayev met Anwar.", "He added that trade grew."),
        ("en", "Ashimbayev met Anwar.", "“They agreed,” the ministry said."),
        ("ms", "Anwar tiba di Astana.", "Beliau berkata perdagangan meningkat."),
        ("uz-Cyrl", "Нуртилеу Покистонга борди.", "У президент билан учрашди."),
        ("ru", "Токаев прибыл в Ташкент.", "Ее ждали на переговорах."),
        ("ar", "التقى توكاييف سعيدوف.", "وأضاف أن التجارة زادت."),
        ("zh", "总统访问了马来西亚。", "他会见了总理。"),
        ("fr", "Le ministre est arrivé.", "Il a rencontré le président."),
    ],
)
def test_a_word_that_points_back_needs_the_sentence_before(lang: str, first: str, second: str) -> None:
    assert leaning(lang, first, second) == {1}


def test_the_first_sentence_needs_none() -> None:
    assert leaning("en", "He arrived.", "Trade grew.") == set()


def test_a_noun_with_the_same_beginning_stands_alone() -> None:
    assert leaning("en", "Trade grew.", "Heads of state met.", "Itinerant traders came.") == set()


def test_inside_a_quotation_nothing_stands_alone() -> None:
    assert leaning("en", "“Trade grew.", "Water is scarce.”", "The talks ended.") == {1}
    assert leaning("ru", "«Торговля растет.", "Вода нужна», — сказал министр.", "Встреча окончена.") == {1}
    assert leaning("de", "„Der Handel wächst.", "Wasser ist knapp“, sagte Merz.", "Berlin wartet ab.") == {1}
    assert leaning("und", '"Trade grew.', 'Water is scarce."', "The talks ended.") == {1}


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert leaning("en", "“Trade grew.", "Water is scarce.", joined="\n") == set()


def test_an_unknown_language_points_back_with_nothing() -> None:
    assert leaning("xx", "He came.", "He added.") == set()


@given(
    st.lists(st.text(alphabet='ab."“”«»„ \n', min_size=1), min_size=1),
    st.sampled_from(["en", "zh", "und", "", "\ud800"]),
)
def test_any_text_goes_in(told: list[str], lang: str) -> None:
    assert 0 not in leaning(lang, *told)


@pytest.mark.parametrize(
    ("lang", "quoted", "named"),
    [
        ("en", "“We agree,” he said.", "“We agree,” the minister said."),
        ("en", '"We agree," said she, "to trade."', '"We agree," said Anwar, and he left.'),
        ("ms", "“Kami setuju,” katanya di sini.", "“Kami setuju,” kata Anwar di sini."),
        ("fr", "« Nous sommes d’accord », dit-il.", "« Nous sommes d’accord », dit Anwar."),
        ("de", "„Wir sind uns einig“, sagte er.", "„Wir sind uns einig“, sagte Anwar."),
        ("ja", "「合意した」と彼は述べた。", "「合意した」とアンワルは述べた。"),
    ],
)
def test_a_quotation_of_someone_who_is_not_named_needs_the_sentence_before(lang: str, quoted: str, named: str) -> None:
    first = "会談が開かれた。" if lang == "ja" else "Anwar Astana."
    assert leaning(lang, first, quoted) == {1}
    assert leaning(lang, first, named) == set()


def test_a_quoted_name_stands_alone() -> None:
    assert leaning("en", "Trade grew.", "“Belt and Road” is what he spoke of.") == set()


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("my", "ဝန်ကြီး ရောက်လာသည်။", "သူသည် ပြောကြားခဲ့သည်။"),
        ("sr-Latn", "Ministar je stigao.", "On je govorio o trgovini."),
        ("pl", "Minister przybył do Astany.", "Dodał, że handel wzrósł."),
        ("es", "El ministro llegó.", "Añadió que el comercio creció."),
    ],
)
def test_words_of_other_languages_point_back(lang: str, first: str, second: str) -> None:
    assert leaning(lang, first, second) == {1}
