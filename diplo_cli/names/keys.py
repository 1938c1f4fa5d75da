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
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain

from diplo_cli.names.inflection import bare
from diplo_cli.names.letters import (
    COARSE_SCRIPTS,
    VOWELS,
    han_table,
    heard_in,
    known_script,
    once,
    script_of_all,
    sound,
    units,
    units_of,
    whole_script,
)

LOWER, CAPITAL, START = 0, 1, 2
"""How a term was seen in a document, the c of "KEY/term/c": in small letters, with a capital in mid-sentence, at a start."""

CLASSES = (
    dict(zip("pbfvmnlr", "PPFFMNLR", strict=True))
    | dict.fromkeys("tdTD", "T")
    | dict.fromkeys("szSZCJc", "S")
    | dict.fromkeys("kqgG", "K")
)
_COARSER = str.maketrans({"P": "p", "F": "p", "M": "n", "N": "n", "L": "l", "R": "l", "T": "t", "S": "s", "K": "k"})
_FINER = {"p": ("P", "F"), "n": ("N", "M"), "l": ("R", "L"), "t": ("T",), "s": ("S",), "k": ("K",)}
_MOST_INDEXED = 4
MOST_ASKED = 40
_LONGEST_TERM = 40  # letters; longer runs of letters are no names, and would only fill the lexicon


def _lines_squeezed(classes: str) -> str:
    """`classes` with repetitions and the T of TS taken out: what is left of them is one sound in some script."""
    return once(classes.replace("TS", "S").replace("ts", "s"), "PFTSKMNLRptsknl")


_squeezed = lru_cache(maxsize=16384)(_lines_squeezed)


def coarser(key: str) -> str:
    """The key in which kana, hangul and Han write what the fine `key` says."""
    return _squeezed(key.translate(_COARSER))


# Second readings of a sound, given to a word when it is indexed: those whose writer cannot know them (Latin j) or that
# scripts divide on (kh).
_INDEXED = {"x": ("", "K"), "J": ("S",), "C": ("S",), "g": ("K",)}
# Readings of a sound when a word is asked for, likeliest first.
_ASKED = {
    "g": ("K", ""), "G": ("K", ""), "q": ("K", ""), "x": ("", "K"), "h": ("", "K"), "C": ("S", "K"), "J": ("S", "K"),
    "v": ("F", "", "P"), "f": ("F", "P"), "b": ("P", "F"),
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


# Where in the units of a word an indexed key has a choice; elsewhere it is the likeliest classes, in one pass.
_CHOICE = {
    "Latn": "^w|[aeiouù]w|[jĉĥ]|g[eiy]|c$", "Cyrl": "х", "Arab": "^و|او|[جخ]", "Hebr": "^ו|[חכב]", "Grek": "χ", "Geor": "ხ", "Armn": "^ւ|խ", "Deva": "ख",
}  # fmt: skip


@cache
def _chooses(script: str) -> Callable[[str], object]:
    """Finds where the units of a word have a choice."""
    return re.compile(_CHOICE[script]).search


@cache
def _likeliest_classes(script: str) -> Mapping[int, str]:
    """The likeliest class of each unit of a script, for `str.translate`."""
    return {
        ord(unit): {"x": "KS", "j": "S"}.get(unit if script == "Latn" else "")
        or ("" if heard == "x" else CLASSES.get(heard, ""))
        for unit, heard in heard_in(script).items()
    }


def _likeliest(words: Sequence[str], script: str) -> list[str]:
    """The likeliest key of each of many words, given as units; "" for one that has no consonant."""
    text = "\n".join(["", *words])
    for unit, heard in heard_in(script).items():
        if heard == "w":
            text = text.replace("\n" + unit, "\nF" + unit)
    return _lines_squeezed(text.translate(_likeliest_classes(script))).split("\n")[1:]


def _spread(readings: Sequence[tuple[str, ...]], most: int) -> list[str]:
    """The `most` likeliest ways through `readings`: an alternative costs its place in its tuple."""
    beam: dict[str, int] = {"": 0}
    certain = ""  # since the last choice
    for options in readings:
        if len(options) == 1:
            certain += options[0]
            continue
        wider: dict[str, int] = {}
        for key, cost in beam.items():
            for extra, option in enumerate(options):
                grown = key + certain + option
                if wider.get(grown, 99) > cost + extra:
                    wider[grown] = cost + extra
        certain = ""
        beam = dict(sorted(wider.items(), key=lambda item: (item[1], item[0]))[:most]) if len(wider) > most else wider
    ways = sorted((cost, key + certain) for key, cost in beam.items())
    return [way for way in dict.fromkeys(_squeezed(key) for _, key in ways) if way]


def _plain(term: str, script: str) -> str:
    """The one key of a word in a script of coarse keys."""
    if script == "Hani":
        table = han_table()
        return _squeezed("".join(table[c][0] for c in term if c in table))
    word = units(term, script)
    return coarser("".join(CLASSES.get(sound(unit, script), "") for unit in word))


@lru_cache(maxsize=1 << 13)  # the lexicon remembers what becomes of them
def indexed_keys(term: str) -> tuple[str, ...]:
    """Keys (at most 4, the likeliest first) under which the lexicon lists the folded word `term`; () if it has no consonant or no script known here."""
    return _all_indexed_keys((term,))[term]


def _all_indexed_keys(terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The `indexed_keys` of many words."""
    found: dict[str, tuple[str, ...]] = {}
    for script, own in _by_script(terms).items():
        if not script:
            found |= dict.fromkeys(own, ())
        elif script in COARSE_SCRIPTS:
            found |= {term: (key,) if (key := _plain(term, script)) else () for term in own}
        else:
            words, chooses = units_of(own, script), _chooses(script)
            for term, word, key in zip(own, words, _likeliest(words, script), strict=True):
                found[term] = _indexed(word, script) if chooses(word) else (key,) if key else ()
    return found


def _indexed(word: str, script: str) -> tuple[str, ...]:
    """The keys of the units of a word that may be read in several ways."""
    return tuple(_spread([_readings(word, i, script, asked=False) for i in range(len(word))], 8)[:_MOST_INDEXED])


def _by_script(terms: Sequence[str]) -> dict[str, Sequence[str]]:
    """Words by `whole_script`; "" where they have no key."""
    if (script := script_of_all(terms)) and max(map(len, terms)) <= _LONGEST_TERM:
        return {script: terms}
    found: dict[str, list[str]] = {}
    for term in terms:
        found.setdefault(whole_script(term) if len(term) <= _LONGEST_TERM else "", []).append(term)
    return {**found}


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
    script = known_script(term)
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


def likeliest_keys(terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The first of the `indexed_keys` of each of many words, or (): a third of the work, and as lines of one text a fifth of that."""
    found: dict[str, tuple[str, ...]] = {}
    for script, own in _by_script(terms).items():
        if script in _CHOICE:
            keys = _likeliest(units_of(own, script), script)
            found |= {term: (key,) if key else indexed_keys(term)[:1] for term, key in zip(own, keys, strict=True)}
        else:
            found |= {term: indexed_keys(term)[:1] for term in own}
    return found


def lexicon_keys(terms: Sequence[str], *, marked: bool = True) -> dict[str, tuple[str, ...]]:
    """All keys under which the lexicon lists each of many words: its own, and one for each form it may be an inflection of.

    `marked`: they are written with a capital in mid-sentence. Latin words that are not have no inflected forms here: two thirds of all English words end like a Turkish case.
    """
    found = _all_indexed_keys(terms)
    whole = script_of_all(terms)
    if whole == "Latn" and not marked:
        return found
    forms = {term: bare(term, script) for term in terms if (script := whole or known_script(term)) != "Latn" or marked}
    keys = likeliest_keys(list(dict.fromkeys(chain.from_iterable(forms.values()))))
    for term, shorter in forms.items():
        if shorter:
            found[term] = tuple(dict.fromkeys(chain(found[term], *map(keys.__getitem__, shorter))))
    return found
