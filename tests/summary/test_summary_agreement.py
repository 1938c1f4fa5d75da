from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.summary.agreement import by_agreement

bags = st.lists(st.lists(st.sampled_from("abcde"), max_size=6), max_size=10)


def ranked(*told: str, positions: list[int] | None = None, favoured: list[bool] | None = None) -> list[int]:
    terms = [each.split() for each in told]
    return list(by_agreement(terms, [20] * len(terms), positions or [0] * len(terms), favoured or []))


def test_pairs_that_several_report_come_before_single_terms_that_they_share() -> None:
    assert ranked("water signed dam agreement", "signed agreement water", "signed agreement dam")[0] == 1


def test_once_a_pair_is_told_another_comes_first() -> None:
    assert ranked("signed agreement", "signed agreement", "three dead", "signed agreement") == [0, 2, 1, 3]


def test_an_earlier_sentence_beats_a_later_one() -> None:
    assert ranked("signed agreement", "three dead", positions=[5, 0]) == [1, 0]


def test_sentences_that_match_come_before_all_others() -> None:
    assert ranked("signed agreement", "signed agreement", "rain fell", favoured=[False, False, True])[0] == 2


def test_a_sentence_that_leans_on_another_waits_for_it() -> None:
    terms = [["rain", "fell"], ["signed", "agreement"], ["signed", "agreement"]]
    assert list(by_agreement(terms, [20] * 3, [3, 0, 0], leans_on={1: 0})) == [2, 0, 1]


@given(bags)
def test_every_sentence_comes_once_and_those_without_a_term_last(terms: list[list[str]]) -> None:
    found = list(by_agreement(terms, [len(each) for each in terms], range(len(terms))))
    assert sorted(found) == list(range(len(terms)))
    empty = [not terms[i] for i in found]
    assert empty == sorted(empty)
