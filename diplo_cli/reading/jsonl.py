"""JSON Lines: one document a line, `{id, text, title?, date?, lang?, script?, source?, publisher?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import LONGEST_TEXT, one_line, plain


def records(text: str) -> Iterator[Raw | BadRecord]:
    r"""The documents of `text`, in order; a line that is none comes as a BadRecord, blank lines as nothing.

    Only "\n" ends a line: U+2028 and U+0085 may stand inside a JSON string. Each document has its line's number (1-based), and no
    id where the record has none. Unknown fields are left alone. Never raises.
    """
    start, number = 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start, number = text[start:end], end + 1, number + 1
        if line.strip():
            yield _record(line, number)


def _record(line: str, number: int) -> Raw | BadRecord:
    try:
        fields = json.loads(line)
    except ValueError as error:  # JSONDecodeError, and integers of more digits than Python converts
        place = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ": a number is too long"
        return BadRecord(number, f"is not valid JSON{place}")
    except RecursionError:
        return BadRecord(number, "is nested too deeply")
    if not isinstance(fields, dict):
        return BadRecord(number, "is not a JSON object")
    text = fields.get("text")
    if not isinstance(text, str):
        return BadRecord(number, 'has no "text"' if text is None else 'has a "text" that is not a string')
    if is_blank(text):
        return BadRecord(number, 'has an empty "text"')
    if len(text) > LONGEST_TEXT:
        return BadRecord(number, f'has a "text" of {len(text):,} characters; at most {LONGEST_TEXT:,} are read')
    document_id = _string(fields.get("id"))
    if "\0" in document_id:  # no argument of a command can hold it: such a document could not be asked for
        return BadRecord(number, 'has a NUL character in its "id"')
    lang = _string(fields.get("lang"))
    return Raw(
        text=plain(text),
        id=document_id,
        title=one_line(_string(fields.get("title"))),
        date=stated_date(_string(fields.get("date")), lang or "und"),
        lang_declared=lang,
        script_declared=_string(fields.get("script")),
        source=_string(fields.get("source")),
        publisher=_string(fields.get("publisher")),
        number=number,
    )


def _string(value: Any) -> str:
    """A field as a string: numbers as written, anything else that is no string as nothing."""
    if isinstance(value, str):
        return plain(value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
