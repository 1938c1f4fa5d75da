"""Tokens as text that engines take: each token as another text, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diplo_cli.engines.base import FIELDS

# Fields whose tokens tantivy is given joined by spaces: some 300 names a document cost half as much so as one by one.
JOINED = frozenset(field for field, kind in FIELDS.items() if kind != "set") | {"names"}
# Rust and JSON have no lone surrogates, tokenizers would split at spaces, and NUL fills tantivy's columns of ids up: they
# stand as private-use characters. Those characters themselves stand behind an escape, so that no two tokens become one.
ESCAPE = "\U0010feff"
_SURROGATES = 0x100000  # U+D800–DFFF stand as U+10D800–DFFF
_CONTROLS = 0x10FF00  # U+0000–0020 stand as U+10FF00–FF20
_TAKEN = "\U0010d800-\U0010dfff\U0010ff00-\U0010ff20"
_HIDDEN_IN_WORDS = f"[\t\n\f\r \ud800-\udfff{_TAKEN}{ESCAPE}]"
_HIDDEN_IN_MEMBERS = f"[\0\ud800-\udfff{_TAKEN}{ESCAPE}]"
_STOOD_IN = f"{ESCAPE}(.)|[{_TAKEN}]"
_SPACE = re.compile(r"[\t\n\f\r ]")
_PLANE_16 = 0xF4  # begins each of the private-use characters in UTF-8, and no other that is in use


def shown(field: str, token: str) -> str:
    """A bounded token as an engine gets it: each token as another text, prefixes as prefixes.

    Edits of a `Fuzzy` are counted in this text: one of a character that is escaped (private use, in no word) may be two.
    """
    member = field not in JOINED
    try:
        plain_text = _PLANE_16 not in token.encode() and not ("\0" in token if member else _SPACE.search(token))
    except UnicodeEncodeError:
        plain_text = False
    return token if plain_text else re.sub(_HIDDEN_IN_MEMBERS if member else _HIDDEN_IN_WORDS, _hidden, token)


def _hidden(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= ord(" "):
        return chr(_CONTROLS + code)
    return ESCAPE + found[0] if code > _SURROGATES else chr(_SURROGATES + code)


def _shown_again(found: re.Match[str]) -> str:
    escaped: str | None = found[1]
    code = ord(found[0][0])
    return escaped or chr(code - (_CONTROLS if code >= _CONTROLS else _SURROGATES))


def as_token(stored: str) -> str:
    """The token that `shown` made `stored` of."""
    if stored.isascii() or _PLANE_16 not in stored.encode():
        return stored
    return re.sub(_STOOD_IN, _shown_again, stored, flags=re.DOTALL)


def are_tokens(stored: Iterable[str]) -> bool:
    """Whether `as_token` leaves all of these as they are: thousands at once take a third of one by one."""
    text = "".join(stored)
    return text.isascii() or _PLANE_16 not in text.encode()


def joined(field: str, tokens: Sequence[str]) -> str:
    """Tokens as one text for the whitespace tokenizer."""
    text = " ".join(tokens)
    try:
        there = _PLANE_16 in text.encode()
        if not there and text.count(" ") == len(tokens) - 1 and not any(space in text for space in "\t\n\f\r"):
            return text
    except UnicodeEncodeError:
        pass
    return " ".join(shown(field, token) for token in tokens)
