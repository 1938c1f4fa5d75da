"""How many cells of a terminal a text takes, and where a line of it may be cut.

The rule is the one terminals follow, code point by code point (glibc's and VTE's wcwidth): marks that stand above or
below (Mn, Me) and format characters take none, East Asian wide and fullwidth forms two, everything else one, spacing
vowel signs of Hindi, Tamil or Burmese (Mc) among them. On top of it, what current terminals draw as one: emoji joined
by U+200D, emoji with a skin tone, two regional indicators, and a sign made an emoji by U+FE0F take two cells.

The library wcwidth follows the same rule, but importing it takes longer than all the rest of a search's rendering
(docs/choices.md), so the rule stands here, over `unicodedata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, combining, east_asian_width


class Cluster(NamedTuple):
    """What a reader sees as one character: `text[start:end]`, `cells` wide. Never cut inside."""

    start: int
    end: int
    cells: int


# Letters, digits and punctuation that take one cell each and join nothing: Latin, Greek, Cyrillic, Armenian, Hebrew,
# Arabic, Georgian without marks. Most text is made of nothing else, and a regex tells so 50 times faster than a loop
# over characters.
_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"
    "\u0400-\u0482\u048a-\u052f\u0531-\u0556\u0559-\u058a"
    "\u05d0-\u05ea\u05f3\u05f4\u060b-\u060f\u061b\u061e-\u064a\u0660-\u066f\u0671-\u06d3\u10a0-\u10c5\u10d0-\u10ff"
    "\u2010-\u2027\u202f-\u203b\u203d-\u2048\u204a-\u205e\u20a0-\u20bf\u2116]*+"
)

# Only with these is a cluster not as wide as its characters together.
_RESHAPING = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")

_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)  # Cf, yet drawn
_EMOJI_SIGNS = frozenset(
    "#*0123456789©®‼⁉™ℹ↔↕↖↗↘↙↩↪▪▫▶◀◻◼〰〽㊗㊙"
)  # take U+FE0F without being of category So, or alike

# How a character behaves in a cluster: it starts one, is hung on the one before, or does something of its own.
_BASE, _HUNG, _VIRAMA, _JOINER, _EMOJI_FORM, _TONE, _FLAG, _CONTROL = range(8)


@lru_cache(maxsize=1 << 14)  # a Chinese library has some 6,000 distinct characters
def _shape(char: str) -> tuple[int, int]:
    """Cells of one character by itself, and how it behaves in a cluster."""
    code = ord(char)
    kind = category(char)
    if kind in {"Cc", "Zl", "Zp"} or char == "\u200b":
        return 0, _CONTROL
    if char == "\u200d":
        return 0, _JOINER
    if char == "\ufe0f":
        return 0, _EMOJI_FORM
    if kind in {"Mn", "Me"}:
        return 0, _VIRAMA if combining(char) == 9 else _HUNG
    if kind == "Mc":
        return 1, _VIRAMA if combining(char) == 9 else _HUNG
    if kind == "Cf":
        return (1, _BASE) if char in _PREPENDED else (0, _HUNG)
    if (
        0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or code in {0x3164, 0xFFA0}
    ):  # Korean vowels, finals, fillers: drawn into the syllable
        return 0, _HUNG
    if kind == "Cn":  # newer than Python's tables, which call it fullwidth: wide only among emoji and Chinese letters
        return (2 if 0x1F000 <= code <= 0x1FAFF or 0x20000 <= code <= 0x3FFFD else 1), _BASE
    if 0x1F3FB <= code <= 0x1F3FF:
        return 2, _TONE
    if 0x1F1E6 <= code <= 0x1F1FF:
        return 1, _FLAG
    return (2 if east_asian_width(char) in {"W", "F"} else 1), _BASE


@lru_cache(maxsize=1 << 14)
def _own(char: str) -> int:
    return _shape(char)[0]


def clusters(text: str) -> Iterator[Cluster]:
    """The clusters of `text`, in order and without gaps.

    A cluster is a letter with its marks, a conjunct of Indic or Khmer letters, an emoji with all that is joined to it,
    a flag, or a control character.
    """
    start = wide = 0
    last = _CONTROL  # behaviour of the character before; nothing joins a control character
    before = ""
    for place, char in enumerate(text):
        own, role = _shape(char)
        if place == start:
            wide = own
        elif _CONTROL in {last, role}:
            yield Cluster(start, place, wide)
            start, wide = place, own
        elif role == _EMOJI_FORM:
            if wide == 1 and (before in _EMOJI_SIGNS or category(before) == "So"):
                wide = 2
        elif role in {_HUNG, _VIRAMA, _JOINER}:
            wide += own
        elif role == _TONE and last != _JOINER and wide == 2:
            pass
        elif last == _JOINER:
            wide = max(wide, own) if own == 2 else wide + own
        elif last == _VIRAMA and category(char) == "Lo":
            wide += own
        elif role == _FLAG and last == _FLAG:
            wide += own
            role = _BASE  # a third one begins another flag
        else:
            yield Cluster(start, place, wide)
            start, wide = place, own
        last, before = role, char
    if text:
        yield Cluster(start, len(text), wide)


def is_plain(text: str) -> bool:
    """Whether every character of `text` is one cluster of one cell, so that its length is its width."""
    return _PLAIN.fullmatch(text) is not None


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes; control characters take none, so clean it first."""
    if is_plain(text):
        return len(text)
    if _RESHAPING.search(text):
        return sum(cluster.cells for cluster in clusters(text))
    return sum(map(_own, text))  # 15 times faster than by clusters


def cut(text: str, width: int) -> int:
    """The end of the longest beginning of `text` that takes at most `width` cells and breaks no cluster."""
    if is_plain(text[: max(width, 0) + 1]):  # the character after the cut must not be a mark either
        return min(len(text), max(width, 0))
    end = used = 0
    for cluster in clusters(text):
        used += cluster.cells
        if used > width:
            break
        end = cluster.end
    return end


# Blocks by their first and last character, and what stands in them. A loop over them, cached by character, costs less than
# compiling regexes for them at every start.
_ASIAN, _ASIAN_SIGN, _SOUTH_EAST = 1, 2, 3
_BLOCKS = (
    ("\u3005\u3007", _ASIAN),
    ("\u3021\u3029", _ASIAN),
    ("\u3031\u3035", _ASIAN),
    ("\u30a0\u30a0", _ASIAN_SIGN),
    ("\u30fb\u30fb", _ASIAN_SIGN),
    ("\u303b\u30ff", _ASIAN),
    ("\u31f0\u31ff", _ASIAN),
    ("\u3400\u4dbf", _ASIAN),
    ("\u4e00\u9fff", _ASIAN),
    ("\uf900\ufaff", _ASIAN),
    ("\uff66\uff9f", _ASIAN),
    ("\U00020000\U0003ffff", _ASIAN),
    ("\u3001\u3003", _ASIAN_SIGN),
    ("\u3008\u3011", _ASIAN_SIGN),
    ("\u3014\u301f", _ASIAN_SIGN),
    ("\uff01\uff0f", _ASIAN_SIGN),
    ("\uff1a\uff20", _ASIAN_SIGN),
    ("\uff3b\uff40", _ASIAN_SIGN),
    ("\uff5b\uff65", _ASIAN_SIGN),
    ("\u0e01\u0e3a", _SOUTH_EAST),
    ("\u0e40\u0e59", _SOUTH_EAST),
    ("\u0e81\u0edf", _SOUTH_EAST),
    ("\u1000\u109f", _SOUTH_EAST),
    ("\u1780\u17e9", _SOUTH_EAST),
    ("\u19e0\u19ff", _SOUTH_EAST),
    ("\ua9e0\ua9fe", _SOUTH_EAST),
    ("\uaa60\uaa7f", _SOUTH_EAST),
)
# Signs that must not begin or end a line in Chinese, Japanese or Thai (JIS X 4051's two lists, shortened).
_NO_START = frozenset(
    "、。，．：；？！）］｝」』】》〉〕〗〙｠»’”…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・,.:;?!)]}%％ะาำๆฯๅຳະາໆຯៗ។៕၊။"
)
_NO_END = frozenset("（［｛「『【《〈〔〖〘｟«‘“([{เแโใไเແໂໃໄ")
_GLUE = frozenset("\u00a0\u202f\u2007\u2060\ufeff")

NO_BREAK, BY_LETTER, BY_WORD = 0, 1, 2


@lru_cache(maxsize=1 << 14)
def _script(char: str) -> int:
    """_ASIAN for a letter of Chinese or Japanese, _ASIAN_SIGN for their punctuation, _SOUTH_EAST or 0 for the rest."""
    return next((script for block, script in _BLOCKS if block[0] <= char <= block[1]), 0)


def break_between(before: str, after: str) -> int:
    """Whether a line may end between two clusters, given the last character of one and the first of the next.

    BY_WORD: at a space (on either side of it), after U+200B, or beside a Chinese or Japanese letter, whose words are
    cut anywhere. BY_LETTER: between letters of Thai, Lao, Khmer or Burmese, which write no spaces between words but do
    between phrases: good when no space is near. NO_BREAK elsewhere.
    """
    if before in _GLUE or after in _GLUE:
        return NO_BREAK
    if before.isspace() or after.isspace() or before == "\u200b":
        return BY_WORD
    if after in _NO_START or before in _NO_END:
        return NO_BREAK
    left, right = _script(before), _script(after)
    if not {_ASIAN, _ASIAN_SIGN}.isdisjoint((left, right)):
        # "2024年" and "对Tokayev说" may be cut where the script changes, "3、4" only after the sign
        return BY_WORD
    return BY_LETTER if left == right == _SOUTH_EAST else NO_BREAK
