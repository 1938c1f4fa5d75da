"""Where an engine under test keeps its index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diplo_cli.engines.base import CLUSTER, EMBEDDED
from diplo_cli.engines.opensearch_place import Cluster
from tests.cluster.running import new_name

Place = Callable[[str], Path | Cluster]
ENGINES = (*EMBEDDED, pytest.param(CLUSTER, marks=pytest.mark.cluster))


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Where an engine may have an index of its own."""

    def make(name: str) -> Path | Cluster:
        folder = tmp_path_factory.mktemp("index") / "of" / name
        if name in EMBEDDED:
            return folder
        return Cluster(tuple(request.getfixturevalue("nodes").urls), new_name(), shards=2)

    return make
