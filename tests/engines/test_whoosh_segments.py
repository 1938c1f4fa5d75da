"""The segments of an index of Whoosh."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from diplo_cli.engines import whoosh as engine_module
from diplo_cli.query.tree import All

from .generated import entries


@pytest.fixture
def same_dice() -> Iterator[None]:
    """A `random` that somebody seeds again and again."""
    state = random.getstate()
    yield
    random.setstate(state)


@pytest.mark.usefixtures("same_dice")
def test_segments_have_names_of_their_own_where_random_is_seeded(tmp_path: Path) -> None:
    listed = list(entries(seed=3, count=20))
    engine = engine_module.open(tmp_path / "index", create=True)
    for one in listed[:2]:
        random.seed(7)
        with engine.writer() as writer:
            random.seed(7)
            writer.add(one)
    assert {id_ for id_, _ in engine.search(All(), limit=None).hits} == {one.document.id for one in listed[:2]}
    engine.close()
