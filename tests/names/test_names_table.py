import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names import table
from diplo_cli.names.letters import known_script
from diplo_cli.names.table import known, listed, opened
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import tokenize

ROOT = Path(__file__).parents[2]
DATA = ROOT / "diplo_cli" / "data" / "names"
ALIASES = [
    line.split("\t") for line in (DATA / "aliases.tsv").read_text(encoding="utf-8").splitlines() if line[:1] != "#"
]


def terms(word: str) -> set[str]:
    return {each.term for each in known(word)}


def compiled(*groups: tuple[tuple[str, ...], int]) -> bytes:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from name_table import table_bytes
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return bytes(table_bytes(groups))


def test_a_name_is_known_in_other_scripts() -> None:
    assert {"мария", "マリア", "玛丽亚", "μαρια"} <= terms("maria")
    assert "maria" in terms("玛丽亚")
    assert {"휴스", "هيوز", "хьюз"} & terms("hughes")  # which no rule of letters finds


def test_the_word_itself_is_left_out() -> None:
    assert "maria" not in terms("maria")


def test_what_is_well_attested_comes_first_and_says_how_well() -> None:
    found = [each for each in known("maria") if each.source == "table"]
    assert [each.support for each in found] == sorted((each.support for each in found), reverse=True)
    assert all(0 < each.share <= 1 and each.support >= 1 for each in found)
    shares = {each.term: each.share for each in found}
    assert shares["мария"] > 3 * shares["mary"]


def test_a_pet_name_is_not_a_spelling() -> None:
    assert not {"ваня", "ванечка"} & terms("ivan")


def test_the_hand_written_file_is_asked_first_and_can_be_left_out() -> None:
    assert known("xi")[0].source == "alias"
    assert "习" in terms("xi")
    assert all(each.source == "table" for each in known("xi", aliases=False))
    assert "магомед" in terms("мәмбет")
    assert "магомед" not in {each.term for each in known("мәмбет", aliases=False)}


def test_a_name_may_be_written_in_several_words() -> None:
    assert "بردي محمدوف" in terms("berdymukhamedov")
    assert "berdymukhamedov" in terms("بردي محمدوف")


def test_the_short_readings_of_japanese_names_are_left_out() -> None:
    assert {"ゆき", "あべ", "き"}.isdisjoint(terms("yuki") | terms("abe") | terms("xi"))
    assert "安倍" in terms("abe")


def test_no_more_than_forty_of_the_table_in_a_script() -> None:
    for word in ("yuki", "kim", "muhammad"):
        by_script = [known_script(each.term) for each in known(word) if each.source == "table"]
        assert max(by_script.count(script) for script in set(by_script)) <= 40


@pytest.mark.parametrize(
    "odd", ["", " ", "\t", "\n", "a\tb", "1", "\ud800", "\x00", "x" * 100_000, "table", "2\tmaria"]
)
def test_odd_words_have_no_spellings(odd: str) -> None:
    assert known(odd) == ()


@given(st.text())
def test_any_text_may_be_asked_for(word: str) -> None:
    assert all(each.term and each.term != word for each in known(word))


@pytest.mark.parametrize("group", ALIASES, ids=lambda group: group[0])
def test_the_hand_written_file_is_written_as_words_are_looked_up(group: list[str]) -> None:
    assert len(group) > 1
    assert len(set(group)) == len(group)
    for spelling in group:
        script = known_script(spelling)
        assert fold(spelling) == spelling
        assert {known_script(c) for c in spelling if known_script(c)} == {script}, "letters of two scripts"
        if script not in ("Hani", "Kana"):
            assert " ".join(token.term for token in tokenize(spelling)) == spelling


def test_the_table_is_written_as_words_are_looked_up() -> None:
    data = (DATA / "known.table").read_bytes()
    shipped = opened(data)
    lines = data[shipped.text : shipped.end].decode().split("\n")
    for line in lines[:: len(lines) // 2000]:
        for spelling in line.split("\t")[1:]:
            assert fold(spelling) == spelling, "rebuild the table: tools/build_names.py --only table"
            assert spelling in listed(shipped, spelling)
    assert len(data) < 11_000_000


def test_a_table_says_what_was_put_in() -> None:
    small = opened(compiled((("али", "علي"), 3), (("али", "aly"), 1)))
    assert listed(small, "али") == {"али": 4, "علي": 3, "aly": 1}
    assert listed(small, "aly") == {"али": 1, "aly": 1}
    assert not listed(small, "ал")


@pytest.mark.parametrize("data", [b"", b"diploKN1", b"x" * 100, compiled((("a", "b"), 1))[:-1]])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no table"):
        opened(data)


def test_every_group_of_a_table_is_found_by_each_of_its_spellings() -> None:
    groups = [((f"a{i}", f"b{i}", f"c{i % 7}"), 1 + i % 3) for i in range(200)]
    small = opened(compiled(*groups))
    for members, support in groups:
        for member in members:
            assert all(listed(small, member)[other] >= support for other in members)
    assert table.HEADER.size == 20
