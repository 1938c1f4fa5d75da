"""The words of a run of letters, digits and what stands between them: which they are, folded, and where in the run.

Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of letters,
Chinese ones in simplified characters (`han`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from diplo_cli.text.apostrophes import is_elided, is_ending, stands_alone
from diplo_cli.text.fold import APOSTROPHES, INVISIBLE, LONGEST_TERM, fold, fold_letters
from diplo_cli.text.han import simplified
from diplo_cli.text.remembered import Remembered
from diplo_cli.text.script import EAST_ASIAN, MARKS, UNSPACED


class Piece(NamedTuple):
    """A token with offsets in its run. `tail`: it is the last letter of a run of pairs, which a phrase leaves out."""

    term: str
    start: int
    end: int
    tail: bool


# What goes on with a word once a letter or digit has begun it; "·" is the Catalan l·l.
_WITHIN = r"\w" + MARKS + re.escape(APOSTROPHES) + INVISIBLE + "·"
_JOINTS = frozenset(APOSTROPHES + '"·')


class _Patterns:
    """Each compiled when first needed: the class of marks takes 0.7 ms, the others most queries never need."""

    @cached_property
    def run(self) -> re.Pattern[str]:
        """A number with separators, letters with dots between them, or a word with all that may stand inside one.

        Hebrew writes its abbreviations with a quotation mark. All in one group, so that a text can be split by it.
        """
        return re.compile(
            r"(\d++(?:[.,٫٬]\d++)+"
            r"|[^\W\d_](?:\.[^\W\d_])+(?!\w)"
            rf"|\w[{_WITHIN}]*+(?:\"(?<=[א-ת]\")(?=[א-ת])[\u0591-\u05f4]*+)*)"
        )

    @cached_property
    def unspaced(self) -> re.Pattern[str]:
        """A run of letters in scripts without spaces."""
        return re.compile(rf"[{UNSPACED}][{UNSPACED}{MARKS}{INVISIBLE}]*")

    @cached_property
    def east_asian(self) -> re.Pattern[str]:
        """A run of Chinese characters and kana."""
        return re.compile(rf"[{EAST_ASIAN}]+")

    @cached_property
    def cluster(self) -> re.Pattern[str]:
        """A letter with its marks. Thai and Lao am, in one character or in two, goes with its consonant."""
        return re.compile(rf"[{UNSPACED}](?:[{MARKS}{INVISIBLE}ﾞﾟ\u0e33\u0eb3]|(?<=[\u0e4d\u0ecd])[\u0e32\u0eb2])*")

    @cached_property
    def sequence(self) -> re.Pattern[str]:
        """A terminal sequence: CSI and OSC of ECMA-48, and the short escapes."""
        return re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]")

    @cached_property
    def word(self) -> re.Pattern[str]:
        """A word within a run: a middle dot ends it but for the Catalan l·l."""
        return re.compile(rf"[^{re.escape(APOSTROPHES)}{INVISIBLE}\"·](?:[^·]|(?<=[lL])·(?=[lL]))*")

    @cached_property
    def part(self) -> re.Pattern[str]:
        """What lies between two apostrophes."""
        return re.compile(rf"[^{re.escape(APOSTROPHES)}\"]+")


PATTERNS = _Patterns()


def _words(run: str, offset: int) -> Iterator[Piece]:
    """The words of a run in a script with spaces."""
    if _JOINTS.isdisjoint(run):
        start = len(run) - len(run.lstrip(INVISIBLE))
        yield Piece(_tidy(fold(run)), offset + start, offset + len(run.rstrip(INVISIBLE)), tail=False)
        return
    for word in PATTERNS.word.finditer(run):
        parts = [(fold(part.group()), part.start(), part.end()) for part in PATTERNS.part.finditer(word.group())]
        parts = [part for part in parts if part[0]]
        base = offset + word.start()
        # at most two at either end: a hostile run may have a million
        for _ in range(2):
            if len(parts) > 1 and stands_alone(parts[0][0], parts[1][0]):
                yield Piece(parts[0][0], base + parts[0][1], base + parts[0][2], tail=False)
                del parts[0]
            elif len(parts) > 1 and is_elided(parts[0][0], parts[1][0]):
                del parts[0]
        for _ in range(2):
            if len(parts) > 1 and is_ending("".join(term for term, _, _ in parts[:-1]), parts[-1][0]):
                parts.pop()
        if parts:
            term = fold("".join(term for term, _, _ in parts))
            yield Piece(_tidy(term), base + parts[0][1], base + parts[-1][2], tail=False)


def _tidy(term: str) -> str:
    """What compatibility forms unfold to may hold spaces (ﷺ), of which terms have none."""
    return (term.replace(" ", "") if " " in term else term)[:LONGEST_TERM]


def _is_plain(run: str) -> bool:
    """Whether a run is of Han characters and katakana alone, each a letter by itself: a name in a query needs no pattern, which take 10 ms each to compile."""
    return all("\u4e00" <= letter <= "\u9fff" or "\u30a1" <= letter <= "\u30fa" or letter == "\u30fc" for letter in run)


def _pairs(run: str, offset: int, *, plain: bool = False) -> Iterator[Piece]:
    """The overlapping pairs of letters of a run in a script without spaces, then its last letter."""
    places = pairwise(range(len(run) + 1)) if plain else (match.span() for match in PATTERNS.cluster.finditer(run))
    clusters = list(places)
    for (start, _), (_, end) in pairwise(clusters):
        yield Piece(_letters(run[start:end]), offset + start, offset + end, tail=False)
    if clusters:
        start, end = clusters[-1]
        yield Piece(_letters(run[start:end]), offset + start, offset + end, tail=len(clusters) > 1)


def _letters(pair: str) -> str:
    """The term of one or two letters of a script without spaces."""
    return simplified(_tidy(fold(pair)))


def term_of(run: str) -> str:
    """The one term of a run that is a word from its first letter to its last, as nearly all are; "" where `pieces` must tell."""
    if run.isascii():
        return run.lower()[:LONGEST_TERM] if run.isalnum() else ""
    if max(run) >= "\u0e01" and (_is_plain(run[0]) or PATTERNS.unspaced.search(run)):
        return ""
    return fold_letters(run)[:LONGEST_TERM]


def east_asian_letters(run: str) -> str:
    """The letters of a run of Chinese or Japanese, one for each, whose pairs are its terms; "" where there may be marks, and of other runs."""
    if not PATTERNS.east_asian.fullmatch(run):
        return ""
    letters = fold_letters(run)
    return simplified(letters) if len(letters) == len(run) else ""


def pieces(run: str) -> tuple[Piece, ...]:
    """The tokens of one run of letters."""
    if term := TERMS[run]:
        return (Piece(term, 0, len(run), tail=False),)
    if run[0].isdigit() and not run.isalnum() and (number := _number(run)):
        return number
    if run[1:2] == ".":
        return (Piece(_tidy(fold(run.replace(".", ""))), 0, len(run), tail=False),)
    # The signs between are of no script: quotation marks, joiners. Compiling the pattern of those without spaces takes 10 ms.
    if max(run) < "\u0e01" or not any("\u0e01" <= letter < "\u2000" or letter >= "\u3000" for letter in run):
        return _remembered(run) if len(run) <= LONGEST_TERM else _spaced(run)
    if _is_plain(run):
        return tuple(piece for piece in _pairs(run, 0, plain=True) if piece.term)
    found: list[Piece] = []
    done = 0
    for unspaced in PATTERNS.unspaced.finditer(run):
        found += _words(run[done : unspaced.start()], done)
        found += _pairs(unspaced.group(), unspaced.start())
        done = unspaced.end()
    found += _words(run[done:], done)
    return tuple(piece for piece in found if piece.term)


TERMS = Remembered(term_of, 1 << 15)
"""`term_of`, remembered: some 150 bytes a word."""


def _spaced(run: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in _words(run, 0) if piece.term)


_remembered = lru_cache(maxsize=1 << 13)(_spaced)


def _number(run: str) -> tuple[Piece, ...]:
    """A number with separators is one token; a date or a list (17.05.2024; 1,2,3) one for each; () if this is none."""
    groups = list(re.finditer(r"\d+", run))
    if not re.fullmatch(r"\d++(?:[.,٫٬]\d++)+", run):
        return ()
    if any(group.end() - group.start() != 3 for group in groups[1:-1]):
        return tuple(
            Piece(fold(group.group())[:LONGEST_TERM], group.start(), group.end(), tail=False) for group in groups
        )
    return (Piece(fold(run)[:LONGEST_TERM], 0, len(run), tail=False),)
