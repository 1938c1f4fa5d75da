"""The documents stay true: commands in them run, every command is in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from diplo_cli import __version__
from diplo_cli.cli.app import COMMANDS
from diplo_cli.summary.methods import METHODS
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
CHOICES = (ROOT / "docs" / "choices.md").read_text(encoding="utf-8")
SOURCES = (ROOT / "diplo_cli" / "data" / "SOURCES.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """The lines of shell blocks that call diplo."""
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in found for line in block.splitlines() if re.search(r"\bdiplo (?!index|inspect)", line)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_stands_in_the_readme(diplo: Run, seeds: Path, command: str) -> None:
    done = diplo(seeds, command, "--help")
    assert done.returncode == 0
    assert COMMANDS[command] in done.stdout
    assert f"Examples:\n  diplo {command}" in done.stdout
    assert f"`diplo {command}" in README


@pytest.mark.parametrize(
    "line", [line for line in blocks(README) + blocks(OUTPUT) if "pip install" not in line and "cd " not in line]
)
def test_commands_of_the_documents_run(shell: Run, seeds: Path, line: str) -> None:
    line = line.replace("| jq -r '.hits[].id'", f"| {sys.executable} -m json.tool")  # jq need not be there
    done = shell(seeds, line)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_two_commands_of_the_readme_are_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    main = 'python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/diplo search "Tokayev"'
    tests = "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest"
    assert main in README
    assert tests in README
    quiet = ci.replace("pip install --quiet", "pip install")
    assert main in quiet
    assert tests in quiet


def test_every_schema_is_documented(diplo: Run, seeds: Path) -> None:
    runs = [
        ["search", "halal"],
        ["show", "003"],
        ["summary", "003"],
        ["stats"],
        ["names", "Tokayev"],
        ["pairs"],
        ["timeline"],
        ["inspect", "seeds/003_2c0e62b5694884fd.txt"],
    ]
    runs += [["summary", "--query", "halal"], ["search", "--queries", "-"]]
    for arguments in runs:
        done = diplo(seeds, *arguments, "--jsonl", stdin="halal\n")
        record = json.loads(done.stdout.splitlines()[0])
        (row,) = (line for line in OUTPUT.splitlines() if line.startswith(f"| `{record['schema']}`"))
        assert [name for name in record if name != "schema" and name not in row] == []


def test_every_data_file_says_where_it_comes_from() -> None:
    folder = ROOT / "diplo_cli" / "data"
    named = re.findall(r"`([a-z]+/[^`]+)`", SOURCES)
    patterns = [each for name in named for each in _spelled_out(name)]
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SOURCES.md"]
    assert [path for path in files if not any(path.relative_to(folder).match(p) for p in patterns)] == []
    for tool in re.findall(r"`(build_\w+\.py)`", SOURCES):
        assert (ROOT / "tools" / tool).exists()


def _spelled_out(name: str) -> list[str]:
    if "{" not in name:
        return [name]
    before, inside, after = re.split(r"[{}]", name)
    return [before + part + after for part in inside.split(",")]


def test_every_dependency_and_method_is_explained() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        assert re.split(r"[<>=]", dependency)[0].lower() in CHOICES.lower()
    for method in METHODS:
        assert method in (ROOT / "docs" / "summaries.md").read_text(encoding="utf-8")


def test_the_grammar_of_queries_is_what_it_says() -> None:
    import doctest

    from diplo_cli.query import parser

    result = doctest.testmod(parser)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_version(diplo: Run, seeds: Path) -> None:
    assert diplo(seeds, "--version").stdout == f"diplo {__version__}\n"


def test_no_file_names_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    telling = re.compile(r"(?<![\w.])/(?:tmp|root|home|work|farm)/[a-z]|pypi\.org|npmjs|crates\.io")
    found = []
    for name in listed:
        path = ROOT / name
        if (
            path.suffix in {".md", ".py", ".toml", ".tsv", ".txt", ""}
            and path.is_file()
            and name != "tests/test_docs.py"
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match.group()}" for match in telling.finditer(text)]
    assert found == []
