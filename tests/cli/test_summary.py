"""`diplo summary` as users and scripts call it: digests, formats, odd documents."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diplo_cli.text.width import cells
from tests.conftest import ROOT, Run

Terminal = Callable[..., tuple[str, int]]
STYLE = re.compile(r"\x1b\[[0-9;]*m")
WIRE = (
    "The presidents of Kazakhstan and Uzbekistan met in Tashkent on Friday to speak about trade and water.\n\n"
    "Trade between the two countries passed four billion dollars last year, a spokesman of the government said.\n"
)
ODD = {
    "one sentence": ("The minister arrived in Astana on Monday.\n", 1),
    "a list": ("Shopping\n\n- apples\n- railways and ports\n- 12 cows\n", 3),
    "a poem": ("Rain on the steppe at night\na rider without a lamp\nthe river keeps its counsel\n", 3),
    "a table": ("Country\tExports\tImports\nKazakhstan\t80,0\t60,1\nMalaysia\t312,8\t265,8\n", 3),
    "a transcript": (
        "TOKAYEV: Thank you for coming.\n\nANWAR: The pleasure is ours.\n\nQUESTION: What about the price of oil?\n",
        3,
    ),
    "one sentence 10,000 times": ("The talks were held in a warm atmosphere. " * 10_000, 1),
    "two languages": (WIRE + "\nПрезиденты Казахстана и Узбекистана встретились в Ташкенте.\n", 3),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_document_has_a_sensible_summary(diplo: Run, library: Path, name: str) -> None:
    text, lines = ODD[name]
    done = diplo(library, "summary", "--file", "-", stdin=text)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.splitlines()[1:]
    assert len(shown) == lines
    together = " ".join(text.split())
    assert all(" ".join(line.split()) in together for line in shown)


@pytest.mark.parametrize("text", ["1 2 3\n4 5 6\n", "…\n—\n", "A Title Alone\n"])
def test_a_document_with_nothing_to_say_has_one_line_and_status_1(diplo: Run, library: Path, text: str) -> None:
    (library / "odd.jsonl").write_text(
        json.dumps({"id": "odd", "text": text, "title": "A Title Alone"}), encoding="utf-8"
    )
    done = diplo(library, "summary", "--file", "odd.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"diplo: odd has nothing to summarise: .+\n", done.stderr)


def test_an_empty_file_is_told_in_a_line_with_status_1(diplo: Run, library: Path) -> None:
    (library / "empty.txt").write_bytes(b"")
    done = diplo(library, "summary", "--file", "empty.txt")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "diplo: empty.txt is empty\n")
    assert diplo(library, "summary", "--file", "empty.txt", "--file", "none.txt").returncode == 2


def test_a_text_too_long_for_a_method_is_told_and_the_rest_goes_on(diplo: Run, library: Path) -> None:
    long = "\n\n".join(f"The ministers met for the {number}th time in Astana." for number in range(300))
    lines = [{"id": "long", "text": long}, {"id": "short", "text": WIRE}]
    (library / "two.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = diplo(library, "summary", "--file", "two.jsonl", "--method", "kl", "--jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["short"]
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "diplo: kl compares all sentences with each other: long has 300, more than 250",
    )


def test_lengths_bind_together(diplo: Run, seeds: Path) -> None:
    def sentences(*flags: str) -> int:
        return len(diplo(seeds, "summary", "003", *flags).stdout.splitlines()) - 1

    whole = sentences("--ratio", "1")
    assert whole > 20
    assert sentences("--ratio", "0.2") == round(whole * 0.2)
    assert sentences("--ratio", "0.2", "-n", "2") == 2
    assert sentences("--ratio", "0.2", "-n", "9", "--words", "15") == 1


@pytest.mark.parametrize("spelling", ["Tokayev", "Токаев", "توكاييف", "Tokaev"])
def test_focus_finds_any_spelling(diplo: Run, seeds: Path, spelling: str) -> None:
    assert "Тоқаев" in diplo(seeds, "summary", "004", "--focus", spelling, "-n", "2").stdout


def test_ids_have_a_summary_each_and_one_digest_where_asked(diplo: Run, seeds: Path) -> None:
    each = json.loads(diplo(seeds, "summary", "000", "001", "--json").stdout)
    assert (each["schema"], len(each["summaries"])) == ("diplo.summaries/1", 2)
    whole = json.loads(diplo(seeds, "summary", "000", "001", "003", "--digest", "--json").stdout)
    assert (whole["schema"], whole["documents"], whole["passed_over"]) == ("diplo.digest/1", 3, [])
    assert [(group["lang"], group["documents"]) for group in whole["groups"]] == [("en", 2), ("ms", 1)]
    assert list(whole["groups"][0]["sentences"][0]) == ["id", "text", "position", "date", "lang"]


def test_ids_from_stdin_make_a_digest(shell: Run, seeds: Path) -> None:
    done = shell(seeds, "diplo search Tokayev --ids | diplo summary - --digest | cut -f1 | sort -u")
    assert [line[:3] for line in done.stdout.splitlines()] == ["000", "001", "002", "004"]
    nothing = shell(seeds, "diplo search nothingatall --ids | diplo summary - --digest --json; echo $?")
    assert json.loads(nothing.stdout.splitlines()[0])["groups"] == []
    assert nothing.stdout.splitlines()[1] == "1"


def test_files_make_a_digest(diplo: Run, seeds: Path) -> None:
    files = sorted(str(path) for path in (seeds / "seeds").glob("00[13]*"))
    done = diplo(seeds, "summary", "--file", files[0], "--file", files[1], "--digest", "-n", "4")
    assert {line.split("\t")[0][-20:] for line in done.stdout.splitlines()} == {Path(file).stem for file in files}


def test_a_digest_by_country(diplo: Run, seeds: Path) -> None:
    whole = json.loads(diplo(seeds, "summary", "--query", "Kazakhstan", "--by", "country", "--json").stdout)
    assert [(group["lang"], group["countries"]) for group in whole["groups"]] == [
        ("", ["KZ", "MY"]), ("", ["KZ", "PK"]), ("", ["KZ", "UZ"]),
    ]  # fmt: skip
    assert {each["id"][:3] for each in whole["groups"][0]["sentences"]} == {"000", "001", "003"}
    wrong = diplo(seeds, "summary", "--query", "Kazakhstan", "--by", "colour")
    assert (wrong.returncode, "country" in wrong.stderr) == (2, True)


def test_a_timeline_is_in_order_of_dates(diplo: Run, seeds: Path) -> None:
    lines = [
        line.split("\t") for line in diplo(seeds, "summary", "--query", "Tokayev", "--timeline").stdout.splitlines()
    ]
    assert [name[:3] for name in dict.fromkeys(line[0] for line in lines)] == ["000", "001", "004", "002"]
    assert list(dict.fromkeys(line[1] for line in lines)) == ["2024-05-17", "2024-06-13", "2025-09-09", ""]


def test_the_same_wire_text_is_told_once(diplo: Run, library: Path) -> None:
    for number in range(5):
        own = f"Paper number {number} of the region asks what the agreement means for its own readers."
        (library / "seeds" / f"wire{number}.txt").write_text(f"{WIRE}\n{own}\n", encoding="utf-8")
    done = diplo(library, "summary", "--query", "Tashkent", "--lang", "en", "-n", "9")
    assert done.stdout.count("met in Tashkent on Friday") == 1
    assert len(done.stdout.splitlines()) >= 3


def test_a_digest_reads_the_best_hits_and_says_so(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "summary", "--query", "Kazakhstan", "--limit", "2", "--json")
    assert json.loads(done.stdout)["documents"] == 2
    assert done.stderr == "a digest of the best 2 of 5 documents; --limit 0 reads all\n"


def test_bullets_and_markdown(diplo: Run, seeds: Path) -> None:
    bullets = diplo(seeds, "summary", "003", "--bullets").stdout.splitlines()
    assert (len(bullets), [line[:2] for line in bullets[1:]]) == (4, ["- "] * 3)
    title, _, facts, _, *sentences = diplo(seeds, "summary", "000", "--markdown").stdout.splitlines()
    assert title == "## Malaysia, Kazakhstan sepakat perkukuh hubungan, teroka kerjasama baharu"
    assert facts == r"000\_41435311ad6a2fab · 2024-05-17 · ms · KZ, MY"
    assert [line[:2] for line in sentences] == ["- "] * 3
    digest = diplo(seeds, "summary", "000", "003", "--digest", "--bullets").stdout.splitlines()
    assert digest[0] == "Bahasa Melayu (ms) · 1"
    assert digest[1].endswith(" (000_41435311ad6a2fab)")
    both = diplo(seeds, "summary", "003", "--bullets", "--json")
    assert (both.returncode, "exclude each other" in both.stderr) == (2, True)


def test_markdown_shows_marks_as_they_are(diplo: Run, library: Path) -> None:
    record = {"id": "m", "title": "# *Title*", "text": "1. The <b>minister</b> spoke of [water](x) and `trade` today."}
    (library / "m.jsonl").write_text(json.dumps(record), encoding="utf-8")
    lines = diplo(library, "summary", "--file", "m.jsonl", "--markdown").stdout.splitlines()
    assert lines[0] == r"## \# \*Title\*"
    assert lines[-1] == r"- 1\. The \<b\>minister\</b\> spoke of \[water\](x) and \`trade\` today."


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize(
    "flags",
    [["--query", "Tokayev"], ["--query", "Tokayev", "--timeline", "--by", "lang,country"], ["002", "004", "--bullets"]],
)
def test_pages_fit_the_terminal(terminal: Terminal, seeds: Path, flags: list[str], columns: int) -> None:
    screen, status = terminal(seeds, "summary", *flags, columns=columns)
    lines = [STYLE.sub("", line) for line in screen.split("\n")]
    assert status == 0
    assert [line for line in lines if cells(line) > columns] == []
    arabic = [line for line in lines if re.search("[\u0600-\u06ff]", line)]
    assert arabic
    assert all(line.startswith("\u200e") and line.endswith("\u200e") for line in arabic)


def test_a_page_of_a_digest_has_headings_dates_and_short_ids(terminal: Terminal, seeds: Path) -> None:
    screen = STYLE.sub("", terminal(seeds, "summary", "--query", "Tokayev", "--timeline")[0])
    assert screen.startswith("4 documents\n  2024-05-17  000  ")
    screen = STYLE.sub("", terminal(seeds, "summary", "000", "--by", "country")[0])
    assert screen.startswith("Kazakhstan – Malaysia · 1\n  000  Malaysia dan")


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_the_page_on_summaries_shows_what_the_command_prints(diplo: Run, seeds: Path, seed: str) -> None:
    page = (ROOT / "docs" / "summaries.md").read_text(encoding="utf-8")
    shown = re.search(rf"^\*\*{seed}\*\*.*\n((?:> - .*\n)+)", page, re.MULTILINE)
    assert shown
    printed = diplo(seeds, "summary", seed, "--bullets").stdout.splitlines()[1:]
    assert [line.removeprefix("> ") for line in shown[1].splitlines()] == printed
