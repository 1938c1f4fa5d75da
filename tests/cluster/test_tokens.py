"""Tokens, ids, parts and edits as a cluster gets them; without a cluster."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.engines.matching import within
from diplo_cli.engines.opensearch_fields import LONGEST_ID, document_key, id_of, is_cut, ordered
from diplo_cli.engines.opensearch_query import literal, translate
from diplo_cli.errors import DiploError, QueryError
from diplo_cli.indexing.part import Part, parse_part
from diplo_cli.query.tree import AnyOf, Fuzzy, Near, Phrase, Term

TEXTS = st.text(st.characters(codec=None, categories=None), max_size=40)


@given(TEXTS, TEXTS)
def test_ids_stand_in_pythons_order_and_come_back(one: str, other: str) -> None:
    assert id_of(ordered(one)) == one
    assert (ordered(one).encode() < ordered(other).encode()) == (one < other)
    assert ordered(other).startswith(ordered(one)) or not other.startswith(one)
    assert (document_key(one) == document_key(other)) == (one == other)


@pytest.mark.parametrize("letter", ["x", "ж", "话", "\ud800"])
def test_long_ids_stay_apart_within_what_a_cluster_takes(letter: str) -> None:
    ids = [letter * length for length in (500, 501, LONGEST_ID, LONGEST_ID + 1, 3 * LONGEST_ID)]
    keys = {document_key(one) for one in ids}
    assert len(keys) == len(ids) == len({ordered(one) for one in ids})
    assert max(len(key.encode()) for key in keys) <= 512
    assert max(len(ordered(one).encode()) for one in ids) < 32_766
    assert is_cut(ordered(ids[-1]))
    assert not is_cut(ordered(ids[0]))


@given(st.text("abc.*", min_size=1, max_size=4), st.text("abcd.*", max_size=6), st.integers(1, 2))
def test_patterns_of_edits_are_our_own_definition(word: str, other: str, distance: int) -> None:
    query = translate(Fuzzy("text", word, distance), lambda each: each)["constant_score"]["filter"]
    if "regexp" in query:
        pattern = query["regexp"]["text"]["value"]
        assert len(pattern) <= 1000  # what OpenSearch takes
        assert bool(other and re.fullmatch(pattern, other)) == bool(other and within(word, other, distance))
    else:
        assert len(word) > 2 * distance
        assert query["fuzzy"]["text"] == {"value": word, "fuzziness": distance, "rewrite": "constant_score"}


@given(st.text(min_size=1, max_size=20))
def test_a_text_as_a_pattern_is_itself(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", literal(text), flags=re.DOTALL) == text


def test_members_of_one_field_are_one_clause() -> None:
    query = translate(AnyOf(tuple(Term("id", f"n{number}") for number in range(5_000))), lambda each: each)
    assert len(query["constant_score"]["filter"]["terms"]["id"]) == 5_000


@pytest.mark.parametrize(
    "query",
    [
        Phrase("text", (("a",), (), ("b",), ("c",), ("d",)), slop=40),
        Near("text", tuple(("a", letter) for letter in "bcdef"), 9),
    ],
)
def test_what_may_lie_in_too_many_ways_is_refused(query: Phrase | Near) -> None:
    with pytest.raises(QueryError, match="too many ways"):
        translate(query, lambda each: each)


@given(st.text(), st.integers(1, 40))
def test_a_file_is_of_one_part(key: str, parts: int) -> None:
    held = [number for number in range(1, parts + 1) if Part(number, parts).holds(key)]
    assert len(held) == 1
    assert Part(held[0], parts).holds(key + ".txt")  # both have one id: their clash is seen


def test_parts_are_of_one_size() -> None:
    sizes = [sum(Part(number, 16).holds(f"news/{each}.txt") for each in range(16_000)) for number in range(1, 17)]
    assert min(sizes) > 900
    assert max(sizes) < 1_100


@pytest.mark.parametrize("written", ["", "3", "0/4", "5/4", "1/0", "-1/4", "a/b", "1/4097", "٣/٤", "1/4/5"])
def test_what_is_no_part_is_refused(written: str) -> None:
    with pytest.raises(DiploError, match="is no part"):
        parse_part(written)


def test_parts_are_written_as_they_are_read() -> None:
    assert str(parse_part(" 3/16 ")) == "3/16"
