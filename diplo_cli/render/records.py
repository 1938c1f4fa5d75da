"""Results as records: the fields of every schema, in order. Plain output and JSON are made of these."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.search.result import Answer, Group, Hit, SearchResult, heading

if TYPE_CHECKING:
    from diplo_cli.search.pairs import Pair
    from diplo_cli.search.similar import Similar
    from diplo_cli.search.spelled import Spelled
    from diplo_cli.search.statistics import Count
    from diplo_cli.search.stories import Story
    from diplo_cli.search.timeline import Period, Split
    from diplo_cli.summary.digest import Digest
    from diplo_cli.summary.summarise import Summary

Record = dict[str, Any]


class Paths:
    """How paths of files are written: relative to the working folder where they lie below it, else whole."""

    def __init__(self, root: Path, cwd: Path) -> None:
        self._root, self._cwd = root, cwd

    def show(self, key: str) -> str:
        """The path of the file that the index calls `key`."""
        path = os.path.join(self._root, key)  # noqa: PTH118 - a pathlib join costs ten times as much, once a record
        below = f"{self._cwd}{os.sep}"
        return path.removeprefix(below)


def hit(found: Hit, paths: Paths) -> Record:
    """`diplo.hit/1`."""
    document = found.document
    return {
        "schema": "diplo.hit/1",
        "id": document.id,
        "path": paths.show(document.path),
        "title": document.title,
        "date": document.date,
        "lang": document.lang,
        "countries": list(document.countries),
        "mentions": dict(document.mentions),
        "score": None if found.score is None else round(found.score, 4),
        "matched": [{"term": m.term, "why": m.why, "probability": round(m.probability, 4)} for m in found.matched],
        "snippet": found.snippet.text if found.snippet else "",
        "highlights": [list(span) for span in found.snippet.highlights] if found.snippet else [],
        "copy_of": found.copy_of,
    }


def search(command: str, result: SearchResult, groups: Sequence[Group], paths: Paths) -> Record:
    """`diplo.search/1` or `diplo.list/1`."""
    return {
        "schema": f"diplo.{command}/1",
        "query": result.query,
        "total": result.total,
        "partial": result.partial,
        "facets": {"languages": dict(result.languages), "countries": dict(result.countries)},
        "hits": [hit(each, paths) for each in result.hits],
        "groups": [_group(each) for each in groups],
    }


def _group(group: Group) -> Record:
    key: Record = {"lang": group.key[0]} if group.kind == "lang" else {"countries": list(group.key)}
    if group.groups:
        return key | {"groups": [_group(each) for each in group.groups]}
    return key | {"ids": [each.document.id for each in group.hits]}


def partial(told: bool) -> Record:
    """What an answer says where some of the index did not answer: nothing unless it is so."""
    return {"partial": True} if told else {}


def answer(given: Answer) -> Record:
    """`diplo.answer/1`."""
    record = {
        "schema": "diplo.answer/1",
        "query_id": given.query_id,
        "query": given.query,
        "total": given.total,
        "ids": list(given.ids),
    }
    return record | ({"error": given.error} if given.error else {}) | partial(given.partial)


def text(document: Document, paths: Paths) -> Record:
    """`diplo.text/1`."""
    return {
        "schema": "diplo.text/1",
        "id": document.id,
        "path": paths.show(document.path),
        "title": document.title,
        "date": document.date,
        "lang": document.lang,
        "countries": list(document.countries),
        "mentions": dict(document.mentions),
        "source": document.source,
        "text": document.text,
    }


def inspected(document: Document) -> Record:
    """`diplo.document/1`."""
    declared = {"lang_declared": document.lang_declared} if document.lang_declared else {}
    return {
        "schema": "diplo.document/1",
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "date": document.date,
        "lang": document.lang,
        "confidence": round(document.confidence, 4),
        **declared,
        "script": document.script,
        "countries": list(document.countries),
        "multilateral": document.multilateral,
        "mentions": dict(document.mentions),
        "actors": list(document.actors),
        "source": document.source,
        "publisher": document.publisher,
        "words": document.words,
        "dropped": [{"line": each.line, "reason": each.reason} for each in document.dropped],
    }


def summary(told: Summary) -> Record:
    """`diplo.summary/1`."""
    return {
        "schema": "diplo.summary/1",
        "id": told.id,
        "lang": told.lang,
        "title": told.title,
        "method": told.method,
        "sentences": [each._asdict() for each in told.sentences],
    }


def digest(told: Digest) -> Record:
    """`diplo.digest/1`."""
    return {
        "schema": "diplo.digest/1",
        "method": told.method,
        "documents": told.documents,
        "groups": [
            {
                "lang": group.lang,
                "countries": list(group.countries),
                "documents": group.documents,
                "sentences": [each._asdict() for each in group.sentences],
            }
            for group in told.groups
        ],
        "passed_over": [{"id": name, "reason": reason} for name, reason in told.passed_over.items()],
    }


def digest_sentences(told: Digest) -> Iterator[Record]:
    """`diplo.told/1`: each sentence of a digest, with the countries of its group."""
    for group in told.groups:
        for each in group.sentences:
            yield {
                "schema": "diplo.told/1",
                "lang": each.lang,
                "id": each.id,
                "text": each.text,
                "position": each.position,
                "date": each.date,
                "countries": list(group.countries),
            }


def count(each: Count) -> Record:
    """`diplo.count/1`."""
    return {"schema": "diplo.count/1", **each._asdict()}


def spelling(each: Spelled) -> Record:
    """`diplo.spelling/1`."""
    return {"schema": "diplo.spelling/1", **each._asdict()}


def pair(each: Pair) -> Record:
    """`diplo.pair/1`."""
    return {"schema": "diplo.pair/1", **each._asdict(), "languages": list(each.languages)}


def period(each: Period, split: Split) -> Record:
    """`diplo.period/1`: with the language or country where the timeline is split by them."""
    record = {"schema": "diplo.period/1", "period": each.period, "documents": each.documents}
    return record | ({split: each.key} if split else {})


def plain_hit(found: Hit) -> Record:
    """The fields of a plain record: `id date lang countries score title`. A date without a year is left out, for it cannot be sorted."""
    document = found.document
    return {
        "id": document.id,
        "date": "" if document.date.startswith("--") else document.date,
        "lang": document.lang,
        "countries": ",".join(document.countries),
        "score": "" if found.score is None else f"{found.score:.4f}",
        "title": heading(document),
    }


def similar(told: Similar) -> Record:
    """`diplo.similar/1`."""
    return {
        "schema": "diplo.similar/1",
        "id": told.document_id,
        "ids": [one for one, _ in told.hits],
        "scores": [round(score, 4) for _, score in told.hits],
    }


def story(told: Story) -> Record:
    """`diplo.story/1`."""
    return {
        "schema": "diplo.story/1",
        "story": told.number,
        "title": told.title,
        "documents": told.documents,
        "since": told.since,
        "until": told.until,
        "languages": list(told.languages),
        "countries": list(told.countries),
        "ids": list(told.ids),
        "copies": dict(told.copies),
    }


def choose_fields(stated: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names in `a,b,c`, each one of `known`; none where nothing is stated. Raises DiploError."""
    names = tuple(name.strip() for name in stated.split(",") if name.strip())
    known = list(known)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise DiploError(
                f"--fields: no field {name!r}", f"did you mean {near[0]}?" if near else f"fields: {', '.join(known)}"
            )
    return names


def keep_fields(record: Mapping[str, Any], names: Sequence[str]) -> Record:
    """The record with these fields only, in this order; the whole of it where none is named."""
    return {name: record[name] for name in names} if names else dict(record)
