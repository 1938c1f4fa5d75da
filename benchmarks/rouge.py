"""ROUGE-1, -2 and -L for text in any script.

PyPI's `rouge-score` strips what is not Latin, and gives 0 to two identical Cyrillic strings.

Words are split here and not by diplo, so that what is scored does not choose its own scale.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u0e30-\u0e4e"
WORD = re.compile(rf"[^\W_](?:[\w{MARKS}]|['’ʻʼ‘`-](?=\w))*")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
UNWRITTEN = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f]")
ONE_LETTER = str.maketrans("أإآٱىةؤئیکہۃё", "اااايهوييكههе")


def words(text: str) -> list[str]:
    """The words of a text in small letters; pairs of letters for scripts without spaces.

    Arabic loses its vowel signs and the variants of its letters.
    """
    plain = UNWRITTEN.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(ONE_LETTER)
    found: list[str] = []
    for word in WORD.findall(plain):
        unspaced = len(word) > 2 and UNSPACED.search(word)
        found += [word[i : i + 2] for i in range(len(word) - 1)] if unspaced else [word]
    return found


def overlap(text: Sequence[str], reference: Sequence[str], n: int) -> tuple[float, float]:
    """(recall, F1) of the n-grams of two lists of words, 0..1; for n = 0 of their longest common subsequence."""
    if n:
        mine, theirs = (Counter(zip(*[side[i:] for i in range(n)], strict=False)) for side in (text, reference))
        same, size, wanted = (mine & theirs).total(), mine.total(), theirs.total()
    else:
        same, size, wanted = common_subsequence(text, reference), len(text), len(reference)
    recall = same / wanted if wanted else 0.0
    precision = same / size if size else 0.0
    return recall, 2 * precision * recall / (precision + recall) if same else 0.0


def rouge(text: Sequence[str], reference: Sequence[str]) -> tuple[float, float]:
    """(recall, F1), each the mean of ROUGE-1, -2 and -L, 0..100."""
    pairs = [overlap(text, reference, n) for n in (1, 2, 0)]
    return 100 * sum(recall for recall, _ in pairs) / 3, 100 * sum(f1 for _, f1 in pairs) / 3


def common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence, a row of the table in one integer (Hyyrö 2004)."""
    where: dict[str, int] = {}
    for i, word in enumerate(a):
        where[word] = where.get(word, 0) | 1 << i
    full = (1 << len(a)) - 1
    row = full
    for word in b:
        hit = row & where.get(word, 0)
        row = ((row + hit) | (row - hit)) & full
    return len(a) - row.bit_count()
