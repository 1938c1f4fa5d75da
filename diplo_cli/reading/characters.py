"""Character classes that the reading rules share, as the inside of a regular expression's brackets."""

from __future__ import annotations

import re

from diplo_cli.text import script
from diplo_cli.text.script import MARKS

# `\w` leaves combining marks out, which cuts Hindi, Bengali, Thai or pointed Hebrew words to pieces; the joiners stand
# within Persian and Indic words.
_MARKS = MARKS + r"\u200c\u200d"
LETTER = rf"(?:[^\W\d_]|(?!\w)[{_MARKS}])"
WORD = re.compile(rf"[\w{_MARKS}]+")

# A letter of the scripts that put no space between words.
UNSPACED = re.compile(f"[{script.UNSPACED}]")

SENTENCE_END = ".!?…؟۔।॥。！？｡።။។¿‽։"
_ARMENIAN_END = re.compile(r"[ա-և]\s?:$")  # a colon stands for its full stop on many keyboards
CLOSERS = "\"'”’»›)]}」』】》）*_ –—-"
COLONS = ":："

# What `str.isspace` says of characters, and the two that show nothing but are none to it: zero-width space and byte-order mark.
BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)


def is_blank(text: str) -> bool:
    """Whether a line or text shows nothing."""
    return not text or text.isspace() or not text.strip(BLANK)


def is_ended(line: str) -> bool:
    """Whether a trimmed line ends as a sentence does: with an end mark, closing quotes and brackets aside."""
    stripped = line.rstrip(CLOSERS)
    return bool(stripped) and (stripped[-1] in SENTENCE_END or _ARMENIAN_END.search(stripped[-3:]) is not None)


def count_words(line: str) -> int:
    """How many words a line has; where a script writes none, two ideographs or four other letters count as one."""
    spaced = len(line.split())
    if line.isascii() or len(line) < 6 * spaced:
        return spaced
    unspaced = len(UNSPACED.findall(line))
    if not unspaced:
        return spaced
    return max(spaced, unspaced // (2 if re.search(r"[\u3040-\u9fff]", line) else 4))
