"""The engines on the repository's own documents, asked what users ask, against the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diplo_cli.engines.base import Engine, Entry, open_engine
from diplo_cli.indexing.entries import entries
from diplo_cli.query.parser import parse
from diplo_cli.search.widen import Widener
from tests.conftest import ENGINES, Place

from .oracle import Oracle
from .test_conformance import check, counted

SEEDS = Path(__file__).parents[2] / "seeds"
QUERIES = [
    "Tokayev", "توكاييف", "Kazakhstan", "Қозоғистон", "savdo", "halal", '"water infrastructure"', "water security", "Anwar Ibrahim",
    '"Anwar Ibrahim"', "tok*", "tokaev~", "=Tokayev", "Tokayev -halal", "halal OR savdo", "NOT Tokayev", "lang:uz", "country:KZ title:Kazakhstan",
    "pair:KZ-MY", "date:2024", "mentions:UZ", "source:astroawani.com", "nothingatall",
]  # fmt: skip
Library = tuple[Engine, Oracle]


@pytest.fixture(scope="module", params=ENGINES)
def library(request: pytest.FixtureRequest, place: Place) -> Iterator[Library]:
    files = sorted(SEEDS.glob("*.txt"))
    found = [one for file in files for one in entries(file.read_bytes(), file.name, file.stem)]
    held = [one for one in found if isinstance(one, Entry)]
    assert len(held) == len(files) == 5
    engine = open_engine(request.param, place(request.param), create=True)
    with engine.writer() as writer:
        for one in held:
            writer.add(one)
    yield engine, Oracle(held)
    engine.close()


@pytest.mark.parametrize("text", QUERIES)
def test_what_users_ask_is_answered_as_the_oracle_says(library: Library, text: str) -> None:
    query = Widener(library[0]).widen(parse(text)).query
    check(library, query, size=2)
    counted(library, query)


def test_texts_come_back_as_they_were_read(library: Library) -> None:
    engine, oracle = library
    assert engine.get(list(oracle.entries)) == [entry.document for entry in oracle.entries.values()]
