"""Settings: flags > environment variables > the library's diplo.toml > the user's own config > defaults.

Settings of a library come with its documents and are untrusted: they hold values that are checked against a list, nothing that runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from diplo_cli.errors import LibraryError

Choice = Literal["engine", "detector"]
Meaning = Literal["", "lead", "passages"]
"""What of a document gets vectors: nothing; its title and first lines; these and its passages. Each says more than the one before."""

FILE = "diplo.toml"
DEFAULT_ENGINE = "tantivy"
DEFAULT_DETECTOR = "langdetect"
DEFAULTS: Mapping[Choice, str] = MappingProxyType({"engine": DEFAULT_ENGINE, "detector": DEFAULT_DETECTOR})
MOST_SHARDS = 1_000


class Settings(NamedTuple):
    """What a settings file says. `engine` and `detector` are "" where it does not say; `sources` maps a name to a path as written, None for the default source.

    `meaning`: of what an index holds vectors; `no_meaning`: that it is to hold none, though the one before did.
    Of a cluster: the `url`s of nodes, the library's name there (`index_name`, written index), how many `shards` and `replicas`, and `ca`, a file of certificates, as written.
    """

    engine: str = ""
    sources: Mapping[str, str] | None = None
    detector: str = ""
    meaning: Meaning = ""
    no_meaning: bool = False
    url: tuple[str, ...] = ()
    index_name: str = ""
    shards: int | None = None
    replicas: int | None = None
    ca: str = ""


def read_settings(path: Path) -> Settings:
    """The settings in `path` (TOML); empty ones where there is no such file. Raises LibraryError for what is not TOML or of another type."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise LibraryError(f"cannot read {path}: {error}", "mend or remove that file") from error
    import tomllib  # 2 ms, and most libraries have no such file

    try:
        return _checked(tomllib.loads(text), path)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f"{path} is not valid TOML: {error}", "mend that line") from error
    except RecursionError as error:
        raise LibraryError(f"{path} is nested too deeply", "mend or remove that file") from error


def _checked(values: dict[str, Any], path: Path) -> Settings:
    engine, detector, sources = values.get("engine", ""), values.get("detector", ""), values.get("sources")
    for name, usual in DEFAULTS.items():
        if not isinstance(values.get(name, ""), str):
            raise LibraryError(f"{path}: {name} is not a string: {values[name]!r}", f'write {name} = "{usual}"')
    settings = _of_cluster(values, path)._replace(engine=engine, detector=detector, meaning=_meaning(values, path))
    settings = settings._replace(no_meaning=values.get("meaning") is False)
    if sources is None:
        return settings
    if not isinstance(sources, dict) or not all(isinstance(value, str) for value in sources.values()):
        raise LibraryError(f"{path}: [sources] is not a table of paths", 'write name = "path" under [sources]')
    if wrong := [name for name, value in sources.items() if not value or "\0" in value]:
        raise LibraryError(f"{path}: the source {wrong[0]!r} is not a path", 'write name = "path" under [sources]')
    return settings._replace(sources=sources)


def _meaning(values: dict[str, Any], path: Path) -> Meaning:
    stated = values.get("meaning", False)
    if stated == "passages":
        return "passages"
    if not isinstance(stated, bool):
        raise LibraryError(
            f"{path}: meaning is neither true nor false: {stated!r}", 'write meaning = true, or meaning = "passages"'
        )
    return "lead" if stated else ""


def _of_cluster(values: dict[str, Any], path: Path) -> Settings:
    """What a settings file says of a cluster. Raises LibraryError."""
    url = values.get("url", [])
    urls = [url] if isinstance(url, str) else url
    if not isinstance(urls, list) or not all(isinstance(each, str) and each for each in urls):
        raise LibraryError(f"{path}: url is neither a string nor a list of them", 'write url = "https://host:9200"')
    return Settings(
        url=tuple(urls),
        index_name=_text(values, "index", path),
        shards=_number(values, "shards", 1, path),
        replicas=_number(values, "replicas", 0, path),
        ca=_text(values, "ca", path),
    )


def _text(values: dict[str, Any], name: str, path: Path) -> str:
    text = values.get(name, "")
    if not isinstance(text, str) or "\0" in text:
        raise LibraryError(f"{path}: {name} is not a string", f'write {name} = "…"')
    return text


def _number(values: dict[str, Any], name: str, least: int, path: Path) -> int | None:
    number = values.get(name)
    if number is not None and (type(number) is not int or not least <= number <= MOST_SHARDS):
        raise LibraryError(f"{path}: {name} is not a number from {least} to {MOST_SHARDS:,}", f"write {name} = 3")
    return number


def user_settings(variables: Mapping[str, str]) -> Settings:
    """The user's own settings: $DIPLO_CONFIG, else config.toml in the platform's folder for settings."""
    return read_settings(user_settings_file(variables))


def user_settings_file(variables: Mapping[str, str]) -> Path:
    """The file of the user's own settings; what else is the user's own (credentials, trust) lies beside it."""
    stated = variables.get("DIPLO_CONFIG")
    if stated:
        return Path(stated)
    from platformdirs import user_config_path  # 4 ms; asked only when an index is built or on a cluster

    return user_config_path("diplo", appauthor=False) / "config.toml"


def chosen(name: Choice, flag: str, variables: Mapping[str, str], library: str, built_with: str = "") -> str:
    """The engine or detector of languages to build an index with.

    The flag > $DIPLO_ENGINE or $DIPLO_DETECTOR > the library's settings > what the index is `built_with` > the user's own settings > the default; each is "" where it
    does not say. Raises LibraryError for settings that cannot be read.
    """
    stated = flag or variables.get(f"DIPLO_{name.upper()}", "") or library or built_with
    if stated:
        return stated
    own = user_settings(variables)
    return {"engine": own.engine, "detector": own.detector}[name] or DEFAULTS[name]
