"""What was worked out of late, by word: a library repeats its words, and a look into a dict is what a word costs from the second time on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from diplo_cli.text.fold import LONGEST_TERM

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """`remembered[word]` is `make(word)`, worked out when first asked for. At most twice `most` are kept: when these are full, those not asked for since the last time go.

    A plain dict beside a `functools.lru_cache`: two thirds of the time of a hit, and `map` can ask for a whole text's words at once. A longer word than any term is not kept.
    """

    def __init__(self, make: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most
        self._older: dict[str, Value] = {}

    def __missing__(self, word: str) -> Value:
        if word in self._older:
            value = self._older[word]
        else:
            value = self._make(word)
            if len(word) > LONGEST_TERM:
                return value
        if len(self) >= self._most:
            self._older = dict(self)
            self.clear()
        self[word] = value
        return value
