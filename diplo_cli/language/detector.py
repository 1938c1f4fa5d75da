"""Which language and script a text is in, and how sure that is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from diplo_cli.config import DEFAULT_DETECTOR
from diplo_cli.errors import DiploError, extra_hint
from diplo_cli.language import cld2, names, profiles, scripts
from diplo_cli.text.script import NO_SCRIPT

# A script that decides alone: the one language written in it that diplo tells, and the ISO 15924 code of a text in it.
_ALONE = {
    "Armn": ("hy", "Armn"),
    "Beng": ("bn", "Beng"),
    "Ethi": ("am", "Ethi"),
    "Geor": ("ka", "Geor"),
    "Grek": ("el", "Grek"),
    "Gujr": ("gu", "Gujr"),
    "Guru": ("pa", "Guru"),
    "Hang": ("ko", "Kore"),
    "Hebr": ("he", "Hebr"),
    "Khmr": ("km", "Khmr"),
    "Knda": ("kn", "Knda"),
    "Laoo": ("lo", "Laoo"),
    "Mlym": ("ml", "Mlym"),
    "Mong": ("mn-Mong", "Mong"),
    "Mymr": ("my", "Mymr"),
    "Orya": ("or", "Orya"),
    "Sinh": ("si", "Sinh"),
    "Syrc": ("syr", "Syrc"),
    "Taml": ("ta", "Taml"),
    "Telu": ("te", "Telu"),
    "Thaa": ("dv", "Thaa"),
    "Thai": ("th", "Thai"),
    "Tibt": ("bo", "Tibt"),
}
_CASED = frozenset({"Latn", "Cyrl"})
# Letters are counted in so many windows of so many characters of a long text; its language is told from fewer.
_LETTERS = (16, 250)
_SAMPLE = (8, 100)
# Neighbouring n-grams say the same thing again: their evidence is divided by this before it becomes a probability.
# Set so that of answers above 0.9 at least 0.995 are right.
_TEMPERATURE = 4.0
# The same for the words that tell a close pair apart, which repeat each other less.
_WORD_TEMPERATURE = 1.5
# A line of which so many words begin with a capital is a heading, which small letters tell as much of.
_CAPITALS = 0.8
# Letters that a script needs to decide: at so many, confidence is 1 - 1/e = 0.63.
_ENOUGH = 4.0
# Characters in which five names fit.
_NAMES = 120
# A tag below this is no answer.
_SURE = 0.5

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Language(NamedTuple):
    """What a text is in.

    `tag` by BCP 47 ("uz", "uz-Cyrl", "und"), `script` by ISO 15924 ("Zyyy": no letters); `confidence` 0..1, how likely
    detection holds its own answer to be right (of those above 0.9 at least 0.995 are).
    """

    tag: str
    script: str
    confidence: float


_NOTHING = Language("und", NO_SCRIPT, 0.0)

DETECTORS = (DEFAULT_DETECTOR, "pycld2")
"""What tells languages: langdetect with our profiles, or the optional package pycld2."""


def require(detector: str) -> None:
    """Raises DiploError where `detector` is none of DETECTORS, or is not installed."""
    from importlib.util import find_spec

    if detector not in DETECTORS:
        raise DiploError(f"unknown detector {detector!r}", f"detectors: {', '.join(DETECTORS)}")
    if not find_spec(detector):
        raise DiploError(f"the detector {detector} is not installed", extra_hint(detector))


def identify(text: str, declared: str = "", detector: str = DEFAULT_DETECTOR) -> Language:
    """The language of `text`: one that detection is at least half sure of, else the `declared` one, else "und".

    `text` is best an article's own text, without the page around it. `declared` is what its source says (any code or
    name that `resolve` knows; another is ignored). `detector` is one of DETECTORS that is installed. Never raises.
    """
    sample = _without_addresses(_windows(text, *_LETTERS))
    found = _detect(sample) if detector == DEFAULT_DETECTOR else _by_cld2(sample)
    if found.confidence >= _SURE:
        return found
    tag = names.declared(declared, found.script)
    script = names.likely_script(tag) if found.script == NO_SCRIPT and tag != "und" else found.script
    return Language(tag, script, found.confidence)


def identified() -> tuple[str, ...]:
    """The tags that `identify` can give, but for "und"."""
    tables = [found for script in ("Arab", "Cyrl", "Deva", "Latn") if (found := profiles.table(script))]
    told = {tag for found in tables for tag in found.tags} | {tag for tag, _ in _ALONE.values()}
    return tuple(sorted(told | {"ja", "zh", "zh-Hant"}))


def _as_it_is(text: str) -> str:
    return text


def _windows(text: str, number: int, width: int, seen: Callable[[str], str] = _as_it_is) -> str:
    """`text`, or where it is long so many windows of so many characters spread evenly over it, cut at spaces; of each what is `seen`, as long as it was."""
    if len(text) <= number * width:
        return seen(text)
    step = len(text) // number
    cuts = []
    for start in range((step - width) // 2, number * step, step):
        cut = seen(text[start : start + width])
        first, last = cut.find(" "), cut.rfind(" ")
        cuts.append(cut[first + 1 : last] if last > first else cut)
    return " ".join(cuts)


def _without_addresses(text: str) -> str:
    """`text` without web and mail addresses, which are in no language."""
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    if "@" in text:
        from langdetect.detector import Detector

        text = Detector.MAIL_RE.sub(" ", text)
    return text


def _detect(text: str) -> Language:
    """The likeliest language of a sample, however unlikely."""
    counts = scripts.letters(text)
    script, share = scripts.weigh(counts)
    if script == NO_SCRIPT:
        return _NOTHING
    by_letters = share * (1 - math.exp(-counts.get(script, 0) / _ENOUGH))
    if script == "Hani":
        return _east_asian(text, counts, share)
    if script in _ALONE:
        tag, code = _ALONE[script]
        return Language(tag, code, by_letters)
    table = profiles.table(script)
    if table is None:
        return Language("und", script, 0.0)
    tag, probability = _likeliest(text, table, script, mixed=len(counts) > 1)
    return Language(tag, script, share * probability)


def _by_cld2(text: str) -> Language:
    """What CLD2 says of a sample, with the limits that ours has: names alone are in no language."""
    script, _ = scripts.weigh(scripts.letters(text))
    if script == NO_SCRIPT:
        return _NOTHING
    tag, confidence = cld2.detect(text, script)
    code = "Hant" if tag == "zh-Hant" else names.likely_script(tag) if script == "Hani" else script
    if script in _CASED and _bare(text, script):
        confidence = min(confidence, 0.49)
    return Language(tag, code if tag != "und" else script, confidence)


def _likeliest(text: str, table: profiles.Table, script: str, *, mixed: bool) -> tuple[str, float]:
    """The likeliest tag of `table` for `text`, and its probability. `mixed`: the text has letters of other scripts, too."""
    seen = _as_it_is
    if mixed:
        text, seen = scripts.looked_through(text, script), partial(scripts.only, script=script)
    found = profiles.words(_windows(text, *_SAMPLE, seen))
    evidence = _evidence(found, table)
    top = max(evidence, key=lambda tag: (evidence[tag], tag))
    if not evidence[top]:
        return "und", 0.0
    pair = profiles.close_pair(top) if script == "Latn" else None
    if pair:
        # The n-grams of a close pair hardly differ, so words alone part the two.
        half = profiles.lean(found, pair) * _TEMPERATURE / _WORD_TEMPERATURE / 2
        evidence |= {pair.first: evidence[top] + half, pair.second: evidence[top] - half}
        top = max(evidence, key=lambda tag: (evidence[tag], tag))
    share = 1 / sum(math.exp((value - evidence[top]) / _TEMPERATURE) for value in evidence.values())
    return top, min(share, 0.49) if _bare(text, script, seen) else share


def _evidence(found: list[str], table: profiles.Table) -> dict[str, float]:
    """The log-likelihood of words under each language of `table`, of a heading as written and in small letters alike.

    Capitals are rare in profiles, and most of them begin names: "Sepakat Kerjasama Dagang" would be Filipino.
    """
    if sum(word[0].isupper() for word in found) < len(found) * _CAPITALS:
        return profiles.scores(found, table)
    twice = profiles.scores(found + [word.lower() for word in found], table)
    return {tag: value / 2 for tag, value in twice.items()}


def _bare(text: str, script: str, seen: Callable[[str], str] = _as_it_is) -> bool:
    """Whether a text is one word, or names alone: "Kassym-Jomart Tokayev" is written so in many languages. `seen` as for `_windows`."""
    # Spaces are many where letters of another script were taken out.
    for head in (text[: 3 * _NAMES], text):
        line = " ".join(seen(head).split(None, _NAMES)[:_NAMES])
        if len(line) > _NAMES:
            break
    said = set(re.findall(r"[^\W\d_]+", line[:_NAMES]))
    if len(line) > _NAMES and len(said) > 1:
        return False
    if script in _CASED:
        return len(said) < 2 or (len(said) <= 5 and all(word[0].isupper() for word in said))
    return len(said) <= 2


@cache
def _charset(char: str) -> str:
    """Who alone writes a character: simplified "s" or traditional Chinese "t", Japanese "j"; "" where several do.

    By the national character sets of 1978–1984, which hold what each country's newspapers print.
    """
    held = ""
    for letter, encoding in (("s", "gb2312"), ("t", "big5"), ("j", "shift_jis")):
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            continue
        held += letter
    return {"s": "s", "sj": "s", "t": "t", "tj": "t", "j": "j"}.get(held, "")


def _east_asian(text: str, counts: dict[str, int], share: float) -> Language:
    """Japanese where there are kana, or characters that only Japan writes; else Chinese, simplified or traditional."""
    kana, characters = counts.get("Kana", 0), counts.get("Hani", 0)
    confidence = share * (1 - math.exp(-(kana * 2 + characters) / (1.4 * _ENOUGH)))
    tally = {"s": 0, "t": 0, "j": 0, "": 0}
    for char in text:
        if "\u3400" <= char <= "\u9fff":
            tally[_charset(char)] += 1
    if kana > 0.05 * (kana + characters) or tally["j"] > tally["s"] + tally["t"]:
        return Language("ja", "Jpan", confidence)
    if tally["t"] > tally["s"]:
        return Language("zh-Hant", "Hant", confidence)
    return Language("zh", "Hans", confidence)
