"""Full names as nodes that every engine answers alike, and where they are met in a text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from diplo_cli.engines.base import Engine, open_engine
from diplo_cli.indexing.entries import entry_of
from diplo_cli.query.parser import parse
from diplo_cli.reading.raw import Raw
from diplo_cli.search.fullnames import Beside, Part, met
from diplo_cli.search.widen import Widener
from tests.conftest import ENGINES, Place

TEXTS = {
    "en": ("en", "The minister said that Anwar Ibrahim had met the press on Monday."),
    "ar": ("ar", "وقال إن أنور إبراهيم التقى الصحفيين يوم الاثنين"),
    "ru": ("ru", "Министр сказал, что Анвар Ибрагим встретился с журналистами."),
    "turned": ("ru", "В списке стоит: Ибрагим Анвар, министр иностранных дел."),
    "zh": ("zh", "马来西亚总理安瓦尔·易卜拉欣周一会见了记者。"),
    "other": ("ru", "Анвар Садат и Ибрагим Линкольн не встречались, сказал министр."),
    "none": ("en", "Nobody said anything about the minister."),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, place: Place) -> Iterator[Engine]:
    opened = open_engine(request.param, place(request.param), create=True)
    with opened.writer() as writer:
        for name, (lang, text) in TEXTS.items():
            writer.add(entry_of(Raw(text, lang_declared=lang), name, name))
    yield opened
    opened.close()


def found(engine: Engine, query: str) -> set[str]:
    return {name for name, _ in engine.search(Widener(engine).widen(parse(query)).query, limit=None).hits}


@pytest.mark.parametrize("name", ["Anwar Ibrahim", "Ibrahim Anwar", "Анвар Ибрагим", "安瓦尔·易卜拉欣"])
def test_every_engine_finds_the_same_bearers(engine: Engine, name: str) -> None:
    assert found(engine, name) >= {"en", "ar", "ru", "turned", "zh"}
    assert "none" not in found(engine, name)


def test_a_phrase_keeps_its_order(engine: Engine) -> None:
    assert found(engine, '"Anwar Ibrahim"') == {"en", "ar", "ru", "zh"}


def test_particles_and_initials_may_be_missing(engine: Engine) -> None:
    assert found(engine, "Anwar bin Ibrahim") >= {"ar", "ru", "turned"}


def _part(*terms: str, size: int = 1) -> Part:
    return Part(terms, (terms[0], terms[-1]), size, 3.0, exact=False)


def test_where_a_full_name_is_met() -> None:
    one = Beside((_part("a"),), (_part("b"),))
    assert [(each.first, each.second) for each in met(["b", "a", "x", "a", "b"], [one])] == [
        ((1, 2), (0, 1)),
        ((3, 4), (4, 5)),
    ]
    assert [each.first for each in met(["b", "a", "x", "a", "b"], [one._replace(ordered=True)])] == [(3, 4)]
    assert met(["a", "x", "b"], [one]) == []
    assert len(met(["a", "x", "b"], [one._replace(window=3)])) == 1
    assert met([], [one]) == []
