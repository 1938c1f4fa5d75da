"""Gazetteers: the names of countries in one language, opened when a text in that language comes.

A pack is a table of stems (tools/build_countries.py tells the format). Opened, it answers for one word which names it may begin, and remembers the answer: a library repeats its
words, and one look into a dict is what a word costs from the second time on.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from diplo_cli.countries.inflection import EXACT, UNSPACED, Family, family
from diplo_cli.countries.spelling import folded_key, has_marked_keys
from diplo_cli.text.remembered import Remembered
from diplo_cli.text.script import script_of

_PACKS = Path(__file__).resolve().parent.parent / "data" / "countries" / "packs"
_KINDS = {
    "n": "name", "a": "abbreviation", "j": "adjective", "l": "language", "c": "capital", "o": "actor", "b": "block", "u": "noise", "d": "doubtful", "w": "word",
    "r": "rival", "q": "cue", "s": "speech",
}  # fmt: skip
_REMEMBERED = 1 << 12
"""Words remembered by a gazetteer, twice over, 1 MB: a library may be in thirty languages."""
_ALSO = {
    "nn": "nb",
    "no": "nb",
    "tl": "fil",
    "iw": "he",
    "in": "id",
    "sh": "sr-Latn",
    "yue": "zh",
    "ro-MD": "ro",
    "prs": "fa",
    "zsm": "ms",
    "cmn": "zh",
}
_OF_SCRIPT = {
    "Latn": "und-Latn", "Grek": "el", "Cyrl": "und-Cyrl", "Armn": "hy", "Hebr": "he", "Arab": "und-Arab", "Deva": "und-Deva", "Beng": "bn", "Guru": "pa",
    "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Mymr": "my", "Geor": "ka",
    "Ethi": "am", "Khmr": "km", "Kana": "ja", "Hani": "zh", "Hang": "ko",
}  # fmt: skip
"""The gazetteer for a text of which no more is known than its script."""


class Entry(NamedTuple):
    """A name in a gazetteer: its words, each a stem and whether letters were cut from it, the country's code ("" for what is no country), the kind, and the family's rules."""

    words: tuple[tuple[str, bool], ...]
    code: str
    kind: str
    rules: Family


class Candidate(NamedTuple):
    """A name that a word begins, or is; `kind` is that of the inflected form (Kazakhstan is a name, казахстанский an adjective)."""

    entry: Entry
    kind: str


def ending_kind(entry: Entry, place: int, ending: str) -> str:
    """Tell the kind of a word at `place` of an entry with `ending` after its stem.

    That is the entry's own; "adjective" where the ending derives one; "" where it is another word.
    """
    stem, cut = entry.words[place]
    kind, rules = entry.kind, entry.rules
    last = place == len(entry.words) - 1
    if not ending:
        # "Дани" is a name of persons, "Дании" is Denmark; "Филиппин" is an inflected form
        if cut and last and kind in {"adjective", "language"}:
            return "" if rules.noun_first else kind
        return "" if cut and last and len(stem) <= 5 and kind in {"name", "capital"} else kind
    if kind == "abbreviation" and last:
        return kind if len(ending) <= 6 and rules.short.pattern and rules.name.fullmatch(ending) else ""
    if kind in {"rival", "doubtful", "word"}:
        return kind if rules.name.fullmatch(ending) else ""
    if not last:
        return kind if len(ending) <= 5 and (rules.adjective.fullmatch(ending) or rules.name.fullmatch(ending)) else ""
    if kind in {"adjective", "language"}:
        return kind if len(stem) >= rules.open_adjective and rules.adjective.fullmatch(ending) else ""
    if (
        kind == "name"
        and len(stem) >= min(rules.open_from, 4)
        and rules.derived is not None
        and rules.derived.fullmatch(ending)
    ):
        return "adjective"
    if len(stem) < rules.open_from:
        if cut and len(ending) > (1 if kind == "capital" else 3 if stem < "\u0530" else 2):
            return ""
        return kind if rules.short.fullmatch(ending) or (cut and rules.name.fullmatch(ending)) else ""
    if kind == "capital":
        # القاهرة is kept as its first four letters, and never ends there
        longest = 4 if len(stem) > 4 else 3 if stem < "\u0530" else 2 if cut and len(stem) == 4 else 0
        if len(ending) > longest:
            return ""
    return kind if rules.name.fullmatch(ending) else ""


def _length(candidate: Candidate) -> tuple[int, int, bool]:
    """For sorting: the longest name first, and of two as long one that is no adjective (Bahasa Kazakhstan is a language, Kazakhstan a name)."""
    words = candidate.entry.words
    return -len(words), -sum(len(stem) for stem, _ in words), candidate.kind in {"adjective", "language"}


class Gazetteer(Remembered[tuple[Candidate, ...]]):
    """A language's names by the words that begin them: `gazetteer[term]` gives the candidates for a folded word, the longest first.

    `guest` answers for words in Latin letters where the language is written in others. In scripts without spaces the
    names are in `strings`, by their first two characters, and `gazetteer[term]` answers for foreign words alone.
    `noise` are stems of words that cancel a country beside them (currencies, "language"); `rivals` give by stem the
    codes of which a word tells a namesake (Atlanta: Georgia is no country), "" for states after a comma. `cues` are
    the words beside which a name that is a word of the language too is the country (رئيس مالي); `speech` those beside
    which an adjective is a language (spricht Englisch).
    """

    def __init__(self, lang: str, table: str, guest: Gazetteer | None = None) -> None:
        super().__init__(self._found, _REMEMBERED)
        self.lang, self.guest = lang, guest
        self.marked = has_marked_keys(lang)
        self.unspaced = lang in UNSPACED
        self.rules = family(lang)
        self.noise: tuple[str, ...] = ()
        self.rivals: dict[str, set[str]] = {}
        self.cues: tuple[str, ...] = ()
        self.speech: frozenset[str] = frozenset()
        self.strings: dict[str, list[tuple[str, str, str]]] = {}
        self._heads: dict[str, list[Entry]] = {}
        for line in table.splitlines():
            code, letter, stems = line.split("\t")
            self._add(code, _KINDS[letter], stems.split("|"))
        for strings in self.strings.values():
            strings.sort(key=lambda string: -len(string[0]))

    def _add(self, code: str, kind: str, stems: list[str]) -> None:
        if kind == "noise":
            self.noise += tuple(stem.rstrip("~") for stem in stems)
            return
        if kind == "cue":
            self.cues += tuple(stems)
            return
        if kind == "speech":
            self.speech = frozenset(stems)
            return
        if kind == "rival":
            for stem in stems:
                self.rivals.setdefault(stem, set()).add(code)
            return
        for stem in stems:
            if self.unspaced and not stem.isascii():
                self.strings.setdefault(stem[:2], []).append((stem, code, kind))
                continue
            words = tuple((word.rstrip("~$"), word[-1] == "~") for word in stem.split(" "))
            self._heads.setdefault(words[0][0][:3], []).append(
                Entry(words, code, kind, EXACT if stem[-1] == "$" else self.rules)
            )

    def _found(self, term: str) -> tuple[Candidate, ...]:
        if self.guest is not None and term.isascii():
            return self.guest[term]
        return self._candidates(term if self.marked else folded_key(term))

    def _candidates(self, word: str) -> tuple[Candidate, ...]:
        before = self.rules.before
        found = self._starting(word)
        if before is not None:
            for size in range(1, min(5, len(word) - 2)):
                if before.fullmatch(word[:size]):
                    found += self._starting(word[size:])
        if len(found) > 1:
            found.sort(key=_length)
        return tuple(found)

    def _starting(self, word: str) -> list[Candidate]:
        found: list[Candidate] = []
        for size in (3, 2, 1):
            entries = self._heads.get(word[:size])
            for entry in entries if entries is not None and (size == 3 or len(word) >= size) else ():
                stem = entry.words[0][0]
                if (
                    (size == 3 or len(stem) == size)
                    and word.startswith(stem)
                    and (kind := ending_kind(entry, 0, word[len(stem) :]))
                ):
                    found.append(Candidate(entry, kind))
            if len(word) < 3:
                break
        return found


def script_gazetteer(text: str) -> str:
    """Name the gazetteer for a text in an unknown language, by the script of most of its first 300 letters; "und-Latn" without letters."""
    counts: dict[str, int] = {}
    seen = 0
    for character in text[:3000]:
        if character.isalpha():
            name = _OF_SCRIPT.get(script_of(character), "und-Latn")
            counts[name] = counts.get(name, 0) + 1
            seen += 1
            if seen == 300:
                break
    return "ja" if counts.get("ja", 0) * 10 > seen else max(counts, key=lambda name: counts[name], default="und-Latn")


def gazetteer_name(lang: str, text: str) -> str:
    """Name the gazetteer for a text in `lang` (BCP-47): the tag's own, its base language's, or its script's."""
    base = lang.partition("-")[0]
    for name in (lang, _ALSO.get(lang, ""), base, _ALSO.get(base, "")):
        if name and name in _available() and not name.startswith("und"):
            return name
    return script_gazetteer(text)


@lru_cache(maxsize=1)
def _available() -> frozenset[str]:
    return frozenset(path.stem for path in _PACKS.glob("*.tsv"))


@lru_cache(maxsize=128)
def load(name: str) -> Gazetteer:
    """Open a gazetteer by its name: 1–5 ms, once a process."""
    table = (_PACKS / f"{name}.tsv").read_text(encoding="utf-8")
    latin = any(letter.isascii() and letter.isalpha() for letter in table.partition("KZ\tn\t")[2][:4])
    return Gazetteer(name, table, None if latin else load("en"))
