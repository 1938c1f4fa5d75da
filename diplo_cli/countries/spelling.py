"""The form under which a name of a country is kept and looked up."""

from __future__ import annotations

import unicodedata

from diplo_cli.text.fold import fold

# Beyond folding: letters that are another letter in print but one with the next in a country's name, across spellings and suffixes (Китай, Китая; Чечня, Европа).
_LETTERS = str.maketrans("йўїےۇۆۈۋڕڵ", "иуіيوووو\u0631\u0644")
_MARKED = frozenset({"vi", "yo", "ig"})  # tones tell words apart: Bỉ is Belgium, bị makes a passive


def key(word: str) -> str:
    """Give the form under which a word is kept and looked up: folded, and й taken for и, so that a stem ends where an ending begins."""
    return folded_key(fold(word))


def folded_key(term: str) -> str:
    """Give the `key` of a term, which is folded already."""
    return term if term.isascii() else term.translate(_LETTERS)


def marked_key(word: str) -> str:
    """Give the form for languages whose marks tell words apart: composed and without case."""
    return unicodedata.normalize("NFC", word).casefold()


def has_marked_keys(lang: str) -> bool:
    """Tell whether `lang` looks words up by `marked_key`."""
    return lang.partition("-")[0] in _MARKED


def name_key(typed: str) -> str:
    """Give the key of a whole name in the table of names: that of its words, without spaces, hyphens or anything else between them."""
    return "".join(letter for letter in key(typed) if letter.isalnum() or unicodedata.category(letter)[0] == "M")
