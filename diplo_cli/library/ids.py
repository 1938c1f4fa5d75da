"""Which documents an id on the command line means, and the shortest way to write one."""

from __future__ import annotations

from itertools import islice

from diplo_cli.engines.base import Engine
from diplo_cli.errors import AmbiguousIdError, UnknownNameError

SHORTEST = 3  # characters of an id shown at the least
CANDIDATES = 10  # named in an error at the most
FAR = 10_000  # ids that are read at the most to tell what is meant; where a cluster has more, only ids are looked for and no file names
NEAR = 5_000  # ids that one nobody has is compared with


def find_id(engine: Engine, written: str) -> str:
    """The id that `written` means: a whole id, else a prefix of one id, else a prefix of one file name within an id.

    Raises AmbiguousIdError, naming the candidates, where several begin so; UnknownNameError where none does.
    """
    if not written:
        raise UnknownNameError("an empty id names no document", "ids: diplo list --ids")
    found = [each for each, _ in islice(engine.terms("id", written), FAR + 1)]
    if written in found:
        return written
    if not found and not _is_far(engine):
        name = written.removesuffix(".txt")
        found = [each for each, _ in engine.terms("id", "") if each.rpartition("/")[2].startswith(name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownNameError(f"no document {written!r}", _suggestion(engine, written))
    named = ", ".join(found[:CANDIDATES]) + (f" and {len(found) - CANDIDATES} more" if len(found) > CANDIDATES else "")
    many = f"more than {FAR:,}" if len(found) > FAR else len(found)
    raise AmbiguousIdError(f"{written!r} begins the ids of {many} documents", f"which one? {named}")


def _is_far(engine: Engine) -> bool:
    """Whether an index holds more ids than can be listed; counting them is two more questions to a cluster."""
    about = engine.info()
    return about.writers == "many" and about.documents > FAR


def _suggestion(engine: Engine, written: str) -> str:
    from difflib import get_close_matches

    begun = [each for each, _ in islice(engine.terms("id", written[:1]), NEAR)]
    ids = begun or [each for each, _ in islice(engine.terms("id", ""), NEAR)]
    names = {name: one for one in ids for name in (one, one[: len(written)])}
    near = list(dict.fromkeys(names[name] for name in get_close_matches(written, names, 3, 0.5)))
    return f"did you mean {', '.join(near)}?" if near else "ids: diplo list --ids"


def shortest(engine: Engine, document_id: str) -> str:
    """The shortest prefix, of at least 3 characters, that means this document alone."""
    least, most = min(SHORTEST, len(document_id)), len(document_id)
    while least < most:  # a longer prefix is shared by fewer; each look is a question to the engine
        length = (least + most) // 2
        shared = iter(engine.terms("id", document_id[:length]))
        next(shared, None)
        if next(shared, None) is None:
            most = length
        else:
            least = length + 1
    return document_id[:least]
