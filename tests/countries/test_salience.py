"""What a text is about."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.countries.salience import about, title_span
from diplo_cli.countries.tagger import Mention, tag

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize(
    ("seed", "lang", "countries"),
    [
        ("000", "ms", {"KZ", "MY"}),
        ("001", "en", {"KZ", "MY"}),
        ("002", "ar", {"KZ", "UZ"}),
        ("003", "en", {"KZ", "MY"}),
        ("004", "uz-Cyrl", {"KZ", "PK"}),
    ],
)
def test_the_seeds_are_about_the_countries_that_meet_in_them(seed: str, lang: str, countries: set[str]) -> None:
    text = next(SEEDS.glob(f"{seed}_*")).read_text(encoding="utf-8")
    tagging = tag(text, lang)
    assert set(tagging.countries) == countries
    assert not tagging.multilateral
    assert "US" not in tagging.mentions  # dollars are no country


def mention(start: int, code: str, kind: str = "name") -> Mention:
    return Mention(start, start + 2, code, kind)


BODY = "x" * 30 + "\n" + "y" * 3000


def test_the_title_outweighs_the_opening_and_the_opening_the_rest() -> None:
    tagging = about(BODY, [mention(5, "KZ"), mention(100, "MY"), mention(2000, "UZ"), mention(2500, "UZ")])
    assert tagging.countries == ("KZ", "UZ")
    assert tagging.mentions == {"UZ": 2, "KZ": 1, "MY": 1}


def test_a_single_passing_mention_is_not_what_a_text_is_about_unless_it_is_all_there_is() -> None:
    assert about(BODY, [mention(2000, "KZ")]).countries == ("KZ",)
    assert about(BODY, [mention(2000, "KZ"), mention(2100, "MY"), mention(2200, "MY")]).countries == ("MY",)


def test_a_capital_is_what_a_text_is_about_where_it_names_no_country_and_no_other_capital() -> None:
    tagging = about(BODY, [mention(2000, "KZ", "capital")])
    assert tagging.countries == ("KZ",)
    assert tagging.named == ("KZ/capital",)
    assert tagging.mentions == {"KZ": 1}
    assert about(BODY, [mention(2000, "KZ", "capital"), mention(2100, "MY")]).countries == ("MY",)
    assert about(BODY, [mention(2000, "KZ", "capital"), mention(2100, "MY", "capital")]).countries == ()


@pytest.mark.parametrize(
    "text", ["Paris Hilton arrived at the party.", "They read the Washington Post and the London Review"]
)
def test_a_capital_that_may_be_part_of_another_name_is_not_what_a_text_is_about(text: str) -> None:
    assert tag(text, "en").countries == ()
    assert tag("In London it rained.", "en").countries == ("GB",)


def test_a_university_of_the_state_takes_nothing_from_the_neighbours_of_the_country() -> None:
    text = "Talks in Tbilisi. Georgia and Azerbaijan met. A professor of Georgia State University in Atlanta, Georgia, attended."
    assert tag(text, "en").countries == ("GE", "AZ")


def test_more_than_three_make_it_multilateral() -> None:
    tagging = about(BODY, [mention(place, code) for place in (1500, 2000) for code in ("KZ", "UZ", "KG", "TJ")])
    assert tagging.countries == ("KZ", "UZ", "KG")
    assert tagging.multilateral


def test_a_country_at_a_third_of_the_top_is_left_out() -> None:
    mentions = [mention(1500 + i, "KZ") for i in range(6)] + [mention(2500 + i, "MY") for i in range(2)]
    assert about(BODY, mentions).countries == ("KZ",)


def test_a_title_that_stands_elsewhere_is_read_too() -> None:
    tagging = tag("The ministers met again in spring and spoke of trade.", "en", "Kazakhstan hosts talks")
    assert tagging.countries == ("KZ",)


def test_a_title_is_found_through_its_line_breaks_and_marks() -> None:
    text = "\n\n**Malaysia, Kazakhstan agree\non trade**\nbody"
    first, last = title_span(text, "Malaysia, Kazakhstan agree on trade")
    assert text[first:last] == "Malaysia, Kazakhstan agree\non trade"
    assert title_span("body alone", "Another title") == (0, 0)
    assert title_span("", "") == (0, 0)


@pytest.mark.parametrize("sign", ["*", "_", "#", ">", "* _", "#>*_"])
def test_a_title_of_marks_takes_no_longer_than_its_text(sign: str) -> None:
    title = "Trade" + f" {sign}" * 20 + " talks"
    assert title_span("Trade" + f"{sign}  " * 5_000, title) == (0, 0)
    assert title_span(f"Trade {sign} talks", title) == (0, len(f"Trade {sign} talks"))
    assert title_span(f"{sign} " * 5_000, f"{sign} " * 60) != (1, 1)


@given(st.text("Ta*_#> \n.", max_size=60), st.text("Ta*_#> \n.", max_size=400))
def test_a_title_is_found_inside_the_text_or_not_at_all(title: str, text: str) -> None:
    first, last = title_span(text, title)
    assert 0 <= first <= last <= max(len(text), first)
    if title.strip("*_#> \n") and first < last:
        assert "".join(c for c in text[first:last] if c in "Ta.") == "".join(c for c in title if c in "Ta.")


@given(st.text("Ta*_#> ", max_size=60))
def test_a_title_that_the_text_repeats_is_found(title: str) -> None:
    bare = "".join(c for c in title if c in "Ta")
    first, last = title_span(f"xx {title} yy", title)
    if bare:
        assert first < last
