"""Lines that a site repeats: what is counted, and that no sentence goes for being repeated."""

from __future__ import annotations

from diplo_cli.reading.repeats import ENOUGH, OFTEN, Repeats, line_key
from diplo_cli.reading.structure import structure

SENTENCE = "The agreement follows two years of talks and runs until the end of 2029.\n"


def page(number: int) -> str:
    """A page of a site with words of its own, which no vocabulary has."""
    own = "".join(
        f"Ship number {number * 'x'} of the {place} fleet left the port for the open sea.\n"
        for place in ("first", "second")
    )
    return (
        f"Harbour chronicle of the western quays and islands\nPorts of call, part {number}\n{SENTENCE}{own}"
        "Beyond the breakwater and the buoys every week\n"
    )


def repeated() -> frozenset[str]:
    found = Repeats()
    for number in range(1, OFTEN + 1):
        found.add("harbour.example", page(number))
    return found.of("harbour.example")


def test_only_what_three_documents_of_one_host_have() -> None:
    found = Repeats()
    for number in range(1, OFTEN):
        found.add("harbour.example", page(number))
    found.add("other.example", page(9))
    found.add("", page(9))
    assert found.of("harbour.example") == found.of("other.example") == found.of("") == frozenset()
    found.add("harbour.example", page(9))
    assert line_key("HARBOUR CHRONICLE of the western quays and islands!") in found.of("harbour.example")


def test_a_line_counts_once_a_document() -> None:
    found = Repeats()
    found.add("harbour.example", "The wind came down\n" * (2 * OFTEN))
    assert not found.of("harbour.example")


def test_counting_has_a_bound() -> None:
    found = Repeats()
    for _ in range(ENOUGH):
        found.add("harbour.example", "Quays")
    for _ in range(OFTEN):
        found.add("harbour.example", "Islands")
    assert found.of("harbour.example") == {"quays"}


def test_numbers_and_marks_make_no_other_line() -> None:
    assert line_key("3 Comments") == line_key("• 12 comments:")
    assert line_key("12") == line_key("…") == line_key("") == ""


def test_repeated_lines_go_and_sentences_stay() -> None:
    text = page(7)
    before, after = structure(text), structure(text, repeated=repeated())
    assert "Beyond the breakwater and the buoys every week" not in {line.line for line in before.dropped}
    assert {line.line: line.reason for line in after.dropped}[
        "Beyond the breakwater and the buoys every week"
    ] == "navigation"
    assert "Harbour chronicle of the western quays and islands" in {line.line for line in after.dropped}
    kept = "\n".join(text[start:end] for start, end in after.body)
    assert "two years of talks" in kept
    assert "Ship number xxxxxxx" in kept


def test_a_copy_of_an_article_is_no_repetition() -> None:
    found = Repeats()
    for _ in range(OFTEN):
        found.add("harbour.example", page(7))
    assert structure(page(7), repeated=found.of("harbour.example")) == structure(page(7))


def test_a_repeated_line_still_tells_its_date_and_agency() -> None:
    found = Repeats()
    pages = [f"Talks on {'x' * n}ium begin\n1{n} May 2024\n{page(n)}Source: Bernama\n" for n in range(1, OFTEN + 1)]
    for text in pages:
        found.add("harbour.example", text)
    parts = structure(pages[0], repeated=found.of("harbour.example"))
    assert (parts.date, parts.publisher) == ("2024-05-11", "Bernama")
    assert {line.line: line.reason for line in parts.dropped}["11 May 2024"] == "date"
