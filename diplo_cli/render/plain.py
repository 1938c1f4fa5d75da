"""Results for a pipe: one record a line, tab-separated, no colour, no wrapping, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from diplo_cli.render.clean import clean, oneline

_BREAKS = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_HALVES = r"[\ud800-\udc7f\udd00-\udfff]"  # U+DC80..U+DCFF: bytes of file names (surrogateescape)


def write_records(
    out: TextIO, records: Iterable[Mapping[str, Any]], *, fields: Sequence[str], header: bool = False, end: str = "\n"
) -> None:
    """Records as tab-separated lines of `fields`; lists are joined by commas. `end` ends each: a line end or NUL."""
    if header:
        out.write("\t".join(fields) + end)
    out.writelines("\t".join(_cell(name, record[name]) for name in fields) + end for record in records)


def write_words(out: TextIO, words: Iterable[str], *, end: str = "\n") -> None:
    """Ids or paths, one a line. Under NUL they go out as they are, for a file name may hold a line end."""
    out.writelines((_sayable(word) if end == "\0" else _handed_on(word)) + end for word in words)


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
    if name in ("id", "path"):
        return _handed_on(str(value))
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{count}" for key, count in value.items())
    if isinstance(value, (list, tuple)):
        if all(isinstance(each, str) for each in value):
            return _harmless(",".join(value))
        from diplo_cli.render.json import dumps

        return _harmless(dumps(value))
    return _harmless(str(value))


def _harmless(text: str) -> str:
    """Text on one line, without what turns the line around."""
    return clean(oneline(text))


def _handed_on(word: str) -> str:
    """An id or path on one line: the bytes of a file name that are no UTF-8 stay, for other commands are to find the file."""
    return word if word.isprintable() else _sayable(re.sub(_BREAKS, " ", word))


def _sayable(word: str) -> str:
    """Half characters that stand for no byte cannot be written at all."""
    return word if word.isprintable() else re.sub(_HALVES, "\ufffd", word)
