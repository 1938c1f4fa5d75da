"""Trees as text."""

from __future__ import annotations

import pytest

from diplo_cli.query.describe import describe, leaves, unparse, walk
from diplo_cli.query.parser import parse
from diplo_cli.query.tree import All, And, AnyOf, Fuzzy, Near, Not, Or, Phrase, Prefix, Query, Range, Term, Written


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (All(), "every document"),
        (Term("text", "tokayev"), "text: tokayev"),
        (Term("text", "tokaev", 0.75), "text: tokaev ×0.75"),
        (Prefix("text", "tok"), "text: tok*"),
        (Fuzzy("text", "tokaev", 2), "text: tokaev~2"),
        (Phrase("text", (("water",), (), ("security", "safety")), 1, 0.5), 'text: "water … security|safety" ~1 ×0.5'),
        (Near("text", (("anwar",), ("ibrahim", "ibraheem")), 4), "text: anwar + ibrahim|ibraheem within 4 words"),
        (Range("date", 20240500, None), "date: 20240500.."),
        (Range("date", None, 20240599), "date: ..20240599"),
        (Written("a\nb", "phrase", exact=True, field="title"), 'phrase "a b" in the title, exactly'),
        (parse("tokaev~"), "fuzzy tokaev~"),
        (parse("lang:ar"), "lang: ar"),
    ],
)
def test_every_node_has_its_line(node: Query, line: str) -> None:
    assert describe(node) == line


def test_a_widened_tree_is_shown_as_it_is_asked() -> None:
    tree = And((AnyOf((Term("text", "tokayev"), Term("text", "тоқаев", 0.9))), Not(Or((Term("lang", "ar"), All())))))
    assert describe(tree).split("\n") == [
        "all of",
        "  best of",
        "    text: tokayev",
        "    text: тоқаев ×0.9",
        "  not",
        "    any of",
        "      lang: ar",
        "      every document",
    ]


def test_walk_goes_from_left_to_right_and_leaves_are_what_was_written() -> None:
    tree = parse("a (b OR lang:ar) -c")
    assert [type(node).__name__ for node in walk(tree)] == [
        "And",
        "Written",
        "Or",
        "Written",
        "FieldIs",
        "Not",
        "Written",
    ]
    assert [leaf.start for leaf in leaves(tree)] == [0, 3, 8, 18]


def test_deep_trees_are_walked_without_recursion() -> None:
    tree: Query = Term("text", "a")
    for _ in range(5000):
        tree = Not(tree)
    assert len(list(walk(tree))) == 5001
    assert describe(tree).endswith("text: a")


def test_an_engines_node_is_no_query_text() -> None:
    with pytest.raises(ValueError, match="Term is written by no user"):
        unparse(And((parse("a"), Term("text", "b"))))
