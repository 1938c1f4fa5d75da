"""How rare the words of a query are: what keeps a rare guess from outranking the word asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import log

from diplo_cli.query.tree import All
from diplo_cli.search.fullnames import Lexicon


class Rarity:
    """Tells words by the documents that have them, as the lexicon of names counts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def languages(self) -> dict[str, int]:
        """The documents of each language tag; each document has one."""
        return self._lexicon.facets(All(), ["lang"])["lang"]

    def documents(self, word: str) -> int:
        """The documents that have a folded word, or a run of letters that may be a name in a script without spaces; 0 for what is not in the lexicon."""
        from diplo_cli.names.candidates import standing

        return sum(standing(word, lambda prefix: self._lexicon.terms("names", prefix)))

    def weight(self, documents: int) -> float:
        """BM25's inverse document frequency: what a word that so many documents have counts where it stands once."""
        everything = max(sum(self.languages.values()), documents)
        return log(1 + (everything - documents + 0.5) / (documents + 0.5))

    def ratio(self, asked: Iterable[int], found: Iterable[int]) -> float:
        """What words found instead are multiplied by (over 0, at most 1) so that they count no more than those asked for.

        Both are given by the documents that have each; one that no document has is as rare as can be.
        """
        return min(1.0, sum(map(self.weight, asked)) / sum(map(self.weight, found)))
