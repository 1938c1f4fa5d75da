"""What speaks for a word of the library being a word of the name asked for, where the name's other words stand beside it.

`Anwar` alone is much: beside `Ibrahim` even a rough likeness is enough. So the words of a full name are judged more widely than a single one (letters that differ more, words
under the same key whose letters differ much, known spellings, what is left of a word asked for in an inflected form), and `fullname` weighs them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log1p
from typing import NamedTuple

from diplo_cli.names.candidates import Standing, Terms, candidates, reluctance, standing, too_short
from diplo_cli.names.inflection import bare
from diplo_cli.names.letters import COARSE_SCRIPTS, known_script
from diplo_cli.names.scorer import FEATURES as JUDGED
from diplo_cli.names.scorer import Judged, certainty, judge
from diplo_cli.names.table import known

FEATURES = (
    "exact", "judged", "certainty", "cost a letter", "same key", "same sounds", "inflected", "documents", "lower", "ordinary", "key length", "asked inflected", "rank",
    "candidates", "letters", "known", "share", "alias", "coarse", "other script",
)  # fmt: skip
_MOST_BRIDGES = 2  # a third gains 0.2 % of the full names in the same script
_COST, _SAME_KEY, _SAME_SOUNDS, _DOCUMENTS, _LOWER, _KEY_LENGTH, _RANK, _CANDIDATES = map(
    JUDGED.index,
    ("cost a letter", "same key", "same sounds", "documents", "lower", "key length", "rank", "candidates"),
)
_MOST_FORMS = 2  # shorter forms of a word asked for that are looked at: of Халкеттынын, Халкетты and Халкетт
_CERTAINTY = FEATURES.index("certainty")
_LEAST_CERTAIN = -8.0  # log-odds below which differences mean nothing


class Evidence(NamedTuple):
    """A term of the library (of several words or a run of Chinese where it is written so), its script, and what speaks for it, in the order of FEATURES."""

    term: str
    script: str
    features: tuple[float, ...]


def evidence(term: str, terms: Terms) -> list[Evidence]:
    """What the library has that may be the folded word `term` within a name, `term` itself first.

    `terms` as for `candidates`. A word too short for its letters to tell has only its known spellings.
    """
    script = known_script(term)
    found = {term: Evidence(term, script, _features(term, script, exact=1.0))}
    if not script:
        return list(found.values())
    if not too_short(term, script):
        _add_judged(found, term, term, script, terms)
        for form in bare(term, script)[:_MOST_FORMS]:
            found.setdefault(form, Evidence(form, script, _features(term, script, exact=0.5, asked=1.0)))
            _add_judged(found, form, term, script, terms)
        for bridge in _bridges(term, script, found.values()):
            _add_judged(found, bridge, term, script, terms, only=script)
    for each in known(term):
        other = known_script(each.term)
        given = found.get(each.term)
        there = ("known", 1.0), ("share", each.share), ("alias", float(each.source == "alias"))
        if given is not None:
            features = dict(zip(FEATURES, given.features, strict=True)) | dict(there)
            found[each.term] = given._replace(features=tuple(features.values()))
        elif other and len(each.term) > 1:
            stands = standing(each.term, terms)
            if sum(stands) or other in COARSE_SCRIPTS or " " in each.term:
                found[each.term] = Evidence(
                    each.term, other, _of_known(term, script, each.term, other, stands, dict(there))
                )
    return list(found.values())


def _bridges(term: str, script: str, found: Iterable[Evidence]) -> list[str]:
    """Spellings of `term` in Latin by which others of its own script are judged: known ones, then those of the library that its letters are nearest to."""
    if script == "Latn":
        return []
    bridges = [each.term for each in known(term) if " " not in each.term]
    likely = [each for each in found if each.script == "Latn" and each.features[_CERTAINTY] > 0]
    bridges += [each.term for each in sorted(likely, key=lambda each: (-each.features[_CERTAINTY], each.term))]
    bridges = [bridge for bridge in bridges if known_script(bridge) == "Latn" and not too_short(bridge, "Latn")]
    return list(dict.fromkeys(bridges))[:_MOST_BRIDGES]


def _add_judged(found: dict[str, Evidence], form: str, term: str, script: str, terms: Terms, *, only: str = "") -> None:
    """Add what the letters of `form` say: of `term` itself, of what is left of it, or of a spelling of it in Latin.

    By the latter, spellings of the script `only` are judged: ترامب and ٹرمپ, Arabic and Urdu, are both near Trump, but not each other.
    """
    by_script, counted, _ = candidates(form, terms)
    for other, listed in by_script.items():
        if only and other != only:
            continue
        for judged in judge(form, known_script(form), listed, counted[other], far=True):
            word = judged.candidate.term
            features = _of_judged(judged, term, script, asked=float(form != term and not only), bridged=bool(only))
            if word not in found or (found[word].features[1] and found[word].features[2] < features[2]):
                found[word] = Evidence(word, other, features)


def _features(term: str, script: str, other: str = "", **given: float) -> tuple[float, ...]:
    other = other or script
    values = {
        "letters": min(len(term), 8) / 8,
        "coarse": float(other in COARSE_SCRIPTS),
        "other script": float(other != script),
        "asked inflected": given.get("asked", 0.0),
    } | {name.replace("_", " "): value for name, value in given.items()}
    return tuple(values.get(name, 0.0) for name in FEATURES)


def _of_judged(judged: Judged, term: str, script: str, *, asked: float, bridged: bool = False) -> tuple[float, ...]:
    there, features = judged.candidate, judged.features
    stands = Standing(there.lower, there.capital, there.start)
    return (  # in the order of FEATURES: as a tuple at once a tenth of what `_features` takes, for hundreds of words a query
        0.0,
        1.0,
        max(_LEAST_CERTAIN, certainty(judged, "Latn" if bridged else script)),
        min(features[_COST], 2.0),
        features[_SAME_KEY],
        features[_SAME_SOUNDS],
        float(judged.inflected),
        features[_DOCUMENTS],
        features[_LOWER],
        min(5.0, reluctance(stands, there.script, there.term)),
        features[_KEY_LENGTH],
        asked,
        features[_RANK],
        features[_CANDIDATES],
        min(len(term), 8) / 8,
        0.0,
        0.0,
        0.0,
        float(there.script in COARSE_SCRIPTS),
        float(there.script != script),
    )


def _of_known(
    term: str, script: str, word: str, other: str, stands: Standing, there: dict[str, float]
) -> tuple[float, ...]:
    return _features(
        term,
        script,
        other,
        documents=log1p(sum(stands)),
        lower=stands.lower / (sum(stands) + 4),
        ordinary=min(5.0, reluctance(stands, other, word)),
        **there,
    )
