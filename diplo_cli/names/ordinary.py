"""Words that are nobody's name in scripts without capitals, which do not tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from diplo_cli.names.inflection import bare

_FOLDER = Path(__file__).parents[1] / "data" / "names" / "ordinary"
_SCRIPTS = ("Arab", "Deva")


@cache
def _listed(script: str) -> frozenset[bytes]:
    """The words of a script (tools/build_ordinary.py made the list): some 6,000, read in 0.3 ms as bytes, half of what they take as text."""
    return frozenset((_FOLDER / f"{script}.txt").read_bytes().split(b"\n"))


def is_ordinary(term: str, script: str) -> bool:
    """Whether a folded word, or what is left of it without particles, is an ordinary word of a script without capitals."""
    if script not in _SCRIPTS:
        return False
    listed = _listed(script)
    return any(form.encode("utf-8", "replace") in listed for form in (term, *bare(term, script)) if form)
