"""Which sentences answer a query: what `summary --focus` prefers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from diplo_cli.document import Document
from diplo_cli.query.tree import Query
from diplo_cli.search.fullnames import Lexicon
from diplo_cli.search.leaf import Leaf
from diplo_cli.search.matching import find_matches
from diplo_cli.search.widen import Widener


class TextLexicon:
    """The words of a few texts, for widening a query where there is no index."""

    def __init__(self, documents: Iterable[Document]) -> None:
        from diplo_cli.names.lexicon import lexicon
        from diplo_cli.text.tokens import tokenize

        self._names: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        for document in documents:
            self._names.update(lexicon(document.text, tokenize(document.text)))
            self._languages[document.lang] += 1

    def terms(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """The lexicon of names; other fields are empty."""
        return sorted((term, n) for term, n in self._names.items() if field == "names" and term.startswith(prefix))

    def facets(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """The languages of the texts."""
        del query
        return {field: dict(self._languages) if field == "lang" else {} for field in fields}


class Favour:
    """Tells of a sentence whether it answers `query`, in any spelling; of none where the query is empty. Raises QueryError."""

    def __init__(self, lexicon: Lexicon, query: str) -> None:
        self._leaves: tuple[Leaf, ...] = ()
        if query:
            from diplo_cli.query.parser import parse

            self._leaves = Widener(lexicon).widen(parse(query)).leaves

    def of(self, lang: str) -> Callable[[str], bool] | None:
        """The test for sentences of a language; None where nothing is asked for."""
        if not self._leaves:
            return None
        return lambda sentence: bool(find_matches(sentence, lang, self._leaves))
