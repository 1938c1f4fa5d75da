"""The engine on a cluster against the oracle on 5,000 documents: those of the folder that DIPLO_GROWN names (*.txt), else generated ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplo_cli.engines.base import CLUSTER, Entry, Sort, open_engine
from diplo_cli.indexing.entries import entries as read
from diplo_cli.query.parser import parse
from diplo_cli.query.tree import Query
from diplo_cli.search.widen import Widener
from tests.conftest import Place
from tests.engines.generated import entries as generated
from tests.engines.oracle import Oracle
from tests.engines.test_conformance import Library, check, counted, pages

pytestmark = pytest.mark.cluster
MANY = 5_000
QUERIES = (
    "Tokayev", "توكاييف", "Мирзиёев", "托卡耶夫", "Kazakhstan", "water OR trade", "minister -visit", '"prime minister"', "minist*",
    "lang:ru Казахстан", "country:KZ lang:en", "Lavrov Guterres", "date:2024", "NOT lang:en", "visit talks",
)  # fmt: skip


class Words(list[str]):
    """Tokens in order, which answer at once whether one is among them."""

    distinct: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return word in self.distinct


def quick(entry: Entry) -> Entry:
    tokens = {field: Words(held) for field, held in entry.tokens.items()}
    for words in tokens.values():
        words.distinct = frozenset(words)
    return entry._replace(tokens=tokens)


class Remembering(Oracle):
    """An oracle of many documents, which looks through them once for each query."""

    known: tuple[Query, set[str]] | None = None

    def matching(self, query: Query) -> set[str]:
        if self.known is None or self.known[0] != query:
            self.known = query, super().matching(query)
        return self.known[1]


@pytest.fixture(scope="module")
def library(place: Place) -> Iterator[Library]:
    folder = os.environ.get("DIPLO_GROWN", "")
    if folder:
        files = sorted(Path(folder).rglob("*.txt"))[:MANY]
        found = [one for file in files for one in read(file.read_bytes(), file.name, file.stem)]
        held = [one for one in found if isinstance(one, Entry)]
    else:
        held = generated(seed=9, count=MANY)
    engine = open_engine(CLUSTER, place(CLUSTER), create=True)
    with engine.writer() as writer:
        for entry in held:
            writer.add(entry)
    yield engine, Remembering(map(quick, held))
    engine.close()


@pytest.mark.parametrize("text", QUERIES)
def test_five_thousand_documents_are_answered_as_the_oracle_says(library: Library, text: str) -> None:
    engine, oracle = library
    query = Widener(engine).widen(parse(text)).query
    check(library, query, size=100)
    counted(library, query)
    if len(oracle.matching(query)) < MANY // 2:
        for sort in Sort:
            assert tuple(pages(engine, query, 97, sort)) == engine.search(query, limit=None, sort=sort).hits


def test_the_lexicon_of_names_is_whole(library: Library) -> None:
    engine, oracle = library
    assert list(engine.terms("names", "")) == oracle.terms("names", "")
    assert engine.info().documents == len(oracle.entries)
