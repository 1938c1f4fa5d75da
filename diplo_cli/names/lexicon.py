"""The lexicon of names of one document: its words under their keys, for the engine's field "names".

An entry is "KEY/term/c". Chinese and Japanese write names without spaces around them: there, the runs of characters
that transliterate are the terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from itertools import compress
from operator import not_

from diplo_cli.names.keys import CAPITAL, LOWER, START, indexed_keys, lexicon_keys, likeliest_keys
from diplo_cli.names.letters import CASED_SCRIPTS, han_table, known_script, script_of_all
from diplo_cli.text.fold import fold
from diplo_cli.text.remembered import RememberedTogether
from diplo_cli.text.tokens import Words

_SENTENCE_START = frozenset(".!?:\n\r؟。！？…։।")
_OPENING = frozenset(" \t\u00a0\"'“”„«»‘’‚‹›([{-–—•*")
_IN_RUNS = ""  # stands for what a term has where the names of its script are runs of the text
_HAN_LEAST, _HAN_DROP = 1.5, 3.0  # log-odds that make a name, and whose loss ends it
_KATAKANA = re.compile(r"[ァ-ヺー]{2,24}")


@cache
def _han_runs() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(han_table())))}]{{2,}}")


def _transliterated(run: str) -> list[str]:
    """The stretches of 2–8 characters of `run` that are likelier to be a foreign name than text.

    Each is a highest sum of the characters' log-odds, as in sequence alignment (Karlin–Altschul), and is given with one character more on either side, too, since names begin
    and end with characters that are common in text (马来西亚).
    """
    table = han_table()
    found = []
    begin, total, best, end = 0, 0.0, 0.0, 0
    for i, c in enumerate([*run, ""]):
        odds = table[c][2] if c else -99.0
        if not total:
            begin = i
        total += odds
        if total > best:
            best, end = total, i + 1
        if total < 0 or total < best - _HAN_DROP:
            if best >= _HAN_LEAST and 2 <= end - begin <= 8:
                found += [run[begin:end], run[max(0, begin - 1) : end], run[begin : end + 1]]
            total = best = 0.0
    return found


def _entries(terms: Sequence[str], how: int) -> dict[str, tuple[str, ...]]:
    """What the lexicon holds for each of many terms seen like this (LOWER, CAPITAL, START).

    A word in lower case of a script with capitals is nobody's name: it is listed once, for what it says of the same word
    with a capital.
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(terms, ())
    cased: list[str] = []
    uncased: list[str] = []
    words = list(filter(str.isalpha, terms))
    one = script_of_all(words)
    for term in terms if not one else set(terms).difference(words):
        script = known_script(term)
        if script in ("Hani", "Kana"):
            found[term] = (_IN_RUNS,)
        elif len(term) > 1 and (term.isalpha() or (term.isprintable() and not any(map(str.isdigit, term)))):
            (cased if script in CASED_SCRIPTS else uncased).append(term)
    if one:
        (cased if one in CASED_SCRIPTS else uncased).extend([word for word in words if len(word) > 1])
    for keys, seen in (
        (likeliest_keys(cased) if how == LOWER else lexicon_keys(cased, marked=how == CAPITAL), how),
        (lexicon_keys(uncased), LOWER),
    ):
        found |= {term: tuple([f"{key}/{term}/{seen}" for key in own]) for term, own in keys.items()}
    return found


_LISTED = [
    RememberedTogether(partial(_entries, how=how), most)
    for how, most in ((LOWER, 24_000), (CAPITAL, 12_000), (START, 4_000))
]
"""The entries of terms seen in each way, some 300 bytes a term."""


def _in_mid_sentence(text: str, start: int) -> bool:
    at = start - 1
    stop = max(-1, start - 16)  # a row of quotes and dashes is short; hostile text may hold a million
    while at > stop and text[at] in _OPENING:
        at -= 1
    return at > stop and text[at] not in _SENTENCE_START


def runs(text: str) -> set[str]:
    """The runs of katakana (2–24) and of Han characters used for foreign names (2–8) in a text, folded."""
    plain = unicodedata.normalize("NFKC", text)
    found = {fold(run) for run in _KATAKANA.findall(plain)}
    for run in _han_runs().findall(plain):
        found.update(fold(name) for name in _transliterated(run))
    return found


def lexicon(text: str, tokens: Words) -> set[str]:
    """The distinct entries "KEY/term/c" of one document for the engine's field "names".

    `tokens` are the document's tokens, with offsets into `text`. A term stands under each of its keys and under those of what it may be an inflection of. c is 0 for a term
    seen in lower case (or of a script without case), else 1 if it was seen with a capital in mid-sentence, else 2: only where every word has a capital, at a start or among
    words all in capitals (and for every word of a text without a capital,
    which says nothing of its words). Terms with digits and of one letter are left out;
    of Chinese and Japanese text the runs in transliteration are listed. 0.2–0.3 ms for 3 KB once its
    words are known, some 3 µs more for a new word: all of a text are worked out together.
    """
    upper = list(map(str.isupper, map(text.__getitem__, tokens.starts)))
    seen = dict.fromkeys(compress(tokens.terms, map(not_, upper)), LOWER)
    shouted = False
    for place in compress(range(len(tokens)), upper):
        term, start = tokens.terms[place], tokens.starts[place]
        loud = tokens.ends[place] - start > 1 and text[start + 1].isupper()
        if seen.get(term, START) == START:
            seen[term] = CAPITAL if not (loud and shouted) and _in_mid_sentence(text, start) else START
        shouted = loud
    lowest = LOWER if any(seen.values()) else START  # a text without a capital says nothing of its words
    by_how: tuple[list[str], ...] = ([], [], [])
    for term, how in seen.items():
        by_how[how or lowest].append(term)
    out: set[str] = set()
    for listed, terms in zip(_LISTED, by_how, strict=True):
        out.update(*listed.of(terms))
    if _IN_RUNS in out:
        out.remove(_IN_RUNS)
        for run in runs(text):
            out.update(f"{key}/{run}/{LOWER}" for key in indexed_keys(run))
    return out
