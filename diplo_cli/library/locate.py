"""Which library a command is about, found as git finds a repository."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from diplo_cli import config
from diplo_cli.errors import LibraryError
from diplo_cli.library.settings import record_sources

SEEDS = "seeds"
INDEX = "index"
CURRENT = "current"  # in the index: names the generation in use


class Source(NamedTuple):
    """A folder or file that documents are read from. The ids of its documents begin with `prefix`, empty for a library's first source."""

    name: str
    path: Path
    prefix: str


class Library(NamedTuple):
    """A library's folder and what its settings say."""

    root: Path
    sources: tuple[Source, ...]
    engine: str = ""
    detector: str = ""
    meaning: config.Meaning = ""
    no_meaning: bool = False

    @property
    def index_folder(self) -> Path:
        """The folder of the index."""
        return self.root / INDEX

    @property
    def settings_file(self) -> Path:
        """The library's own settings, which need not exist."""
        return self.root / config.FILE

    def key(self, file: Path) -> str:
        """What the index calls a file: its path below the library's folder, else its whole path; with / between the parts."""
        try:
            return file.relative_to(self.root).as_posix()
        except ValueError:
            return file.as_posix()

    def file(self, key: str) -> Path:
        """The file that the index calls `key`."""
        return self.root / key


def open_library(root: Path) -> Library:
    """The library in the folder `root`, as its settings describe it. Raises LibraryError for settings that cannot be read."""
    settings = config.read_settings(root / config.FILE)
    written = settings.sources
    if written is None:
        # Where an index is, there were seeds: a folder that has gone missing removes nothing.
        written = {SEEDS: SEEDS} if (root / SEEDS).is_dir() or (root / INDEX / CURRENT).exists() else {}
    sources = tuple(
        Source(name, _plain(root / path), f"{name}/" if number else "")
        for number, (name, path) in enumerate(written.items())
    )
    return Library(root, sources, settings.engine, settings.detector, settings.meaning, settings.no_meaning)


def find_library(stated: Path | None, variables: Mapping[str, str], cwd: Path) -> Library:
    """The library a command is about.

    `stated` (--library), else $DIPLO_LIBRARY, else the nearest folder from `cwd` upward that has diplo.toml, or both seeds/ and index/; else the user's own library,
    which may still be empty. Raises LibraryError where a stated folder is none.
    """
    if stated is None and variables.get("DIPLO_LIBRARY"):
        stated = Path(variables["DIPLO_LIBRARY"])
    if stated is not None:
        root = _plain(cwd / stated)
        if not root.is_dir():
            raise LibraryError(f"no library at {stated}: no such folder", "name a folder with seeds/ or diplo.toml")
        return open_library(root)
    for folder in (cwd, *cwd.parents):
        if (folder / config.FILE).is_file() or ((folder / SEEDS).is_dir() and (folder / INDEX).is_dir()):
            return open_library(folder)
    from platformdirs import user_data_path  # 4 ms, and seldom asked

    return open_library(user_data_path("diplo", appauthor=False))


def add_sources(library: Library, paths: tuple[Path, ...]) -> Library:
    """`library` with folders or files as further sources, recorded in its settings. A path that is a source already, or lies in one, adds nothing. Raises LibraryError."""
    known = {source.name: source.path for source in library.sources}
    for path in map(_plain, paths):
        if not (path.is_dir() or path.is_file()):
            problem = "is neither a file nor a folder" if path.exists() else "does not exist"
            raise LibraryError(f"{path} {problem}", "name a folder or file of documents")
        if any(path == source or source in path.parents for source in known.values()):
            continue
        name, number = (path.stem if path.is_file() else path.name) or "root", 2
        while name in known:
            name, number = f"{path.name}-{number}", number + 1
        known[name] = path
    return _record(library, known)


def forget_source(library: Library, path: Path) -> Library:
    """`library` without the source `path`. Raises LibraryError where it is none."""
    known = {source.name: source.path for source in library.sources if source.path != _plain(path)}
    if len(known) == len(library.sources):
        names = ", ".join(library.key(source.path) for source in library.sources) or "none"
        raise LibraryError(f"{path} is not a source of this library", f"its sources: {names}")
    return _record(library, known)


def _record(library: Library, known: Mapping[str, Path]) -> Library:
    if list(known.values()) != [source.path for source in library.sources]:
        record_sources(library.settings_file, {name: library.key(path) for name, path in known.items()})
    return open_library(library.root)


def _plain(path: Path) -> Path:
    """The whole path without `..`: what a path is compared by."""
    return Path(os.path.normpath(path.absolute()))
