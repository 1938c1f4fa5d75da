"""What was worked out of late, by word: a library repeats its words, and a look into a dict is what a word costs from the second time on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from diplo_cli.text.fold import LONGEST_TERM

Value = TypeVar("Value")
TOGETHER = 2_000  # words


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


class RememberedTogether(dict[str, Value]):
    """As `Remembered`, of what is worked out for many words at once in less time than one by one. `make` gives the value of each word.

    What is kept may go beyond `most` by TOGETHER.
    """

    def __init__(self, make: Callable[[Sequence[str]], Mapping[str, Value]], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most
        self._older: dict[str, Value] = {}

    def of(self, words: Sequence[str]) -> list[Value]:
        """The value of each word, none of them longer than a term; in order."""
        found: list[Value] = []
        for at in range(0, len(words), TOGETHER):
            some = words[at : at + TOGETHER]
            if len(self) >= self._most:
                self._older = dict(self)
                self.clear()
            older, new = self._older, []
            for word in [word for word in some if word not in self]:
                if word in older:
                    self[word] = older[word]
                else:
                    new.append(word)
            if new:
                self.update(self._make(new))
            found += map(self.__getitem__, some)
        return found
