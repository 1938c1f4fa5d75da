"""The features of a word of a name: their order, which the quick way of making them repeats by hand, and their number, which the weights must have."""

from __future__ import annotations

from math import log1p

import pytest

from diplo_cli.names.candidates import Standing, reluctance
from diplo_cli.names.evidence import FEATURES, _features, _of_judged
from diplo_cli.names.fullname import _weights
from diplo_cli.names.scorer import FEATURES as JUDGED
from diplo_cli.names.scorer import KNOWN_FEATURES, Candidate, Judged, certainty, judge, weights

DISTINCT = tuple((place + 1) / 16 for place in range(len(JUDGED)))  # a value of its own for each place
CASES = [
    (Judged(Candidate("токаев", "Cyrl", 1, 2, 3), DISTINCT, inflected=True), "tokayev", "Latn", 1.0, False),
    (Judged(Candidate("tokaev", "Latn", 0, 7, 0), DISTINCT, inflected=False), "tokayev", "Latn", 0.0, False),
    (Judged(Candidate("トカエフ", "Kana", 4, 0, 0), DISTINCT, inflected=False), "тоқаев", "Cyrl", 0.0, True),
    *(
        (judged, "tokayev", "Latn", 0.0, False)
        for judged in judge("tokayev", "Latn", [Candidate("токаевым", "Cyrl", 0, 2, 1)])
    ),
]


@pytest.mark.parametrize(("judged", "term", "script", "asked", "bridged"), CASES)
def test_the_quick_way_gives_what_the_plain_one_gives(
    judged: Judged, term: str, script: str, asked: float, *, bridged: bool
) -> None:
    there = judged.candidate
    of = dict(zip(JUDGED, judged.features, strict=True))
    plain = _features(
        term,
        script,
        there.script,
        judged=1.0,
        certainty=max(-8.0, certainty(judged, "Latn" if bridged else script)),
        cost_a_letter=min(of["cost a letter"], 2.0),
        same_key=of["same key"],
        same_sounds=of["same sounds"],
        inflected=float(judged.inflected),
        documents=of["documents"],
        lower=of["lower"],
        ordinary=min(5.0, reluctance(Standing(there.lower, there.capital, there.start), there.script, there.term)),
        key_length=of["key length"],
        asked_inflected=asked,
        rank=of["rank"],
        candidates=of["candidates"],
    )
    quick = _of_judged(judged, term, script, asked=asked, bridged=bridged)
    assert dict(zip(FEATURES, quick, strict=True)) == dict(zip(FEATURES, plain, strict=True))


def test_documents_of_a_known_spelling_count_as_those_of_a_judged_one() -> None:
    (judged,) = judge("tokayev", "Latn", [Candidate("токаев", "Cyrl", 1, 2, 3)])
    quick = dict(zip(FEATURES, _of_judged(judged, "tokayev", "Latn", asked=0.0), strict=True))
    assert quick["documents"] == pytest.approx(log1p(6))


def test_every_model_has_a_weight_for_each_feature() -> None:
    for name, learned in weights().items():
        assert len(learned) == len(KNOWN_FEATURES if name == "known" else JUDGED), name
    assert set(FEATURES) <= set(_weights())


def test_what_is_judged_has_each_feature() -> None:
    names = [
        Candidate("токаев", "Cyrl", 0, 2, 1),
        Candidate("токаевым", "Cyrl", 0, 1, 0),
        Candidate("طوکایف", "Arab", 1, 0, 0),
    ]
    found = judge("tokayev", "Latn", names)
    assert found
    for each in found:
        assert len(each.features) == len(JUDGED)
        assert len(each.known) in (0, len(KNOWN_FEATURES))
    assert any(each.known for each in found)
