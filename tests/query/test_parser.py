"""The query language: what each construct becomes, what each mistake says; nothing but QueryError comes out."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diplo_cli.errors import QueryError
from diplo_cli.query import dates, describe, lexer, parser
from diplo_cli.query.describe import leaves, unparse, walk
from diplo_cli.query.parser import DEEPEST, LONGEST, parse
from diplo_cli.query.signs import INVISIBLE
from diplo_cli.query.tree import And, FieldIs, Not, Or, Query, Written

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

# Pieces that mean something to the parser, so that random queries get past the first character.
PIECES = st.sampled_from(
    [
        *'()"“”„«»「」（）：＂＊－~*=-:. \t\n\x00',
        *(
            "OR",
            "AND",
            "NOT",
            "or",
            "Tokayev",
            "Тоқаев",
            "توكاييف",
            "水安全",
            'ארה"ב',
            "o‘zbek",
            "हिन्दी",
            "\u200f",
            "\u202b",
            "\ud800",
            "🇰🇿",
        ),
        *(
            "lang:ar",
            "LANG:",
            "country:",
            "date:2024-05",
            "date:..2024",
            "..2024-06",
            "title:",
            "title:=",
            "lagn:",
            "https://mfa.kz/a",
            "10:30",
            "tok*",
            "a~2",
            "--x",
        ),
    ]
)
QUERIES = st.one_of(
    st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=60)
)


def shape(query: Query) -> object:
    """A tree without the places of its leaves."""
    match query:
        case And(nodes) | Or(nodes):
            return type(query).__name__, [shape(node) for node in nodes]
        case Not(node):
            return "Not", shape(node)
        case Written(text, kind, exact, field):
            return kind, text, exact, field
        case FieldIs(name, value):
            return name, value
    raise AssertionError(query)


def word(text: str, *, kind: str = "word", exact: bool = False, field: str = "text") -> object:
    return kind, text, exact, field


@pytest.mark.parametrize("module", [parser, describe, dates, lexer])
def test_examples_in_docstrings(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.failed == 0
    assert found.attempted or module is lexer


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("water security", ("And", [word("water"), word("security")])),
        ("water AND security", ("And", [word("water"), word("security")])),
        ("a OR b c", ("Or", [word("a"), ("And", [word("b"), word("c")])])),
        ("a or b", ("And", [word("a"), word("or"), word("b")])),
        ("(a OR b) c", ("And", [("Or", [word("a"), word("b")]), word("c")])),
        ("a (b (c d))", ("And", [word("a"), word("b"), word("c"), word("d")])),
        ("a OR (b OR c)", ("Or", [word("a"), word("b"), word("c")])),
        ("a NOT b", ("And", [word("a"), ("Not", word("b"))])),
        ("a AND NOT b", ("And", [word("a"), ("Not", word("b"))])),
        ("a -b", ("And", [word("a"), ("Not", word("b"))])),
        ('a -"b c"', ("And", [word("a"), ("Not", word("b c", kind="phrase"))])),
        ("-(a b)", ("Not", ("And", [word("a"), word("b")]))),
        ("NOT NOT a", word("a")),
        ("NOT (NOT a)", word("a")),
        ("NOT lang:ar", ("Not", ("lang", "ar"))),
        ("a-b", word("a-b")),
        ("Kazakhstan - Malaysia", ("And", [word("Kazakhstan"), word("Malaysia")])),
        ("Kazakhstan–Malaysia", word("Kazakhstan–Malaysia")),
        ("U.S., (visit)!", ("And", [word("U.S."), word("visit")])),
        ("‘historic’ don't", ("And", [word("‘historic’"), word("don't")])),
        ("tok* tokaev~", ("And", [word("tok", kind="prefix"), word("tokaev", kind="fuzzy")])),
        ("5~10", word("5~10")),
        ('=Tokayev ="a b"', ("And", [word("Tokayev", exact=True), word("a b", kind="phrase", exact=True)])),
        ("=OR =lang:ar", ("And", [word("OR", exact=True), word("lang:ar", exact=True)])),
        ('"OR"', word("OR", kind="phrase")),
        ("a=b", word("a=b")),
        ("title:water", word("water", field="title")),
        ('title:"a b"', word("a b", kind="phrase", field="title")),
        (
            "title:tok* title:=x",
            ("And", [word("tok", kind="prefix", field="title"), word("x", exact=True, field="title")]),
        ),
        ("Lang:ar", ("lang", "ar")),
        ('country:"South Korea"', ("country", "South Korea")),
        ("pair:KZ-MY source:https://mfa.kz/a", ("And", [("pair", "KZ-MY"), ("source", "https://mfa.kz/a")])),
        ("date:2024-05..2024-06", ("date", "2024-05..2024-06")),
        ("date:..2024 date:2024-05-01..", ("And", [("date", "..2024"), ("date", "2024-05-01..")])),
        ("lang: ar", ("And", [word("lang"), word("ar")])),
        ("(lang:)", word("lang")),
        ("https://mfa.kz/a?b=c", word("https://mfa.kz/a?b=c")),
        ("ftp://mfa.kz HTTP:x", ("And", [word("ftp://mfa.kz"), word("HTTP:x")])),
        ("10:30 C:x", ("And", [word("10:30"), word("C:x")])),
        ("Қозоғистон:Малайзия", word("Қозоғистон:Малайзия")),
    ],
)
def test_a_query_becomes_this_tree(query: str, tree: object) -> None:
    assert shape(parse(query)) == tree


@pytest.mark.parametrize(
    "query", ['"a b"', "“a b”", "”a b”", "„a b“", "«a b»", "»a b«", "「a b」", "『a b』", "＂a b＂", '“a b"', '"a b”']
)
def test_quotes_of_every_keyboard_make_a_phrase(query: str) -> None:
    assert shape(parse(query)) == word("a b", kind="phrase")


def test_signs_of_a_fullwidth_keyboard_count_as_the_plain_ones() -> None:
    assert shape(parse("（水　OR　安全）　－lang：zh　＝托　tok＊")) == shape(parse("(水 OR 安全) -lang:zh =托 tok*"))


def test_a_quote_between_hebrew_letters_is_gershayim() -> None:
    assert shape(parse('ארה"ב')) == word('ארה"ב')
    assert shape(parse('"צה"ל ב"')) == word('צה"ל ב', kind="phrase")


def test_invisible_marks_pasted_along_mean_nothing() -> None:
    query = '\u202b"توكاييف"\u202c \u200flang:\u200far -\u2067كازاخستان'
    assert shape(parse(query)) == shape(parse('"توكاييف" lang:ar -كازاخستان'))
    found = next(leaves(parse(query)))
    assert query[found.start : found.end] == "توكاييف"


def test_exact_marks_every_leaf() -> None:
    tree = parse('a "b c" tok* title:d NOT e', exact=True)
    assert all(leaf.exact for leaf in leaves(tree) if isinstance(leaf, Written))
    assert len(list(leaves(tree))) == 5


@pytest.mark.parametrize(
    ("query", "says", "position"),
    [
        ('Tokayev "open quote', "never closed", 8),
        ("«open", "never closed", 0),
        ("a 」", "closes no quote", 2),
        ("(", "never closed", 0),
        ("a (b (c)", "never closed", 2),
        ("a) b", "closes nothing", 1),
        ("a ( )", "empty parentheses", 2),
        ('a ""', "empty phrase", 2),
        ('"—"', "empty phrase", 0),
        ("", "empty query", 0),
        (" \n ", "empty query", 0),
        ("& — 🇰🇿", "empty query", 0),
        ("a OR", "OR needs a word on both sides", 2),
        ("OR a", "OR needs a word on both sides", 0),
        ("a OR OR b", "OR needs a word on both sides", 5),
        ("a AND OR b", "OR needs a word on both sides", 6),
        ("(a AND) b", "AND needs a word on both sides", 3),
        ("a NOT", "NOT needs a word after it", 2),
        ("a NOT OR b", "OR needs a word on both sides", 6),
        ("a -&", "NOT needs a word after it", 2),
        ("*", "* needs the beginning of a word", 0),
        ("a .*", "* needs the beginning of a word", 2),
        ("presi*dent", "* stands at the end of a word only", 5),
        ("tok*~", "* stands at the end of a word only", 0),
        ('"a b"*', "* stands after a word, not after a phrase", 5),
        ('"a b"~3', "~ stands after a word, not after a phrase", 5),
        ('"presiden* a"', "a phrase takes no *", 9),
        ("tokaev~2", "~ takes no number", 0),
        ("=(a b)", "= stands before one word or one phrase", 0),
        ("a --lang ar", "an option inside the query", 2),
        ("a langauge:ar", "unknown field langauge:", 2),
        ("Kazakhstan:Malaysia", "unknown field Kazakhstan:", 0),
        ("lang:(ar OR en)", "lang: takes one value", 0),
        ("title:(a b)", "title: takes one value", 0),
        ("title:—", "title: needs a word or a phrase", 0),
        ("a lang:?", "lang: needs a value", 2),
        ("a source:*.kz", "source: takes no *", 2),
        ("a date:2024-13", "'2024-13' is no date: there is no month 13", 7),
        ("date:yesterday", "'yesterday' is no date", 5),
        ("date:2024-05 .. 2024-06", "a range is written without spaces", 13),
    ],
)
def test_a_mistake_says_what_and_where(query: str, says: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert says in caught.value.message
    assert caught.value.position == position
    assert caught.value.hint
    assert len(caught.value.message.splitlines()) == len(caught.value.hint.splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("langauge", "lang"),
        ("language", "lang"),
        ("contry", "country"),
        ("site", "source"),
        ("since", "date"),
        ("titel", "title"),
    ],
)
def test_an_unknown_field_is_guessed(typed: str, meant: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(f"{typed}:x")
    assert f"did you mean {meant}:?" in caught.value.hint


def test_an_error_shows_the_query_from_its_place_without_control_characters() -> None:
    with pytest.raises(QueryError, match=r"^this parenthesis closes nothing at character 5: …\) b c$"):
        parse("word) b\x1bc")


def test_depth_is_limited_and_length_too() -> None:
    assert shape(parse("(" * DEEPEST + "a" + ")" * DEEPEST)) == word("a")
    for opening in "(", "-(", "NOT (":
        with pytest.raises(QueryError, match="too many parentheses"):
            parse(opening * 100 + "a" + ")" * 100)
    assert len(list(walk(parse("NOT " * 2000 + "a")))) == 1
    parse("a " * (LONGEST // 2))
    with pytest.raises(QueryError, match="too long: 10,001 characters"):
        parse("x" * (LONGEST + 1))


@pytest.mark.parametrize("piece", ['"', "“", '"“', "«", "a*", "=", "-", "~", ":", "lang:", 'א"', "\u200f", " ", "(a) "])
def test_long_hostile_queries_are_read_at_once(piece: str) -> None:
    query = (piece * LONGEST)[:LONGEST]
    started = time.process_time()
    with suppress(QueryError):
        parse(query)
    assert time.process_time() - started < 2


@UNHURRIED
@given(QUERIES, st.booleans())
@example("OR,", False)
@example('א"ב" "', False)
def test_a_query_is_read_or_refused_and_survives_being_written_out(text: str, exact: bool) -> None:
    try:
        tree: Query | None = parse(text, exact=exact)
    except QueryError as error:
        place, message = error.position, error.message
        tree = None
    if tree is None:
        assert place is not None
        assert 0 <= place <= len(text)
        assert "\n" not in message
        return
    assert shape(parse(unparse(tree))) == shape(tree)
    hidden = not INVISIBLE.isdisjoint(text)
    for leaf in leaves(tree):
        assert 0 <= leaf.start < leaf.end <= len(text)
        if isinstance(leaf, Written):
            assert any(char.isalnum() for char in leaf.text)
            assert hidden or text[leaf.start : leaf.end] == leaf.text
    for node in walk(tree):
        if isinstance(node, And | Or):
            assert len(node.nodes) > 1
            assert not any(isinstance(below, type(node)) for below in node.nodes)
        assert not (isinstance(node, Not) and isinstance(node.node, Not))


def test_the_parser_loads_nothing_heavy() -> None:
    code = (
        "import re, dataclasses, sys; before = set(sys.modules); import diplo_cli.query.parser;"
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in loaded if not name.startswith(("diplo_cli", "typing"))} <= {
        "_typing",
        "collections.abc",
        "__future__",
    }


def test_every_query_of_the_documentation_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
    examples = re.findall(r"^diplo search '([^'\n]+)'", page, re.MULTILINE)
    table = [
        query for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for query in re.findall("`([^`]+)`", row)
    ]
    assert len(examples) >= 8
    assert len(table) >= 15
    for query in {*examples, *table} - {"write"}:
        parse(query)
