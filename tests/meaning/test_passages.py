from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.document import Document
from diplo_cli.meaning.encoder import LONGEST
from diplo_cli.meaning.passages import MOST, lead, passages_of
from diplo_cli.text.width import cells


def passages(text: str, body: tuple[tuple[int, int], ...] = (), lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in passages_of(Document("a", "a", text, lang=lang, body=body))]


def test_short_sentences_are_joined_and_long_ones_cut_between_words() -> None:
    assert passages("Ministers met. They spoke of water.") == ["Ministers met. They spoke of water."]
    short = "The ministers of both countries spoke of trade, of transport and of water for an hour."
    assert passages(f"{short} {short}") == [short, short]
    long = " ".join(["water"] * 80) + "."
    parts = passages(long)
    assert "".join(parts) == long
    assert [len(part.split()) for part in parts] == [20, 20, 20, 20]


def test_what_is_no_line_of_the_article_is_in_no_passage() -> None:
    text = "Ministers met.\nShare this!\nThey spoke of water."
    assert passages(text, ((0, 14), (27, len(text)))) == ["Ministers met.", "They spoke of water."]


@pytest.mark.parametrize(
    "sentence", ["The ministers met again and spoke of many things at great length. ", "水" * 100 + "。"]
)
def test_the_first_passages_of_a_long_document_are_taken(sentence: str) -> None:
    found = passages(sentence * 10_000, lang="zh" if "水" in sentence else "en")
    assert len(found) == MOST
    assert found[0].startswith(sentence[:20])


@given(st.text(st.sampled_from("aб水ش .。\n!\u0301"), max_size=2_000))
def test_passages_are_in_order_and_leave_out_nothing_but_space(text: str) -> None:
    spans = passages_of(Document("a", "a", text))
    assert all(start < end for start, end in spans)
    assert all(before <= start for (_, before), (start, _) in pairwise(spans))
    if len(spans) < MOST:
        assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(cells(" ".join(text[start:end].split())) <= LONGEST + 80 for start, end in spans)


def test_the_lead_is_the_title_and_the_first_lines() -> None:
    assert lead(Document("a", "a", "Talks\nMinisters met.", title="Talks")) == "Talks Ministers met."
