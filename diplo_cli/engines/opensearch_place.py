"""Where a library's cluster is, and what may be sent there.

A url comes from the environment, the library's diplo.toml or the user's own settings. One from a library is asked
nothing before the user has trusted it: credentials, queries and documents go to no host that a stranger's file names,
and no stranger's file chooses which library on the user's own cluster a command is about.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from diplo_cli.config import FILE, read_settings, user_settings, user_settings_file
from diplo_cli.errors import DiploError, IndexBrokenError, LibraryError

NAME = re.compile("[a-z0-9][a-z0-9_-]{0,99}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TRUSTED = "trusted-clusters"
CREDENTIALS = "credentials.toml"


class Credentials:
    """What a request is signed with: the value of its Authorization header. Never printed."""

    def __init__(self, header: str) -> None:
        self.header = header

    @classmethod
    def basic(cls, user: str, password: str) -> Credentials:
        """A user's name and password."""
        from base64 import b64encode

        return cls("Basic " + b64encode(f"{user}:{password}".encode()).decode())

    def __repr__(self) -> str:
        return "Credentials(…)"


class Cluster(NamedTuple):
    """A library's place on a cluster. `urls`: of nodes, any of which answers; `name`: of the library there; `ca`: a file of certificates to trust beside no others.

    `origin` says who named the url: "environment", "library" or "user"; `stranger`: that the library's file chose the name.
    """

    urls: tuple[str, ...]
    name: str
    shards: int = 1
    replicas: int = 1
    ca: Path | None = None
    credentials: Credentials | None = None
    origin: str = "user"
    stranger: bool = False


def cluster_of(root: Path, variables: Mapping[str, str]) -> Cluster:
    """The cluster of the library in the folder `root`. Raises LibraryError where none is named or it is not trusted."""
    cluster = stated_cluster(root, variables)
    known = _trusted(variables)
    if cluster.origin == "library" and not known.issuperset(_marks(cluster)):
        raise LibraryError(
            f"{root / FILE} names the cluster {cluster.urls[0]}, which you have not trusted yet",
            "if you know it, run: diplo index --trust",
        )
    if cluster.stranger and not known.issuperset(_marks_of_name(cluster, root)):
        raise LibraryError(
            f"{root / FILE} chooses the index {cluster.name!r} on {cluster.urls[0]}, which you have not trusted yet",
            "if it is this library's, run: diplo index --trust",
        )
    return cluster._replace(credentials=_credentials(cluster, variables))


def stated_cluster(root: Path, variables: Mapping[str, str]) -> Cluster:
    """The cluster that is named for the library in `root`, trusted or not, without credentials. Raises LibraryError."""
    library = read_settings(root / FILE)
    user = user_settings(variables)
    stated = variables.get("DIPLO_OPENSEARCH_URL", "")
    # A certificate authority is believed only from where the url is from.
    ca: str | Path
    if stated:
        origin, urls = "environment", tuple(stated.replace(",", " ").split())
        ca = variables.get("DIPLO_OPENSEARCH_CA", "") or (_beside(user_settings_file(variables), user.ca))
    elif library.url:
        origin, urls, ca = "library", library.url, _beside(root / FILE, library.ca)
    elif user.url:
        origin, urls, ca = "user", user.url, _beside(user_settings_file(variables), user.ca)
    else:
        raise LibraryError(
            "no url of an OpenSearch cluster is known",
            'write url = "https://…" into diplo.toml, or set DIPLO_OPENSEARCH_URL',
        )
    own = variables.get("DIPLO_OPENSEARCH_INDEX", "")
    name = own or library.index_name or user.index_name or _name_of(root)
    if not urls:
        raise LibraryError("DIPLO_OPENSEARCH_URL names no cluster", "write it as https://host:9200")
    if not NAME.fullmatch(name):
        raise LibraryError(f"{name!r} cannot name an index", "use a–z, 0–9, - and _, at most 100")
    return Cluster(
        tuple(_checked(each) for each in urls),
        name,
        _first(library.shards, user.shards),
        _first(library.replicas, user.replicas),
        Path(ca) if ca else None,
        None,
        origin,
        bool(library.index_name) and name not in (own, user.index_name),
    )


def trust(root: Path, variables: Mapping[str, str]) -> Cluster:
    """Record that the user trusts the cluster that the library in `root` names, and that the index there is this library's. Raises LibraryError."""
    cluster = stated_cluster(root, variables)
    marks = _marks_of_name(cluster, root) + (_marks(cluster) if cluster.origin == "library" else [])
    known = _trusted(variables)
    file = user_settings_file(variables).with_name(TRUSTED)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in marks if line not in known)
    except OSError as error:
        raise LibraryError(f"cannot write {file}: {error.strerror}", "check its permissions") from error
    return cluster


def written_from(root: Path) -> str:
    """A library's folder as an index on a cluster records it: plain text whatever bytes its name holds."""
    return repr(os.fspath(root.resolve()))


def require_same_folder(cluster: Cluster, root: Path, variables: Mapping[str, str], recorded: object) -> None:
    """Raise IndexBrokenError where an index is written from another folder, as `recorded`, than `root`, and the user has not said that it is this library's.

    What is not in a folder is removed from its index: from a copy, or a stranger's library, that would be all.
    """
    if recorded != written_from(root) and not _trusted(variables).issuperset(_marks_of_name(cluster, root)):
        named = f": {recorded}" if isinstance(recorded, str) and recorded and recorded.isprintable() else ""
        raise IndexBrokenError(
            f"the index {cluster.name!r} on {cluster.urls[0]} is written from another folder{named}",
            "if it is this library's, run: diplo index --trust",
        )


def _first(*stated: int | None) -> int:
    return next((number for number in stated if number is not None), 1)


def _beside(settings: Path, ca: str) -> str | Path:
    return settings.parent / ca if ca else ""


def _name_of(root: Path) -> str:
    """A name for a library that states none: its folder's, with a digest of the whole path, so that no two libraries share an index unawares."""
    from hashlib import blake2b

    plain = re.sub("[^a-z0-9]+", "-", root.name.lower()).strip("-")[:60]
    digest = blake2b(os.fsencode(root), digest_size=4).hexdigest()
    return f"{plain}-{digest}" if plain else digest


def _checked(url: str) -> str:
    """A url as it is used: scheme, host and port. Raises LibraryError; what may be a password is not repeated."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host = None, None
    if "@" in url:
        raise LibraryError("the url of a cluster holds no user or password", f"put them into {CREDENTIALS}")
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment or not _printable(url):
        raise LibraryError(f"{url!r} is not the url of a cluster", "write it as https://host:9200")
    where = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{where}:{port or (443 if parts.scheme == 'https' else 80)}{parts.path.rstrip('/')}"


def _printable(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


def is_loopback(url: str) -> bool:
    """Whether a url stays on this machine."""
    from urllib.parse import urlsplit

    return urlsplit(url).hostname in LOOPBACK


def _marks(cluster: Cluster) -> list[str]:
    """What is trusted: each url, with a digest of the certificates that it comes with."""
    from hashlib import sha256

    digest = ""
    if cluster.ca is not None:
        try:
            digest = " " + sha256(cluster.ca.read_bytes()).hexdigest()
        except OSError as error:
            raise LibraryError(
                f"cannot read {cluster.ca}: {error.strerror}", "ca names a file of certificates"
            ) from error
    return [url + digest for url in cluster.urls]


def _marks_of_name(cluster: Cluster, root: Path) -> list[str]:
    """That an index on a cluster is that of the library in this folder."""
    return [f"{url} index={cluster.name} {written_from(root)}" for url in cluster.urls]


def _trusted(variables: Mapping[str, str]) -> frozenset[str]:
    try:
        return frozenset(user_settings_file(variables).with_name(TRUSTED).read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError):
        return frozenset()


def _credentials(cluster: Cluster, variables: Mapping[str, str]) -> Credentials | None:
    """The user's credentials for a cluster: from the environment where the url is from there, too, else from a file that only the user can read. Raises LibraryError."""
    user, password = variables.get("DIPLO_OPENSEARCH_USER", ""), variables.get("DIPLO_OPENSEARCH_PASSWORD", "")
    stated = bool(user and password)
    if stated and cluster.origin == "environment":
        found: Credentials | None = Credentials.basic(user, password)
    else:
        found = _from_file(cluster.urls, variables)
        if stated and found is None:
            raise LibraryError(
                "DIPLO_OPENSEARCH_PASSWORD goes to no other cluster than that of DIPLO_OPENSEARCH_URL, which is not set",
                f"set it to {cluster.urls[0]}, or write user and password for that url into {CREDENTIALS}",
            )
    if found is not None:
        for url in cluster.urls:
            if url.startswith("http:") and not is_loopback(url):
                raise LibraryError(f"credentials for {url} would go over the network in clear", "use https://")
    return found


def _from_file(urls: tuple[str, ...], variables: Mapping[str, str]) -> Credentials | None:
    file = user_settings_file(variables).with_name(CREDENTIALS)
    try:
        status = file.stat()
        if os.name == "posix" and (status.st_mode & 0o077 or status.st_uid != os.getuid()):
            raise LibraryError(f"{file} can be read by others", f"chmod 600 {file}")
        import tomllib

        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):  # what a parser says may quote the file
        raise LibraryError(
            f"{file} cannot be read as TOML", 'write ["https://host:9200"] user = "…" password = "…"'
        ) from None
    places = {place: table for written, table in values.items() if (place := _place(written))}
    found = {_signed(file, url, places[url]).header for url in urls if url in places}
    if not found:
        return None
    if len(found) > 1 or not places.keys() >= set(urls):  # credentials belong to the url that they are given for
        raise LibraryError(f"{file} has not the same user and password for each url", "write a table for each of them")
    return Credentials(found.pop())


def _signed(file: Path, url: str, table: object) -> Credentials:
    """The credentials in a table of the file. Raises LibraryError."""
    user, password = (table.get("user"), table.get("password")) if isinstance(table, dict) else (None, None)
    if not isinstance(user, str) or not isinstance(password, str):
        raise LibraryError(f"{file} has no user and password for {url}", f'write ["{url}"], and both under it')
    return Credentials.basic(user, password)


def _place(written: str) -> str:
    """A url of the file as a cluster's is written; "" where it is none."""
    try:
        return _checked(written)
    except DiploError:
        return ""
