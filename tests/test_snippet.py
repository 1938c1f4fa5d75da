"""Snippets: the best window, cut where a reader would cut it, with highlights on the matches and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diplo_cli.snippet import Snippet, snippet
from diplo_cli.text.width import cells, clusters

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

ARTICLE = (
    "Ties that last\n\nThe Senate met on Monday. Kazakh leader Kassym-Jomart Tokayev called the meeting with Anwar Ibrahim historic. "
    "Trade grew by a third over the year, the ministry said in a statement that was published late on Tuesday evening.\n\n"
    "Tokayev then flew home. Observers expect more visits before the end of the year, and Anwar may come in May."
)
WORDS = st.sampled_from(
    [
        "Tokayev",
        "met",
        "Anwar.",
        "Тоқаев",
        "توكاييف",
        "قال",
        "水安全合作。",
        "哈萨克斯坦",
        "ประธานาธิบดี",
        "हिन्दी",
        "e\u0301",
        "👩\u200d👧",
        "a" * 60,
        "\n",
        "\n\n",
        "   ",
        "\t",
        "\x00",
        "\ud800",
        "\u200b",
        "Dr.",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=40).map("".join), st.text(max_size=100)
)


def spans_of(text: str, *words: str) -> list[tuple[int, int, int]]:
    return [
        (found.start(), found.end(), term)
        for term, word in enumerate(words)
        for found in re.finditer(re.escape(word), text)
    ]


def visible(pieces: Iterable[str]) -> str:
    return "".join("".join(pieces).split())


def marked(found: Snippet) -> str:
    """The snippet with its highlights in brackets."""
    text = found.text
    for start, end in reversed(found.highlights):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_the_window_with_most_words_of_the_query_wins_and_begins_with_its_sentence() -> None:
    found = snippet(ARTICLE, spans_of(ARTICLE, "Tokayev", "Anwar"), width=100)
    assert marked(found) == "Kazakh leader Kassym-Jomart [Tokayev] called the meeting with [Anwar] Ibrahim historic."


def test_a_snippet_is_cut_between_words() -> None:
    found = snippet(ARTICLE, spans_of(ARTICLE, "statement"), width=60)
    assert marked(found) == "… the ministry said in a [statement] that was published late …"


def test_more_matches_beat_fewer() -> None:
    text = "One visit took place in a town far away from here last year. Then a visit and a visit and one more visit were made."
    assert snippet(text, spans_of(text, "visit"), width=60).text.startswith("Then a visit")


def test_of_equal_windows_one_that_begins_with_a_sentence_is_taken() -> None:
    text = (
        "It was said after long hours of talk among many people of both sides that Tokayev had come. Tokayev left. "
        + "Then all was over. " * 9
    )
    assert snippet(text, spans_of(text, "Tokayev")[:1], width=50).text.startswith("… ")
    found = snippet(text, [spans_of(text, "Tokayev")[0], spans_of(text, "Tokayev")[1]], width=24)
    assert marked(found).startswith("[Tokayev] left.")


def test_the_article_is_preferred_to_what_stands_around_it_and_they_are_not_mixed() -> None:
    menu, body, foot = "Tokayev Tokayev Tokayev", "The president Tokayev spoke.", "More about Tokayev and Anwar"
    text = f"{menu}\n{body}\n{foot}"
    inside = [(len(menu) + 1, len(menu) + 1 + len(body))]
    assert snippet(text, spans_of(text, "Tokayev"), body=inside).text == body
    assert snippet(text, spans_of(text, "Tokayev", "Anwar"), body=inside).text == foot
    assert snippet(text, spans_of(text, "More"), body=inside).text == foot
    assert snippet(text, [], body=inside).text == body
    assert snippet(text, [], body=[]).text == f"{menu} {body} {foot}"


def test_lines_of_the_article_are_joined_over_blank_ones() -> None:
    text = "First line,\n\n   second line."
    assert snippet(text, spans_of(text, "second"), body=[(0, 11), (13, len(text))]).text == "First line, second line."


def test_where_the_text_ends_soon_what_is_before_fills_the_line() -> None:
    text = "This one is left out, for it is too long. Talks were held. They went well. Tokayev left."
    found = snippet(text, spans_of(text, "Tokayev"), width=50)
    assert marked(found) == "Talks were held. They went well. [Tokayev] left."


def test_without_matches_the_opening_words_stand() -> None:
    found = snippet(f"\n  {ARTICLE}", [], width=40)
    assert found == Snippet("Ties that last The Senate met on Monday.")
    assert snippet("one two three four", [], width=12) == Snippet("one two …")
    assert snippet("one two three four", []) == Snippet("one two three four")


@pytest.mark.parametrize("text", ["", " \n\t ", "\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert snippet(text, [(0, 1, 0), (5, 9, 0)]) == Snippet("")


def test_white_space_is_one_space_and_highlights_follow() -> None:
    text = "The\tpresident\r\n   Anwar \n  Ibrahim\u3000spoke"
    found = snippet(text, [(text.index("Anwar"), text.index("Ibrahim") + 7, 0), (text.index("spoke"), len(text), 1)])
    assert marked(found) == "The president [Anwar Ibrahim] [spoke]"


def test_overlapping_and_touching_matches_are_one_highlight() -> None:
    text = "哈萨克斯坦总统"
    assert marked(snippet(text, [(0, 2, 0), (1, 3, 0), (3, 5, 0), (6, 7, 1)])) == "[哈萨克斯坦]总[统]"


def test_scripts_without_spaces_are_cut_by_letters_and_measured_in_cells() -> None:
    text = "哈萨克斯坦总统托卡耶夫会见马来西亚总理安瓦尔并签署联合声明" * 4
    found = snippet(text, [(60, 64, 0)], width=30)
    assert text[60:64] == found.text[found.highlights[0][0] : found.highlights[0][1]]
    assert 24 <= cells(found.text) <= 30
    thai = "ประธานาธิบดีคาซัคสถานพบกับนายกรัฐมนตรี" * 4
    found = snippet(thai, [(39, 45, 0)], width=30)
    assert 24 <= cells(found.text) <= 30


def test_a_match_in_a_word_longer_than_the_line_is_shown_all_the_same() -> None:
    text = "see https://example.org/" + "a" * 200 + "kazakhstan" + "b" * 200
    found = snippet(text, spans_of(text, "kazakhstan"), width=40)
    assert "[kazakhstan]" in marked(found)
    assert cells(found.text) <= 40


def test_a_match_wider_than_the_line_is_cut() -> None:
    found = snippet("a" * 300, [(10, 290, 0)], width=40)
    assert cells(found.text) <= 40
    assert len(found.highlights) == 1


@UNHURRIED
@given(
    TEXTS,
    st.lists(st.tuples(st.integers(-3, 200), st.integers(-3, 200), st.integers(0, 3)), max_size=8),
    st.integers(10, 70),
    st.booleans(),
)
@example("a " * 50, [(0, 1, 0), (98, 99, 1)], 10, False)
def test_any_snippet_is_one_line_that_fits_and_lights_only_matches(
    text: str, spans: list[tuple[int, int, int]], width: int, with_body: bool
) -> None:
    body = [found.span() for found in re.finditer(r"[^\n]+", text)][::2] if with_body else None
    found = snippet(text, spans, width=width, body=body)
    assert cells(found.text) <= width
    assert " ".join(found.text.split()) == found.text
    core = found.text.removeprefix("… ").removesuffix(" …")
    line = " ".join(text.split())
    assert core in line
    whole = {cluster.start for cluster in clusters(line)} | {len(line)}
    places = [at for at in range(len(line) + 1) if line.startswith(core, at)]
    assert any(at in whole and at + len(core) in whole for at in places)
    valid = [
        span for span in spans if max(span[0], 0) < min(span[1], len(text)) and text[max(span[0], 0) : span[1]].strip()
    ]
    lit = visible(found.text[start:end] for start, end in found.highlights)
    allowed = visible(text[max(start, 0) : end] for start, end, _ in valid)
    assert set(lit) <= set(allowed)
    if (
        valid
        and body is None
        and all(cells(text[max(start, 0) : end]) < 5 and text[max(start, 0) : end].isalnum() for start, end, _ in valid)
    ):
        assert found.highlights
    last = -1
    for start, end in found.highlights:
        assert last < start < end <= len(found.text)
        last = end


@UNHURRIED
@given(
    st.lists(st.sampled_from(["Tokayev", "met", "Тоқаев", "Anwar", "said."]), min_size=1, max_size=80),
    st.integers(20, 90),
)
def test_every_match_in_the_window_is_lit_and_no_word_is_cut(words: list[str], width: int) -> None:
    text = " ".join(words)
    found = snippet(text, spans_of(text, "Tokayev", "Anwar"), width=width)
    lit = [found.text[start:end] for start, end in found.highlights]
    assert lit == re.findall("Tokayev|Anwar", found.text)
    assert bool(lit) == ("Tokayev" in words or "Anwar" in words)
    assert set(found.text.split()) <= {*words, "…"}


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Kazakhstan said Tokayev met. " * 340_000, 29),
        ("x" * 10_000_000, 1000),
        ("\n" * 5_000_000, 1000),
        ("हिन्दी के " * 200_000, 10),
        ("水" * 600_000, 2),
    ],
)
def test_time_is_linear(text: str, step: int) -> None:
    spans: Sequence[tuple[int, int, int]] = [(place, place + 2, place % 3) for place in range(0, len(text), step)]
    started = time.process_time()
    snippet(text, spans)
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    ("at", "begins"), [(0, "First"), (20, "Second"), (60, "Third"), (10_000, "First"), (-1, "First")]
)
def test_without_matches_it_begins_where_it_is_told_to(at: int, begins: str) -> None:
    text = (
        "First they met.\n\n\n\n\nSecond they spoke of water and of trade.\nThird they left for home and came no more."
    )
    assert snippet(text, [], at=at, width=40).text.startswith(begins)
