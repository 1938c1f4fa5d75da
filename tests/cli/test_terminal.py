"""What a person sees, on a pseudo-terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diplo_cli.text.width import cells

Terminal = Callable[..., tuple[str, int]]
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def plain(screen: str) -> list[str]:
    return [STYLE.sub("", line) for line in screen.split("\n")]


def test_hits_are_grouped_by_language_and_country(terminal: Terminal, seeds: Path) -> None:
    screen, status = terminal(seeds, "search", "Tokayev")
    lines = plain(screen)
    assert status == 0
    assert lines[0].lstrip("\u200e").startswith("4 documents · 4 languages · 4 countries")
    assert "also spelled:" in screen
    headings = [line for line in lines if re.fullmatch(r"\S.* \([\w-]+\) · 1", line.strip("\u200e"))]
    assert len(headings) == 4
    assert sum("Kazakhstan – Malaysia" in line for line in lines) == 2
    assert any("Kazakhstan – Pakistan" in line for line in lines)
    assert [line for line in lines if line][-1] == "Countries  Kazakhstan 4 · Malaysia 2 · Pakistan 1 · Uzbekistan 1"


@pytest.mark.parametrize("spelling", ["Tokayev", "توكاييف", "Тоқаев"])
def test_the_matched_spelling_is_lit(terminal: Terminal, seeds: Path, spelling: str) -> None:
    screen, _ = terminal(seeds, "search", "Tokayev")
    assert f"\x1b[1;31m{spelling}" in screen


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "command",
    [["search", "Kazakhstan"], ["list"], ["stats"], ["pairs"], ["timeline"], ["summary", "002"], ["show", "004"]],
)
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, seeds: Path, command: list[str], columns: int) -> None:
    screen, _ = terminal(seeds, *command, columns=columns)
    assert [line for line in plain(screen) if cells(line) > columns] == []


def test_lines_with_arabic_keep_their_order(terminal: Terminal, seeds: Path) -> None:
    screen, _ = terminal(seeds, "search", "Tokayev")
    arabic = [line for line in plain(screen) if re.search("[\u0600-\u06ff]", line)]
    assert arabic
    for line in arabic:
        assert line.startswith("\u200e")
        assert line.endswith("\u200e")
        assert not set(line) & set("\u2066\u2067\u2068\u2069\u202a\u202b\u202d\u202e")


def test_ids_are_short(terminal: Terminal, seeds: Path) -> None:
    screen, _ = terminal(seeds, "list")
    assert [
        number for number in ("000 ", "001 ", "002 ", "003 ", "004 ") if f"    {number}" not in "\n".join(plain(screen))
    ] == []


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_it_is_not_wanted(terminal: Terminal, seeds: Path, variables: dict[str, str]) -> None:
    assert "\x1b" in terminal(seeds, "search", "Tokayev")[0]
    assert "\x1b" not in terminal(seeds, "search", "Tokayev", **variables)[0]
    assert "\x1b" not in terminal(seeds, "search", "Tokayev", "--color", "never")[0]
    assert "\x1b" in terminal(seeds, "search", "Tokayev", "--color", "always", **variables)[0]


@pytest.mark.parametrize(
    "command", [["search", "Tokayev"], ["stats"], ["summary", "003"], ["inspect", "seeds/003_2c0e62b5694884fd.txt"]]
)
def test_colour_in_a_pipe_means_the_page_of_a_terminal(
    seeds: Path, diplo: Callable[..., object], command: list[str]
) -> None:
    assert "\x1b[" in diplo(seeds, *command, "--color", "always").stdout  # type: ignore[attr-defined]


def test_colour_in_a_pipe_when_asked_for(seeds: Path, diplo: Callable[..., object]) -> None:
    done = diplo(seeds, "show", "003", "--highlight", "Malaysia", "--color", "always")
    assert "\x1b[1;31mMalaysia" in done.stdout  # type: ignore[attr-defined]


def test_show_lights_the_query(terminal: Terminal, seeds: Path) -> None:
    screen, status = terminal(seeds, "show", "003", "--highlight", "Malaysia")
    assert status == 0
    assert screen.count("\x1b[1;31mMalaysia") > 10


def test_nothing_found_is_said(terminal: Terminal, seeds: Path) -> None:
    screen, status = terminal(seeds, "search", "nothingatall")
    assert (status, plain(screen)[0]) == (1, "nothing found for nothingatall")


def test_ten_of_a_language_are_shown_with_the_true_number(terminal: Terminal, library: Path) -> None:
    for number in range(12):
        text = f"President Tokayev held talks about railway number {number} with a delegation in Astana.\n"
        (library / "seeds" / f"{100 + number}.txt").write_text(text, encoding="utf-8")
    terminal(library, "index")
    screen, _ = terminal(library, "search", "Tokayev")
    assert "English (en) · 10 of 13" in screen
    assert terminal(library, "search", "Tokayev", "--limit", "0")[0].count("railway number") >= 12


def test_titles_and_snippets_that_are_markup_stay_as_they_are(terminal: Terminal, library: Path) -> None:
    text = "The [bold]title[/bold] of [/foo] it\n\nTokayev spoke of [red]things[/red] and :smile: in Astana today.\n"
    (library / "seeds" / "markup.txt").write_text(text, encoding="utf-8")
    terminal(library, "index")
    screen, _ = terminal(library, "search", "things")
    assert "The [bold]title[/bold] of [/foo] it" in screen
    assert "[red]" in screen
    assert ":smile:" in screen


def test_the_order_asked_for_holds_without_groups(terminal: Terminal, seeds: Path) -> None:
    lines = plain(terminal(seeds, "search", "Tokayev", "--sort", "date", "--by", "none")[0])
    found = [match.group() for line in lines if (match := re.match(r"\u200e?00\d", line))]
    assert [each.lstrip("\u200e") for each in found] == ["004", "001", "000", "002"]


def test_a_page_that_is_cut_says_so(terminal: Terminal, seeds: Path) -> None:
    screen, _ = terminal(seeds, "search", "Tokayev", "--limit", "2")
    assert "2 of 4 are shown; --limit 0 shows all" in screen
    assert "are shown" not in terminal(seeds, "search", "Tokayev")[0]


def test_long_ids_leave_room_for_titles(terminal: Terminal, library: Path) -> None:
    for end in ("one", "two"):
        name = "x" * 80 + end
        (library / "seeds" / f"{name}.txt").write_text(
            f"Title {end}\n\nTokayev came to Astana today.\n", encoding="utf-8"
        )
    terminal(library, "index")
    screen, _ = terminal(library, "search", "Tokayev", "--country", "KZ", "--lang", "en")
    assert [line for line in plain(screen) if cells(line) > 80] == []


def test_names_of_files_are_harmless_on_stderr(terminal: Terminal, library: Path) -> None:
    (library / "seeds" / "a\x1b]0;evil\x07b.txt").write_bytes(b"")
    screen, _ = terminal(library, "index")
    assert "not indexed: seeds/ab.txt: is empty" in screen
    assert "\x1b]0;" not in screen


def test_other_spellings_are_those_of_the_hits(terminal: Terminal, seeds: Path) -> None:
    screen, _ = terminal(seeds, "search", "Tokayev", "--lang", "ar", NO_COLOR="1")
    first = screen.splitlines()[0]
    assert "توكاييف" in first
    assert "Тоқаев" not in first


def test_spellings_left_out_are_told() -> None:
    from diplo_cli.render.terminal.found import _listed

    words = [f"spelling{k}" for k in range(8)]
    assert _listed("also: ", words, 200) == "also: " + " · ".join(words[:6]) + " · …"
    assert _listed("also: ", words, 40) == "also: spelling0 · spelling1 · …"
    assert _listed("also: ", words[:2], 40) == "also: spelling0 · spelling1"
    assert _listed("also: ", [], 40) == ""


def test_snippets_end_between_words() -> None:
    from diplo_cli.render.terminal.found import _at_word

    text = "President Tokayev described the meeting"
    assert _at_word(text, [(10, 17)], 20) == ("President Tokayev…", [(10, 17)])
    assert _at_word(text, [(10, 17)], 80) == (text, [(10, 17)])
    assert _at_word(text, [(10, 17)], 18) == ("President Tokayev…", [(10, 17)])
    assert _at_word("习近平今天在北京会见了", [], 11)[0] == "习近平今天…"
    assert _at_word("x" * 100, [], 11)[0] == "x" * 10 + "…"
