"""Hostile text, made harmless."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplo_cli.render.clean import clean, clean_spans, oneline

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
PIECES = st.sampled_from(
    ["\x1b", "[", "]", "31m", "\x1b[31m", "\x1b[?25l", "\x1b]0;t\x07", "\x1b]8;;u\x1b\\", "\x1bP", "\x9b", "\x9d", "\x07", "\\", "\n", "\r", "\r\n", "\t", "a", "ب",
     " ", "\x85", "\u2028", "\u202e", "\u2066", "\xad", "\ud800", "\x00", "\x7f", "\x0c", "水"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a [bold]b[/bold]", "a [bold]b[/bold]"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[?1049h\x1b[2Jx", "x"),
        ("\x1b[38:2::255:0:0mx", "x"),
        ("\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("\x1b]52;c;ZXZpbA==\x9cx", "x"),
        ("\x1bPq#0\x1b\\x\x1b_z\x1b\\", "x"),
        ("a\x1b]never closed\nnext", "anever closed\nnext"),
        ("\x1b(Bx\x1b=y\x1bcz\x1bMw", "xyzw"),
        ("\x1b[\x1b[31m31mx", "[31mx"),
        ("\x9b31m\x9dx", "31mx"),
        ("a\x00\x07\x08\x7fb", "ab"),
        ("a\r\nb\rc\x0cd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\tb\nc", "a\tb\nc"),
        ("\u202eevil\u202c \u2067x\u2069", "evil x"),
        ("Kazakh\xadstan", "Kazakhstan"),
        ("\ud800x\udfff", "\ufffdx\ufffd"),
        ("می\u200cشود \u200eab\u200f", "می\u200cشود \u200eab\u200f"),
        ("", ""),
    ],
)
def test_what_is_taken_out_of_text_for_a_terminal(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_line_ends_and_tabs_become_spaces_where_they_are_not_kept() -> None:
    assert clean("a\tb\r\nc\u2028d", keep="") == "a b c d"
    assert clean("a\tb\nc", keep="\n") == "a b\nc"


@UNHURRIED
@given(TEXTS)
def test_nothing_forbidden_is_left_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN.search(cleaned)
    assert clean(cleaned) == cleaned
    assert not re.search(r"[\x00-\x1f]", clean(text, keep=""))


@UNHURRIED
@given(
    st.text(
        alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\t\u200c\u200d"), max_size=60
    )
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@UNHURRIED
@given(
    TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6), st.sampled_from(["", "\n", "\n\t"])
)
def test_spans_move_with_their_text(text: str, pairs: list[tuple[int, int]], keep: str) -> None:
    spans = sorted((min(pair), max(pair)) for pair in pairs if min(pair) < max(pair) <= len(text))
    cleaned, moved = clean_spans(text, spans, keep=keep)
    assert cleaned == clean(text, keep=keep)
    assert all(0 <= start < end <= len(cleaned) for start, end in moved)
    assert len(moved) <= len(spans)


def test_a_span_marks_the_same_words_after_cleaning() -> None:
    text = "a\x1b[31mTokayev\x1b[0m met\r\nAn\xadwar"
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("Tokayev", "met", "An\xadwar")]
    cleaned, moved = clean_spans(text, [(1, 4), *spans])
    assert [cleaned[start:end] for start, end in moved] == ["Tokayev", "met", "Anwar"]
    assert clean_spans("plain", [(0, 2)]) == ("plain", [(0, 2)])


def test_a_field_of_a_record_is_one_line_of_the_same_length() -> None:
    assert oneline("a\tb\nc\r\nd\x00\x1b[1m\x85\u2028\u2029\x7f\x9b") == "a b c  d  [1m     "
    assert oneline("\ud800") == "\ufffd"
    assert oneline("[/bold] \u202e\xad") == "[/bold] \u202e\xad"


@UNHURRIED
@given(TEXTS)
def test_a_field_keeps_every_place(text: str) -> None:
    line = oneline(text)
    assert len(line) == len(text)
    assert len(f"{line}x".splitlines()) == 1
    assert "\t" not in line
    line.encode()
    assert all(new in (old, " ", "\ufffd") for old, new in zip(text, line, strict=True))


@pytest.mark.parametrize("piece", ["\x1b]", "\x1b[", "\x1b[1;", "\x1bP a", "\x1b ", "\x9b", "\r", "\x1b]0;"])
def test_time_is_linear(piece: str) -> None:
    text = piece * (2_000_000 // len(piece))
    started = time.process_time()
    clean(text)
    clean_spans(text, [(0, 1), (10, 1_000_000)])
    oneline(text)
    assert time.process_time() - started < 10
