from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplo_cli.document import Document
from diplo_cli.summary.article import NothingToSummariseError
from diplo_cli.summary.digest import Digest, by_date, digest, shares

WIRE = (
    "The presidents of Kazakhstan and Uzbekistan met in Tashkent on Friday to speak about trade and water.\n\n"
    "Trade between the two countries passed four billion dollars last year, the presidents said.\n\n"
)
OWN = [
    "Farmers along the river hope that the new agreement will bring an end to dry summers.",
    "A railway line of three hundred kilometres is to join the border towns by the end of the decade.",
    "The opposition in parliament asked for the text of the agreement to be published in full.",
]
MALAY = (
    "Perdana Menteri Anwar Ibrahim tiba di Astana untuk lawatan rasmi selama dua hari.\n\n"
    "Perdagangan antara Malaysia dan Kazakhstan bernilai lebih seratus juta dolar pada tahun lalu.\n"
)


def english(number: int, text: str) -> Document:
    return Document(id=f"en{number}", path="", text=text, lang="en", date="2024-05-17", countries=("KZ", "UZ"))


WIRED = [english(number, WIRE + own) for number, own in enumerate(OWN)]
ALL = [*WIRED, Document(id="ms0", path="", text=MALAY, lang="ms", countries=("UZ", "KZ"))]


def told(found: Digest) -> list[str]:
    return [sentence.text for group in found.groups for sentence in group.sentences]


def test_groups_by_language_the_largest_first_each_sentence_with_its_document() -> None:
    found = digest(ALL)
    assert [(group.lang, group.countries, group.documents) for group in found.groups] == [("en", (), 3), ("ms", (), 1)]
    assert found.documents == 4
    by_id = {document.id: document.text for document in ALL}
    for group in found.groups:
        assert group.sentences
        assert all(sentence.text in by_id[sentence.id] for sentence in group.sentences)
    assert found.groups[0].sentences[0].date == "2024-05-17"


def test_the_same_wire_text_is_told_once() -> None:
    found = told(digest(WIRED, sentences=20))
    assert len(found) == len(set(found)) == 5
    reworded = WIRE.replace("on Friday ", "")
    assert sum("Tashkent" in text for text in told(digest([WIRED[0], english(8, reworded)], sentences=20))) == 1


def test_the_same_wire_text_is_told_in_one_group_alone() -> None:
    parted = [each._replace(countries=(code,)) for each, code in zip(WIRED, ("KZ", "UZ", "KG"), strict=True)]
    found = told(digest(parted, by=("country",), sentences=20))
    assert len(found) == len(set(found)) == 5


def test_sentences_are_shared_by_documents() -> None:
    found = digest(ALL, sentences=4)
    assert [len(group.sentences) for group in found.groups] == [3, 1]


def test_words_bind_over_all_groups() -> None:
    for most in (20, 40, 60, 100):
        assert sum(len(text.split()) for text in told(digest(ALL, words=most))) <= most
    assert len(told(digest(ALL, words=1))) == 1


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (("lang",), [("en", ()), ("ms", ())]),
        (("country",), [("", ("KZ", "UZ"))]),
        (("lang", "country"), [("en", ("KZ", "UZ")), ("ms", ("KZ", "UZ"))]),
        (("country", "lang"), [("en", ("KZ", "UZ")), ("ms", ("KZ", "UZ"))]),
        ((), [("", ())]),
    ],
)
def test_by(by: tuple[str, ...], groups: list[tuple[str, tuple[str, ...]]]) -> None:
    found = digest(ALL, by=by)
    assert [(group.lang, group.countries) for group in found.groups] == groups
    assert sum(group.documents for group in found.groups) == 4


def test_documents_about_many_countries_are_one_group() -> None:
    many = [each._replace(multilateral=True) for each in WIRED]
    assert [group.countries for group in digest([*many, ALL[3]], by=("country",)).groups] == [("*",), ("KZ", "UZ")]


def test_a_group_in_two_languages_tells_from_both() -> None:
    (group,) = digest(ALL, by=("country",), sentences=4).groups
    assert [sentence.lang for sentence in group.sentences] == ["en", "en", "en", "ms"]


def test_focus_prefers_sentences_that_match() -> None:
    found = digest(WIRED, sentences=1, focus=lambda _: lambda text: "railway" in text)
    assert told(found) == [OWN[1]]
    assert told(digest(WIRED, focus=lambda _: None)) == told(digest(WIRED))


def test_focus_is_asked_for_in_each_language() -> None:
    asked: list[str] = []

    def focus(lang: str) -> Callable[[str], bool]:
        asked.append(lang)
        return lambda text: lang == "ms" and "dolar" in text

    (sentence,) = digest(ALL, sentences=2, focus=focus).groups[1].sentences
    assert sentence.text.startswith("Perdagangan")
    assert asked == ["en", "ms"]


def test_a_ratio_is_a_share_of_all_sentences() -> None:
    assert len(told(digest(ALL, ratio=0.4))) == 4
    assert len(told(digest(ALL, ratio=0.5, sentences=2))) == 2


def test_what_more_documents_report_comes_first() -> None:
    unlike = [
        "Ministers signed an agreement on water in the capital of the northern republic.",
        "An agreement on water was what ministers signed, said newspapers of the region today.",
        "The weather stayed warm in the southern valleys through all of the week.",
    ]
    filler = "Nothing else of note was reported in the newspapers that day."
    documents = [english(number, f"{filler}\n\n{text}") for number, text in enumerate([unlike[2], *unlike[:2]])]
    assert told(digest(documents, sentences=2))[1] in unlike[:2]


def test_in_order_of_dates_the_oldest_first_and_the_undated_last() -> None:
    dates = ["2024-06-13", "", "2023", "--02-19", "2024-05"]
    documents = [
        english(number, f"{text} Paper {number} says so.")._replace(date=date)
        for number, (text, date) in enumerate(zip([*OWN, *MALAY.split("\n\n")], dates, strict=True))
    ]
    documents[2] = documents[2]._replace(lang="ms")
    whole = digest(documents, sentences=10)
    (group,) = by_date(whole, together=True).groups
    found = [each.date for each in group.sentences]
    assert list(dict.fromkeys(found)) == ["2023", "2024-05", "2024-06-13", "", "--02-19"]
    assert (group.lang, group.documents) == ("", 5)
    parted = by_date(whole, together=False)
    assert [each.lang for each in parted.groups] == ["en", "ms"]
    assert sorted(told(parted)) == sorted(told(whole))


@pytest.mark.parametrize("method", ["lead", "lexrank", "edmundson"])
def test_other_methods_make_digests_too(method: str) -> None:
    found = digest(ALL, method=method, sentences=4)
    assert found.method == method
    assert len(told(found)) == 4


def test_lead_takes_the_openings_in_turn() -> None:
    documents = [
        english(number, f"{own}\n\nNothing else of note was reported that day.") for number, own in enumerate(OWN)
    ]
    assert told(digest(documents, method="lead", sentences=3)) == OWN


def test_a_document_without_sentences_is_passed_over_with_the_reason() -> None:
    found = digest([*WIRED, english(9, "")])
    assert found.documents == 4
    assert "empty" in found.passed_over["en9"]
    with pytest.raises(NothingToSummariseError, match="empty"):
        digest([english(9, "")])
    with pytest.raises(NothingToSummariseError, match="no document"):
        digest([])


def test_one_digest_of_the_same_documents_is_the_same_twice() -> None:
    assert digest(ALL) == digest(ALL)


@given(st.integers(1, 40), st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_shares_are_all_given_out_and_ordered_as_the_sizes(total: int, sizes: list[int]) -> None:
    sizes.sort(reverse=True)
    given_out = shares(total, sizes)
    assert sum(given_out) == total
    assert given_out == sorted(given_out, reverse=True)
    assert min(given_out) >= (1 if total >= len(sizes) else 0)
    if total >= len(sizes):
        rest = total - len(sizes)
        assert all(abs(got - 1 - rest * size / sum(sizes)) < 1 for got, size in zip(given_out, sizes, strict=True))
