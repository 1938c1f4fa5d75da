"""Which sentences cannot stand alone.

They open inside a quotation, or with a word that points back ("He added …"), or are a quotation of someone who is named
so ("We agree," he said).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from diplo_cli.text.fold import fold

FILE = Path(__file__).parent.parent / "data" / "summary" / "pointing_back.txt"

QUOTES = re.compile('["“”„‟«»「」『』]')
QUOTES_OPEN, QUOTES_CLOSE = '"“„‟«「『', '"”»」』'
FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
WORD = re.compile(r"[^\W_]+")
UNSPACED = ("zh", "ja", "th", "my", "km", "lo")
OPENING = 48
"""Letters at the start of a sentence, or after a quotation, in which its first words are looked for."""


@cache
def _pointing_back(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a language that point back: as whole words, and as beginnings for scripts without spaces."""
    lines = [line.partition("\t") for line in FILE.read_text(encoding="utf-8").split("\n")]
    listed = {tag: words.split() for tag, _, words in lines if tag}
    base = lang.partition("-")[0]
    words = listed.get(lang) or listed.get(base, [])
    return (frozenset(), tuple(words)) if base in UNSPACED else (frozenset(map(fold, words)), ())


def cannot_stand_alone(text: str, spans: Sequence[tuple[int, int]], lang: str) -> dict[int, int]:
    """For each sentence (its index in `spans`) that needs the one before it, the index of that one.

    The first sentence of a text needs none.
    """
    words, beginnings = _pointing_back(lang)
    needs: dict[int, int] = {}
    last = 0
    open_quotes: list[str] = []
    for i, (start, end) in enumerate(spans):
        if "\n" in text[last:start]:
            open_quotes = []  # a quotation of several paragraphs opens each anew and closes the last only
        _follow(open_quotes, text[last:start])
        inside = bool(open_quotes)
        opening = text[start : min(end, start + OPENING)]
        first = FIRST_WORD.match(opening)
        back = first is not None and (fold(first[1]) in words or opening.startswith(beginnings))
        if i and (inside or back or _said_by_someone(text[start:end], words, beginnings)):
            needs[i] = i - 1
        _follow(open_quotes, text[start:end])
        last = end
    return needs


def _said_by_someone(sentence: str, words: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    """Whether a sentence that opens with a quotation goes on with a word that points back, or has one next: said he."""
    if sentence[0] not in QUOTES_OPEN:
        return False
    closing = QUOTES_CLOSE + "“" * (sentence[0] == "„")
    close = next((found.end() for found in QUOTES.finditer(sentence, 1) if found[0] in closing), 0)
    after = sentence[close : close + OPENING] if close else ""
    said = [fold(word) for word in WORD.findall(after)[:2]]
    return any(word in words for word in said) or any(word in after[:4] for word in beginnings)


def _follow(open_quotes: list[str], passage: str) -> None:
    """Bring the stack of open quotation marks up to date.

    “ closes after „ (German, Czech); an unmatched closing mark is let pass.
    """
    for mark in QUOTES.findall(passage):
        if mark == '"' or (mark == "“" and open_quotes[-1:] == ["„"]):
            if open_quotes[-1:] in (['"'], ["„"]):
                open_quotes.pop()
            else:
                open_quotes.append(mark)
        elif mark in "“„‟«「『":
            open_quotes.append(mark)
        elif open_quotes:
            open_quotes.pop()
