"""How sure it is that a word of the library spells the name asked for.

A logistic model for each pair of scripts looks at the distance of the letters and at what the library tells of the word. A second one, for what the first does not rule out,
looks at what the table of known spellings says of either: مابلي is known as Mabley, so it is hardly Mobley, whose letters it has.
The weights are data/names/scorer.json (learned by tools/build_names.py); "from-to" by scripts, "*-*" for a pair without its own, "known" for the second model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from math import exp, log1p
from operator import mul
from pathlib import Path
from typing import NamedTuple

from diplo_cli.names.costs import measure
from diplo_cli.names.inflection import bare
from diplo_cli.names.keys import asked_keys, indexed_keys
from diplo_cli.names.letters import COARSE_SCRIPTS, VOWELS, known_script, russian, sounds, units
from diplo_cli.names.table import known

FEATURES = (
    "one", "cost", "cost a letter", "1/letters", "length difference", "gap", "gap a letter", "best a letter", "candidates", "documents", "capital", "lower", "same sounds",
    "same key", "key length", "same start", "inflected", "cost a letter·short", "nearest", "lead", "rank",
)  # fmt: skip
KNOWN_FEATURES = (
    "one", "log-odds of the letters", "found known", "found known as, a letter", "known as this", "asked known", "asked known as, a letter",
    "log-odds·found known", "log-odds·asked known",
)  # fmt: skip
_WORTH_A_LOOK = -3.0  # log-odds of the letters from which on the table is asked (some 30 µs a candidate)
_FARTHEST = 1.0  # cost a letter beyond which a known spelling is another name, however far
_NEAREST = 0.01  # of one that is not the same to the letter
_MOST_WEIGHED, _MOST_FAR = 60, 110  # candidates a script, nearest first, that the model looks at
_CUT, _COARSE_CUT = (
    0.9,
    1.2,
)  # cost a letter beyond which nine in ten attested pairs are mistakes of the list; the second for kana, hangul and Han
_FAR_CUT = 2.0  # the same where the other words of a full name speak for it: 1.5 loses 2 % of them in other scripts


class Candidate(NamedTuple):
    """A term of the library that shares a key with the name asked for.

    In how many documents it was seen in lower case (or has no case), with a capital in mid-sentence, only at a start.
    """

    term: str
    script: str
    lower: int
    capital: int
    start: int

    @property
    def documents(self) -> int:
        """In how many documents it was seen at all."""
        return self.lower + self.capital + self.start


class Judged(NamedTuple):
    """A candidate with the features the models look at and whether it was taken as an inflected form.

    `features` are in the order of FEATURES, `known` in that of KNOWN_FEATURES, () where the letters rule it out or the
    table knows neither word in the script of the other.
    """

    candidate: Candidate
    features: tuple[float, ...]
    inflected: bool
    known: tuple[float, ...] = ()


def _nearest(
    candidate: Candidate, name: str, cut: float, keys: frozenset[str], distance_to: Callable[[str, float], float]
) -> tuple[float, str, bool] | None:
    """Cost, units and whether inflected, of the form of a candidate that is nearest to a name given by its units and the keys it is asked under."""
    found: tuple[float, str, bool] | None = None
    shorter = bare(candidate.term, candidate.script)
    # A candidate shares a key: where it is no inflected form of anything, its own, which takes 5 µs to tell.
    own = not shorter or not keys.isdisjoint(indexed_keys(candidate.term))
    forms = [(candidate.term, False)] if own else []
    forms += [(form, True) for form in shorter if not keys.isdisjoint(indexed_keys(form))]
    if candidate.script == "Cyrl":  # Рәбиға is no farther from Rabiga than Рабига is
        forms += [(other, inflected) for form, inflected in forms if (other := russian(form, "Cyrl")) != form]
    for form, inflected in forms:
        word = units(form, candidate.script)
        if not word:
            continue
        limit = cut * (len(name) + len(word))
        if found is not None:
            limit = min(limit, found[0] - (0.5 if inflected else 0.0))  # an ending taken off must earn its keep
        cost = distance_to(word, limit)
        if cost < limit:
            found = (cost, word, inflected)
    return found


def _measured(term: str, script: str, other: str) -> Callable[[str, float], float]:
    """As `measure`, from the letters of `term` or, where it has some that Russian has not, from those that Russian writes: the nearer counts."""
    own = measure(units(term, script), script, other)
    plain = russian(term, script)
    if plain == term:
        return own
    abroad = measure(units(plain, script), script, other)
    return lambda word, limit: abroad(word, own(word, limit))


def judge(
    term: str, script: str, candidates: Sequence[Candidate], counted: int = 0, *, far: bool = False
) -> list[Judged]:
    """The features of each candidate, all of one script, that is not plainly another word; nearest first.

    `counted`: how many candidates there are, if these are not all. `far`: those beyond the usual cost, too,
    for the words of a full name, which confirm each other. Candidates without letters known here are no match for anything.
    """
    name = units(term, script)
    if not name or not candidates:
        return []
    other = candidates[0].script
    distance_to = _measured(term, script, other)
    usual = _COARSE_CUT if script in COARSE_SCRIPTS or other in COARSE_SCRIPTS else _CUT
    cut = _FAR_CUT if far else usual
    asked = frozenset(asked_keys(term))
    near = []
    for candidate in candidates:
        found = _nearest(candidate, name, cut, asked, distance_to)
        if found is not None:
            near.append((*found, candidate))
    if not near:
        return []
    near.sort(key=lambda item: (item[0], item[3].term))
    best, best_word = near[0][0], near[0][1]
    best_a_letter = best / (len(name) + len(best_word))
    heard, keys = sounds(term, script), indexed_keys(term)
    plainly = _plain(heard)
    keys_set = set(keys)
    out = []
    rivals = len(near) > 1 and near[1][0] < usual * (len(name) + len(near[1][1]))
    lead = near[1][0] - best if rivals else 6.0
    for rank, (cost, word, inflected, candidate) in enumerate(near[: _MOST_FAR if far else _MOST_WEIGHED]):
        letters = len(name) + len(word)
        a_letter = cost / letters
        seen = candidate.documents
        there = sounds(candidate.term, other) if not inflected else ""
        features = (
            1.0,
            cost,
            a_letter,
            1 / letters,
            abs(len(name) - len(word)) / letters,
            cost - best,
            a_letter - best_a_letter,
            best_a_letter,
            log1p(max(counted, len(candidates))),
            log1p(seen),
            candidate.capital / (seen + 1),
            candidate.lower / (seen + 4),
            float(plainly == _plain(there)),
            float(not inflected and not keys_set.isdisjoint(indexed_keys(candidate.term))),
            float(min(len(keys[0]) if keys else 0, 5)),
            float(heard[:1] == there[:1] or (heard[:1] in VOWELS and there[:1] in VOWELS)),
            float(inflected),
            a_letter / letters,
            float(cost == best),
            min(lead, 6.0) if cost == best else 0.0,
            log1p(rank),
        )
        odds = _by_letters(features, script, other)
        listed = _as_listed(odds, term, script, candidate) if odds >= _WORTH_A_LOOK and other != script else ()
        out.append(Judged(candidate, features, inflected, listed))
    return out


def _as_listed(odds: float, term: str, script: str, candidate: Candidate) -> tuple[float, ...]:
    """The features of the second model, in the order of KNOWN_FEATURES; () where the table knows neither word."""
    found, found_far = _known_as(candidate.term, candidate.script, term, script)
    asked, asked_far = _known_as(term, script, candidate.term, candidate.script)
    if not found and not asked:
        return ()
    same = float((found and not found_far) or (asked and not asked_far))
    return 1.0, odds, found, found_far, same, asked, asked_far, odds * found, odds * asked


def _known_as(word: str, script: str, sought: str, other: str) -> tuple[float, float]:
    """Whether the table knows spellings of `word` in the script of `sought` (1 or 0), and how far a letter the nearest is from it (0 for the same, at most _FARTHEST)."""
    forms = (word, *bare(word, script)) if script != "Latn" else (word,)
    spelled = next((found for form in forms if (found := _spellings_in(form, other))), ())
    if not spelled or sought in spelled:
        return float(bool(spelled)), 0.0
    name = units(sought, other)
    distance_to = measure(name, other, other)
    least = _FARTHEST
    for spelling in spelled:
        theirs = units(spelling, other)
        letters = len(name) + len(theirs)
        if theirs:
            least = min(least, distance_to(theirs, least * letters) / letters)
    return 1.0, max(least, _NEAREST)


@lru_cache(maxsize=4096)
def _spellings_in(word: str, script: str) -> tuple[str, ...]:
    return tuple(each.term for each in known(word, aliases=False) if known_script(each.term) == script)


def _plain(heard: str) -> str:
    """Sounds without what scripts write differently for one sound."""
    return (
        heard.replace("y", "i")
        .replace("w", "u")
        .replace("q", "k")
        .replace("ii", "i")
        .replace("uu", "u")
        .replace("e", "i")
        .replace("o", "u")
        .replace("v", "f")
        .replace("G", "g")
        .replace("x", "h")
    )


@cache
def weights() -> dict[str, list[float]]:
    """The weights of each model, in the order of its features; read when first needed."""
    path = Path(__file__).parents[1] / "data" / "names" / "scorer.json"
    loaded: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _by_letters(features: Sequence[float], script: str, other: str) -> float:
    learned = weights().get(f"{script}-{other}") or weights()["*-*"]
    odds: float = sum(map(mul, learned, features))
    return odds


def certainty(judged: Judged, script: str) -> float:
    """The log-odds, at most 5, that `judged` spells the name, which is written in `script`: nothing but a table is surer than 0.993."""
    odds = _by_letters(judged.features, script, judged.candidate.script)
    if judged.known:
        odds = sum(map(mul, weights()["known"], judged.known))
    return min(5.0, odds)


def probability(log_odds: float) -> float:
    """0..1 from log-odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))
