"""Whether an index holds the articles of web pages or all that these show, as one library mixed of both would be."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from diplo_cli.errors import DiploError, extra_hint
from diplo_cli.indexing.entries import format_within
from diplo_cli.library.manifest import Head

PACKAGE = "trafilatura"
_READERS = frozenset(("webpage", "archive"))  # of files that hold pages; those told by their first bytes are let be


def package() -> str:
    """What takes the article out of a web page here: the package of the extra `html`, "" where it is not installed."""
    return PACKAGE if find_spec(PACKAGE) else ""


def differs(head: Head, names: Iterable[str]) -> str:
    """A warning where files of these `names` would be read otherwise than those of the index, "" where not.

    Raises DiploError where the index was built with a package that is not installed: what it was built with rules.
    """
    if head.html == package() or all(format_within(name).reader not in _READERS for name in names):
        return ""
    if head.html:
        raise DiploError(f"the index holds the articles of web pages, which need {PACKAGE}", extra_hint("html"))
    return "of web pages indexed from now on the article alone is taken; diplo index --rebuild does so for all"
