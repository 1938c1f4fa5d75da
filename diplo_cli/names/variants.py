"""The spellings of a name that a library has.

Candidates come from the lexicon by key, the scorer judges them, and the query's own standing in the library moves the line: a word that is never written with a capital is no
name, nor is an ordinary word of a script without capitals.
"""

from __future__ import annotations

from itertools import islice
from math import log
from typing import Literal, NamedTuple

from diplo_cli.names.candidates import Standing, Terms, candidates, reluctance, standing, too_short
from diplo_cli.names.inflection import bare
from diplo_cli.names.keys import CAPITAL, indexed_keys
from diplo_cli.names.letters import CASED_SCRIPTS, COARSE_SCRIPTS, known_script
from diplo_cli.names.ordinary import is_ordinary
from diplo_cli.names.scorer import FEATURES, certainty, judge, probability
from diplo_cli.names.table import Known, known

Strictness = Literal["strict", "normal", "loose"]

_THRESHOLDS: dict[str, float] = {"strict": 0.96, "normal": 0.6, "loose": 0.25}
_ALONE = 0.7  # of a word that no other confirms: an absent name then brings half a document of a thousand
_ASKED_INFLECTED = 1.0  # log-odds taken off when the word asked for is itself taken for an inflected form
_VAGUE = 0.7  # log-odds taken off across scripts for a word of one or two consonants: much sounds like Oman, Ali, Peru
_VAGUE_KEY = 2
_VAGUE_INFLECTED = 2.0  # more, where an ending was taken off to make the two alike
_SURE_STEM = 0.7  # from here on the forms of a spelling are surer
_FORM_OF_SURE = 2.0  # by so many log-odds
_SHORT_WORD = 1.5  # more, where the word found is of up to three letters, in a script without capitals
_SAYS_NOTHING = 0.7  # log-odds taken off for a word with a capital only where every word has one
_CROWD = 0.2  # log-odds taken off for each e-fold of candidates beyond 20, but where both sound the same: the line rises with the library, as false finds would
_SAME_SOUNDS = FEATURES.index("same sounds")
_ALIAS, _TABLE, _TABLE_RARE = (
    0.98,
    0.95,
    0.6,
)  # how sure a known spelling is: written by hand, listed, listed for few who bear the name
_TABLE_SHARE = 0.3
_SHORT, _TABLE_SHORT = 3, 0.5
_SURE = 0.9  # from here on the spellings of a spelling are looked at, too
_THROUGH = 2  # so many: each costs as much as the word asked for
_SHOWN = 0.1  # from here on a spelling may be offered under "also spelled?"


class Spelling(NamedTuple):
    """A spelling of the name asked for.

    A term of the library (for Chinese and Japanese a run of characters, to be searched as a phrase), its script, the documents that have it, how sure (0..1) and why: "spelling",
    "inflected form", or "alias" and "table" for those that need no judging.
    """

    term: str
    script: str
    documents: int
    probability: float
    why: str


def threshold(strictness: Strictness, *, alone: bool = False) -> float:
    """The least probability at which a spelling is searched for. `alone`: no other word of the query must be in the document, too."""
    return max(_THRESHOLDS[strictness], _ALONE) if alone and strictness != "loose" else _THRESHOLDS[strictness]


def spellings(term: str, terms: Terms, *, strictness: Strictness = "normal") -> list[Spelling]:
    """The spellings of the folded word `term` in a library, surest first, `term` itself left out.

    `terms(prefix)` lists the engine's names field: (entry, documents) for each "KEY/term/c" that begins with prefix. All with a probability of at least 0.1 are returned (less
    than `threshold(strictness)`, if that is lower): the caller searches for those that reach the threshold and may offer the others. Nothing is a spelling of a word without a
    known letter.
    """
    script = known_script(term)
    if not script:
        return []
    listed = _listed(term, terms)
    if too_short(term, script):
        return listed
    least = min(_SHOWN, threshold(strictness))
    found, ordinary = _judged(term, script, terms, least, 0.0)
    if not ordinary and all(s.probability < threshold("normal") for s in found):
        for form in _roots(term, script, terms):  # the word asked for may be inflected itself
            taken = {s.term for s in found}
            found += [
                s
                for s in _judged(form, script, terms, least, _ASKED_INFLECTED)[0]
                if s.term not in taken and s.term != term
            ]
    used: set[str] = set()
    for _ in range(0 if ordinary else _THROUGH):
        sure = [s for s in found if s.probability >= _SURE and s.term not in used]
        if not sure:
            break
        best = max(sure, key=lambda s: (s.probability, s.term))
        used.add(best.term)
        found = _through(best, term, found, terms, least)
    near = [s for s in found if s.script == script and s.probability >= _SURE]
    for each in sorted(near, key=lambda s: (-s.probability, s.term))[: 0 if ordinary else _THROUGH]:
        listed += [  # Kassym is near Kassim, of whom more is known
            s._replace(probability=round(each.probability * s.probability, 4))
            for s in _listed(each.term, terms)
            if s.why == "alias" and s.term != term
        ]
    if not ordinary:
        found = _of_sure_forms(term, found, listed)
    surest = {s.term: s for s in sorted([*found, *listed], key=lambda s: s.probability)}
    return sorted(surest.values(), key=lambda s: (-s.probability, s.term))


def _of_sure_forms(term: str, found: list[Spelling], listed: list[Spelling]) -> list[Spelling]:
    """`found`, where a form of a sure spelling (токаевым, whose токаев is one, in the library or known) is surer than its own letters make it."""
    sure = {s.term for s in (*found, *listed) if s.probability >= _SURE_STEM} | {term}
    sure |= {each.term for each in known(term) if how_sure(each) >= _SURE_STEM}
    return [
        s._replace(probability=_surer(s.probability, _FORM_OF_SURE), why="inflected form")
        if s.probability < _SURE and not sure.isdisjoint(bare(s.term, s.script))
        else s
        for s in found
    ]


def _surer(sure: float, log_odds: float) -> float:
    return round(probability(log(sure / (1 - sure)) + log_odds), 4)


def _listed(term: str, terms: Terms) -> list[Spelling]:
    """The known spellings that the library has; one that is an ordinary word there is left to its letters, and so are all of a word asked for that is.

    A spelling of several words, whose words may stand apart, and a run of Chinese that the lexicon does not list are for full names alone; but one of two characters or more
    that is written by hand (近平, whose characters write no foreign names) is given with 0 documents, for the caller to look for.
    """
    found: list[Spelling] = []
    if _is_word(term, known_script(term), standing(term, terms)):
        return found
    for each in known(term):
        script = known_script(each.term)
        if script == "Hani" and each.source == "alias" and len(each.term) > 1:
            found.append(Spelling(each.term, script, sum(standing(each.term, terms)), how_sure(each), each.source))
            continue
        stands = standing(each.term, terms) if script and " " not in each.term else Standing(0, 0, 0)
        if sum(stands) and not _is_word(each.term, script, stands):
            found.append(Spelling(each.term, script, sum(stands), how_sure(each), each.source))
    return found


def _is_word(term: str, script: str, stands: Standing) -> bool:
    """Whether the library, or for scripts without capitals the list, knows a word as an ordinary one: how often a name is written there says nothing (محمد)."""
    if script in CASED_SCRIPTS:
        return reluctance(stands, script, term) >= 1
    return is_ordinary(term, script)


def how_sure(each: Known) -> float:
    """How sure (0..1) a known spelling is.

    What one group alone has is unsure where it is short and in a script without capitals: غور is how one Gore is written, and a word of Urdu.
    """
    if each.source == "table" and each.support == 1 and _is_short(each.term, known_script(each.term)):
        return _TABLE_SHORT
    return _ALIAS if each.source == "alias" else _TABLE if each.share >= _TABLE_SHARE else _TABLE_RARE


def _is_short(term: str, script: str) -> bool:
    """Whether a word has up to three letters, in a script that has neither capitals nor syllables: in Arabic, most of such are words."""
    return script not in CASED_SCRIPTS and script not in COARSE_SCRIPTS and len(term) <= _SHORT


def _through(best: Spelling, term: str, found: list[Spelling], terms: Terms, least: float) -> list[Spelling]:
    """`found`, and the spellings of `best`, a sure one of them, in the scripts where none was.

    What Toqaev is too far from (Tokayev), Тоқаев is near, and Tokayev to توكاييف. Both must hold, so probabilities multiply.
    """
    settled = {s.script for s in found if s.probability >= _SURE}
    all_found = {s.term: s for s in found}
    for s in _judged(best.term, best.script, terms, least, 0.0)[0]:
        sure = round(best.probability * s.probability, 4)
        if (
            s.term != term
            and s.script not in settled
            and sure >= least
            and (s.term not in all_found or all_found[s.term].probability < sure)
        ):
            all_found[s.term] = s._replace(probability=sure)
    return list(all_found.values())


def _roots(term: str, script: str, terms: Terms) -> list[str]:
    """What the word asked for may be an inflected form of: in Latin, where every other word ends like one, only words that the library knows as names."""
    forms = bare(term, script)
    if script != "Latn":
        return list(forms[:1])
    return [
        form
        for form in forms
        if any(n for key in indexed_keys(form)[:1] for _, n in islice(terms(f"{key}/{form}/{CAPITAL}"), 1))
    ][:1]


def _judged(term: str, script: str, terms: Terms, least: float, doubt: float) -> tuple[list[Spelling], bool]:
    """The spellings of exactly this word, `doubt` taken off their log-odds, and whether the library knows it as an ordinary word."""
    by_script, counted, stands = candidates(term, terms)
    reluctant = reluctance(stands, script, term)
    vague = len((indexed_keys(term) or ("",))[0]) <= _VAGUE_KEY
    found = []
    for other, listed in by_script.items():
        crowd = _CROWD * log(1 + counted[other] / 20) + (_VAGUE if other != script and vague else 0.0)
        for judged in judge(term, script, listed, counted[other]):
            there = judged.candidate
            ordinary = reluctant + reluctance(Standing(there.lower, there.capital, there.start), other, there.term)
            doubts = crowd if not judged.features[_SAME_SOUNDS] else 0.0
            if other != script:
                doubts += _SAYS_NOTHING if other in CASED_SCRIPTS and not there.capital and not there.lower else 0.0
                doubts += _VAGUE_INFLECTED if vague and judged.inflected else 0.0
                doubts += _SHORT_WORD if vague and _is_short(there.term, other) else 0.0
            sure = probability(
                certainty(judged, script) - doubt - doubts - (ordinary if other != script else ordinary / 2)
            )
            if sure >= least:
                why = "inflected form" if judged.inflected or doubt else "spelling"
                found.append(Spelling(judged.candidate.term, other, judged.candidate.documents, round(sure, 4), why))
    if doubt and stands.capital:
        found.append(Spelling(term, script, sum(stands), 0.9, "inflected form"))
    return found, reluctant > 0
