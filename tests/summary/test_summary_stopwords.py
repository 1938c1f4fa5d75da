import pytest

from diplo_cli.summary.standing import FILE
from diplo_cli.summary.stopwords import FOLDER, NEIGHBOURS, stop_words
from diplo_cli.text.fold import fold


@pytest.mark.parametrize(
    ("lang", "word", "matter"),
    [
        ("en", "the", "trade"),
        ("ms", "yang", "malaysia"),
        ("ar", "من", "تجاره"),
        ("uz", "bilan", "savdo"),
        ("uz-Cyrl", "билан", "савдо"),
        ("kk", "және", "сауда"),
        ("ru", "что", "торговля"),
        ("nb", "og", "handel"),
        ("en-GB", "the", "trade"),
    ],
)
def test_grammar_is_listed_and_matter_is_not(lang: str, word: str, matter: str) -> None:
    assert fold(word) in stop_words(lang)
    assert fold(matter) not in stop_words(lang)


@pytest.mark.parametrize("lang", ["und", "", "xx", "../en", "e" * 5000, "\ud800", "\x00"])
def test_an_unknown_language_has_none(lang: str) -> None:
    assert stop_words(lang) == frozenset()


def test_every_list_is_folded_and_holds_no_digit() -> None:
    for path in FOLDER.glob("*.txt"):
        words = path.read_text(encoding="utf-8").split()
        assert words == sorted(set(words))
        assert all(word == fold(word) and not any(letter.isdigit() for letter in word) for word in words)


def test_neighbours_lead_to_a_list() -> None:
    assert all((FOLDER / f"{name}.txt").is_file() for name in NEIGHBOURS.values())


def test_words_that_point_back_have_one_line_a_language() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    tags = [line.partition("\t")[0] for line in lines]
    assert tags == sorted(set(tags))
    assert all(line.partition("\t")[2].split() for line in lines)
