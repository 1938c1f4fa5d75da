"""Tokens: what a word is, where it stands, what an apostrophe does."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.fold import LONGEST_TERM, fold
from diplo_cli.text.runs import PATTERNS
from diplo_cli.text.tokens import Words, _marked_tokens, query_tokens, tokenize

ANY_TEXT = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("aoglsZé'’ʻ`-.,_ 12٣中国ไทยกำがﾞя́йქअ़ि\u200b\u200d\ufeff\x1b[m]\x07\x9b·\"אב\ud800ﷺ"), max_size=30
)


def terms(text: str) -> list[str]:
    return [token.term for token in tokenize(text)]


@given(ANY_TEXT)
def test_tokens_are_folded_and_in_their_place(text: str) -> None:
    before = 0
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= before
        before = token.start
        assert token.term
        assert fold(token.term) == token.term
        assert not any(letter.isspace() or letter == "/" for letter in token.term)
        assert len(token.term) <= LONGEST_TERM


@given(ANY_TEXT)
def test_query_tokens_are_tokens_of_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert all(tokens[position] == token for position, token in query_tokens(text))


@given(ANY_TEXT)
def test_columns_hold_what_the_runs_give_one_by_one(text: str) -> None:
    words = tokenize(text)
    assert words == [token for token, _ in _marked_tokens(text)]
    assert len(words) == len(words.terms) == len(words.starts) == len(words.ends)
    assert words[1:3] == list(words)[1:3]


def test_words_of_a_part_are_moved() -> None:
    words, part = tokenize("one two three"), Words([], [], [])
    part.extend(words, 1, 3, -4)
    assert part == tokenize("two three")
    assert part != tokenize("two four")


@given(ANY_TEXT, st.sampled_from(["\n", " ", " — ", "; "]))
def test_texts_side_by_side_keep_their_tokens(text: str, gap: str) -> None:
    if "\x1b" not in text and "\x9b" not in text:  # an open sequence swallows what follows
        assert terms(text + gap + "end") == [*terms(text), "end"]


def test_every_mark_goes_on_with_a_word_and_no_punctuation_does() -> None:
    joining = set("'`´‘’‛′‵״׳՚＇·\"") | set("՛՜՞")
    for code in range(0x80, 0x10000):
        character = chr(code)
        kind = unicodedata.category(character)
        match = PATTERNS.run.match(f"a{character}a")
        joined = match is not None and match.end() == 3
        if kind[0] == "M":
            assert joined, f"U+{code:04X}"
        elif kind[0] in "PSZ" and character not in joining and not character.isalnum():
            assert not joined or fold(character) == "", f"U+{code:04X}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kassym-Jomart Tokayev", "kassym jomart tokayev"),
        ("Kazakhstan–Malaysia ties", "kazakhstan malaysia ties"),
        ("foo_bar __x__", "foo bar x"),
        ("AS$104.2 juta, 86,8 млн; 1,204", "as 104.2 juta 86.8 млн 1.204"),
        ("17.05.2024 and 2024-05-17", "17 05 2024 and 2024 05 17"),
        ("pages 1,2,3", "pages 1 2 3"),
        ("the U.S. and T.C. said e.g. this", "the us and tc said eg this"),
        ("М.Нуртилеу", "м нуртилеу"),
        ("Қ.К.Тоқаев", "қк тоқаев"),
        ("astana.kz", "astana kz"),
        ("C0VID-19 G20 3rd", "c0vid 19 g20 3rd"),
        ("col·lecció a·b", "colleccio a b"),
        ('ארה"ב צה״ל ג׳ורג׳', "ארהב צהל גורג"),
        ("ինչո՞ւ", "ինչու"),
        ("كِتَابٌ", "كتاب"),
        ("हिन्दी में", "हिन्दी में"),
        ("ﷺ", "صلياللهعليهوسلم"),
        ("‘historic’ (visit)", "historic visit"),
        ("Tok\x1b[1;31mayev\x1b[0m \x1b]8;;x\x07link", "tokayev link"),
        ("Kazakh\u00adstan Malay\u200bsia \ufeffUz\u2066bek", "kazakhstan malaysia uzbek"),
        ("", ""),
        ("'’ʻ \u0301 \u200b — …", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert terms(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oʻzbek gʻalaba Fargʻona bogʻda toʻda qishlogʻi", "ozbek galaba fargona bogda toda qishlogi"),
        ("san'at ma'no va'da qal'a jum'a yong'in", "sanat mano vada qala juma yongin"),
        ("Na'im Qur'an Sana'a Shafi'i Mas'ud", "naim quran sanaa shafii masud"),
        ("Malaysia's countries' Congo's", "malaysia countries congo"),
        ("Tokayev'in Kazakistan'ın Astana'da Erdoğan'ı Çin'e", "tokayev kazakistan astana erdogan cin"),
        ("NATO'nun AB'ye BM'nin Petersburg'da Pyongyang'ın 2024'te 5'inci", "nato ab bm petersburg pyongyang 2024 5"),
        ("l'Iran d'Astana qu'il dell'Iran all'FBI un'altra", "iran astana il iran fbi altra"),
        ("Sant'Egidio quest'anno", "sant egidio quest anno"),
        ("N'Djamena D'Souza O'Brien Qu'ran aujourd'hui", "ndjamena dsouza obrien quran aujourdhui"),
        ("п'ять об'єкт", "пять обєкт"),
        ("don't", "dont"),
    ],
)
@pytest.mark.parametrize("apostrophe", "'’ʼ‘`´ʻ")
def test_apostrophes(text: str, expected: str, apostrophe: str) -> None:
    written = text.replace("'", apostrophe).replace("ʻ", apostrophe)
    assert terms(written) == expected.split()
    assert terms(written.upper()) == expected.split()


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Ma\x1b[1mlay\x1b[0msia’s \x1b[31mred\x1b[0m, o‘zbek"
    assert [text[token.start : token.end] for token in tokenize(text)] == ["Ma\x1b[1mlay\x1b[0msia", "red", "o‘zbek"]


def test_scripts_without_spaces_give_pairs() -> None:
    assert terms("马来西亚") == ["马来", "来西", "西亚", "亚"]
    assert terms("G20峰会2024年") == ["g20", "峰会", "会", "2024", "年"]
    assert [(position, token.term) for position, token in query_tokens("马来西亚 Astana 国")] == [
        (0, "马来"),
        (1, "来西"),
        (2, "西亚"),
        (4, "astana"),
        (5, "国"),
    ]


def test_no_pair_begins_with_a_mark() -> None:
    text = "สวัสดีน้ำ ກຳລັງ ភាសាខ្មែរ မြန်မာ ｶﾞｿﾘﾝ"
    assert not any(unicodedata.category(term[0]).startswith("M") for term in terms(text))
    assert terms("นำไป") == terms(unicodedata.normalize("NFKD", "นำไป"))


@pytest.mark.parametrize(
    "unit",
    ["a", "a'", "x'in'", ".", "1.", "1,11", "·a", "a.", "中", "ก", "กิ", 'א"', "\u200b", "\x1b[", "\u0301", "\ud800"],
)
def test_long_runs_take_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    tokenize(text)
    assert time.process_time() - started < 5
