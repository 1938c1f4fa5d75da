"""Which country a user means by what was typed, and how countries are called in a user's own language."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from diplo_cli.countries.spelling import name_key
from diplo_cli.errors import UnknownNameError

_DATA = Path(__file__).resolve().parent.parent / "data" / "countries"
_SEVERAL_SEATS = frozenset(
    ["BO", "BR", "DE", "ES", "FR", "GB", "GE", "IL", "IT", "KZ", "MM", "MY", "NL", "RU", "TZ", "US", "UZ", "ZA"]
)
"""Where the gazetteers know other cities, palaces and parliaments beside the capital (Samarkand, the Kremlin): a mention there need not be of the capital itself."""
_LONGEST = 80
"""Characters of the longest thing worth looking up; names of countries end before."""


@lru_cache(maxsize=1)
def _table() -> mmap.mmap:
    with (_DATA / "names.tsv").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _look_up(name: str) -> tuple[str, str]:
    """The code and kind of a key; ("", "") if the table lacks it. A binary search over the bytes of the mapped file: 15 steps, no parsing."""
    wanted = name.encode("utf-8", "replace") + b"\t"
    if not name or len(name) > _LONGEST:
        return "", ""
    table = _table()
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start = table.rfind(b"\n", low, middle) + 1 or low
        end = table.find(b"\n", middle)
        line = table[start:end]
        if line.startswith(wanted):
            _, code, kind = line.decode().split("\t")
            return code, kind
        if line.partition(b"\t")[0] + b"\t" < wanted:
            low = end + 1
        else:
            high = start
    return "", ""


def named_by(term: str) -> str:
    """Give the ISO alpha-2 code of the country that `term` (a word or a phrase in any script, folded or not) is a name or abbreviation of; "" otherwise.

    No adjectives, capitals or inflected forms, and no names that are also ordinary words: what this returns may widen a query. "US" counts in capitals alone.
    """
    if term in {"US", "U.S."}:
        return "US"
    code, kind = _look_up(name_key(term))
    return code if kind.isupper() else ""


def capital_of(term: str) -> str:
    """Give the code of the country whose capital is called `term`, in any script; "" where none is.

    So where a country is called so, too (Singapore), and where gazetteers know other seats of it (London and Edinburgh).
    """
    code, kind = _look_up(name_key(term))
    return code if kind == "c" and code not in _SEVERAL_SEATS else ""


def resolve(typed: str) -> str:
    """Give the ISO alpha-2 code for what a user typed: code (alpha-2, alpha-3), name, adjective or capital in any script, with or without diacritics and apostrophes.

    Raises UnknownNameError, whose hint names the three nearest, or says that the name is an organisation's.
    """
    word = typed.strip()
    if word.isascii() and word.isalpha() and len(word) in {2, 3}:
        code = word.upper()
        if code == "UK":
            return "GB"
        if code in _display("en"):
            return code
        if code in _alpha3():
            return _alpha3()[code]
    name = name_key(word)
    code, kind = _look_up(name)
    if kind == "o":
        raise UnknownNameError(f"“{word[:_LONGEST]}” is an organisation, not a country", "search for it by name")
    code = code or _inflected(word)
    if not code:
        nearest = ", ".join(f"{display(near)} ({near})" for near in _nearest(name))
        raise UnknownNameError(
            f"no country is called “{word[:_LONGEST]}”",
            f"did you mean {nearest}?" if nearest else "give a name or an ISO code: Kazakhstan, KZ",
        )
    return code


def _inflected(word: str) -> str:
    """The code of the one country that a word is an adjective of by the rules of its script's largest language (казахстанский); "" otherwise.

    Not in Latin letters, and no other form: a misspelling is as likely.
    """
    from diplo_cli.countries.gazetteer import script_gazetteer
    from diplo_cli.countries.tagger import find

    if not word or word[0] < "\u0250" or len(word) > _LONGEST:
        return ""
    name = script_gazetteer(word)
    found = find(word, {"und-Cyrl": "ru", "und-Arab": "ar", "und-Deva": "hi"}.get(name, name))
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(word)
    return found[0].code if whole and found[0].kind == "adjective" else ""


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    return dict(line.split("\t") for line in (_DATA / "codes.tsv").read_text(encoding="utf-8").splitlines())


def _names() -> Iterator[tuple[str, str]]:
    for line in _table()[:].decode().splitlines():
        name, code, kind = line.split("\t")
        if kind in "Nn":
            yield name, code


def _nearest(name: str) -> list[str]:
    """The three countries whose names are most like `name`, by the ratio of difflib; English names, and all names in another script than Latin."""
    from difflib import SequenceMatcher

    if not name:
        return []
    name = name[:_LONGEST]
    english = {name_key(country): code for code, country in _display("en").items()}
    candidates = (
        english
        if name.isascii()
        else {n: c for n, c in _names() if n[0] > "\u024f" and abs(ord(n[0]) - ord(name[0])) < 0x200}
    )
    matcher = SequenceMatcher(b=name, autojunk=False)
    best: dict[str, float] = {}
    for candidate, code in (candidates or english).items():
        matcher.set_seq1(candidate)
        floor = sorted(best.values())[-3] if len(best) >= 3 else 0.0
        if matcher.real_quick_ratio() > floor and matcher.quick_ratio() > floor:
            best[code] = max(best.get(code, 0.0), matcher.ratio())
    return sorted(best, key=lambda code: (-best[code], code))[:3]


@lru_cache(maxsize=8)
def _display(locale: str) -> dict[str, str]:
    path = _DATA / "display" / f"{locale}.tsv"
    if not path.is_file():
        return {}
    return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def display(code: str, locale: str = "en") -> str:
    """Give the name of a country in the language of `locale` ("kk", "pt_BR.UTF-8", "zh-Hant-TW"); in English where that has none, the code itself if it is none."""
    tag = locale.partition(".")[0].partition("@")[0].replace("_", "-")
    parts = [part for part in tag.split("-") if part.isalnum() and part.isascii()]
    tries = ["-".join(parts[:2]), parts[0].lower()] if parts else []
    if parts[:1] == ["zh"] and {"TW", "HK", "MO"} & set(parts):
        tries.insert(0, "zh-Hant")
    if parts[:1] in (["no"], ["nn"]):
        tries.append("nb")
    for name in [*tries, "en"]:
        if found := _display(name).get(code):
            return found
    return code
