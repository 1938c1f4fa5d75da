import subprocess
import sys

import pytest

from diplo_cli.document import Document
from diplo_cli.errors import DiploError
from diplo_cli.summary.methods import METHODS, SUMY_METHODS, known_method
from diplo_cli.summary.summarise import summarise
from diplo_cli.summary.sumy_methods import MOST, TooLongError

TEXT = """The foreign ministers of Kazakhstan and Pakistan met in Islamabad on Tuesday to discuss trade and transit.

Kazakhstan's minister said that trade between the two countries had grown by half within a single year.

Pakistan offered its ports to Kazakh exporters, who have long looked for a shorter way to the sea.

Both ministers signed a plan of cooperation between their ministries for the years 2025 and 2026.

The weather in Islamabad was warm, and the guests were shown the mosque and the gardens of the city.
"""


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("title", ["", "Kazakhstan and Pakistan to expand trade"])
def test_every_method_gives_whole_sentences_in_order(method: str, title: str) -> None:
    found = summarise(Document(id="a", path="a.txt", text=TEXT, lang="en", title=title), method=method)
    assert found.method == method
    assert len(found.sentences) == 3
    positions = [sentence.position for sentence in found.sentences]
    assert positions == sorted(positions)
    assert all(sentence.text in TEXT for sentence in found.sentences)


@pytest.mark.parametrize("method", SUMY_METHODS)
@pytest.mark.parametrize(
    "text",
    ["One.", "Yes. No. Yes!", "the of and. of and the. and the of.", "مرحبا بكم في أستانا. وصل الرئيس أمس. عاد اليوم."],
    ids=["one", "tiny", "stop-words", "arabic"],
)
def test_a_text_of_few_words_breaks_no_method(method: str, text: str) -> None:
    found = summarise(Document(id="a", path="", text=text, lang="en"), method=method)
    assert found.sentences


def test_lead_is_the_opening_sentences() -> None:
    found = summarise(Document(id="a", path="", text=TEXT, lang="en"), method="lead", sentences=2)
    assert [sentence.position for sentence in found.sentences] == [0, 1]


def test_lead_ends_where_the_words_end_and_skips_nothing() -> None:
    text = "The talks opened on Monday.\n\n" + "The long second sentence " + "goes on " * 20 + "at length.\n\nIt ended."
    found = summarise(Document(id="a", path="", text=text, lang="en"), method="lead", words=10)
    assert [sentence.position for sentence in found.sentences] == [0]


@pytest.mark.parametrize("typed", ["lexrank", "LexRank", "Lex-Rank", " lex_rank ", "sumbasic", "SUM BASIC"])
def test_a_method_is_known_however_it_is_written(typed: str) -> None:
    assert known_method(typed) in METHODS


def test_an_unknown_method_names_the_nearest() -> None:
    with pytest.raises(DiploError, match="lexrnk") as caught:
        known_method("lexrnk")
    assert caught.value.hint == "Did you mean lexrank?"
    with pytest.raises(DiploError) as caught:
        known_method("zzzzz")
    assert all(method in caught.value.hint for method in METHODS)


@pytest.mark.parametrize("method", MOST)
def test_a_method_that_would_not_end_says_so_at_once(method: str) -> None:
    text = "\n\n".join(f"The ministers met for the {number}th time in Astana." for number in range(5_000))
    with pytest.raises(TooLongError, match="a has 5,000, more than") as caught:
        summarise(Document(id="a", path="", text=text, lang="en"), method=method)
    assert caught.value.message.startswith(f"{method} compares")
    assert "diplo" in caught.value.hint


def test_the_default_loads_none_of_what_sumy_loads() -> None:
    script = (
        "import sys\n"
        "from diplo_cli.document import Document\n"
        "from diplo_cli.summary.digest import digest\n"
        "from diplo_cli.summary.summarise import summarise\n"
        f"one = Document(id='a', path='', text={TEXT!r}, lang='en')\n"
        "assert summarise(one).sentences and digest([one, one]).groups and summarise(one, method='lead').sentences\n"
        "print(sorted({'sumy', 'nltk', 'numpy', 'requests', 'rich', 'typer'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
