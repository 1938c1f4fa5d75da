"""Why a word of a text answers a query."""

from __future__ import annotations

from diplo_cli.query.tree import Written
from diplo_cli.search.leaf import Leaf
from diplo_cli.search.matching import find_matches


def test_a_word_in_the_other_script_is_told_so() -> None:
    leaf = Leaf(Written("savdo"), (), {"uz": "savdo"})
    assert [match.why for match in find_matches("савдоси", "uz-Cyrl", [leaf])] == ["other script"]
    assert [match.why for match in find_matches("savdosi", "uz", [leaf])] == ["stem"]
