"""Character classes that the reading rules share, as the inside of a regular expression's brackets."""

from __future__ import annotations

import re

# `\w` leaves combining marks out, which cuts Hindi, Bengali, Thai or pointed Hebrew words to pieces: the blocks that hold
# them are added whole, but for their digits and their punctuation (danda, Thai fongman).
MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0963\u0971-\u09e5\u0a00-\u0a65\u0a70-\u0ae5\u0b00-\u0b65\u0b71-\u0be5\u0c00-\u0c65\u0c80-\u0ce5"
    r"\u0d00-\u0d65\u0d80-\u0de5\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u109d"
    r"\u17b4-\u17d3\u200c\u200d"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
WORD = re.compile(rf"[\w{MARKS}]+")

# Scripts that put no space between words.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

SENTENCE_END = ".!?…؟۔।॥。！？｡።။។¿‽"
CLOSERS = "\"'”’»›)]}」』】》）*_ –—-"
COLONS = ":："


def is_ended(line: str) -> bool:
    """Whether a trimmed line ends as a sentence does: with an end mark, closing quotes and brackets aside."""
    stripped = line.rstrip(CLOSERS)
    return bool(stripped) and stripped[-1] in SENTENCE_END


def count_words(line: str) -> int:
    """How many words a line has; where a script writes none, two ideographs or four other letters count as one."""
    spaced = len(line.split())
    if line.isascii() or len(line) < 6 * spaced:
        return spaced
    unspaced = len(UNSPACED.findall(line))
    if not unspaced:
        return spaced
    return max(spaced, unspaced // (2 if re.search(r"[\u3040-\u9fff]", line) else 4))
