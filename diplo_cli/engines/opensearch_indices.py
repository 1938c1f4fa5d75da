"""The indices of a library on a cluster, and which of them is in use.

The library `news` is read through the alias `diplo.news`. Behind it stands a generation: `diplo.news.000001` holds the
documents and `diplo.news.files-000001` what became of each file. Writers go through an alias of the generation's own,
since a bulk to a name that is gone would make an index of it. A rebuild fills the next generation; the alias moves when
all its parts are done.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR
from diplo_cli.engines.base import FORMAT
from diplo_cli.engines.opensearch_fields import mappings, settings
from diplo_cli.engines.opensearch_http import OPENING, WRITING, Client, MissingError, Patience, RefusedError, no_index
from diplo_cli.engines.opensearch_place import Cluster
from diplo_cli.errors import MEND, IndexBrokenError
from diplo_cli.text.analysis import VERSION

Json = dict[str, Any]
ROWS: Json = {
    "dynamic": "strict",
    "properties": {
        # Of the file, 0..2³²-1: a writer of the 3rd of 16 parts reads a sixteenth. -1: a line that a site repeats.
        "part": {"type": "long"},
        "file": {"type": "keyword"},
        "row": {"type": "keyword", "index": False, "doc_values": False},
        "done": {"type": "keyword"},
    },
}


class Names(NamedTuple):
    """What a generation's indices are called."""

    documents: str
    rows: str
    writing: str


def described(*, parts: int = 1, detector: str = DEFAULT_DETECTOR, html: str = "", library: str = "") -> Json:
    """What the mapping of an index says that it is built with: as the head of an embedded one, the `parts` that a rebuild is shared by, and the folder of its `library`."""
    built = {"format": FORMAT, "analysis": VERSION, "parts": parts, "detector": detector, "html": html}
    return built | {"library": library}


def alias(cluster: Cluster) -> str:
    """What a library is read through."""
    return f"diplo.{cluster.name}"


def names(cluster: Cluster, generation: int) -> Names:
    """The names of a generation, numbered from 1."""
    stem = alias(cluster)
    return Names(f"{stem}.{generation:06}", f"{stem}.files-{generation:06}", f"{stem}.writing-{generation:06}")


def number_of(index: str) -> int:
    """The generation of an index of documents; 0 where the name is none."""
    digits = index.rpartition(".")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def generations(client: Client, patience: Patience) -> dict[int, Json]:
    """Every generation of the library, with what its mapping says of it."""
    found = client.ask("GET", f"{alias(client.cluster)}.0*/_mapping", filter_path="*.mappings._meta", patience=patience)
    with client.understood():
        return {number_of(index): dict(held["mappings"].get("_meta", {})) for index, held in sorted(found.items())}


def current(client: Client) -> int:
    """The generation in use; 0 where there is none."""
    try:
        found = client.ask("GET", f"_alias/{alias(client.cluster)}")
    except MissingError:
        return 0
    return max(map(number_of, found), default=0)


def meta(client: Client, patience: Patience) -> Json:
    """What the mapping of the index in use says. Raises IndexBrokenError where there is none, or one of another version."""
    try:
        found = client.ask(
            "GET", f"{alias(client.cluster)}/_mapping", filter_path="*.mappings._meta", patience=patience
        )
    except MissingError:
        raise no_index(client.cluster) from None
    held: Json = {}
    with client.understood():
        for index in found.values():
            held = dict(index["mappings"]["_meta"])
    refuse_other(client.cluster, held)
    return held


def refuse_other(cluster: Cluster, held: Json) -> None:
    """Raise IndexBrokenError for an index that this diplo cannot use."""
    where = f"the index {alias(cluster)} on {cluster.urls[0]}"
    if held.get("format") != FORMAT:
        raise IndexBrokenError(
            f"{where} is of format {held.get('format', 'unknown')!r}; this diplo reads {FORMAT}", MEND
        )
    if held.get("analysis") != VERSION:
        raise IndexBrokenError(f"{where} was built by another version of diplo", MEND)
    if not all(isinstance(held.get(name), str) for name in ("detector", "html")):
        raise IndexBrokenError(f"{where} does not say what it was built with", MEND)


def make(client: Client, generation: int, held: Json, *, use: bool) -> None:
    """Make an empty generation, built with what `held` says (`described`), or find that another writer has; `use` makes it the one in use."""
    cluster = client.cluster
    called = names(cluster, generation)
    stated = client.ask("GET", "", filter_path="version.number", patience=OPENING)
    with client.understood():
        version = str(stated.get("version", {}).get("number", ""))
        template = {"settings": settings(cluster, version), "mappings": mappings(held)}
    # A template has a mapping's _meta from its own time: the index states it again.
    client.ask(
        "PUT",
        f"_index_template/{alias(cluster)}",
        {"index_patterns": [f"{alias(cluster)}.0*"], "template": template, "_meta": {"made_by": "diplo"}},
        patience=WRITING,
    )
    rows_settings = {"index": {"number_of_replicas": cluster.replicas, "refresh_interval": "-1"}}
    _create(client, called.rows, {"settings": rows_settings, "mappings": ROWS})
    aliases: Json = {called.writing: {}} | ({alias(cluster): {}} if use else {})
    _create(client, called.documents, template | {"aliases": aliases})


def _create(client: Client, index: str, body: Json) -> None:
    """Make an index, and wait a little for its copies: they are made faster while it is empty."""
    try:
        client.ask("PUT", index, body, patience=WRITING, wait_for_active_shards="all", timeout="5s")
    except RefusedError as refused:
        if refused.kind != "resource_already_exists_exception":
            raise


def use(client: Client, generation: int) -> None:
    """Make `generation` the one in use, at once for every later reader."""
    called = names(client.cluster, generation).documents
    stem = alias(client.cluster)
    actions = [
        {"remove": {"index": f"{stem}.0*", "alias": stem, "must_exist": False}},
        {"add": {"index": called, "alias": stem}},
    ]
    client.ask("POST", "_aliases", {"actions": actions}, patience=WRITING)


def remove(client: Client, numbers: Iterable[int]) -> None:
    """Remove generations. What another writer has removed already is no error."""
    for number in numbers:
        called = names(client.cluster, number)
        for index in (called.documents, called.rows):
            try:
                client.ask("DELETE", index, patience=WRITING)
            except MissingError:
                continue


def mark_done(client: Client, generation: int, part: str) -> None:
    """Record that a part of a rebuild ("3/16") is done."""
    rows = names(client.cluster, generation).rows
    client.ask("PUT", f"{rows}/_doc/done-{part.replace('/', '-')}", {"done": part}, patience=WRITING)


def parts_done(client: Client, generation: int, parts: int) -> int:
    """How many parts of a rebuild are done."""
    rows = names(client.cluster, generation).rows
    asked = {"ids": [f"done-{number}-{parts}" for number in range(1, parts + 1)]}
    found = client.ask("POST", f"{rows}/_mget", asked, filter_path="docs.found")
    with client.understood():
        return sum(bool(each.get("found")) for each in found.get("docs", ()))
