"""JSON Lines: one document a line, `{id, text, title?, date?, lang?, script?, source?, publisher?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits, record
from diplo_cli.reading.lines import lines
from diplo_cli.reading.raw import BadRecord, Raw


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    r"""The documents of a stream, in order; a line that is none comes as a BadRecord, blank lines as nothing.

    Only "\n" ends a line: U+2028 and U+0085 may stand inside a JSON string. Each document has its line's number (1-based), and no
    id where the record has none. A line that is not UTF-8, as JSON Lines are by definition, is a BadRecord, too; raises ReadingError
    where there is a NUL among the first 4,096 bytes, as in UTF-16.
    """
    if b"\0" in stream.read(4096):
        raise ReadingError(f"{shown} is not JSON Lines in UTF-8", 'write one {"id": …, "text": …} a line, in UTF-8')
    stream.seek(0)
    for number, line in enumerate(lines(stream), start=1):
        if line is None:
            yield BadRecord(number, f"is longer than {limits.LONGEST_RECORD // 1_000_000} MB")
        else:
            try:
                text = line.decode("utf-8", "surrogatepass")  # half a character is one sign that is not shown
            except UnicodeDecodeError as error:
                yield BadRecord(number, f"is not UTF-8 at byte {error.start + 1}")
                continue
            text = text.removeprefix("\ufeff") if number == 1 else text
            if text.strip():
                yield _record(text, number)


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
    return record.document(fields, number)
