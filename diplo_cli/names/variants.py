"""The spellings of a name that a library has.

Candidates come from the lexicon by key, the scorer judges them, and the query's own standing in the library moves the line: a word that is never written with a capital is no name.
A table of known variants (Xi, Си, شي, 习: what no rule finds) would be asked in `spellings`, before the scorer, and answer with `why` "table".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Literal, NamedTuple

from diplo_cli.names.inflection import bare
from diplo_cli.names.keys import asked_keys
from diplo_cli.names.letters import CASED_SCRIPTS, script_of
from diplo_cli.names.scorer import Candidate, certainty, judge, probability

Strictness = Literal["strict", "normal", "loose"]
Terms = Callable[[str], Iterable[tuple[str, int]]]

_THRESHOLDS: dict[str, float] = {"strict": 0.85, "normal": 0.5, "loose": 0.25}
_ASKED_INFLECTED = 1.0  # log-odds taken off when the word asked for is itself taken for an inflected form
_SHOWN = 0.1  # from here on a spelling may be offered under "also spelled?"
_MOST_LISTED = (
    20_000  # entries read under one key: a bound for hostile libraries; the fullest key of a million terms has ~8,000
)
_MOST_JUDGED = 200  # candidates a script whose letters are compared, those nearest in length first
# Characters a word has in a script for each it has in Latin (means over attested pairs of spellings).
_LENGTHS = {"Cyrl": 0.95, "Arab": 0.8, "Hebr": 0.75, "Hang": 0.45, "Kana": 0.65, "Hani": 0.42, "Deva": 0.85}


class Spelling(NamedTuple):
    """A spelling of the name asked for: a term of the library (for Chinese and Japanese a run of characters, to be searched as a phrase), its script, the documents that have it, how sure
    (0..1) and why: "spelling" or "inflected form".
    """

    term: str
    script: str
    documents: int
    probability: float
    why: str


def threshold(strictness: Strictness) -> float:
    """The least probability at which a spelling is searched for."""
    return _THRESHOLDS[strictness]


class _Standing(NamedTuple):
    """How the word asked for stands in the library: documents that have it in lower case, with a capital in mid-sentence, only at a start."""

    lower: int
    capital: int
    start: int


def candidates(term: str, terms: Terms) -> tuple[dict[str, list[Candidate]], _Standing]:
    """What the library lists under the keys of the folded word `term`: by script, the 200 whose length suits best, and the standing of the word itself."""
    seen: dict[str, list[int]] = {}
    for key in asked_keys(term):
        for entry, documents in islice(terms(key + "/"), _MOST_LISTED):
            parts = entry.split("/")
            if len(parts) != 3 or parts[0] != key or parts[2] not in ("0", "1", "2"):
                continue
            word, how = parts[1], int(parts[2])
            counts = seen.get(word)
            if counts is None:
                counts = seen[word] = [0, 0, 0]
            counts[how] = max(counts[how], documents)  # the same documents stand under each of its keys
    standing = _Standing(*seen.pop(term, (0, 0, 0)))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for word, (lower, capital, start) in seen.items():
        script = script_of(word)
        if script:
            found[script].append(Candidate(word, script, lower, capital, start))
    sounds_asked = len(term) / _LENGTHS.get(script_of(term), 1.0)
    for script, listed in found.items():
        length = sounds_asked * _LENGTHS.get(script, 1.0)
        listed.sort(key=lambda c: (abs(len(c.term) - length), -c.documents, c.term))
        del listed[_MOST_JUDGED:]
    return found, standing


def _reluctance(standing: _Standing, script: str) -> float:
    """Log-odds to take off for a word that the library knows as an ordinary one: it writes it in lower case."""
    if script not in CASED_SCRIPTS or not standing.lower:
        return 0.0
    ordinary = standing.lower / (standing.lower + standing.capital + standing.start)
    if ordinary < 0.5:
        return 0.0
    return 8.0 * ordinary if standing.lower > 1 else 2.5


def spellings(term: str, terms: Terms, *, strictness: Strictness = "normal") -> list[Spelling]:
    """The spellings of the folded word `term` in a library, surest first, `term` itself left out.

    `terms(prefix)` lists the engine's names field: (entry, documents) for each "KEY/term/c" that begins with prefix. All with a probability of at least 0.1 are returned (less than
    `threshold(strictness)`, if that is lower): the caller searches for those that reach the threshold and may offer the others. Nothing is a spelling of a word without a known letter.
    """
    script = script_of(term)
    if not script:
        return []
    least = min(_SHOWN, threshold(strictness))
    found, ordinary = _judged(term, script, terms, least, 0.0)
    if not ordinary and all(s.probability < threshold("normal") for s in found):
        for form in bare(term, script)[:2]:  # the word asked for may be inflected itself
            known = {s.term for s in found}
            found += [
                s
                for s in _judged(form, script, terms, least, _ASKED_INFLECTED)[0]
                if s.term not in known and s.term != term
            ]
    return sorted(found, key=lambda s: (-s.probability, s.term))


def _judged(term: str, script: str, terms: Terms, least: float, doubt: float) -> tuple[list[Spelling], bool]:
    """The spellings of exactly this word, `doubt` taken off their log-odds, and whether the library knows it as an ordinary word."""
    by_script, standing = candidates(term, terms)
    reluctance = _reluctance(standing, script)
    found = []
    for other, listed in by_script.items():
        for judged in judge(term, script, listed):
            sure = probability(certainty(judged, script) - doubt - reluctance)
            if sure >= least:
                why = "inflected form" if judged.inflected or doubt else "spelling"
                found.append(Spelling(judged.candidate.term, other, judged.candidate.documents, round(sure, 4), why))
    if doubt and standing.capital:
        found.append(Spelling(term, script, sum(standing), 0.9, "inflected form"))
    return found, reluctance > 0
