"""What only the tantivy engine does: tokens as text, layouts of phrases, reading where nothing may be written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.document import Document
from diplo_cli.engines import tantivy as engine_module
from diplo_cli.engines.base import Entry, Sort
from diplo_cli.engines.escape import as_token, joined, shown
from diplo_cli.engines.expand import bounded, near_offsets, phrase_offsets, plain
from diplo_cli.engines.record import from_record, to_record
from diplo_cli.engines.tantivy_fields import in_pieces, out_of_pieces
from diplo_cli.errors import IndexBrokenError, QueryError
from diplo_cli.query.tree import All, And, AnyOf, Near, Not, Or, Phrase, Term

ANY = st.text(st.characters(exclude_categories=()), min_size=1, max_size=8)
# Weighted towards what is hidden, and what hides it.
TOKENS = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from("\0 \n\ud800\udfff\U0010d800\U0010dfff\U0010feff\U0010ff00\U0010ff20\U0010ffff"),
    min_size=1,
    max_size=8,
)


def entry(id_: str, *words: str) -> Entry:
    return Entry(Document(id=id_, path=id_, text=" ".join(words)), {"text": words}, 20240101)


@given(st.sampled_from(["text", "id"]), TOKENS, TOKENS)
def test_a_token_survives_the_way_to_rust_and_back(field: str, token: str, other: str) -> None:
    there = shown(field, token)
    assert there.encode()
    assert as_token(there) == token
    assert shown(field, token + other).startswith(there)
    assert shown(field, other).startswith(there) == other.startswith(token)


@given(TOKENS)
def test_an_id_survives_its_columns(id_: str) -> None:
    pieces = in_pieces(id_)
    columns = [[number] for number in pieces]
    assert out_of_pieces(columns) == [id_] if len(shown("id", id_).encode()) <= 40 else not any(pieces)
    used = 1 + max((at for at, number in enumerate(pieces) if number), default=0)
    assert out_of_pieces(columns[:used]) == out_of_pieces(columns)


@given(st.lists(TOKENS, min_size=1, max_size=6))
def test_joined_tokens_come_apart_where_ascii_space_is(tokens: list[str]) -> None:
    parts = re.split(r"[\t\n\f\r ]", joined("text", tokens))
    assert [as_token(part) for part in parts] == tokens


@given(ANY, ANY)
def test_bounded_tokens_are_short_and_ids_stay_two(one: str, other: str) -> None:
    long = bounded("id", one * 300), bounded("id", one * 300 + other)
    assert max(map(len, long)) <= 200
    assert len(set(long)) == 2
    assert bounded("id", long[0]) == long[0]
    assert bounded("text", one) == one


@given(
    st.builds(
        Document,
        id=ANY,
        path=ANY,
        text=ANY,
        title=ANY,
        words=st.integers(0, 9),
        actors=st.tuples(ANY),
        confidence=st.floats(0, 1),
        text_of=st.just(""),
    )
)
def test_documents_survive_as_records(document: Document) -> None:
    assert from_record(to_record(document)) == document


@pytest.mark.parametrize(
    "written", [b"", b"{", b"[]", b"\xff", b'{"id": "x"}', b'{"id":"x","path":"","text":"","no":1}']
)
def test_what_is_no_document_is_a_value_error(written: bytes) -> None:
    whole = zlib.compress(written)
    for stored in (whole, whole[:-1], written):
        with pytest.raises(ValueError):  # noqa: PT011 (json's, codecs', zlib's or ours)
            from_record(stored)


def test_layouts() -> None:
    assert list(phrase_offsets([("a",), (), ("b",)], 1)) == [(0, 2), (0, 3)]
    assert list(phrase_offsets([("a",), ("b",), ("c",)], 1)) == [(0, 1, 2), (0, 1, 3), (0, 2, 3)]
    assert sorted(near_offsets(2, 3)) == [(0, 1), (0, 2), (1, 0), (2, 0)]
    assert list(near_offsets(3, 2)) == []


def test_plain_trees() -> None:
    a, b, c = (Term("text", word) for word in "abc")
    assert plain(And((a, And((b, And((c,))))))) == And((a, b, c))
    assert plain(Or((Or((a, b)), AnyOf((c,))))) == Or((a, b, c))
    assert plain(Not(Not(Not(a)))) == Not(a)
    assert plain(And(())) == All()
    assert plain(And((a, Not(Or((b,)))))) == And((a, Not(b)))


def test_too_loose_a_phrase_is_refused(tmp_path: Path) -> None:
    engine = engine_module.open(tmp_path, create=True)
    words = tuple((word,) for word in "abcde")
    for query in (Near("text", words, 40), Phrase("text", words, slop=40)):
        with pytest.raises(QueryError, match="5 words"):
            engine.search(query, limit=1)
    assert engine.search(Near("text", words[:2], 2000), limit=1).total == 0
    engine.close()


def test_many_ties_are_ordered_by_id_across_segments(tmp_path: Path) -> None:
    engine = engine_module.open(tmp_path, create=True)
    ids = [f"{number * 7919 % 1200:04d}" for number in range(1200)] + ["z" * 300, "z" * 301]
    for start in range(0, len(ids), 400):
        with engine.writer() as writer:
            for id_ in ids[start : start + 400]:
                writer.add(entry(id_, "same", "words"))
    for sort in Sort:
        for limit in (1, 5, 700, None):
            found = engine.search(Term("text", "same"), limit=limit, sort=sort)
            assert [id_ for id_, _ in found.hits] == sorted(ids)[:limit]
            assert len({score for _, score in found.hits}) == 1
    engine.close()


def test_sessions_leave_no_files_behind(tmp_path: Path) -> None:
    engine = engine_module.open(tmp_path, create=True)
    counts = []
    for number in range(12):
        with engine.writer() as writer:
            writer.add(entry("one", f"w{number}"))
        counts.append(len(list(tmp_path.iterdir())))
    assert max(counts[4:]) <= max(counts[:4]) + 1
    assert list(engine.terms("text", "w")) == [("w11", 1)]
    engine.close()


def test_an_index_of_other_fields_is_broken(tmp_path: Path) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body")
    tantivy.Index(builder.build(), str(tmp_path))
    with pytest.raises(IndexBrokenError, match="schema"):
        engine_module.open(tmp_path)


READ = """
import os, sys, tempfile
from pathlib import Path
from diplo_cli.engines import tantivy, tantivy_writer  # while the files of diplo may still be read
from diplo_cli.engines.base import open_engine
from diplo_cli.errors import IndexLockedError
from diplo_cli.query.tree import Term
if os.getuid() == 0:  # whom no permission stops
    os.setgid(65534)
    os.setuid(65534)
engine = open_engine("tantivy", Path(sys.argv[1]))
print(engine.search(Term("text", "words"), limit=1).total, [one.id for one in engine.get(["a"])])
try:
    engine.writer()
except IndexLockedError as error:
    print(error.message.endswith("may only be read"))
sys.stdout.flush()
os._exit(0)  # as diplo ends: nothing is cleaned up
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing there")
def test_a_folder_that_may_not_be_written_is_read() -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as scratch:  # pytest's own nobody else may enter
        path = Path(folder)
        engine = engine_module.open(path, create=True)
        with engine.writer() as writer:
            writer.add(entry("a", "words"))
        engine.close()
        for file in path.iterdir():
            file.chmod(0o444)
        path.chmod(0o555)
        Path(scratch).chmod(0o777)
        environment = os.environ | {"TMPDIR": scratch}
        run = subprocess.run(
            [sys.executable, "-c", READ, folder], capture_output=True, text=True, check=False, env=environment
        )
        path.chmod(0o755)
        assert list(Path(scratch).iterdir()) == []
    assert (run.stdout, run.stderr) == ("1 ['a']\nTrue\n", "")
