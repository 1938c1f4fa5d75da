"""What a library lists that may spell a name: the words under the keys of the word asked for, and how the library knows a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from math import log
from typing import NamedTuple

from diplo_cli.names.keys import CAPITAL, LOWER, START, asked_keys, indexed_keys
from diplo_cli.names.letters import CASED_SCRIPTS, COARSE_SCRIPTS, known_script
from diplo_cli.names.ordinary import is_ordinary
from diplo_cli.names.scorer import Candidate

Terms = Callable[[str], Iterable[tuple[str, int]]]
"""Lists the engine's names field: (entry, documents) for each "KEY/term/c" that begins with a prefix."""

# Log-odds taken off for an ordinary word of a script without capitals, asked for or found, and for one so long that few sound alike
_ORDINARY, _ORDINARY_LONG = 5.0, 3.0
_LONG = 6  # letters
_MOST_LISTED = (
    20_000  # entries read under one key: a bound for hostile libraries; the fullest key of a million terms has ~8,000
)
_MOST_JUDGED = 400  # candidates a script whose letters are compared, those nearest in length first: 200 lose 2.5 % of the full names in other scripts
_MOST_REMEMBERED = 8  # words whose candidates are kept, 0.3 MB each in a large library
_HOW = {f"/{how}": how for how in (LOWER, CAPITAL, START)}
# Characters a word has in a script for each it has in Latin (means over attested pairs of spellings).
_LENGTHS = {"Cyrl": 0.95, "Arab": 0.8, "Hebr": 0.75, "Hang": 0.45, "Kana": 0.65, "Hani": 0.42, "Deva": 0.85}


class Standing(NamedTuple):
    """How a word stands in the library: documents that have it in lower case (or without case), with a capital in mid-sentence, only at a start."""

    lower: int
    capital: int
    start: int


def too_short(term: str, script: str) -> bool:
    """Whether a word has so few letters that anything would spell it: such names (Xi, Li, Си) are for a table to know."""
    return len(term) < (2 if script in COARSE_SCRIPTS else 3)


def candidates(term: str, terms: Terms) -> tuple[dict[str, list[Candidate]], dict[str, int], Standing]:
    """What the library lists under the keys of the folded word `term`.

    By script the 400 whose length suits best, how many there are in all, and the standing of the word itself.
    """
    if isinstance(terms, Listing):
        return terms.candidates(term)
    seen = _listed(term, terms)
    stands = Standing(*seen.pop(term, (0, 0, 0)))
    by_script: dict[
        str, dict[int, list[str]]
    ] = {}  # by length, too: of a large library's thousands most are never looked at again
    scripts: dict[str, str] = {}  # of words that begin with a letter
    for word in seen:
        script = scripts.get(word[:1])
        if script is None:
            script = known_script(word)
            if word[:1] and known_script(word[0]):
                scripts[word[0]] = script
        if script and not too_short(word, script):
            by_script.setdefault(script, {}).setdefault(len(word), []).append(word)
    sounds_asked = len(term) / _LENGTHS.get(known_script(term), 1.0)
    found: dict[str, list[Candidate]] = {}
    counted: dict[str, int] = {}
    for script, by_length in by_script.items():
        counted[script] = sum(map(len, by_length.values()))
        found[script] = [
            Candidate(word, script, *seen[word])
            for word in _nearest_in_length(by_length, sounds_asked * _LENGTHS.get(script, 1.0), seen)
        ]
    return found, counted, stands


def _listed(term: str, terms: Terms) -> dict[str, list[int]]:
    """Each word under the keys of `term`, with the documents that have it in small letters, with a capital, at a start."""
    seen: dict[str, list[int]] = {}
    for key in asked_keys(term):
        begin = len(key) + 1
        for entry, documents in islice(terms(key + "/"), _MOST_LISTED):
            how = _HOW.get(entry[-2:])
            word = entry[begin:-2]
            if how is None or "/" in word:
                continue
            counts = seen.get(word)
            if counts is None:
                counts = seen[word] = [0, 0, 0]
            if documents > counts[how]:  # noqa: PLR1730 - max() doubles the loop; the same documents stand under each of its keys
                counts[how] = documents
    return seen


def _nearest_in_length(by_length: dict[int, list[str]], length: float, seen: dict[str, list[int]]) -> list[str]:
    """The 400 words nearest to a length, those of more documents first among equals, then by letters."""
    near: dict[float, list[str]] = {}
    for one, words in by_length.items():
        near.setdefault(abs(one - length), []).extend(words)
    found: list[str] = []
    for far in sorted(near):
        found += sorted(near[far], key=lambda word: (-sum(seen[word]), word))
        if len(found) >= _MOST_JUDGED:
            break
    return found[:_MOST_JUDGED]


class Listing:
    """A lexicon that is asked for the same words by turns: for a word alone, and beside each of its neighbours. Called as `Terms` are."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._found: dict[str, tuple[dict[str, list[Candidate]], dict[str, int], Standing]] = {}

    def __call__(self, prefix: str) -> Iterable[tuple[str, int]]:
        """The entries that begin with `prefix`."""
        return self._terms(prefix)

    def candidates(self, term: str) -> tuple[dict[str, list[Candidate]], dict[str, int], Standing]:
        """As the function, the last few remembered."""
        if term not in self._found:
            if len(self._found) >= _MOST_REMEMBERED:
                del self._found[next(iter(self._found))]
            self._found[term] = candidates(term, self._terms)
        return self._found[term]


def standing(term: str, terms: Terms) -> Standing:
    """How the library knows a word that is not under the keys asked for; (0, 0, 0) if it has none such."""
    counts = [0, 0, 0]
    for key in indexed_keys(term)[:1]:
        prefix = f"{key}/{term}/"
        for entry, documents in terms(prefix):
            if entry[len(prefix) :] in ("0", "1", "2"):
                counts[int(entry[-1])] += documents
    return Standing(*counts)


def reluctance(stands: Standing, script: str, term: str) -> float:
    """Log-odds to take off for a word that the library knows as an ordinary one, asked for or found: no name, and nobody's spelling.

    Where a script has case, that is a word written in lower case; where it has none, a listed one, a word of up to three letters in 20 documents or a longer one in more than 100.
    """
    if is_ordinary(term, script):
        return _ORDINARY if len(term) < _LONG else _ORDINARY_LONG
    if script not in CASED_SCRIPTS:
        return 3.0 if len(term) <= 3 and stands.lower > 20 else max(0.0, log(max(1, stands.lower) / 100))
    if not stands.lower:
        return 0.0
    ordinary = stands.lower / sum(stands)
    if ordinary < 0.5:
        return 0.0
    return ordinary * min(8.0, 6.0 * stands.lower)
