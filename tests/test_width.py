"""Cells, clusters and breaks of text in many scripts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.text.width import BY_LETTER, BY_WORD, NO_BREAK, break_between, cells, clusters, cut, is_plain

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

# Characters that join, widen, vanish or steer, so that random text holds clusters of every kind.
TRICKY = "a é e\u0301 ж ё ب\u064e ไน้ำ क्षि ழ် ភ្ ᄒ\u1161\u11ab 한 水 ｱﾞ 👩\u200d👧 👍🏽 🇰🇿 ❤\ufe0f #\ufe0f\u20e3 \u200b \u200d \xad \x00 \n \x1b \ud800 \u0600 \U000e0041".replace(
    " ", ""
)
TEXTS = st.one_of(st.text(max_size=80), st.text(alphabet=TRICKY, max_size=40))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Tokayev", 7),
        ("Тоқаев", 6),
        ("توكاييف", 7),
        ("تَوكاييف", 7),
        ("e\u0301te\u0301", 3),
        ("水安全", 6),
        ("Ｔｏ（）", 8),
        ("ｱﾞ", 2),
        ("한국어", 6),
        ("\u1112\u1161\u11ab", 2),
        ("ไทยน้ำ", 5),
        ("हिन्दी", 5),
        ("தமிழ்", 4),
        ("ភាសា", 4),
        ("မြန်မာ", 5),
        ("🇰🇿🇲🇾", 4),
        ("👩\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("3\ufe0f\u20e3", 2),
        ("\u200e\u202bab\u202c", 2),
        ("\u06dd", 1),
        ("\u038b", 1),  # not assigned
        ("a\x1bb\x00\n", 2),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("हिन्दी", ["हि", "न्दी"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("ខ្មែរ", ["ខ្មែ", "រ"]),
        ("🇰🇿🇲🇾🇵", ["🇰🇿", "🇲🇾", "🇵"]),
        ("👩\u200d👧👍🏽x", ["👩\u200d👧", "👍🏽", "x"]),
        ("\u0301a", ["\u0301", "a"]),
        ("a\n\u0301", ["a", "\n", "\u0301"]),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"]),
    ],
)
def test_clusters(text: str, parts: list[str]) -> None:
    assert [text[cluster.start : cluster.end] for cluster in clusters(text)] == parts


def test_plain_characters_are_clusters_of_one_cell() -> None:
    plain = [char for char in map(chr, range(0x110000)) if is_plain(char)]
    assert len(plain) > 1500
    for char in plain:
        assert [cluster.cells for cluster in clusters(f"a{char}a")] == [1, 1, 1], hex(ord(char))


@UNHURRIED
@given(TEXTS)
def test_clusters_leave_no_gap_and_cells_are_their_sum(text: str) -> None:
    found = list(clusters(text))
    assert "".join(text[cluster.start : cluster.end] for cluster in found) == text
    assert all(cluster.start < cluster.end for cluster in found)
    assert cells(text) == sum(cluster.cells for cluster in found)
    assert is_plain(text) <= (cells(text) == len(text) == len(found))


@UNHURRIED
@given(TEXTS, st.integers(-1, 30))
def test_a_cut_fits_breaks_no_cluster_and_could_not_be_longer(text: str, width: int) -> None:
    end = cut(text, width)
    assert cells(text[:end]) <= max(width, 0)
    ends = [0, *(cluster.end for cluster in clusters(text))]
    assert end in ends
    following = next((place for place in ends if place > end), None)
    assert following is None or cells(text[:following]) > width


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("a", "b", NO_BREAK),
        ("a", "-", NO_BREAK),
        ("a", " ", BY_WORD),
        (" ", "b", BY_WORD),
        ("\u200b", "b", BY_WORD),
        ("a", "\u00a0", NO_BREAK),
        ("\u202f", "a", NO_BREAK),
        ("水", "安", BY_WORD),
        ("水", "，", NO_BREAK),
        ("，", "水", BY_WORD),
        ("「", "水", NO_BREAK),
        ("水", "」", NO_BREAK),
        ("年", "2", BY_WORD),
        ("キ", "ャ", NO_BREAK),
        ("カ", "ー", NO_BREAK),
        ("한", "국", NO_BREAK),
        ("ท", "ย", BY_LETTER),
        ("เ", "ม", NO_BREAK),
        ("น", "ำ", NO_BREAK),
        ("ស", "រ", BY_LETTER),
        ("ท", "a", NO_BREAK),
    ],
)
def test_breaks(before: str, after: str, kind: int) -> None:
    assert break_between(before, after) == kind


@pytest.mark.parametrize("text", ["e" + "\u0301" * 2_000_000, "水" * 1_000_000, "👩\u200d" * 500_000, "🇰" * 1_000_000])
def test_time_is_linear(text: str) -> None:
    started = time.process_time()
    cells(text)
    cut(text, 80)
    assert time.process_time() - started < 10
