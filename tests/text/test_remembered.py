"""What is remembered of words: worked out once, forgotten in time."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.text.fold import LONGEST_TERM
from diplo_cli.text.remembered import TOGETHER, Remembered, RememberedTogether


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


def lengths_of(words: Sequence[str]) -> dict[str, int]:
    """The length of each word."""
    return {word: len(word) for word in words}


@given(st.lists(st.lists(st.text(max_size=2), max_size=5), max_size=5), st.integers(1, 5))
def test_what_is_worked_out_together_is_what_each_word_has(texts: list[list[str]], most: int) -> None:
    remembered = RememberedTogether(lengths_of, most)
    for words in texts:
        assert remembered.of(words) == [len(word) for word in words]
    assert len(remembered) < most + 5


def test_words_are_worked_out_once_while_they_are_asked_for() -> None:
    asked: list[str] = []

    def noted(words: Sequence[str]) -> dict[str, int]:
        asked.extend(words)
        return lengths_of(words)

    remembered = RememberedTogether(noted, 3)
    for number in range(100):
        assert remembered.of(["often", f"once-{number}"])[0] == 5
    assert asked.count("often") == 1
    assert len(asked) == 101


def test_few_of_a_long_text_are_kept() -> None:
    remembered = RememberedTogether(lengths_of, 10)
    words = [f"word{number}" for number in range(3 * TOGETHER)]
    assert remembered.of(words) == [len(word) for word in words]
    assert len(remembered) <= 10 + TOGETHER
