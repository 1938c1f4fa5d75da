"""The compiled profiles: langdetect's own features, and the sum that its sampler only approaches."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.lang_profile import LangProfile

from diplo_cli.language import profiles, scripts

TEXT = "The Ministers of Kazakhstan and Malaysia met in Astana; Oʻzbekiston’s envoy came, too."


def table(script: str) -> profiles.Table:
    found = profiles.table(script)
    assert found
    return found


def grams(words: list[str]) -> Counter[str]:
    return Counter(gram for word in words for gram in profiles._grams(word))


@pytest.mark.parametrize("script", ["Latn", "Cyrl", "Arab", "Deva"])
def test_a_table_is_whole(script: str) -> None:
    found = table(script)
    assert len(found.rows) == len(found.places) * len(found.tags)
    assert len(set(found.tags)) == len(found.tags)
    assert all(1 <= len(gram) <= 3 for gram in found.places)


def test_a_script_without_profiles() -> None:
    assert profiles.table("Thai") is None


def test_features_are_those_of_langdetect() -> None:
    made = LangProfile("x")
    made.update("".join(char if profiles.is_letter(char) else " " for char in TEXT) + " ")
    ours = grams(profiles.words(TEXT))
    assert made.freq.keys() <= ours.keys()
    assert {gram: ours[gram] for gram in made.freq} == dict(made.freq)


def test_scores_are_the_sum_over_every_gram() -> None:
    found = profiles.words(TEXT)
    rated = table("Latn")
    expected = dict.fromkeys(rated.tags, 0.0)
    for gram, count in grams(found).items():
        place = rated.places.get(gram)
        if place is not None:
            for number, tag in enumerate(rated.tags):
                expected[tag] += count * rated.rows[place * len(rated.tags) + number] / rated.scale
    assert profiles.scores(found, rated) == pytest.approx(expected)


def test_scores_rank_as_the_posterior_of_langdetect() -> None:
    """The order of languages is that of langdetect's own update rule applied to every n-gram once."""
    texts = {"en": "the minister of foreign affairs met the president", "fr": "le ministre des affaires de la France"}
    made = []
    for tag, text in texts.items():
        profile = LangProfile(tag)
        profile.update(text * 20)
        made.append(
            f'{{"name": "{tag}", "freq": {dict(profile.freq)}, "n_words": {profile.n_words}}}'.replace("'", '"')
        )
    factory = DetectorFactory()
    factory.load_json_profile(made)
    detector = factory.create(0.5)
    posterior = [1.0] * 2
    for each in grams(profiles.words("the president of France met the minister")).elements():
        detector._update_lang_prob(posterior, each, 0.5)
        detector._normalize_prob(posterior)
    rows = {
        gram: [math.log((5e-5 + share) / 5e-5) for share in shares]
        for gram, shares in factory.word_lang_prob_map.items()
    }
    ordered = sorted(rows)
    scale = 255 / max(map(max, rows.values()))
    packed = b"".join(bytes(round(value * scale) for value in rows[gram]) for gram in ordered)
    ours = profiles.Table(("en", "fr"), scale, {gram: place for place, gram in enumerate(ordered)}, packed, {}, {})
    scores = profiles.scores(profiles.words("the president of France met the minister"), ours)
    assert (scores["en"] > scores["fr"]) == (posterior[0] > posterior[1])
    assert scores["en"] - scores["fr"] == pytest.approx(math.log(posterior[0] / posterior[1]), rel=0.05)


def test_words_in_capitals_are_left_out_but_not_all() -> None:
    assert profiles.words("ASEAN welcomed it gladly") == ["welcomed", "it", "gladly"]
    assert profiles.words("ASEAN WELCOMED IT") == ["asean", "welcomed", "it"]


@given(st.text(st.characters(categories=["L", "M", "Nd", "Zs"]), max_size=300))
def test_scores_are_never_negative_nor_overflow(text: str) -> None:
    rated = table("Latn")
    assert all(0 <= value < 2**31 for value in profiles.scores(profiles.words(text), rated).values())


def test_close_words_lean_the_right_way() -> None:
    pair = profiles.close_pair("id")
    assert pair
    assert (pair.first, pair.second) == ("ms", "id")
    assert profiles.lean(["kerana", "syarikat", "Ogos"], pair) > 0
    assert profiles.lean(["karena", "perusahaan", "Agustus"], pair) < 0
    assert profiles.lean([], pair) == 0
    balkan = profiles.close_pair("hr")
    assert balkan
    assert profiles.lean(["vrijeme", "vjerovati"], balkan) > 0 > profiles.lean(["vreme", "sednica"], balkan)
    assert profiles.close_pair("en") is None


def test_letters_by_script() -> None:
    assert scripts.letters("Tokayev, Тоқаев 2024!") == {"Latn": 7, "Cyrl": 6}
    assert scripts.letters("日本のニュース") == {"Hani": 2, "Kana": 5}
    assert scripts.weigh({}) == ("Zyyy", 0.0)
    assert scripts.weigh({"Latn": 70, "Cyrl": 30}) == ("Cyrl", 1.0)
    assert scripts.weigh({"Latn": 71, "Cyrl": 29}) == ("Latn", 0.71)
    assert scripts.weigh({"Latn": 70, "Hani": 10}) == ("Hani", 1.0)


def test_only_keeps_one_script() -> None:
    assert scripts.only("Токаев met Қасым", "Cyrl").split() == ["Токаев", "Қасым"]
    assert scripts.looked_through("Мoсквa, aбв, Moscow", "Cyrl") == "Москва, абв, Moscow"
    assert scripts.looked_through("Мoсквa", "Latn") == "Мoсквa"
    assert scripts.only("Москва is big", "Latn").split() == ["is", "big"]
