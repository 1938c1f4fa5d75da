"""Sharing the indexing of one library: which of its files a writer takes."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from diplo_cli.errors import DiploError

RANGE = 2**32
MOST_PARTS = 4_096


class Part(NamedTuple):
    """The part `number` (from 1) `of` so many."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def bounds(self) -> tuple[int, int]:
        """The places that are its own: from the first to below the second."""
        return RANGE * (self.number - 1) // self.of, RANGE * self.number // self.of

    def holds(self, key: str) -> bool:
        """Whether a file, as the index calls it, is of this part."""
        least, most = self.bounds
        return least <= place_of(key) < most


WHOLE = Part(1, 1)


def place_of(key: str) -> int:
    """Where a file stands among all, 0..2³²-1: by its name, so that a file more or less moves no other to another part."""
    return zlib.crc32(key.removesuffix(".txt").encode("utf-8", "surrogatepass"))


def parse_part(written: str) -> Part:
    """`3/16` as a part. Raises DiploError."""
    found = re.fullmatch(r"([0-9]{1,5})/([0-9]{1,5})", written.strip())
    part = Part(int(found[1]), int(found[2])) if found else WHOLE
    if not found or not 1 <= part.number <= part.of <= MOST_PARTS:
        raise DiploError(f"--part {written!r} is no part", "the third of sixteen is --part 3/16")
    return part
