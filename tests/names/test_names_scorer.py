"""Distances between letters and what is made of them."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.names.costs import HIGHEST, costs, heard_cost, measure
from diplo_cli.names.letters import units
from diplo_cli.names.scorer import FEATURES, Candidate, certainty, judge, probability
from diplo_cli.text.fold import fold

SCRIPTS = ("Arab", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hang", "Hani", "Hebr", "Kana", "Latn")


def apart(a: str, first: str, b: str, second: str) -> float:
    return measure(units(fold(a), first), first, second)(units(fold(b), second), math.inf)


@pytest.mark.parametrize(
    ("name", "script", "right", "wrong"),
    [
        ("Tokayev", "Arab", "توكاييف", "تكوين"), ("Tokayev", "Cyrl", "Токаев", "Такова"), ("Sharif", "Cyrl", "Шариф",
        "Сиреф"), ("Lavrov", "Hebr", "לברוב", "לורף"),
        ("Guterres", "Kana", "グテーレス", "コトリス"), ("Lavrov", "Hang", "라브로프", "로보로프"), ("Merkel", "Latn", "Merckel",
        "Markulu"), ("Lavrov", "Deva", "लावरोव", "लिवीरवो"),
    ],
)  # fmt: skip
def test_the_name_is_nearer_than_what_shares_its_key(name: str, script: str, right: str, wrong: str) -> None:
    assert apart(name, "Latn", right, script) < apart(name, "Latn", wrong, script)


@pytest.mark.parametrize(("first", "second"), list(combinations(SCRIPTS, 2)))
def test_costs_are_the_same_both_ways(first: str, second: str) -> None:
    there, back = costs(first, second), costs(second, first)
    if there is None or back is None:
        assert there is back is None
        return
    assert (there.letters, there.others) == (back.others, back.letters)
    assert there.add == {letter: back.row(letter)[1] for letter in there.others}
    assert all(back.row(b)[0][a] == cost for a in there.letters for b, cost in there.row(a)[0].items())


@pytest.mark.parametrize("script", SCRIPTS)
def test_costs_are_bounded(script: str) -> None:
    table = costs("Latn", script)
    assert table is not None
    for changes, drop in map(table.row, table.letters):
        assert all(0 <= cost <= HIGHEST for cost in (*changes.values(), drop))
    assert all(0 <= cost <= HIGHEST for cost in table.add.values())


def test_within_a_script_equal_letters_cost_nothing() -> None:
    assert apart("Tokayev", "Latn", "Tokayev", "Latn") == 0
    assert apart("Тоқаев", "Cyrl", "Тоқаев", "Cyrl") == 0


def test_scripts_without_pairs_are_compared_by_sound() -> None:
    assert costs("Armn", "Hang") is None
    assert apart("Տոկաև", "Armn", "토카예프", "Hang") < apart("Տոկաև", "Armn", "마리나", "Hang")


def test_sounds_of_one_class_are_nearer() -> None:
    assert heard_cost("p", "p") < heard_cost("p", "b") < heard_cost("p", "l")
    assert heard_cost("a", "") < heard_cost("t", "")


@given(
    st.text("abcdefghijklmnopqrstuvwxyz", max_size=12),
    st.text("абвгдежзийклмнопрстуфхцчшщыэюя", max_size=12),
    st.floats(0, 30),
)
def test_the_early_stop_never_changes_a_distance_below_it(a: str, b: str, limit: float) -> None:
    distance_to = measure(units(a, "Latn"), "Latn", "Cyrl")
    whole = distance_to(b, math.inf)
    stopped = distance_to(b, limit)
    assert stopped == whole or (stopped == limit and whole >= limit)


def listed(term: str, script: str, capital: int = 1) -> Candidate:
    return Candidate(fold(term), script, 0, capital, 0)


def test_nothing_is_a_spelling_of_what_cannot_be_read() -> None:
    assert judge("", "Latn", [listed("Tokayev", "Latn")]) == []
    assert judge("123", "Latn", [listed("", "Latn")]) == []
    assert judge("ไทย", "", [listed("ไทย", "")]) == []
    assert judge("tokayev", "Latn", [Candidate("", "Latn", 1, 0, 0), Candidate("ไทย", "Thai", 1, 0, 0)]) == []


@pytest.mark.parametrize(
    ("name", "part"),
    [("Nazarbayev", "Назар"), ("Ibrahimov", "Ибрагим"), ("Shahbazov", "Шахбаз"), ("Turkmenistan", "Туркмен")],
)
def test_a_part_of_a_name_is_not_the_name(name: str, part: str) -> None:
    assert all(probability(certainty(j, "Latn")) < 0.5 for j in judge(fold(name), "Latn", [listed(part, "Cyrl")]))


def test_every_feature_is_a_finite_number() -> None:
    for judged in judge(
        "tokayev", "Latn", [listed("Токаев", "Cyrl"), listed("Токаевым", "Cyrl"), listed("Тукаев", "Cyrl")]
    ):
        assert len(judged.features) == len(FEATURES)
        assert all(math.isfinite(x) for x in judged.features)


def test_the_nearest_comes_first_whatever_the_order() -> None:
    found = [listed("Тукаев", "Cyrl"), listed("Токаев", "Cyrl"), listed("Токаевым", "Cyrl")]
    first = [j.candidate.term for j in judge("tokayev", "Latn", found)]
    assert first == [j.candidate.term for j in judge("tokayev", "Latn", found[::-1])]
    assert first[0] == "токаев"


def test_inflected_forms_are_told() -> None:
    judged = judge("tokayev", "Latn", [listed("Тоқаевнинг", "Cyrl")])
    assert [j.inflected for j in judged] == [True]


@given(st.floats(allow_nan=False))
def test_probability_is_one(log_odds: float) -> None:
    assert 0 <= probability(log_odds) <= 1


@pytest.mark.parametrize(("asked", "found", "same"), [("marija", "мария", True), ("moria", "мария", False)])
def test_what_the_table_knows_a_word_as_makes_it_surer_or_less_sure(asked: str, found: str, same: bool) -> None:
    (judged,) = judge(asked, "Latn", [Candidate(found, "Cyrl", 0, 3, 0)])
    by_letters = certainty(judged._replace(known=()), "Latn")
    assert judged.known[2:5:2] == (1.0, float(same))  # it is known, and as this very spelling
    assert (certainty(judged, "Latn") >= by_letters) is same


def test_where_the_table_knows_nothing_the_letters_decide() -> None:
    alone = judge("toqaev", "Latn", [Candidate("توكاييف", "Arab", 2, 0, 0)])
    assert all(judged.known == () for judged in alone)


def test_the_table_says_nothing_within_a_script() -> None:
    assert all(judged.known == () for judged in judge("maria", "Latn", [Candidate("marija", "Latn", 0, 3, 0)]))
