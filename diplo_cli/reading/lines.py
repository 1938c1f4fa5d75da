"""The lines of a stream that may be of any size, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from diplo_cli.reading import limits


def lines(stream: BinaryIO) -> Iterator[bytes | None]:
    r"""The lines of a stream with their "\n"; None for each that is longer than LONGEST_RECORD, which is passed over."""
    most = limits.LONGEST_RECORD
    while line := stream.readline(most):
        if len(line) == most and not line.endswith(b"\n"):
            while (rest := stream.readline(most)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line
