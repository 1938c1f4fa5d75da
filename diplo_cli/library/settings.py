"""Writing the sources of a library into its settings file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from diplo_cli.errors import LibraryError
from diplo_cli.library.files import replace_file


def record_sources(path: Path, sources: Mapping[str, str]) -> None:
    """Write `sources` into the settings file `path`, made if absent; what else the file holds, comments included, stays. Raises LibraryError."""
    import tomlkit

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        if "sources" not in document:
            document["sources"] = tomlkit.table()
        table = document["sources"]
        for name in [name for name in table if name not in sources]:
            del table[name]
        for name, value in sources.items():
            if table.get(name) != value:
                table[name] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, tomlkit.dumps(document))
    except (OSError, ValueError, RecursionError) as error:
        raise LibraryError(f"cannot write {path}: {error}", "check that the folder can be written") from error
