from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.summary.length import Length, at_most


def test_the_first_sentence_may_be_longer_than_all_the_words() -> None:
    assert Length(None, 5).fill([0, 1], [9, 1]) == [0]
    assert Length(None, 5, first=7).fill([0, 1], [9, 1]) == [1]


def test_what_leans_on_a_sentence_that_does_not_fit_is_left_out_with_it() -> None:
    sizes = [4, 20, 3, 3]
    assert Length(None, 10).fill([0, 1, 2, 3], sizes) == [0, 2, 3]
    assert Length(None, 10).fill([0, 1, 2, 3], sizes, {2: 1}) == [0, 3]
    assert Length(None, 10).fill([0, 1, 2, 3], sizes, {2: 1, 3: 2}) == [0]


def test_so_many_sentences_too_long_are_passed_over() -> None:
    assert Length(None, 5, overlooked=1).fill([0, 1, 2], [4, 9, 1]) == [0, 2]
    assert Length(None, 5, overlooked=0).fill([0, 1, 2], [4, 9, 1]) == [0]


def test_no_sentence_is_none() -> None:
    assert Length(0, None).fill([0], [1]) == []


def test_a_share_and_a_number_bind_together() -> None:
    assert [at_most(*each) for each in ((None, None, 9), (4, None, 9), (None, 0.5, 9), (9, 0.2, 10), (1, 0.9, 10))] == [
        None, 4, 4, 2, 1,
    ]  # fmt: skip
    assert at_most(None, 0.01, 10) == 1


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.integers(1, 60), st.integers(1, 12))
def test_both_lengths_hold_but_for_the_first(sizes: list[int], words: int, sentences: int) -> None:
    length = Length(sentences, words)
    taken = length.fill(range(len(sizes)), sizes)
    assert 1 <= len(taken) <= sentences
    assert len(taken) == 1 or sum(sizes[i] for i in taken) <= words
    if length.holds(range(len(sizes)), sizes):
        assert taken == list(range(len(sizes)))
