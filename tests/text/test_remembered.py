"""What is remembered of words: worked out once, forgotten in time."""

from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.fold import LONGEST_TERM
from diplo_cli.text.remembered import Remembered


def counting(most: int) -> tuple[list[str], Remembered[int]]:
    """The words whose length was worked out, and what remembers it."""
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    return asked, Remembered(length, most)


def test_a_word_is_worked_out_once() -> None:
    asked, lengths = counting(10)
    assert [lengths["one"], lengths["three"], lengths["one"]] == [3, 5, 3]
    assert asked == ["one", "three"]


def test_what_is_asked_for_again_and_again_stays() -> None:
    asked, lengths = counting(10)
    for number in range(100):
        assert lengths["often"] == 5
        assert lengths[f"once-{number}"]
    assert asked.count("often") == 1


def test_a_word_longer_than_any_term_is_not_kept() -> None:
    lengths = Remembered(len, 10)
    assert lengths["a" * (LONGEST_TERM + 1)] == LONGEST_TERM + 1
    assert not lengths


@given(st.lists(st.text(max_size=2)), st.integers(1, 5))
def test_answers_are_those_of_the_function_and_few_are_kept(words: list[str], most: int) -> None:
    remembered = Remembered(str.upper, most)
    assert [remembered[word] for word in words] == [word.upper() for word in words]
    assert len(remembered) <= most
