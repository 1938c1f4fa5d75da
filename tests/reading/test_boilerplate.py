"""The vocabulary of notices, and the lines that look like one and are none."""

from __future__ import annotations

import pytest

from diplo_cli.reading.boilerplate import VOCABULARY, find_cue, fold_line, is_name
from diplo_cli.reading.characters import count_words, is_ended
from diplo_cli.reading.structure import structure
from tests.reading.reasons import REASONS

ROWS = [
    row.split("\t") for row in VOCABULARY.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")
]


def test_table_is_well_formed() -> None:
    assert all(len(row) == 4 for row in ROWS)
    assert {row[0] for row in ROWS} <= REASONS
    assert {row[1] for row in ROWS} <= {"is", "line", "starts", "opens", "has", "name", "title", "word", "filler"}
    assert len({row[2] for row in ROWS}) >= 25


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] == "is"], ids=lambda row: f"{row[0]}-{row[2]}")
def test_every_whole_line_is_found_in_any_dress(row: list[str]) -> None:
    for phrase in row[3].split(" | "):
        for line in (phrase, phrase.upper(), f"• {phrase}:", f"**{phrase}**", f"{phrase} (3)"):
            cue = find_cue(line, count_words(line))
            assert cue is not None, line
            assert cue.certain, line


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] == "has"], ids=lambda row: f"{row[0]}-{row[2]}")
def test_every_phrase_is_found_inside_a_line(row: list[str]) -> None:
    for phrase in row[3].split(" | "):
        line = f"xxxx {phrase.replace(' + ', ' yyyy ')} zzzz."
        assert find_cue(line, count_words(line)) is not None, line


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("By Njeri Wambui", True),
        ("Par Awa Diop", True),
        ("Dr. Mohd Faiz Abdullah.", True),
        ("Von Ursula von der Heide", True),
        ("By the end of the year", False),
        ("By 2030", False),
        ("Dr. Abdullah arrived in Astana.", False),
        ("Kenya", False),
        ("", False),
    ],
)
def test_bylines_by_shape(line: str, *, named: bool) -> None:
    assert is_name(line, count_words(line)) is named


def test_folding_makes_spellings_one() -> None:
    assert fold_line("وصــل حديــثاً") == fold_line("وصل حديثا")
    assert fold_line("Ещё") == fold_line("еще")
    assert fold_line("O‘qing") == fold_line("o'qing")
    assert fold_line("İLAN") == "ilan"


def test_a_long_line_is_never_looked_at() -> None:
    assert find_cue("subscribe to our newsletter " * 30, 120) is None


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("Yes.", True),
        ('He said: "Yes."', True),
        ("是。", True),
        ("हाँ।", True),
        ("ends – ", False),
        ("ends. –", True),
        ("...", True),
        ("", False),
        ("No", False),
    ],
)
def test_ends_of_sentences(line: str, *, ended: bool) -> None:
    assert is_ended(line) is ended


def test_words_of_unspaced_scripts_are_counted() -> None:
    assert count_words("外交部长星期二会见了日本大使") == 7
    assert count_words("รัฐมนตรีต่างประเทศพบกับเอกอัครราชทูต") >= 8
    assert count_words("one two three") == 3


def test_notices_of_a_language_without_vocabulary_go_by_shape() -> None:
    sentence = "Lá gbogbo ènìyàn ni a bí ní òmìnira, iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba fún wọn."
    text = "Umóvi\n\n" + f"{sentence}\n\n" * 3 + "Pín eléyìí"
    result = structure(text)
    assert [(line.number, line.reason) for line in result.dropped] == [(0, "label"), (8, "label")]
    assert [text[start:end] for start, end in result.body] == [sentence] * 3


def test_as_many_languages_as_its_sources_say() -> None:
    rows = [row.split("\t") for row in VOCABULARY.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    count = len({language for _, _, language, _ in rows} - {"-"})
    assert f"in {count} languages" in (VOCABULARY.parents[1] / "SOURCES.md").read_text(encoding="utf-8")
