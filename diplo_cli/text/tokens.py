"""Words of a text, each with its folded form and its place.

A word is a run of letters, digits and marks, by Unicode's categories. Invisible characters and terminal sequences
inside it are passed over; hyphens end it. Numbers keep their separators (104.2, 86,8); letters with dots between them
are one word (U.S., T.C.). Apostrophes join or part as `apostrophes` says. Nothing here knows the language, for a query
has none.

Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of letters,
Chinese ones in simplified characters (`han`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from diplo_cli.text.apostrophes import is_elided, is_ending, stands_alone
from diplo_cli.text.fold import APOSTROPHES, INVISIBLE, LONGEST_TERM, fold
from diplo_cli.text.han import simplified
from diplo_cli.text.script import MARKS, UNSPACED


class Token(NamedTuple):
    """A word: its folded form, never empty, without white space or "/", and its place in the text as given."""

    term: str
    start: int
    end: int


class _Piece(NamedTuple):
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

        Hebrew writes its abbreviations with a quotation mark.
        """
        return re.compile(
            r"\d++(?:[.,٫٬]\d++)+"
            r"|[^\W\d_](?:\.[^\W\d_])+(?!\w)"
            rf"|\w[{_WITHIN}]*+(?:\"(?<=[א-ת]\")(?=[א-ת])[\u0591-\u05f4]*+)*"
        )

    @cached_property
    def unspaced(self) -> re.Pattern[str]:
        """A run of letters in scripts without spaces."""
        return re.compile(rf"[{UNSPACED}][{UNSPACED}{MARKS}{INVISIBLE}]*")

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


_PATTERNS = _Patterns()


def _words(run: str, offset: int) -> Iterator[_Piece]:
    """The words of a run in a script with spaces."""
    if _JOINTS.isdisjoint(run):
        start = len(run) - len(run.lstrip(INVISIBLE))
        yield _Piece(_tidy(fold(run)), offset + start, offset + len(run.rstrip(INVISIBLE)), tail=False)
        return
    for word in _PATTERNS.word.finditer(run):
        parts = [(fold(part.group()), part.start(), part.end()) for part in _PATTERNS.part.finditer(word.group())]
        parts = [part for part in parts if part[0]]
        base = offset + word.start()
        # at most two at either end: a hostile run may have a million
        for _ in range(2):
            if len(parts) > 1 and stands_alone(parts[0][0], parts[1][0]):
                yield _Piece(parts[0][0], base + parts[0][1], base + parts[0][2], tail=False)
                del parts[0]
            elif len(parts) > 1 and is_elided(parts[0][0], parts[1][0]):
                del parts[0]
        for _ in range(2):
            if len(parts) > 1 and is_ending("".join(term for term, _, _ in parts[:-1]), parts[-1][0]):
                parts.pop()
        if parts:
            term = fold("".join(term for term, _, _ in parts))
            yield _Piece(_tidy(term), base + parts[0][1], base + parts[-1][2], tail=False)


def _tidy(term: str) -> str:
    """What compatibility forms unfold to may hold spaces (ﷺ), of which terms have none."""
    return (term.replace(" ", "") if " " in term else term)[:LONGEST_TERM]


def _pairs(run: str, offset: int) -> Iterator[_Piece]:
    """The overlapping pairs of letters of a run in a script without spaces, then its last letter."""
    clusters = [(match.start(), match.end()) for match in _PATTERNS.cluster.finditer(run)]
    for (start, _), (_, end) in pairwise(clusters):
        yield _Piece(_letters(run[start:end]), offset + start, offset + end, tail=False)
    if clusters:
        start, end = clusters[-1]
        yield _Piece(_letters(run[start:end]), offset + start, offset + end, tail=len(clusters) > 1)


def _letters(pair: str) -> str:
    """The term of one or two letters of a script without spaces."""
    return simplified(_tidy(fold(pair)))


@lru_cache(maxsize=1 << 15)
def _pieces(run: str) -> tuple[_Piece, ...]:
    """The tokens of one run of letters."""
    if run.isalnum() and run.isascii():
        return (_Piece(run.lower()[:LONGEST_TERM], 0, len(run), tail=False),)
    if run[0].isdigit() and not run.isalnum() and (number := _number(run)):
        return number
    if run[1:2] == ".":
        return (_Piece(_tidy(fold(run.replace(".", ""))), 0, len(run), tail=False),)
    # The signs between are of no script: quotation marks, joiners. Compiling the pattern of those without spaces takes 10 ms.
    if max(run) < "\u0e01" or not any("\u0e01" <= letter < "\u2000" or letter >= "\u3000" for letter in run):
        return tuple(piece for piece in _words(run, 0) if piece.term)
    pieces: list[_Piece] = []
    done = 0
    for unspaced in _PATTERNS.unspaced.finditer(run):
        pieces += _words(run[done : unspaced.start()], done)
        pieces += _pairs(unspaced.group(), unspaced.start())
        done = unspaced.end()
    pieces += _words(run[done:], done)
    return tuple(piece for piece in pieces if piece.term)


def _number(run: str) -> tuple[_Piece, ...]:
    """A number with separators is one token; a date or a list (17.05.2024; 1,2,3) one for each; () if this is none."""
    groups = list(re.finditer(r"\d+", run))
    if not re.fullmatch(r"\d++(?:[.,٫٬]\d++)+", run):
        return ()
    if any(group.end() - group.start() != 3 for group in groups[1:-1]):
        return tuple(
            _Piece(fold(group.group())[:LONGEST_TERM], group.start(), group.end(), tail=False) for group in groups
        )
    return (_Piece(fold(run)[:LONGEST_TERM], 0, len(run), tail=False),)


def _runs(text: str) -> Iterator[tuple[int, tuple[_Piece, ...]]]:
    """The tokens of each run of letters, with the offset of the run."""
    if text.isalnum() and len(text) <= LONGEST_TERM:  # a word of a query: compiling the pattern takes 1.5 ms
        yield 0, _pieces(text)
        return
    if "_" in text:
        text = text.replace("_", " ")
    for match in _PATTERNS.run.finditer(text):
        run = match.group()
        yield match.start(), _pieces(run) if len(run) <= LONGEST_TERM else _pieces.__wrapped__(run)


def _without_sequences(text: str) -> tuple[str, list[int], list[int]]:
    """A text without its terminal sequences; where they stood in what is left; how much was taken out up to there."""
    kept: list[str] = []
    places: list[int] = []
    shifts = [0]
    done = length = 0
    for match in _PATTERNS.sequence.finditer(text):
        kept.append(text[done : match.start()])
        length += match.start() - done
        places.append(length)
        shifts.append(shifts[-1] + match.end() - match.start())
        done = match.end()
    kept.append(text[done:])
    return "".join(kept), places, shifts


def _marked_tokens(text: str) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it is the tail of a run of pairs."""
    places: list[int] = []
    shifts = [0]
    if "\x1b" in text or "\x9b" in text:
        text, places, shifts = _without_sequences(text)
    for offset, pieces in _runs(text):
        for term, start, end, tail in pieces:
            first, last = offset + start, offset + end
            if places:
                first += shifts[bisect_right(places, first)]
                last += shifts[bisect_left(places, last)]
            yield Token(term, first, last), tail


def tokenize(text: str) -> list[Token]:
    """All words of a text in their order; the index of a token is its position, as phrases count.

    A run of n ≥ 2 letters in a script without spaces gives n tokens: n - 1 overlapping pairs, then its last letter
    alone, so that a document of one letter and the end of a run can be found.
    """
    if "\x1b" in text or "\x9b" in text:
        return [token for token, _ in _marked_tokens(text)]
    return [
        Token(term, offset + start, offset + end) for offset, pieces in _runs(text) for term, start, end, _ in pieces
    ]


def query_tokens(text: str) -> list[tuple[int, Token]]:
    """The words to look for, with their positions: as `tokenize`, less the last letter of each run of pairs.

    A document may go on where the query ends: 中国 is found in 中国人.
    """
    return [(position, token) for position, (token, tail) in enumerate(_marked_tokens(text)) if not tail]
