"""Whole sentences of a text, by terminators, letter case and abbreviations.

No library does it: the best measured one stops at 96 % of the boundaries (docs/choices.md).
Linear in the length of the text: one pass of one regular expression over terminators, then a look at the word before
and the letter after each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from diplo_cli.text.abbreviations import Abbreviations, abbreviations
from diplo_cli.text.script import EAST_ASIAN

_CLOSING = "\"'”’»«›)]}」』】）》〉〕"
_OPENING = "\"'“‘«»„‚‹([{「『【（《〈〔¿¡—–-•*"

# Those of Chinese and Japanese end a sentence wherever they stand, the others before white space: of Latin, Arabic,
# Urdu, Indic, Ethiopic, Burmese, Khmer, Armenian.
_TERMINATOR = re.compile(
    rf"(?P<wide>[。！？｡]++[{re.escape(_CLOSING)}。！？]*+)"
    rf"|(?P<mark>[.!?…؟۔।॥።፧။។៕։‼⁇⁈⁉]++)(?P<close>[{re.escape(_CLOSING)}“]*+)(?:\[\d{{1,3}}\])?"
)
_EAST_ASIAN = f"[{EAST_ASIAN}]"  # compiled (5 ms) and remembered by re when first needed, as _CLAUSE is
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“«„'‘]*$")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
_FIRST_WORD = re.compile(r"\S{1,40}")
# The next word or number, past quotation marks and bullets; or whatever else stands there.
_NEXT = re.compile(rf"\s*+[\s{re.escape(_OPENING)}]{{0,6}}([^\W_]+|\S)")
# U.S, z.B, т.д; an Indic letter name takes up to three characters with its vowel sign (यू.एस)
_DOTTED = re.compile(r"(?:(?:[^\W\d_]{1,2}|[\u0900-\u0dff]{1,3})\.)+(?:[^\W\d_]{1,2}|[\u0900-\u0dff]{1,3})")
# "and so on" of Russian and Ukrainian, written with a space
_AND_SO_ON = re.compile(r"\bт\. ?[пд]$")

# Ordinals are numbers with a full stop there: 3. toplantı, 24. Februar.
_ORDINAL_LANGUAGES = frozenset(
    [
        "az",
        "bs",
        "cs",
        "da",
        "de",
        "et",
        "eu",
        "fi",
        "hr",
        "hu",
        "is",
        "lb",
        "lv",
        "nb",
        "nn",
        "no",
        "sk",
        "sl",
        "sr",
        "tr",
        "tk",
    ]
)

# A quotation that Chinese or Japanese goes on from: 「…。」と述べた.
_GOES_ON = frozenset("とがをはにのもで，、,")

# Thai and Lao write a space where a clause ends, and no full stop: there a sentence may end once it is this long, with
# so much left, but not beside digits, Latin letters or signs, and not before a word that goes on from the clause.
_BY_CLAUSE = frozenset({"th", "lo"})
_LONG_CLAUSES, _REST = 80, 25
_CLAUSE = (
    r"(?<=[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\u0e81-\u0edf])(?<!ว่า)(?<!ວ່າ) +(?=[\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0edf])"
    r"(?!และ|หรือ|ซึ่ง|ที่|โดย|เพื่อ|ว่า|แต่|กับ|รวม|ของ|จาก|ใน|ให้|เป็น|จึง|ก็|จะ|ได้|ตาม|ตั้งแต่|ແລະ|ຫຼື|ເຊິ່ງ|ຊຶ່ງ|ທີ່|ໂດຍ|ເພື່ອ|ວ່າ|ແຕ່|ກັບ|ຂອງ|ຈາກ|ໃນ|ຈະ|ໄດ້|ຕາມ|ຕັ້ງແຕ່)"
)

# No line of hard-wrapped text is longer; a paragraph on one line is.
_WIDEST_WRAP = 120
# Narrower lines are headings, verses or items of a list.
_NARROWEST_WRAP = 50
# How far back a word is looked for: none in any table is longer.
_REACH = 24


class _Rules(NamedTuple):
    """What depends on the language: the abbreviations, and whether a number with a full stop is an ordinal."""

    known: Abbreviations
    ordinals: bool


def sentences(text: str, lang: str = "und") -> list[tuple[int, int]]:
    """The spans (start, end) of the sentences of a text, in order, without white space at either end and never empty.

    A blank line always ends a sentence, as does a line break at which the next word would still have fitted on the
    line; at any other the text was wrapped, and goes on. Thai and Lao, which have no full stop, are cut between long
    clauses. `lang`, a BCP-47 tag, picks the abbreviations and whether a
    number with a full stop is an ordinal.
    """
    spans: list[tuple[int, int]] = []
    base = lang.partition("-")[0].lower()
    for start, end in _units(text):
        begin = start
        for stop in (*_ends(text, start, end, base), end):
            for clauses in _clauses(text, begin, stop) if base in _BY_CLAUSE else ():
                _add(spans, text, begin, clauses)
                begin = clauses
            _add(spans, text, begin, stop)
            begin = stop
    return spans


def _clauses(text: str, start: int, end: int) -> Iterator[int]:
    """Where a stretch of Thai or Lao may be cut: at the first end of a clause that leaves enough on either side."""
    begin = start
    for match in re.compile(_CLAUSE).finditer(text, start, end):
        if match.start() - begin >= _LONG_CLAUSES and end - match.end() >= _REST:
            yield match.start()
            begin = match.end()


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds a span without the white space around it, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _units(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text that no sentence goes beyond: paragraphs, and lines that were not wrapped."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace() or not line:
            yield from _joined_lines(text, block)
            block = []
        else:
            start = match.start() + len(line) - len(line.lstrip())
            block.append((start, start + len(line.strip())))
    yield from _joined_lines(text, block)


def _joined_lines(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph, those joined that were wrapped."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    wrapped = _NARROWEST_WRAP <= width <= _WIDEST_WRAP
    start, end = lines[0]
    for next_start, next_end in lines[1:]:
        word = _FIRST_WORD.match(text, next_start, next_end)
        full = end - max(start, text.rfind("\n", start, end) + 1) + 1 + (len(word.group()) if word else 0) > width
        if not (text[next_start].islower() or (wrapped and full)):
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _ends(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Where sentences end within a stretch of text, but for its own end."""
    rules = _Rules(abbreviations(lang), lang in _ORDINAL_LANGUAGES)
    begin = start
    for match in _TERMINATOR.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            return
        if match.group("wide") or (match.group("mark") != "." and _between_ideographs(text, match.start(), stop)):
            if text[stop - 1] in '」』”’"' and text[stop] in _GOES_ON:
                continue
        elif not text[stop].isspace() or not _is_end(text, begin, match, end, rules):
            continue
        yield stop
        begin = stop


def _between_ideographs(text: str, start: int, stop: int) -> bool:
    """Whether narrow ? or ! stands in Chinese or Japanese text, where no space follows it."""
    return start > 0 and text[start] in "?!" and all(re.match(_EAST_ASIAN, text[at]) for at in (start - 1, stop))


def _is_end(text: str, begin: int, match: re.Match[str], end: int, rules: _Rules) -> bool:
    """Whether a terminator with white space after it ends a sentence that began at `begin`."""
    after = _NEXT.match(text, match.end(), end)
    if after is None:
        return False
    following = after.group(1)
    if following[0].islower() and not text[begin : begin + 3].lstrip()[:1].islower():
        return False  # where the sentence before began small too, the writer has no capitals
    mark = match.group("mark")
    if mark[0] in "!?؟" and match.group("close") and text[match.end() :].lstrip()[:1] in ("–", "—", "-"):
        return False
    if mark != "." or match.group("close"):
        return True
    before = _WORD_BEFORE.search(text, max(begin, match.start() - _REACH), match.start())
    word = before.group() if before else ""
    if not word:
        return True
    if word.isdigit():
        # an item of a list, or an ordinal
        return not (len(word) <= 3 and not text[begin : match.start() - len(word)].strip()) and not (
            len(word) <= 2 and rules.ordinals
        )
    if len(word) == 1 and (word.isupper() or "\u0620" <= word <= "\u064a"):
        return False  # an initial
    lower = word.lower()
    number, hyphen, unit = lower.rpartition("-")
    if hyphen and number.isdigit():
        lower = unit  # Kyrgyz 2024-ж.
    if word in ("п", "д") and _AND_SO_ON.search(text, max(begin, match.start() - 5), match.start()):
        return True
    if lower in rules.known.titles:
        return False
    if lower in rules.known.numbered:
        return not following[0].isdigit()
    if lower in rules.known.endings:
        return following.lower() in rules.known.openers
    if _DOTTED.fullmatch(word):
        return following.lower() in rules.known.openers
    return True
