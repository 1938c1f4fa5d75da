"""What an id means where there are more than can be listed: a cluster is asked for some ids, never for all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from diplo_cli.engines.base import EngineInfo
from diplo_cli.errors import AmbiguousIdError, UnknownNameError
from diplo_cli.library.ids import FAR, find_id, shortest


class Endless:
    """An engine on a cluster with ids without end: n0000000, n0000001, …"""

    def __init__(self) -> None:
        self.listed = 0
        self.counted = 0

    def info(self) -> EngineInfo:
        self.counted += 1
        return EngineInfo("opensearch", 10**10, "", "many")

    def terms(self, _field: str, prefix: str) -> Iterator[tuple[str, int]]:
        for number in count():
            one = f"n{number:07}"
            if one.startswith(prefix):
                self.listed += 1
                yield one, 1
            if number > 3 * FAR and not "n".startswith(prefix):
                return


def test_few_ids_are_listed_of_a_large_cluster() -> None:
    engine = Endless()
    assert find_id(engine, "n0000042") == "n0000042"  # type: ignore[arg-type]
    assert engine.listed < 20
    assert engine.counted == 0  # two questions to a cluster
    with pytest.raises(AmbiguousIdError, match="begins the ids of more than 10,000 documents"):
        find_id(engine, "n")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="no document") as caught:
        find_id(engine, "xyzw")  # type: ignore[arg-type]
    assert caught.value.hint == "ids: diplo list --ids"
    with pytest.raises(UnknownNameError, match="no document") as caught:
        find_id(engine, "n000004x")  # type: ignore[arg-type]
    assert caught.value.hint.startswith("did you mean n000")
    assert engine.listed < 4 * FAR


def test_the_shortest_prefix_takes_few_questions() -> None:
    engine = Endless()
    assert shortest(engine, "n0000042") == "n0000042"  # type: ignore[arg-type]
    assert engine.listed < 20
