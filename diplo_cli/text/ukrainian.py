"""A light stemmer for Ukrainian, which Snowball lacks: one ending off, then the sounds that change before endings.

Endings of nouns and adjectives: Pugh and Press, Ukrainian: A Comprehensive Grammar (1999). Folded words have no
apostrophe and keep й and ї; ґ is kept too.
"""

from __future__ import annotations

import re

_ENDING_WORDS = """ами ями ьми ом ем єм ім їм ою ею єю ам ям ах ях ові еві єві ів їв ей а я у ю о е є и і ї ь
ий ій ого ього ому ьому им их іх ими іми ої ьої ьою ая яя"""
_ENDINGS = frozenset(_ENDING_WORDS.split())
_LONGEST = 4
_VOWEL = re.compile("[аеиоуюяєіїё]")
_DOUBLED = re.compile(r"([бвгґджзклмнпрстфхцчшщ])\1$")
# о and е that come and go before the last consonant: ринок – ринку, сторон – сторін
_FLEETING = re.compile("(?<=[бвгґджзклмнпрстфхцчшщй])[оеє](?=[кцнлгт]$)")
_CLOSED = re.compile("і(?=[бвгґджзклмнпрстфхцчш]$)")


def ukrainian_stem(word: str) -> str:
    """The stem of a folded Ukrainian word; words of three letters and what holds no vowel stay."""
    if len(word) < 4:
        return word
    word = _without_ending(word)
    if len(word) >= 4 and word[-1] in "іь":
        word = word[:-1]  # організаці-я, організац-ій
    word = _DOUBLED.sub(r"\1", word)  # знання, знань
    if len(word) >= 4:
        word = word[:-1] + {"з": "г", "ц": "к"}.get(word[-1], word[-1])  # книзі: книга
        word = _CLOSED.sub("о", word)  # сторін: сторони
    return _FLEETING.sub("", word) if len(word) >= 5 else word


def _without_ending(word: str) -> str:
    """The word without its longest ending; at least two letters stay, one of them a vowel."""
    for length in range(min(_LONGEST, len(word) - 2), 0, -1):
        if word[-length:] in _ENDINGS and _VOWEL.search(word, 0, len(word) - length):
            return word[:-length]
    return word
