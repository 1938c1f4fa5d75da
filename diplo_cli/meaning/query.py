"""The vector that a query is asked with once the document nearest to it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def midway(query: NDArray[np.float32], document: NDArray[np.float32]) -> NDArray[np.float32]:
    """The direction midway between a query's vector and a document's, as a matrix of one row, of length 1. They must not be opposites."""
    import numpy as np

    both = query + document
    both /= np.linalg.norm(both)
    return both[None, :]
