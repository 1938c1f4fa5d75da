"""Keys: the consonant classes of a word, the same for the spellings of one name in any script, under which the lexicon of names lists it.

    P  b p        T  t d th      K  k q g gh      L  l      M  m
    F  f v        S  s z sh zh ch j ts dj         R  r      N  n

Vowels, y, w, h and kh are dropped, a class repeated is written once, TS counts as S. Tokayev, Токаев and توكاييف are all TKF. Kana, hangul and Han tell fewer consonants apart
(l r, f p, closing m n): their keys are coarser and in lower case (トカエフ: tkp), so the two kinds never meet by accident.

A letter read in two ways (j, ch, g, kh …) gives a word up to four keys when it is indexed, and up to 40 when it is asked for: most of the work is done once, for one query.
Method: consonant-class keys are Russell's Soundex taken across scripts; the classes are those that keep recall highest on pairs of spellings (benchmarks/hard_names.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from diplo_cli.names.inflection import bare
from diplo_cli.names.letters import CASED_SCRIPTS, COARSE_SCRIPTS, VOWELS, all_in, han_table, script_of, sound, units
from diplo_cli.text.fold import fold
from diplo_cli.text.tokens import Token

CLASSES = (
    dict(zip("pbfvmnlr", "PPFFMNLR", strict=True))
    | dict.fromkeys("tdTD", "T")
    | dict.fromkeys("szSZCJc", "S")
    | dict.fromkeys("kqgG", "K")
)
_COARSER = str.maketrans({"P": "p", "F": "p", "M": "n", "N": "n", "L": "l", "R": "l", "T": "t", "S": "s", "K": "k"})
_FINER = {"p": ("P", "F"), "n": ("N", "M"), "l": ("R", "L"), "t": ("T",), "s": ("S",), "k": ("K",)}
_REPEATED = re.compile(r"(.)\1+")
_MOST_INDEXED = 4
MOST_ASKED = 40
_LONGEST_TERM = 40  # letters; longer runs of letters are no names, and would only fill the lexicon


def _squeezed(classes: str) -> str:
    """`classes` with repetitions and the T of TS taken out: what is left of them is one sound in some script."""
    for many, one in (("TS", "S"), ("ts", "s")):
        classes = classes.replace(many, one)
    return _REPEATED.sub(r"\1", classes)


def coarser(key: str) -> str:
    """The key in which kana, hangul and Han write what the fine `key` says."""
    return _squeezed(key.translate(_COARSER))


# Second readings of a sound, given to a word when it is indexed: those whose writer cannot know them (Latin j) or that scripts divide on (kh).
_INDEXED = {"x": ("", "K"), "J": ("S",), "C": ("S",), "g": ("K",)}
# Readings of a sound when a word is asked for, likeliest first.
_ASKED = {
    "g": ("K", ""), "G": ("K", ""), "q": ("K", ""), "x": ("", "K"), "h": ("", "K"), "C": ("S", "K"), "J": ("S", "K"), "v": ("F", "", "P"), "f": ("F", "P"), "b": ("P", "F"),
    "w": ("", "F"), "T": ("T", "S"), "D": ("T", "S"), "Z": ("S", ""), "j": ("S", "", "K"),
}  # fmt: skip
_ASKED_LATIN = {"x": ("KS", "S", "", "K"), "q": ("K", "S", ""), "c": ("K", "S"), "ç": ("S", "K")}


def _readings(word: str, place: int, script: str, *, asked: bool) -> tuple[str, ...]:
    """Classes that the unit of `word` at `place` may stand for, likeliest first."""
    unit = word[place]
    heard = sound(unit, script)
    following = word[place + 1 : place + 2]
    if script == "Latn":
        if unit == "x":
            return _ASKED_LATIN["x"] if asked else ("KS",)
        if unit == "j":
            return _ASKED["j"] if asked else ("S", "")
        if unit == "ĉ" and not asked:
            return ("S", "K")
        if unit == "c" and not following and not asked:
            return ("K", "S")  # Kovac for Kovač
        if unit == "g" and following in ("e", "i", "y"):
            return ("K", "S", "") if asked else ("K", "S")
        if asked and unit in _ASKED_LATIN:
            return _ASKED_LATIN[unit]
    if heard == "w":
        if place == 0:
            return ("F", "")
        after_vowel = word[place - 1] in "aeiouùا"  # Lawrow, لاوروف
        return ("", "F") if asked or after_vowel else ("",)
    if asked and heard == "u" and following and sound(following, script) in VOWELS:
        return ("", "F")  # Ануар, Anouar: Anvar
    if script == "Arab" and heard == "J" and not asked:
        return ("S", "K")
    if script == "Hebr" and unit in "כב" and not asked:
        return ("K", "") if unit == "כ" else ("P", "F")
    if script == "Cyrl" and unit in "гж" and asked:
        return ("K", "", "S") if unit == "г" else ("S", "")
    table = _ASKED if asked else _INDEXED
    return table.get(heard) or (CLASSES.get(heard, ""),)


def _spread(readings: Sequence[tuple[str, ...]], most: int) -> list[str]:
    """The `most` likeliest ways through `readings`: an alternative costs its place in its tuple."""
    beam: dict[str, int] = {"": 0}
    for options in readings:
        if len(options) == 1:
            beam = {key + options[0]: cost for key, cost in beam.items()}
            continue
        wider: dict[str, int] = {}
        for key, cost in beam.items():
            for extra, option in enumerate(options):
                grown = key + option
                if wider.get(grown, 99) > cost + extra:
                    wider[grown] = cost + extra
        beam = dict(sorted(wider.items(), key=lambda item: (item[1], item[0]))[:most]) if len(wider) > most else wider
    ways = sorted(beam.items(), key=lambda item: (item[1], item[0]))
    return [way for way in dict.fromkeys(_squeezed(key) for key, _ in ways) if way]


def _plain(term: str, script: str) -> str:
    """The one key of a word in a script of coarse keys."""
    if script == "Hani":
        table = han_table()
        return _squeezed("".join(table[c][0] for c in term if c in table))
    word = units(term, script)
    return coarser("".join(CLASSES.get(sound(unit, script), "") for unit in word))


@lru_cache(maxsize=65536)
def indexed_keys(term: str) -> tuple[str, ...]:
    """Keys (at most 4, the likeliest first) under which the lexicon lists the folded word `term`; () if it has no consonant or no script known here."""
    script = script_of(term)
    if not script or len(term) > _LONGEST_TERM or not all_in(term, script):
        return ()
    if script in COARSE_SCRIPTS:
        key = _plain(term, script)
        return (key,) if key else ()
    word = units(term, script)
    return tuple(_spread([_readings(word, i, script, asked=False) for i in range(len(word))], 8)[:_MOST_INDEXED])


def _heard_abroad(word: str, script: str) -> list[tuple[str, ...]]:
    """Readings of a word when it is looked for in kana, hangul or Han: what these drop (r before a consonant, a closing t, d or s) may be missing."""
    out = []
    for i in range(len(word)):
        heard, last = sound(word[i], script), i + 1 == len(word)
        options = _readings(word, i, script, asked=True)[:2]
        if heard == "r" and (last or sound(word[i + 1], script) not in VOWELS):
            options = ("R", "")
        elif heard in ("t", "d") and last:
            options = ("T", "S", "")
        elif heard == "s" and last:
            options = ("S", "")
        elif heard == "x":
            options = ("", "F", "K")
        out.append(options)
    return out


def _coarse_readings(term: str, script: str) -> list[tuple[str, ...]]:
    """Readings of a word in kana, hangul or Han, whose w is the v of others: アンワル, 안와르, 安瓦尔: Anvar."""
    if script == "Hani":
        table = han_table()
        known = [table[c] for c in term if c in table]
        return [("p", "") if c == "p" and pinyin[0] == "w" else (c,) for key, pinyin, _ in known for c in key]
    word = units(term, script)
    classes = [CLASSES.get(sound(unit, script), "").translate(_COARSER) for unit in word]
    return [("", "p") if unit in "wᅪᅫᅯᅰᅱ" else (key,) for unit, key in zip(word, classes, strict=True)]


@lru_cache(maxsize=4096)
def asked_keys(term: str) -> tuple[str, ...]:
    """Keys (at most 40, likeliest first) under which spellings of the folded word `term` may be listed, fine ones for most scripts and coarse ones for kana, hangul and Han."""
    script = script_of(term)
    if not script or len(term) > _LONGEST_TERM:
        return ()
    own = indexed_keys(term)
    if script in COARSE_SCRIPTS:
        if not own:
            return ()
        heard = _coarse_readings(term, script)
        fine = _spread([tuple(f for c in options for f in _FINER.get(c, ("",))) for options in heard], MOST_ASKED // 2)
        endings = [
            key + "R" for key in fine[: MOST_ASKED // 4] if key[-1:] != "R"
        ]  # カーター: a closing r is not written
        return tuple(dict.fromkeys([*own, *_spread(heard, 4), *fine, *endings]))[:MOST_ASKED]
    word = units(term, script)
    fine = _spread([_readings(word, i, script, asked=True) for i in range(len(word))], MOST_ASKED)
    coarse = [coarser(key) for key in [*own, *_spread(_heard_abroad(word, script), MOST_ASKED // 2)]]
    fine = list(dict.fromkeys([*own, *fine]))[: MOST_ASKED * 5 // 8]
    return tuple(dict.fromkeys([*fine, *coarse]))[:MOST_ASKED]


@lru_cache(maxsize=8192)
def lexicon_keys(term: str, *, marked: bool = True) -> tuple[str, ...]:
    """All keys under which the lexicon lists `term`: its own, and one for each form it may be an inflection of.

    `marked`: it is written with a capital in mid-sentence. Latin words that are not have no inflected forms here: two thirds of all English words end like a Turkish case.
    """
    script = script_of(term)
    found = list(indexed_keys(term))
    if script != "Latn" or marked:
        for form in bare(term, script):
            found.extend(indexed_keys(form)[:1])
    return tuple(dict.fromkeys(found))


# --- the lexicon of one document

LOWER, CAPITAL, START = 0, 1, 2  # how a term was seen in a document: the c of "KEY/term/c"

_SENTENCE_START = frozenset(".!?:\n\r؟。！？…։।")
_OPENING = frozenset(" \t\u00a0\"'“”„«»‘’‚‹›([{-–—•*")
_CACHE_LIMIT = 200_000  # terms, some 60 MB; a library's frequent words stay, since the cache is filled again within a few documents
_listed: dict[str, tuple[tuple[str, ...], ...]] = {}
_RUNS: tuple[tuple[str, ...], ...] = ((),) * 3  # stands for a term of a script whose names are runs of the text
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


def _entries(term: str) -> tuple[tuple[str, ...], ...]:
    """What the lexicon holds for a term by how it was seen: LOWER, CAPITAL, START."""
    script = script_of(term)
    if script in ("Hani", "Kana"):
        return _RUNS
    if len(term) < 2 or not term.isprintable() or any(map(str.isdigit, term)):
        return (), (), ()
    plain, marked = lexicon_keys(term, marked=False), lexicon_keys(term)
    start = START if script in CASED_SCRIPTS else LOWER
    return (
        tuple(f"{key}/{term}/{LOWER}" for key in plain),
        tuple(f"{key}/{term}/{CAPITAL}" for key in marked),
        tuple(f"{key}/{term}/{start}" for key in plain),
    )


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


def lexicon(text: str, tokens: Sequence[Token]) -> set[str]:
    """The distinct entries "KEY/term/c" of one document for the engine's field "names".

    `tokens` are the document's tokens, with offsets into `text`. A term stands under each of its keys and under those of what it may be an inflection of. c is 0 for a term
    seen in lower case (or of a script without case), else 1 if it was seen with a capital in mid-sentence, else 2: only where every word has a capital, at a start or among
    words all in capitals (and for every word of a text without a capital,
    which says nothing of its words). Terms with digits and of one letter are left out;
    of Chinese and Japanese text the runs in transliteration are listed. 0.2–0.3 ms for 3 KB once its
    words are known, 15 µs more for a new word.
    """
    seen: dict[str, int] = {}
    shouted = False
    for term, start, end in tokens:
        if not text[start : start + 1].isupper():
            seen[term] = LOWER
            continue
        loud = end - start > 1 and text[start + 1].isupper()
        if seen.get(term, START) == START:
            seen[term] = CAPITAL if not (loud and shouted) and _in_mid_sentence(text, start) else START
        shouted = loud
    lowest = LOWER if any(seen.values()) else START  # a text without a capital says nothing of its words
    if len(_listed) > _CACHE_LIMIT:
        _listed.clear()
    out: set[str] = set()
    in_runs = False
    for term, how in seen.items():
        listed = _listed.get(term)
        if listed is None:
            listed = _listed[term] = _entries(term)
        if listed is _RUNS:
            in_runs = True
        out.update(listed[how or lowest])
    if in_runs:
        for run in runs(text):
            out.update(f"{key}/{run}/{LOWER}" for key in indexed_keys(run))
    return out
