"""Light stemmers of our own: Malay with Indonesian; what Russian needs beside Snowball."""

from __future__ import annotations

from collections.abc import Sequence


def without_suffixes(word: str, groups: Sequence[Sequence[str]], leave: int) -> str:
    """The word without one suffix of each group, in their order, as long as `leave` letters stay."""
    for group in groups:
        for suffix in group:
            if word.endswith(suffix) and len(word) - len(suffix) >= leave:
                word = word[: -len(suffix)]
                break
    return word


# Sneddon 2010, ch. 1: particles, then pronouns, then derivational suffixes.
_MALAY_SUFFIXES = (("lah", "kah", "tah", "pun"), ("nya", "ku", "mu"), ("kan", "an"))
# Prefixes with the letter that the nasal swallowed: menyokong – sokong. "*": p before a vowel (memakai – pakai),
# nothing before b, f, p, v; "+": t before a vowel (menulis – tulis).
_MALAY_PREFIXES = (
    *(("memper", ""), ("diper", ""), ("meny", "s"), ("peny", "s"), ("meng", ""), ("peng", "")),
    *(("mem", "*"), ("pem", "*"), ("men", "+"), ("pen", "+")),
    *((prefix, "") for prefix in ("ber", "bel", "per", "pel", "ter", "di", "ke", "se", "me", "pe")),
)


def malay_root(word: str) -> str:
    """A folded Malay or Indonesian word without particles, pronouns and up to two prefixes; 4 letters stay.

    A reduplication needs no undoing: its hyphen has made it two words.
    """
    word = without_suffixes(word, _MALAY_SUFFIXES, 4)
    if word.endswith("i") and len(word) >= 6:
        word = word[:-1]
    for _ in range(2):
        shorter = _without_prefix(word)
        if shorter == word:
            break
        word = shorter
    return word


def _without_prefix(word: str) -> str:
    for prefix, swallowed in _MALAY_PREFIXES:
        if not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        if len(rest) < (3 if swallowed == "s" else 4):
            continue
        if not swallowed:
            return rest
        if swallowed == "s":
            return "s" + rest
        if swallowed == "*" and (rest[0] in "bpfv" or rest[0] in "aeiou"):
            return rest if rest[0] in "bpfv" else "p" + rest
        if swallowed == "+" and (rest[0] in "dcjtsz" or rest[0] in "aeiou"):
            return rest if rest[0] in "dcjtsz" else "t" + rest
    return word


def without_fleeting_vowel(stem: str) -> str:
    """A Russian stem without the о or е that comes and goes before its last consonant: рынок – рынка, певец – певца."""
    if len(stem) >= 5 and stem.endswith(("ок", "ек", "ец")) and stem[-3] not in "аеиоуыэюяй":
        return stem[:-2] + stem[-1]
    return stem
