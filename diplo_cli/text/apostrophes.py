"""What an apostrophe does in a word, told from the letters beside it alone: a query has no language.

It joins (oʻzbek, Na'im, Qur'an, п'ять), but for the possessive of English (Malaysia's), the case endings that Turkish
sets off from names (Astana'da) and the elided words of French, Italian and Catalan (l'Iran, dell'Iran). Which of its
characters was typed does not matter, nor the case; everything here is folded.
"""

from __future__ import annotations

_VOWELS = frozenset("aeiou")
# What an elision stands before: vowels and mute h alone, so that N'Djamena, D'Souza and Qu'ran stay whole.
_AFTER_ELISION = _VOWELS | {"y", "h"}

_ELIDED_WORDS = "l d j m t s c n v qu un gl"
_ELIDED = frozenset(_ELIDED_WORDS.split())
# Italian, before the consonants of an abbreviation too (dell'FBI): they begin no name.
_ELIDED_ANYWHERE = frozenset({"dell", "all", "nell", "sull", "dall", "coll", "degl"})
# Elided, too, but with a meaning: they become words of their own.
_SPLIT_WORDS = """jusqu lorsqu puisqu quelqu presqu quest quell sant anch tutt mezz cent quant senz dov buon bell
grand"""
_SPLIT = frozenset(_SPLIT_WORDS.split())

# Turkish, folded: cases, the relative -ki, plural, -li, -ca, the copula (Lewis 2000, on the apostrophe after names).
_ENDING_WORDS = """in un nin nun a e i u ya ye yi yu na ne ni nu da de ta te nda nde dan den tan ten ndan nden
la le yla yle daki deki taki teki ndaki ndeki ninki nunki lar ler larin lerin lara lere lari leri larda lerde
lardan lerden ca ce nca nce ydi ydu dir dur tir tur li lu lik luk"""
_ENDINGS = frozenset(_ENDING_WORDS.split())
# After two letters only those without a double in Arabic and Uzbek words (AB'ye, BM'nin; not va'da, ma'no).
_ENDINGS_AFTER_TWO = frozenset({"nin", "nun", "ye", "de", "den", "deki"})

# Ends of names whose g is no Uzbek gʻ.
_HARD_G = ("burg", "berg")


def is_elided(word: str, following: str) -> bool:
    """Whether `word` before an apostrophe is an elision with nothing to search for: l'Iran, qu'il."""
    return word in _ELIDED_ANYWHERE or (following[0] in _AFTER_ELISION and word in _ELIDED)


def stands_alone(word: str, following: str) -> bool:
    """Whether `word` before an apostrophe is an elided word to be found by itself: Sant'Egidio, quest'anno."""
    return following[0] in _AFTER_ELISION and word in _SPLIT


def is_ending(stem: str, ending: str) -> bool:
    """Whether what follows an apostrophe is an ending and no part of the word: Malaysia's, NATO'nun; not Sana'a."""
    if stem.isdigit():
        return ending.isalpha() and len(ending) <= 8  # 2024'te, 5'inci, 1990's
    if len(stem) < 2:
        return False
    if ending == "s":
        return True
    if ending not in _ENDINGS:
        return False
    if len(stem) == 2:
        return ending in _ENDINGS_AFTER_TWO
    if stem[-1] == "g" and not stem.endswith(_HARD_G):
        # Uzbek bog'da, qishlog'i, yong'in; but Petersburg'da, Pyongyang'ın
        return stem.endswith("ng") and len(stem) >= 6 and len(ending) > 1
    if len(ending) == 1:
        # A vowel only after a consonant (Sana'a, Shafi'i are whole), -a not after three letters: Uzbek has jum'a,
        # qal'a, qit'a, Turkish Çin'e.
        return stem[-1] not in _VOWELS and len(stem) >= (4 if ending == "a" else 3)
    return stem[-1] != "o" or len(stem) >= 4  # NATO'nun, but Uzbek bo'lin, to'da
