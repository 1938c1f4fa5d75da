from __future__ import annotations

import pytest

from diplo_cli.document import Document
from diplo_cli.meaning.fusion import fused
from diplo_cli.meaning.signals import Frequencies, likeness, signals, strongest, weigh

KNOWN = Frequencies(1_000, {"en": 500, "ar": 300}, lambda _: (5, {}), lambda _: 5, lambda _: 50)
ENGLISH = Document(
    "a", "a", "On Monday President Tokayev met Anwar Ibrahim; 176 agreements.", lang="en", mentions={"KZ": 1}
)
ARABIC = Document("b", "b", "التقى توكاييف أنور إبراهيم ووقعا ١٧٦ اتفاقية", lang="ar", mentions={"KZ": 2})
OTHER = Document("c", "c", "Rain is expected over Jakarta.", lang="en")


def alike(one: Document, other: Document) -> float:
    asked, found = weigh(signals(one), KNOWN), signals(other)
    return likeness(asked, weigh(found, KNOWN, asked), round(found.size))


def test_a_report_in_another_script_is_liker_than_another_in_the_same_language() -> None:
    assert alike(ENGLISH, ARABIC) > alike(ENGLISH, OTHER)
    assert alike(ENGLISH, ENGLISH) > alike(ENGLISH, ARABIC)


def test_numbers_cross_scripts() -> None:
    assert "176" in signals(ENGLISH).numbers & signals(ARABIC).numbers


def test_a_name_is_met_by_its_key_and_by_a_coarser_one() -> None:
    keys = signals(ENGLISH).keys
    assert "TKF" in keys
    assert "tkp" in keys
    assert ("tokayev", 1.0) in keys["TKF"]


def test_what_every_document_holds_says_nothing() -> None:
    everywhere = Frequencies(10, {"en": 10}, lambda _: (10, {}), lambda _: 10, lambda _: 10)
    assert weigh(signals(ENGLISH), everywhere) == {}


@pytest.mark.parametrize("text", ["", "\0", "…", "123", "ـــ", "a/b/c " * 100])
def test_any_text_has_signals(text: str) -> None:
    assert likeness({}, weigh(signals(Document("x", "x", text)), KNOWN), 0) == 0.0


def test_strongest_takes_ties_by_name() -> None:
    assert list(strongest({"b": 1.0, "a": 1.0, "c": 2.0}, 2)) == ["c", "a"]


def test_what_two_rankings_find_comes_first() -> None:
    assert list(fused([["a", "b"], ["b", "c"]])) == ["b", "a", "c"]
    assert fused([]) == {}
