"""Results for a pipe: one record a line, tab-separated, no colour, no wrapping, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from diplo_cli.render.clean import clean, oneline


def write_records(
    out: TextIO, records: Iterable[Mapping[str, Any]], *, fields: Sequence[str], header: bool = False, end: str = "\n"
) -> None:
    """Records as tab-separated lines of `fields`; lists are joined by commas. `end` ends each: a line end or NUL."""
    if header:
        out.write("\t".join(fields) + end)
    out.writelines("\t".join(_cell(name, record[name]) for name in fields) + end for record in records)


def write_words(out: TextIO, words: Iterable[str], *, end: str = "\n") -> None:
    """Ids, paths or numbers, one a line. They go out as they are under NUL, where a file name may hold a line end."""
    out.writelines((word if end == "\0" else oneline(word)) + end for word in words)


def write_text(out: TextIO, header: Mapping[str, str], text: str) -> None:
    """A document: header lines `name: value`, a blank line, its text."""
    for name, value in header.items():
        if value:
            out.write(f"{name}: {oneline(value)}\n")
    out.write(f"\n{clean(text).strip()}\n")


def write_sentences(out: TextIO, sentences: Iterable[str]) -> None:
    """Text of documents, one sentence a line."""
    out.writelines(f"{_harmless(sentence)}\n" for sentence in sentences)


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return _harmless(",".join(f"{key}:{count}" for key, count in value.items()))
    if isinstance(value, (list, tuple)):
        return _harmless(",".join(str(each) for each in value))
    return oneline(str(value)) if name in ("id", "path") else _harmless(str(value))


def _harmless(text: str) -> str:
    """Text on one line, without what turns the line around. Ids and paths keep even that: they are handed on to other commands."""
    return clean(oneline(text))
