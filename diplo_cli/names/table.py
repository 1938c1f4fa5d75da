"""Spellings of names that are known from a list, not judged by their letters.

Two sources. data/names/known.table holds groups of spellings of one name, compiled by tools/build_names.py; it is mapped into memory and only the pages of a word are read.
data/names/aliases.tsv is written by hand: what no rule of letters finds (Xi is Си in Russian, 习 in Chinese).

known.table, little-endian: HEADER (magic, how many buckets, entries and bytes of text); for each bucket the number of its first entry, and one more for the end; for each
entry the place of a line in the text; the text, UTF-8: a line a group, "groups that attest it, spelling, spelling, …" between tabs. A word's entries are in the bucket
crc32(word) modulo the number of buckets.
"""

from __future__ import annotations

import mmap
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from struct import Struct
from typing import Literal, NamedTuple
from zlib import crc32

from diplo_cli.names.letters import known_script

MAGIC = b"diploKN1"
HEADER = Struct("<8sIII")
_ONE, _PAIR = Struct("<I"), Struct("<II")
BUCKETS_PER_ENTRY = 0.5
_DATA = Path(__file__).parents[1] / "data" / "names"
_LONGEST = 80  # characters: no spelling of the table is longer
_MOST_IN_SCRIPT = 40  # spellings given in one script: Yuki is written with 400 pairs of Chinese characters

Source = Literal["table", "alias"]


class Known(NamedTuple):
    """A spelling of the name asked for, folded.

    `term` holds a space where the name is written in several words (بردي محمدوف). `support`: how many groups of the list have both (1 or more). `share`: which part of the
    groups of the word asked for, >0 to 1 (Мария: more than half of the groups of Maria; Mary: one in ten). `source`: "table", or "alias" for the file written by hand,
    whatever the table says.
    """

    term: str
    support: int
    share: float
    source: Source


class Table(NamedTuple):
    """A compiled table: its bytes, how many buckets, and where its entries and its text begin and its text ends."""

    data: mmap.mmap | bytes
    buckets: int
    entries: int
    text: int
    end: int


def opened(data: mmap.mmap | bytes) -> Table:
    """The table that `data` holds. Raises ValueError if it is none."""
    if len(data) < HEADER.size:
        raise ValueError("no table of names")
    magic, buckets, entries, length = HEADER.unpack_from(data)
    entries_at = HEADER.size + 4 * (buckets + 1)
    text = entries_at + 4 * entries
    if magic != MAGIC or not buckets or len(data) != text + length:
        raise ValueError("no table of names")
    return Table(data, buckets, entries_at, text, text + length)


@cache
def _shipped() -> Table:
    with (_DATA / "known.table").open("rb") as file:
        return opened(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


@cache
def _aliases() -> str:
    """The hand-written file: a group a line, its spellings between tabs."""
    lines = (_DATA / "aliases.tsv").read_text(encoding="utf-8").split("\n")
    return "\n".join(["", *(line for line in lines if not line.startswith("#")), ""])


def by_hand(word: str) -> list[str]:
    """The other spellings of the hand-written groups that the folded `word` is in, in their order. 16 KB are searched in 10 µs; parsing them would take 0.5 ms of each start."""
    written = _aliases()
    found: dict[str, None] = {}
    at = written.find(word) if word and "\n" not in word and "\t" not in word else -1
    while at >= 0:
        begin, end = written.rfind("\n", 0, at) + 1, written.find("\n", at)
        group = written[begin:end].split("\t")
        if word in group:
            found |= dict.fromkeys(each for each in group if each != word)
        at = written.find(word, end)
    return list(found)


def listed(table: Table, word: str) -> Counter[str]:
    """The spellings that a table has in one group with the folded `word`, itself with them, with how many groups attest them."""
    found: Counter[str] = Counter()
    if not word or len(word) > _LONGEST:
        return found
    sought = word.encode("utf-8", "replace")
    first, last = _PAIR.unpack_from(table.data, HEADER.size + 4 * (crc32(sought) % table.buckets))
    for entry in range(first, last):
        begin = table.text + _ONE.unpack_from(table.data, table.entries + 4 * entry)[0]
        end = table.data.find(b"\n", begin, table.end)
        support, *spellings = table.data[begin:end].split(b"\t")
        if sought in spellings:
            for spelling in spellings:
                found[spelling.decode("utf-8")] += int(support)
    return found


@lru_cache(maxsize=4096)
def known(word: str, *, aliases: bool = True) -> tuple[Known, ...]:
    """The spellings known for the folded `word` in every script, `word` itself left out; those written by hand first, then the best attested; () for any other text.

    At most 40 of the table in one script. `aliases`: whether the hand-written file is asked, too. A first lookup takes 0.2 ms (and 0.1 ms to read the hand-written file), a
    later one 10–50 µs.
    """
    written = by_hand(word) if aliases else []
    out = [Known(term, 1, 1.0, "alias") for term in written]
    given: Counter[str] = Counter()
    found = listed(_shipped(), word)
    groups = found.pop(word, 0)
    for term, support in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        script = known_script(term)
        if term not in written and given[script] < _MOST_IN_SCRIPT:
            given[script] += 1
            out.append(Known(term, support, support / groups, "table"))
    return tuple(out)
