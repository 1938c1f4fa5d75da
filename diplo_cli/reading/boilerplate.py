"""The vocabulary of lines that belong to a site and not to its article, in some thirty languages.

data/reading/vocabulary.tsv has rows `reason, how, language, phrases`; `how` says what a phrase proves of a line:
  is      the line is nothing but this phrase, numbers and punctuation aside ("Advertisement", "3 comments")
  starts  the line starts with it; a colon at its end is part of it ("Read also:")
  line    as `is`, but a phrase that an article may have for a heading ("Economy"): no sentence, and at the edges alone
  opens   as `starts`, but words that a headline may begin with ("Get more"): no sentence, short, and at the edges alone
  has     the line has it somewhere; "a + b" asks for both ("not necessarily + views")
  name    the line is this and a name ("By Aigerim Seisembayeva")
  title   the line is a name with this form of address before it ("Dr. Mohd Faiz Abdullah.")
  word    a network to share on, and `filler` what stands between such; a line of nothing else is a row of share buttons
The language of a row is for its readers: all are looked for, since the language of a text is found after its structure.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from diplo_cli.reading.characters import COLONS, UNSPACED, WORD, is_ended

VOCABULARY = Path(__file__).parent.parent / "data" / "reading" / "vocabulary.tsv"
LONGEST = 60  # words: no notice in the vocabulary's documents is longer, and no line above is looked at
LONGEST_OPENED = 20  # words of a line that `opens` says something of
WEAK = frozenset(("line", "opens"))

_PREFIX = re.compile(r"^[\s*_#>|•·▪►▶»\-–—/\\\[\](){}<«\"'“”📌🔗👉✅➡️]+")
OPENING_QUOTES = '"“„«‘「『'
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ONE_LETTER = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"))
_APOSTROPHES = re.compile("[’ʻʼ`‘´]")
_INVISIBLE = re.compile("[\u00ad\u0307\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
_NUMBER = re.compile(r"\d+")


class Cue(NamedTuple):
    """What the vocabulary says of a line. `certain`: the line is dropped wherever it stands; else only at the text's edges."""

    reason: str
    certain: bool
    how: str


@dataclass(slots=True)
class _Vocabulary:
    whole: dict[str, str] = field(default_factory=dict)  # phrase -> reason
    lines: dict[str, str] = field(default_factory=dict)
    opens: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))  # as `starts`
    # first two characters -> (phrase, reason)
    starts: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    # longest word -> (phrases that must all be there, reason)
    has: dict[str, list[tuple[list[str], str]]] = field(default_factory=lambda: defaultdict(list))
    unspaced: list[tuple[list[str], str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=set)
    fillers: set[str] = field(default_factory=set)


def fold_line(line: str) -> str:
    """A line as it is compared: case-folded, one letter for each that keyboards exchange, no vowel signs or invisible characters."""
    folded = line.casefold()
    if folded.isascii():
        return folded
    folded = (
        _APOSTROPHES.sub("'", _INVISIBLE.sub("", folded)).replace("ё", "е").replace("ı", "i").replace("\u00a0", " ")
    ).replace("：", ":")
    if _ARABIC.search(folded):
        folded = _ARABIC_MARKS.sub("", folded)
        for letter, one in _ONE_LETTER:
            folded = folded.replace(letter, one)
    return folded


def find_cue(line: str, words: int) -> Cue | None:
    """What the vocabulary proves of a line of `words` words, the most certain first; None of a line it says nothing about."""
    if words > LONGEST:
        return None
    vocabulary = _vocabulary()
    folded = _PREFIX.sub("", fold_line(line))
    tokens = WORD.findall(folded)
    if not tokens:
        return None
    if words <= 8:
        bare = " ".join([token for token in tokens if not token.isdecimal()])
        if reason := vocabulary.whole.get(bare):
            return Cue(reason, certain=True, how="is")
    if tokens[0] in vocabulary.networks or tokens[-1] in vocabulary.networks or tokens[0] in vocabulary.fillers:
        known = vocabulary.networks | vocabulary.fillers if len(tokens) <= 20 else frozenset[str]()
        if not vocabulary.networks.isdisjoint(tokens) and known.issuperset(tokens):
            return Cue("share", certain=True, how="is")
    return _phrases(vocabulary, line, folded, tokens, words) or _weak(vocabulary, line, folded, tokens, words)


def _weak(vocabulary: _Vocabulary, line: str, folded: str, tokens: list[str], words: int) -> Cue | None:
    """What the phrases say that prove little: nothing of a sentence."""
    if words > LONGEST_OPENED or (is_ended(line) and not line.endswith("!")):
        return None
    if words <= 8 and (reason := vocabulary.lines.get(" ".join([token for token in tokens if not token.isdecimal()]))):
        return Cue(reason, certain=False, how="line")
    for phrase, reason in (*vocabulary.opens.get(folded[:2], ()), *vocabulary.opens.get(folded[:1], ())):
        if folded.startswith(phrase) and not (phrase[-1].isalnum() and _continues(folded, len(phrase))):
            return Cue(reason, certain=False, how="opens")
    return None


def _phrases(vocabulary: _Vocabulary, line: str, folded: str, tokens: list[str], words: int) -> Cue | None:
    """The cue of a line that starts with or holds phrases of the vocabulary."""
    start: Cue | None = None
    for phrase, reason in (*vocabulary.starts.get(folded[:2], ()), *vocabulary.starts.get(folded[:1], ())):
        if folded.startswith(phrase) and not (phrase[-1].isalnum() and _continues(folded, len(phrase))):
            colon = phrase[-1] in COLONS
            if words <= 30 and (colon or reason == "copyright" or (reason == "label" and not is_ended(line))):
                return Cue(reason, certain=True, how="starts")
            start = start or Cue(reason, certain=False, how="starts")
    found: dict[tuple[int, int], str] = {}  # the stretch of the line that the phrases cover -> reason
    spaced = (entry for token in tokens if token in vocabulary.has for entry in vocabulary.has[token])
    unspaced = vocabulary.unspaced if UNSPACED.search(folded) else ()
    for phrases, reason in itertools.chain(spaced, unspaced):
        places = [folded.find(phrase) for phrase in phrases]
        if min(places) >= 0:
            ends = (place + len(phrase) for place, phrase in zip(places, phrases, strict=True))
            found[min(places), max(ends)] = reason
    if not found or line.lstrip()[:1] in OPENING_QUOTES:
        return start
    # Two phrases prove it, if they are not one and the same ("subscribe to our", "our newsletter").
    apart = any(first[1] <= second[0] for first, second in itertools.combinations(sorted(found), 2))
    reason = start.reason if start else next(iter(found.values()))
    return Cue(reason, certain=apart or start is not None, how="starts" if start else "has")


def _continues(folded: str, index: int) -> bool:
    """Whether the word goes on at `index`; in scripts without spaces every place may be a word's end."""
    return index < len(folded) and folded[index].isalnum() and not UNSPACED.match(folded[index])


def is_name(line: str, words: int) -> bool:
    """Whether a line is a byline by its shape: `By` or a form of address, then one to five words of a name and nothing else."""
    if words > 8 or _NUMBER.search(line):
        return False
    vocabulary = _vocabulary()
    folded = _PREFIX.sub("", fold_line(line))
    tokens = WORD.findall(folded)
    for length in (1, 2, 3):
        if " ".join(tokens[:length]) in vocabulary.names and length < len(tokens) <= length + 5:
            return (_is_capitalised(line, length) and not any(mark in line for mark in ".!?؟。,;،")) or line.rstrip(
                ". "
            ).count(" ") <= 1
    return tokens[0] in vocabulary.titles and 1 < len(tokens) <= 7 and _is_capitalised(line, 1) if tokens else False


def is_signed(line: str) -> bool:
    """Whether a line begins as a byline does: `By` and a capital, whatever follows."""
    vocabulary = _vocabulary()
    words = WORD.findall(line[:60])
    return len(words) >= 3 and fold_line(words[0]) in vocabulary.names and words[1][0].isupper()


def _is_capitalised(line: str, skipped: int) -> bool:
    """Whether every word after the first `skipped` begins with a capital, particles of names aside, or has no case at all."""
    words = WORD.findall(line)[skipped:]
    if any(mark in line.rstrip(" .") for mark in "!?;"):
        return False
    small = [word for word in words if word[0].islower()]
    cased = any(word[0].isupper() for word in words)
    return bool(words) and (cased or not small) and all(len(word) <= 3 for word in small) and len(small) < len(words)


@functools.cache
def _vocabulary() -> _Vocabulary:
    """The table, indexed. Read at the first line looked at, 16 ms, so by indexing and `inspect` alone; folded as one text in 2 ms, a third of folding each phrase."""
    vocabulary = _Vocabulary()
    for row in fold_line(VOCABULARY.read_text(encoding="utf-8")).splitlines():
        if not row or row.startswith("#"):
            continue
        reason, how, _language, cell = row.split("\t")
        for written in cell.split("|"):
            parts = [_PREFIX.sub("", part.strip()) or part.strip() for part in written.split(" + ")]
            phrase = parts[0]
            if how == "is":
                vocabulary.whole.setdefault(" ".join(WORD.findall(phrase)), reason)
            elif how == "line":
                vocabulary.lines.setdefault(" ".join(WORD.findall(phrase)), reason)
            elif how == "opens":
                vocabulary.opens[phrase[:2]].append((phrase, reason))
            elif how == "starts":
                vocabulary.starts[phrase[:2]].append((phrase, reason))
            elif how == "has" and UNSPACED.search(phrase):
                vocabulary.unspaced.append((parts, reason))
            elif how == "has":
                words_of = WORD.findall(phrase)  # the last may be the beginning of a word
                vocabulary.has[max(words_of[:-1] or words_of, key=len)].append((parts, reason))
            else:
                words = {"name": vocabulary.names, "title": vocabulary.titles, "word": vocabulary.networks}
                words.get(how, vocabulary.fillers).add(phrase)
    return vocabulary
