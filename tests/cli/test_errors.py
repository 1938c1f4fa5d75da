"""Bad input: one clear message, exit 2, nothing lost, no traceback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import BIN, Run, environment_for


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", '"open quote'], "quote"),
        (["search", "("], "parenthesis"),
        (["search", "Tokayev)"], "parenthesis"),
        (["search", "lang:klingon"], "klingon"),
        (["search", "country:atlantis"], "atlantis"),
        (["search", "date:2024-13"], "2024-13"),
        (["search", "languag:ar"], "lang"),
        (["search", "Tokayev OR"], "OR"),
        (["search", ""], "search for what"),
        (["search", "…"], "…"),
        (["search", "Tokayev", "--since", "2024-13"], "2024-13"),
        (["search", "Tokayev", "--since", "2025", "--until", "2024"], "after"),
        (["show", "003", "--highlight", '"open'], "quote"),
        (["search", "Tokayev", "--lang", "klingon"], "klingon"),
        (["search", "Tokayev", "--country", "Kazakhstn"], "Kazakhstan"),
        (["search", "Tokayev", "--pair", "KZ"], "KZ-MY"),
        (["search", "Tokayev", "--sort", "dates"], "did you mean date?"),
        (["search", "Tokayev", "--by", "author"], "lang"),
        (["search", "Tokayev", "--names", "lose"], "did you mean loose?"),
        (["search", "Tokayev", "--color", "blue"], "auto"),
        (["search", "Tokayev", "--fields", "titel"], "did you mean title?"),
        (["search", "Tokayev", "--limit", "many"], "--limit"),
        (["search", "Tokayev", "--limit", "-1"], "--limit"),
        (["search", "Tokayev", "--json", "--ids"], "exclude"),
        (["search", "Tokayev", "-Malaysia"], "diplo search 'Tokayev -M"),
        (["search", "Tokayev", "--engine", "whoosh"], "whoosh"),
        (["search", "Tokayev", "--library", "/nowhere"], "/nowhere"),
        (["search", "--queries", "nowhere.tsv"], "nowhere.tsv"),
        (["show", "9"], "no document '9'"),
        (["show"], "ID"),
        (["summary", "9"], "no document '9'"),
        (["summary", "003", "--method", "lexrnk"], "lexrank"),
        (["summary", "003", "--sentences", "0"], "sentences"),
        (["summary", "--file", "nowhere.txt"], "nowhere.txt"),
        (["summary"], "summarise what"),
        (["summary", "001", "--lang", "en"], "filters (--lang, --country, --since …) are for --query, not for ids"),
        (["summary", "001", "--query", "Tokayev"], "ids and --query exclude each other"),
        (["summary", "001", "--limit", "3"], "--limit is for --query and filters"),
        (["summary", "001", "--markdown", "--jsonl"], "exclude each other"),
        (["stats", "--json", "--jsonl"], "exclude each other"),
        (["inspect", "nowhere.txt"], "nowhere.txt"),
        (["inspect", "seeds"], "folder"),
        (["index", "nowhere"], "nowhere"),
        (["index", "--forget", "nowhere"], "nowhere"),
        (["serch", "Tokayev"], "did you mean diplo search?"),
        (["index", "--engine", "lucene", "--rebuild"], "lucene"),
    ],
)
def test_a_mistake_is_told_in_two_lines(diplo: Run, seeds: Path, arguments: list[str], said: str) -> None:
    done = diplo(seeds, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.startswith("diplo: ")
    assert 1 <= len(done.stderr.splitlines()) <= 2


def test_an_ambiguous_id_names_the_candidates(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "show", "00")
    assert done.returncode == 2
    assert [name in done.stderr for name in ("000_4", "001_2", "002_4", "003_2", "004_7")] == [True] * 5


def test_known_ids_are_shown_beside_unknown_ones(diplo: Run, seeds: Path) -> None:
    done = diplo(seeds, "show", "003", "nonsense", "--fields", "id")
    assert (done.stdout, done.returncode) == ("003_2c0e62b5694884fd\n", 2)
    assert "nonsense" in done.stderr


def break_current(library: Path) -> None:
    (library / "index" / "current").write_text("../..\n", encoding="utf-8")


def break_head(library: Path) -> None:
    next(library.glob("index/*/head.json")).write_text('{"format": 1, "engine": ', encoding="utf-8")


def break_format(library: Path) -> None:
    head = next(library.glob("index/*/head.json"))
    head.write_text(json.dumps(json.loads(head.read_text()) | {"format": 99}), encoding="utf-8")


def break_analysis(library: Path) -> None:
    head = next(library.glob("index/*/head.json"))
    head.write_text(json.dumps(json.loads(head.read_text()) | {"analysis": -1}), encoding="utf-8")


def break_engine(library: Path) -> None:
    for file in library.glob("index/*/engine/*"):
        if file.is_file():
            file.write_bytes(b"\0garbage")


def lose_engine(library: Path) -> None:
    shutil.rmtree(next(library.glob("index/*/engine")))


@pytest.mark.parametrize("damage", [break_current, break_head, break_format, break_analysis, break_engine, lose_engine])
def test_a_broken_index_is_named_and_mended_only_when_asked(diplo: Run, library: Path, damage: object) -> None:
    assert diplo(library, "search", "Tokayev", "-q").returncode == 0
    damage(library)  # type: ignore[operator]
    for command in (["search", "Tokayev"], ["list"], ["show", "003"], ["summary", "003"], ["stats"]):
        done = diplo(library, *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "diplo index --rebuild" in done.stderr
        assert len(done.stderr.splitlines()) <= 2
    assert diplo(library, "index", "--rebuild").returncode == 0
    assert diplo(library, "search", "Tokayev", "-c").stdout == "4\n"


@pytest.fixture
def messy(library: Path) -> Path:
    """A library with files that cannot be read beside the seeds."""
    seeds = library / "seeds"
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (seeds / "gone.txt").symlink_to("nowhere")
    os.mkfifo(seeds / "pipe.txt")
    return library


def test_a_bad_file_is_a_warning(diplo: Run, messy: Path) -> None:
    done = diplo(messy, "index", "--report")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    outcomes = {line.split("\t")[2]: line.split("\t")[0] for line in done.stdout.splitlines()}
    assert outcomes["seeds/empty.txt"] == "failed"
    assert outcomes["seeds/binary.bin"] == "failed"
    assert sum(outcome == "indexed" for outcome in outcomes.values()) == 5
    assert any(name.endswith("pipe.txt") and outcome == "skipped" for name, outcome in outcomes.items())
    assert diplo(messy, "search", "Tokayev", "-c").stdout == "4\n"


HOSTILE = "Title [/bold] here\n\n[red]Tokayev[/red] said \x1b[31mred\x1b[0m \u202eevil\u202c and \x07bell \x9b31m in Astana today.\n"


def test_hostile_text_is_harmless_and_unharmed(diplo: Run, library: Path) -> None:
    (library / "seeds" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    for arguments in (["show", "hostile"], ["search", "evil"], ["summary", "hostile"], ["search", "evil", "--ids"]):
        done = diplo(library, *arguments)
        assert done.returncode == 0
        assert not set(done.stdout) & set("\x1b\u202e\x07\x9b")
    shown = diplo(library, "show", "hostile", "--json").stdout
    assert not set(shown) & set("\x1b\u202e\x07\x9b")
    assert json.loads(shown)["texts"][0]["text"] == HOSTILE
    assert "[red]Tokayev[/red]" in diplo(library, "show", "hostile").stdout


def test_settings_that_cannot_be_used_are_named(diplo: Run, library: Path) -> None:
    (library / "diplo.toml").write_text("engine = [", encoding="utf-8")
    done = diplo(library, "search", "Tokayev")
    assert (done.returncode, "diplo.toml" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    (library / "diplo.toml").write_text("engine = 3", encoding="utf-8")
    assert diplo(library, "search", "Tokayev").returncode == 2


def test_a_bug_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from diplo_cli.cli import app
    from diplo_cli.environment import Environment
    from diplo_cli.main import main

    def fail(*_: object) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(app, "invoke", fail)
    streams = Environment(sys.stdin, sys.stdout, sys.stderr, {}, Path.cwd())
    assert main(["list"], streams) == 2
    assert "unexpected ZeroDivisionError: by nought" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        main(["list"], streams._replace(variables={"DIPLO_DEBUG": "1"}))


def test_ctrl_c_is_130(diplo: Run, library: Path) -> None:
    for number in range(900):
        (library / "seeds" / f"{number}.txt").write_text(f"Number {number} of many.\n" * 200, encoding="utf-8")
    command = [str(BIN / "diplo"), "index", "--jobs", "1"]
    with subprocess.Popen(command, env=environment_for(library), stderr=subprocess.PIPE, text=True) as run:
        while run.poll() is None and not list(library.glob("index/*/engine/.tantivy-writer.lock")):
            time.sleep(0.01)  # until documents are being written; the files take a second
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "Traceback" not in told
    assert diplo(library, "list", "-c").stdout == "905\n"


def test_no_arguments_are_a_call_for_help(diplo: Run, library: Path) -> None:
    bare = diplo(library)
    assert (bare.returncode, bare.stderr) == (0, "")
    assert bare.stdout == diplo(library, "--help").stdout
