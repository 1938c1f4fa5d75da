"""Lines wrapped and cut by cells, in every script, with their highlights."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diplo_cli.render.bidi import LRM, is_rtl, ltr, pad, truncate, truncate_spans, wrap, wrap_spans
from diplo_cli.text.width import cells, clusters

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

WORDS = st.sampled_from(
    [
        "Kassym-Jomart",
        "Тоқаев",
        "توكاييف",
        "كَازاخ",
        "水安全合作，",
        "「会見」",
        "ประธานาธิบดี",
        "हिन्दी",
        "မြန်မာ",
        "👩\u200d👧",
        "🇰🇿",
        "e\u0301",
        "a" * 40,
        " ",
        "   ",
        "\n",
        "\u00a0",
        "\u200b",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS, max_size=20).map("".join), st.text(max_size=80)
)


def visible(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_right_to_left_lines_are_put_between_marks() -> None:
    for line in "002  توكاييف", "שלום", "ܐ", "ࠀ", "𞤀", "ﷲ":
        assert is_rtl(line)
        assert ltr(line) == f"{LRM}{line}{LRM}"
        assert cells(ltr(line)) == cells(line)
    for line in "", "Tokayev", "Тоқаев", "水", "हिन्दी", "١":
        assert is_rtl(line) is (line == "١")  # Arabic digits stand in the Arabic block; a mark around them does no harm
    assert ltr("Tokayev") == "Tokayev"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("a b", 10, ["a b"]),
        ("Kazakh leader met", 10, ["Kazakh", "leader met"]),
        ("one  two   three", 4, ["one", "two", "thre", "e"]),
        ("a\n\nb\n", 10, ["a", "", "b", ""]),
        ("  indented text", 10, ["  indented", "text"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("قاسم جومارت توكاييف", 12, ["قاسم جومارت", "توكاييف"]),
        ("Қасим-Жомарт Тоқаев", 13, ["Қасим-Жомарт", "Тоқаев"]),
        ("水安全，合作", 6, ["水安", "全，合", "作"]),
        ("共3份「文件」。", 8, ["共3份", "「文", "件」。"]),
        ("ไทยไทยไทย", 4, ["ไทย", "ไทย", "ไทย"]),
        ("ประชุม ที่กรุง", 8, ["ประชุม", "ที่กรุง"]),
        ("हिन्दी हिन्दी", 6, ["हिन्दी", "हिन्दी"]),
        ("👩\u200d👧👩\u200d👧", 3, ["👩\u200d👧", "👩\u200d👧"]),
        ("水", 1, ["水"]),
        ("a\tb c", 3, ["a b", "c"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@UNHURRIED
@given(TEXTS, st.integers(1, 30))
@example("ж" + " " * 9 + "ж", 3)
def test_wrapping_loses_nothing_breaks_no_cluster_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert visible("".join(lines)) == visible(text)
    assert len(lines) > text.count("\n")
    for line in lines:
        assert cells(line) <= width or len(list(clusters(line))) == 1
    if "\n" not in text:
        ends = {cluster.end for cluster in clusters(text)}
        at = 0
        for line in lines:
            at = text.replace("\t", " ").index(line, at) + len(line)
            assert not line or at in ends  # no line ends within a cluster


@UNHURRIED
@given(TEXTS, st.integers(1, 30), st.sets(st.integers(0, 60)))
def test_highlights_mark_the_same_characters_after_wrapping(text: str, width: int, edges: set[int]) -> None:
    places = sorted(edge for edge in edges if edge <= len(text))
    spans = list(zip(places[::2], places[1::2], strict=False))
    wrapped = wrap_spans(text, spans, width)
    assert [line for line, _ in wrapped] == wrap(text, width)
    lit = "".join(line[start:end] for line, inside in wrapped for start, end in inside)
    assert visible(lit) == visible("".join(text[start:end] for start, end in spans))
    for line, inside in wrapped:
        assert all(0 <= start < end <= len(line) for start, end in inside)


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("Tokayev", 7, "Tokayev"),
        ("Tokayev", 6, "Tokay…"),
        ("Anwar Ibrahim", 7, "Anwar…"),
        ("水安全", 5, "水安…"),
        ("水安全", 4, "水…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("", 0, ""),
    ],
)
def test_truncating(text: str, width: int, cut: str) -> None:
    assert truncate(text, width) == cut


@UNHURRIED
@given(TEXTS, st.integers(-1, 30))
def test_truncated_text_fits(text: str, width: int) -> None:
    text = text.replace("\t", " ")
    short = truncate(text, width)
    assert cells(short) <= max(width, 0)
    assert short == text or not short or (short[-1] == "…" and text.startswith(short[:-1]))
    if width >= 0:
        assert cells(pad(text, width)) == width


def test_highlights_are_cut_with_the_text() -> None:
    assert truncate_spans("Anwar Ibrahim", [(0, 2), (4, 8), (9, 10)], 7) == ("Anwar…", [(0, 2), (4, 5)])
    assert truncate_spans("Anwar", [(0, 2)], 5) == ("Anwar", [(0, 2)])
    assert truncate_spans("Anwar", [(0, 2)], 0) == ("", [])


@pytest.mark.parametrize("piece", ["a", "a ", " ", "ж\u0301", "水", "ไท", "\u00a0ж\u0301", "     ж\u0301", "\n"])
def test_time_is_linear(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    wrap_spans(text, [(place, place + 1) for place in range(0, len(text), 10)], 80)
    assert time.process_time() - started < 10
