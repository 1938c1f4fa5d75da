"""Words of a text, each with its folded form and its place.

A word is a run of letters, digits and marks, by Unicode's categories. Invisible characters and terminal sequences
inside it are passed over; hyphens end it. Numbers keep their separators (104.2, 86,8); letters with dots between them
are one word (U.S., T.C.). Apostrophes join or part as `apostrophes` says. Nothing here knows the language, for a query
has none.

Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of letters,
Chinese ones in simplified characters (`han`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import NamedTuple, overload

from diplo_cli.text.fold import LONGEST_TERM
from diplo_cli.text.runs import PATTERNS, TERMS, east_asian_letters, pieces


class Token(NamedTuple):
    """A word: its folded form, never empty, without white space or "/", and its place in the text as given."""

    term: str
    start: int
    end: int


class Words(Sequence[Token]):
    """The words of a text by columns: its tokens, each made when it is asked for, in a third of the time of making them all."""

    __slots__ = ("ends", "starts", "terms")

    def __init__(self, terms: list[str], starts: list[int], ends: list[int]) -> None:
        self.terms, self.starts, self.ends = terms, starts, ends

    def append(self, term: str, start: int, end: int) -> None:
        """Add a word."""
        self.terms.append(term)
        self.starts.append(start)
        self.ends.append(end)

    def extend(self, words: Words, first: int, last: int, shift: int) -> None:
        """Add words number `first` to before `last` of others, their places moved by `shift`."""
        starts, ends = words.starts[first:last], words.ends[first:last]
        self.terms += words.terms[first:last]
        self.starts += [start + shift for start in starts] if shift else starts
        self.ends += [end + shift for end in ends] if shift else ends

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return list(map(Token, self.terms[place], self.starts[place], self.ends[place]))
        return Token(self.terms[place], self.starts[place], self.ends[place])

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.terms, self.starts, self.ends)


def _without_sequences(text: str) -> tuple[str, list[int], list[int]]:
    """A text without its terminal sequences; where they stood in what is left; how much was taken out up to there."""
    kept: list[str] = []
    places: list[int] = []
    shifts = [0]
    done = length = 0
    for match in PATTERNS.sequence.finditer(text):
        kept.append(text[done : match.start()])
        length += match.start() - done
        places.append(length)
        shifts.append(shifts[-1] + match.end() - match.start())
        done = match.end()
    kept.append(text[done:])
    return "".join(kept), places, shifts


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """The runs of letters, each with its offset."""
    if _is_word(text):
        yield 0, text
        return
    for match in PATTERNS.run.finditer(text.replace("_", " ")):
        yield match.start(), match.group()


def _is_word(text: str) -> bool:
    """Whether a text is one run: a word of a query, for which compiling the pattern would take 1.5 ms."""
    return text.isalnum() and len(text) <= LONGEST_TERM


def _marked_tokens(text: str) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it is the tail of a run of pairs."""
    places: list[int] = []
    shifts = [0]
    if "\x1b" in text or "\x9b" in text:
        text, places, shifts = _without_sequences(text)
    for offset, run in _runs(text):
        for term, start, end, tail in pieces(run):
            first, last = offset + start, offset + end
            if places:
                first += shifts[bisect_right(places, first)]
                last += shifts[bisect_left(places, last)]
            yield Token(term, first, last), tail


def tokenize(text: str) -> Words:
    """All words of a text in their order; the index of a token is its position, as phrases count.

    A run of n ≥ 2 letters in a script without spaces gives n tokens: n - 1 overlapping pairs, then its last letter
    alone, so that a document of one letter and the end of a run can be found.
    """
    if "\x1b" in text or "\x9b" in text:
        tokens = [token for token, _ in _marked_tokens(text)]
        return Words(*map(list, zip(*tokens, strict=True))) if tokens else Words([], [], [])
    # the text between runs, a run, and so on to the text after the last; where each ends
    parts = ["", text, ""] if _is_word(text) else PATTERNS.run.split(text.replace("_", " "))
    ends = list(accumulate(map(len, parts)))
    runs = parts[1::2]
    terms = list(map(TERMS.__getitem__, runs))
    plain = Words(terms, ends[:-1:2], ends[1::2])
    if "" not in terms:
        return plain
    found = Words([], [], [])
    done = 0
    for place in [place for place, term in enumerate(terms) if not term]:
        found.extend(plain, done, place, 0)
        done = place + 1
        run, start, end = runs[place], plain.starts[place], plain.ends[place]
        if letters := east_asian_letters(run):
            found.terms += map(add, letters, letters[1:])
            found.terms.append(letters[-1])
            found.starts += range(start, end)
            found.ends += range(start + 2, end + 1)
            found.ends.append(end)
        else:
            for one, first, last, _ in pieces(run):
                found.append(one, start + first, start + last)
    found.extend(plain, done, len(terms), 0)
    return found


def query_tokens(text: str) -> list[tuple[int, Token]]:
    """The words to look for, with their positions: as `tokenize`, less the last letter of each run of pairs.

    A document may go on where the query ends: 中国 is found in 中国人.
    """
    return [(position, token) for position, (token, tail) in enumerate(_marked_tokens(text)) if not tail]
