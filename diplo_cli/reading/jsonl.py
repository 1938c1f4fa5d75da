"""JSON Lines: one document a line, `{id, text, title?, date?, lang?, script?, source?, publisher?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import LONGEST_TEXT, plain


def records(text: str, stem: str) -> Iterator[Raw | BadRecord]:
    r"""The documents of `text`, in order; a line that is none comes as a BadRecord, blank lines as nothing.

    Only "\n" ends a line: U+2028 and U+0085 may stand inside a JSON string. `stem` and the line's number make the id of a record
    without one (`may-17`). Unknown fields are left alone. Never raises.
    """
    start, number = 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start, number = text[start:end], end + 1, number + 1
        if line.strip():
            yield _record(line, number, stem)


def _record(line: str, number: int, stem: str) -> Raw | BadRecord:
    try:
        fields = json.loads(line)
    except ValueError as error:  # JSONDecodeError, and integers of more digits than Python converts
        reason = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        return BadRecord(number, f"not JSON: {reason}")
    except RecursionError:
        return BadRecord(number, "not a document: nested too deeply")
    if not isinstance(fields, dict):
        return BadRecord(number, f"not an object but {type(fields).__name__}")
    text = fields.get("text")
    if not isinstance(text, str):
        return BadRecord(number, 'no "text"' if text is None else '"text" is not a string')
    if not text.strip().strip("\ufeff"):
        return BadRecord(number, '"text" is empty')
    if len(text) > LONGEST_TEXT:
        return BadRecord(number, f'"text" has {len(text):,} characters; at most {LONGEST_TEXT:,} are read')
    lang = _string(fields.get("lang"))
    return Raw(
        text=plain(text),
        id=_string(fields.get("id")) or f"{stem}-{number}",
        title=" ".join(_string(fields.get("title")).split()),
        date=stated_date(_string(fields.get("date")), lang or "und"),
        lang_declared=lang,
        script_declared=_string(fields.get("script")),
        source=_string(fields.get("source")),
        publisher=_string(fields.get("publisher")),
    )


def _string(value: Any) -> str:
    """A field as a string: numbers as written, anything else that is no string as nothing."""
    if isinstance(value, str):
        return plain(value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
