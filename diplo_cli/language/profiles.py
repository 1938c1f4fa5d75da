"""How well a text fits each language of its script: exact scoring over langdetect's n-gram features.

langdetect draws n-grams of a text at random until one language is likely enough: another seed, another answer, and
5–17 ms a document. Here every n-gram of a sample counts, so the answer is always the same.
The features are langdetect's own: n-grams of 1 to 3 characters within words, normalised by its `NGram`, with
frequencies from profiles made by its `LangProfile` and read by its `DetectorFactory` (tools/build_languages.py).

Cost: `DetectorFactory.load_json_profile` takes 47 ms for the 31 Latin profiles that langdetect ships, 70 ms with ours,
in every worker process; the tables compiled from that factory open in 10 ms.
"""

from __future__ import annotations

import json
import sys
import unicodedata
import zlib
from array import array
from functools import cache
from operator import add
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parent.parent / "data" / "languages"
# Words whose scores are kept, 5 MB; a sample has some 130, and most of them were met before.
_REMEMBERED = 20_000
# Letters of a beginning in the table of close languages, at most.
_STEM = 12


class Table(NamedTuple):
    """Profiles of one script.

    `rows` holds a byte for each language of `tags` for each n-gram of `places`: `scale` times ln((p + floor) / floor),
    0 where the language lacks it. `packed` keeps the rows met so far as whole numbers, `words` the sums of words.
    """

    tags: tuple[str, ...]
    scale: float
    places: dict[str, int]
    rows: bytes
    packed: dict[str, int]
    words: dict[str, int]


@cache
def table(script: str) -> Table | None:
    """The profiles of the languages written in `script` (an ISO 15924 code); None where there are none."""
    file = _DATA / f"{script}.profiles"
    if not file.exists():
        return None
    head, grams, rows = zlib.decompress(file.read_bytes()).split(b"\n", 2)
    about = json.loads(head)
    places = {gram: place for place, gram in enumerate(grams.decode().split("\t"))}
    return Table(tuple(about["languages"]), about["scale"], places, rows, {}, {})


def _packed(profiles: Table, gram: str) -> int:
    """The scores of `gram` in all languages as one whole number, 32 bits each; 0 for an unknown n-gram.

    Adding such numbers adds the scores of every language at once: exact scoring under 38 languages costs what one
    language does, 0.1 ms instead of 2 ms for a sample of 800 characters. Its at most 2,400 n-grams of at most 255 each
    stay far below 32 bits.
    """
    place = profiles.places.get(gram)
    if place is None:
        return 0
    width = len(profiles.tags)
    lanes = bytearray(4 * width)
    lanes[::4] = profiles.rows[place * width : (place + 1) * width]
    return int.from_bytes(lanes, "little")


# Letters by Unicode, but typed as the apostrophes of oʻ, gʻ or ʼ, for which plain and curly quotes serve as often.
_APOSTROPHES = frozenset("ʹʻʼʽʾʿ")


def is_letter(char: str) -> bool:
    """Whether `char` is a part of words: a letter or a mark on one, but no apostrophe."""
    return unicodedata.category(char)[0] in "LM" and char not in _APOSTROPHES


class _Normal(dict[int, str]):
    """langdetect's normalisation as a table for str.translate; anything but letters and marks becomes a space."""

    def __missing__(self, point: int) -> str:
        # 10 ms, so only where a script's profiles are needed.
        from langdetect.utils.ngram import NGram

        char = chr(point)
        self[point] = normal = NGram.normalize(char) if is_letter(char) else " "
        return normal


_NORMAL = _Normal()


def words(text: str) -> list[str]:
    """The words of `text` as langdetect sees them: normalised, without words in capitals.

    Where that would leave out more than half of the letters, all words in small letters.
    """
    from langdetect.utils.ngram import NGram

    found = NGram.normalize_vi(unicodedata.normalize("NFC", text)).translate(_NORMAL).split()
    kept = [word for word in found if len(word) == 1 or not word.isupper()]
    return kept if sum(map(len, kept)) * 2 >= sum(map(len, found)) else [word.lower() for word in found]


def _grams(word: str) -> list[str]:
    """Langdetect's n-grams of a word. Those across two words are in no profile, so they count for nothing."""
    line = f" {word} "
    pairs = list(map(add, line, line[1:]))
    return [*word, *pairs, *map(add, pairs, line[2:])]


def _of_word(profiles: Table, word: str) -> int:
    """The scores of the n-grams of a word, packed."""
    packed, total = profiles.packed, 0
    for gram in _grams(word):
        row = packed.get(gram)
        if row is None:
            row = packed[gram] = _packed(profiles, gram)
        total += row
    return total


def scores(found: list[str], profiles: Table) -> dict[str, float]:
    """The log-likelihood of words under each language: natural logarithm, over that of as many unknown n-grams."""
    known, total = profiles.words, 0
    if len(known) > _REMEMBERED:
        known.clear()
    for word in found:
        row = known.get(word)
        if row is None:
            row = known[word] = _of_word(profiles, word)
        total += row
    lanes = array("I", total.to_bytes(4 * len(profiles.tags), "little"))
    if sys.byteorder == "big":
        lanes.byteswap()
    return {tag: lane / profiles.scale for tag, lane in zip(profiles.tags, lanes, strict=True)}


class Pair(NamedTuple):
    """Two close languages, whose n-grams hardly differ.

    The log of the odds for `first` over `second`: by word (and by beginning with its hyphen, which is no word), by
    beginning of a word, and before any word.
    """

    first: str
    second: str
    words: dict[str, float]
    stems: dict[str, float]
    prior: float


@cache
def _pairs() -> tuple[Pair, ...]:
    """The pairs known: 19,000 words, read in 6 ms with the first text in one of their languages."""
    listed: dict[str, dict[str, float]] = {}
    for line in (_DATA / "pairs.tsv").read_text(encoding="utf-8").splitlines():
        tags, word, value = line.split("\t")
        listed.setdefault(tags, {})[word] = float(value)
    found = []
    for tags, odds in listed.items():
        first, _, second = tags.partition(" ")
        prior = odds.pop("", 0.0)
        stems = {word[:-1]: value for word, value in odds.items() if word[-1] == "-"}
        found.append(Pair(first, second, odds, stems, prior))
    return tuple(found)


def close_pair(tag: str) -> Pair | None:
    """The pair of close languages that `tag` is of, if it is of one."""
    return next((pair for pair in _pairs() if tag in {pair.first, pair.second}), None)


def lean(found: list[str], pair: Pair) -> float:
    """The log of the odds that words are of the first language of `pair` rather than the second.

    A word counts by itself, or else by its longest beginning that is listed.
    """
    total = pair.prior
    for word in map(str.lower, found):
        odds = pair.words.get(word)
        if odds is None and pair.stems:
            stems = (pair.stems.get(word[:length]) for length in range(min(len(word), _STEM), 1, -1))
            odds = next((value for value in stems if value is not None), None)
        total += odds or 0.0
    return total
