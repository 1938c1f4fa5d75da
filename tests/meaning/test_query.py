from __future__ import annotations

import numpy as np
import pytest

from diplo_cli.meaning.query import midway


def test_midway_is_as_near_to_both_and_of_length_1() -> None:
    query, document = np.array([1, 0, 0], np.float32), np.array([0, 0.6, 0.8], np.float32)
    found = midway(query, document)
    assert found.shape == (1, 3)
    assert float(np.linalg.norm(found)) == pytest.approx(1)
    assert float(found[0] @ query) == pytest.approx(float(found[0] @ document)) == pytest.approx(0.5**0.5)


def test_nothing_that_is_given_changes() -> None:
    query, document = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    midway(query, document)
    assert query.tolist() == [1, 0]
    assert document.tolist() == [0, 1]
