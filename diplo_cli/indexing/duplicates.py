"""The text of exact duplicates, stored once: with the first document that has it. The others keep that one's id, and hand the text on when it leaves the library."""

from __future__ import annotations

from collections.abc import Iterable

from diplo_cli.engines.base import Engine, Entry, Writer
from diplo_cli.engines.expand import LONGEST_TOKEN, bounded
from diplo_cli.engines.record import from_record, to_record
from diplo_cli.indexing.entries import entry_from
from diplo_cli.query.tree import And, Term

_REMEMBERED = 500_000  # texts of this update: 60 MB
_LOOKED_AT = 16  # near copies that may be the very same text


class Texts:
    """Which document keeps a text, in one update of an index with one writer. `leaving`: the paths whose documents the update takes out of the index.

    A text of this update is told by its digest. One of an earlier update is looked for among its near copies (text/signature.py), so only from 50 words on.
    """

    def __init__(self, engine: Engine, leaving: Iterable[str]) -> None:
        info = engine.info()
        self._engine = engine
        self._one_writer = info.writers == "one"  # others might take out what these documents lean on
        self._has_documents = info.documents > 0
        self._leaving = {bounded("path", path) for path in leaving}
        self._keepers: dict[bytes, str] = {}

    def hand_on(self, writer: Writer) -> None:
        """Give the texts of documents that leave to the first of those that stay; to be called before any leaves."""
        if not (self._one_writer and self._has_documents):
            return
        keepers = {keeper_id for keeper_id, _ in self._engine.terms("text_of", "")}
        if len(self._leaving) < len(keepers):
            held = (self._engine.search(Term("path", path), limit=None).hits for path in self._leaving)
            keepers &= {id_ for hits in held for id_, _ in hits}
        for keeper_id in sorted(keepers):
            keeper = self._engine.get([keeper_id])
            if not keeper or not self._leaves(keeper[0].path):
                continue
            leaning = self._engine.search(Term("text_of", keeper_id), limit=None).hits
            staying = [each for each in self._engine.get([id_ for id_, _ in leaning]) if not self._leaves(each.path)]
            for number, document in enumerate(staying):
                entry = entry_from(document._replace(text_of=""))
                if number:
                    writer.add(_leaning(entry, staying[0].id))
                else:
                    self._keepers[entry.text_key] = document.id
                    writer.add(entry)

    def once(self, entry: Entry) -> Entry:
        """An entry that is about to be added, without its text where the index has that already."""
        if not self._one_writer or not entry.text_key or len(entry.document.id) > LONGEST_TOKEN:
            return entry
        keeper = self._keepers.get(entry.text_key)
        if keeper is None:
            keeper = self._kept_before(entry)
            if len(self._keepers) < _REMEMBERED:
                self._keepers[entry.text_key] = keeper or entry.document.id
        return _leaning(entry, keeper) if keeper else entry

    def _kept_before(self, entry: Entry) -> str:
        """The document committed before that keeps the text, and stays; "" where there is none."""
        copies = entry.tokens.get("copy", ())
        if not (self._has_documents and copies):
            return ""
        near = self._engine.search(And(tuple(Term("copy", term) for term in copies)), limit=_LOOKED_AT).hits
        found = self._engine.get([id_ for id_, _ in near])
        if not found:
            return ""
        text = (from_record(entry.stored) if entry.stored else entry.document).text
        same = (each for each in found if each.text == text and not each.text_of and not self._leaves(each.path))
        return next((each.id for each in same if len(each.id) <= LONGEST_TOKEN), "")

    def _leaves(self, path: str) -> bool:
        return bounded("path", path) in self._leaving


def _leaning(entry: Entry, keeper: str) -> Entry:
    document = (from_record(entry.stored) if entry.stored else entry.document)._replace(text_of=keeper)
    return entry._replace(document=document, tokens={**entry.tokens, "text_of": [keeper]}, stored=to_record(document))
