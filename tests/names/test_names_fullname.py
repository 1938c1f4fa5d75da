"""Two neighbouring words of a name weighed together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.names.evidence import FEATURES, evidence
from diplo_cli.names.fullname import LINES, Weighed, pairs, together, weigh
from diplo_cli.names.lexicon import lexicon
from diplo_cli.text.tokens import tokenize

Terms = Callable[[str], Iterable[tuple[str, int]]]
TEXTS = (
    "The envoy said that Anwar Ibrahim had met Shavkat Mirziyoyev there.",
    "Он сказал, что Анвар Ибрагим и Шавкат Мирзиёев там встретились, а Иван нет.",
    "وقال إن أنور إبراهيم وشوكت ميرضيايف التقيا هناك",
)


@pytest.fixture(scope="module")
def terms() -> Terms:
    entries: Counter[str] = Counter()
    for text in TEXTS:
        entries.update(lexicon(text, tokenize(text)))
    return lambda prefix: [(entry, n) for entry, n in sorted(entries.items()) if entry.startswith(prefix)]


def accepted(first: str, second: str, terms: Terms, strictness: str = "normal") -> set[tuple[str, str]]:
    found = pairs(weigh(evidence(first, terms)), weigh(evidence(second, terms)), strictness)
    return {(a.term, b.term) for group in found for a in group.firsts for b in group.seconds}


@pytest.mark.parametrize(
    ("first", "second", "others"),
    [
        ("anwar", "ibrahim", {("анвар", "ибрагим"), ("انور", "ابراهيم")}),
        ("анвар", "ибрагим", {("anwar", "ibrahim"), ("انور", "ابراهيم")}),
        ("shavkat", "mirziyoyev", {("шавкат", "мирзиеев")}),
    ],
)
def test_a_full_name_is_told_in_other_scripts(
    first: str, second: str, others: set[tuple[str, str]], terms: Terms
) -> None:
    assert accepted(first, second, terms) >= others


def test_one_word_of_a_name_is_not_the_name(terms: Terms) -> None:
    assert not {("anwar", "said"), ("anwar", "ibrahim")} & accepted("anwar", "sadat", terms)
    assert ("анвар", "иван") not in accepted("anwar", "ibrahim", terms)


def test_order_says_nothing(terms: Terms) -> None:
    assert {(b, a) for a, b in accepted("ibrahim", "anwar", terms)} == accepted("anwar", "ibrahim", terms)


def test_strictness_only_takes_away(terms: Terms) -> None:
    strict, normal, loose = (accepted("anuar", "ibragim", terms, how) for how in ("strict", "normal", "loose"))
    assert strict <= normal <= loose


def test_what_no_script_reads_is_only_itself(terms: Terms) -> None:
    for word in ("", "123", "🙂"):
        (only,) = evidence(word, terms)
        assert only.term == word
        assert len(only.features) == len(FEATURES)


weighed = st.lists(
    st.builds(
        Weighed,
        term=st.text("abc", min_size=1, max_size=3),
        script=st.sampled_from(("Latn", "Cyrl")),
        weight=st.floats(-9, 9).map(lambda weight: weight // 0.5 * 0.5),
        exact=st.just(value=False),
    ),
    max_size=8,
).map(lambda listed: sorted(listed, key=lambda each: -each.weight))


@given(weighed, weighed)
@settings(max_examples=200, deadline=None)
def test_the_groups_hold_just_the_pairs_that_reach_the_line(firsts: list[Weighed], seconds: list[Weighed]) -> None:
    found = {(a, b) for group in pairs(firsts, seconds) for a in group.firsts for b in group.seconds}
    line = LINES["normal"]
    assert found == {(a, b) for a in firsts for b in seconds if a.script == b.script and a.weight + b.weight >= line}


def test_nothing_is_surer_than_a_table() -> None:
    assert together(50.0) == 0.99
    assert together(-50.0) == 0.0
