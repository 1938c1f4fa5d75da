"""The words of a language that say nothing of what a sentence is about; made by tools/build_stopwords.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "summary" / "stopwords"

NEIGHBOURS = {"nb": "no", "nn": "no", "bs": "hr", "fil": "tl", "prs": "fa", "sh": "hr", "iw": "he", "in": "id"}
"""Languages that read the list of another one, of which they are a form or the near twin."""


@cache
def stop_words(lang: str) -> frozenset[str]:
    """The folded stop-words of a BCP-47 tag, or of its base language where the tag has none; empty where unknown."""
    base = lang.partition("-")[0]
    for name in (lang, base, NEIGHBOURS.get(base, base)):
        path = FOLDER / f"{name}.txt"
        if len(name) < 16 and name.replace("-", "").isalnum() and path.is_file():
            return frozenset(path.read_text(encoding="utf-8").split())
    return frozenset()
