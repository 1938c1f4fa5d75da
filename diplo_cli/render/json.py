"""Results as JSON: one object, or one record a line. Escapes what is not safe to print, and nothing that is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

# What json leaves bare though a terminal acts on it or a line reader ends a line at it: DEL, C1, bidi controls, U+2028/9, lone surrogates.
_BARE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(value: object) -> str:
    """`value` as one line of JSON that no terminal acts on."""
    return _BARE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def write_object(out: TextIO, value: Mapping[str, Any]) -> None:
    """One object on one line."""
    out.write(f"{dumps(value)}\n")


def write_lines(out: TextIO, records: Iterable[Mapping[str, Any]]) -> None:
    """One record a line, each as soon as it is known."""
    out.writelines(f"{dumps(record)}\n" for record in records)
