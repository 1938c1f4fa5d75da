"""The article of a web page, by trafilatura where it is installed (the extra `html`)."""

from __future__ import annotations

import logging
import re

LEAST = 250  # characters of an article: with fewer, trafilatura has taken a notice for one
LEAST_SHARE = 0.05  # of the page's visible text
LARGEST_PAGE = 300_000  # characters without scripts and styles: it is quadratic in how deep elements are nested

_HIDDEN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)


def article(markup: str, visible: str) -> str:
    """The text of the page's article, a paragraph a line; `visible`, all that the page shows, where none is found or trafilatura is not there.

    What becomes of each line is for structure.py to judge either way. 5–20 ms a page.
    """
    markup = _shown(markup)
    if len(markup) > LARGEST_PAGE:
        return visible
    try:
        import trafilatura
    except ImportError:
        return visible
    logging.getLogger("trafilatura").setLevel(
        logging.CRITICAL
    )  # it would warn on stderr of each page that it finds odd
    try:
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, fast=True) or ""
    except Exception:  # noqa: BLE001 (a page that a library of 20,000 lines stumbles over is read without it)
        return visible
    from diplo_cli.reading.text import plain

    found = plain(found)
    return found if len(found) >= max(LEAST, LEAST_SHARE * len(visible)) else visible


def _shown(markup: str) -> str:
    """A page without its scripts and styles, which show nothing and are most of a large one."""
    first, *rest = _HIDDEN.split(markup)
    return first + "".join(_HIDDEN_END.split(each, maxsplit=1)[-1] if _HIDDEN_END.search(each) else "" for each in rest)
