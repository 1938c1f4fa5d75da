from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.summary.ranking import RELEVANCE, by_marginal_relevance, cosine, score, unlike, vector

bags = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), max_size=12)


def test_a_vector_has_length_one_and_weighs_by_the_logarithm_of_the_frequency() -> None:
    found = vector(["visit", "visit", "trade"])
    assert isclose(sum(weight**2 for weight in found.values()), 1.0)
    assert isclose(found["visit"] / found["trade"], 1.6931471805599454)
    assert vector([]) == {}


def test_the_central_sentence_beats_the_marginal_one() -> None:
    vectors = [vector(terms.split()) for terms in ("trade visit", "trade visit talks", "weather", "trade visit talks")]
    scores = score(vectors, [20] * 4, [0, 0, 0, 0])
    assert scores[2] == min(scores)
    assert max(scores) == 1.0


def test_an_earlier_sentence_beats_a_later_one_that_says_as_much() -> None:
    vectors = [vector(["trade"]), vector(["trade"])]
    first, second = score(vectors, [20, 20], [0, 5])
    assert first == 1.0 > second


def test_words_of_the_title_count() -> None:
    vectors = [vector(["water", "dam"]), vector(["trade", "visit"])]
    without = score(vectors, [20, 20], [0, 0])
    titled = score(vectors, [20, 20], [0, 0], ["trade"])
    assert without[0] == without[1]
    assert titled[1] > titled[0]


def test_very_short_and_very_long_sentences_are_damped() -> None:
    vectors = [vector(["trade"])] * 4
    three, usual, seventy, long = score(vectors, [3, 12, 70, 280], [0, 0, 0, 0])
    assert isclose(three, 0.5)
    assert usual == seventy == 1.0
    assert isclose(long, 0.5)


def test_sentences_without_a_term_score_nothing() -> None:
    assert score([{}, {}], [5, 0], [0, 1]) == [0.0, 0.0]
    assert score([], [], []) == []


def test_what_was_told_is_not_told_again_before_something_else() -> None:
    vectors = [vector(["trade", "visit"]), vector(["trade", "visit"]), vector(["water", "dam"])]
    assert list(by_marginal_relevance([1.0, 0.95, 0.5], vectors)) == [0, 2, 1]


def test_a_sentence_that_leans_on_another_waits_for_it() -> None:
    vectors = [vector([term]) for term in "abc"]
    assert list(by_marginal_relevance([0.2, 1.0, 0.5], vectors, {1: 0})) == [2, 0, 1]
    assert list(by_marginal_relevance([0.9, 1.0, 0.5], vectors, {1: 0})) == [0, 1, 2]


def test_sentences_that_lean_on_each_other_come_all_the_same() -> None:
    vectors = [vector([term]) for term in "ab"]
    assert sorted(by_marginal_relevance([1.0, 0.5], vectors, {0: 1, 1: 0})) == [0, 1]


def test_what_is_told_already_is_left_out() -> None:
    terms = [["trade", "visit"], ["trade", "visit"], ["water"]]
    assert list(unlike([1, 0, 2], terms, 0.6)) == [1, 2]


def plain_marginal_relevance(scores: list[float], vectors: list[dict[str, float]]) -> list[int]:
    """The definition: everything left is compared with everything taken."""
    taken: list[int] = []
    while len(taken) < len(scores):
        rest = [i for i in range(len(scores)) if i not in taken]
        worth = {
            i: RELEVANCE * scores[i] - (1.0 - RELEVANCE) * max([0.0, *(cosine(vectors[i], vectors[j]) for j in taken)])
            for i in rest
        }
        taken.append(min(rest, key=lambda i: (-worth[i], i)))
    return taken


@given(bags)
def test_the_lazy_order_is_that_of_comparing_everything(bags: list[list[str]]) -> None:
    vectors = [vector(terms) for terms in bags]
    scores = score(vectors, [len(terms) for terms in bags], range(len(bags)))
    assert list(by_marginal_relevance(scores, vectors)) == plain_marginal_relevance(scores, vectors)


@given(bags, st.dictionaries(st.integers(0, 11), st.integers(0, 11)))
def test_every_sentence_comes_once_whatever_leans_on_what(bags: list[list[str]], leans: dict[int, int]) -> None:
    vectors = [vector(terms) for terms in bags]
    leans = {i: j for i, j in leans.items() if max(i, j) < len(bags)}
    found = list(by_marginal_relevance(score(vectors, [9] * len(bags), range(len(bags))), vectors, leans))
    assert sorted(found) == list(range(len(bags)))


@given(bags)
def test_scores_lie_between_0_and_1(bags: list[list[str]]) -> None:
    scores = score([vector(terms) for terms in bags], [len(terms) for terms in bags], range(len(bags)), ["a"])
    assert all(0.0 <= value <= 1.0 for value in scores)
