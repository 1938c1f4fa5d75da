"""Names and tags of languages: what a user may type for one, what a reader is shown, and which tag takes which."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from diplo_cli.errors import UnknownNameError

_DATA = Path(__file__).parent.parent / "data" / "languages"
_TAG = r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?(?:[-_.][^@]*)?(?:@(.*))?"
# Words for a script, as `key` writes them, beside a language's name ("Uzbek Cyrillic", "srpski latinica", "Chinese
# (traditional)") and in a locale (sr_RS@latin).
_SCRIPT_WORDS = {
    **dict.fromkeys(("arabic", "arab"), "Arab"),
    **dict.fromkeys(
        (
            "cyrillic",
            "kirill",
            "kirillcha",
            "cirilica",
            "кириллица",
            "кирилица",
            "кирил",
            "ћирилица",
            "кирилл",
            "kiril",
        ),
        "Cyrl",
    ),
    "devanagari": "Deva",
    **dict.fromkeys(
        ("latin", "roman", "latinica", "lotin", "lotincha", "латиница", "латин", "лотин", "lateinisch", "latyn"), "Latn"
    ),
    "simplified": "Hans",
    "traditional": "Hant",
}
# Marks that a user may leave out: diacritics of the alphabets, and the hamza above and below that NFKD parts from its
# letter.
_OPTIONAL = frozenset(map(chr, (*range(0x300, 0x370), *range(0x64B, 0x660))))
# Letters, other marks and digits; not modifier letters, as which the apostrophe of oʻ is often typed.
_KEPT = frozenset({"Ll", "Lo", "Lt", "Lu", "Mn", "Mc", "Nd"})
# Letters of what is typed that are looked at: no language has a longer name.
_LONGEST = 60


class _Entry(NamedTuple):
    script: str
    endonym: str


@cache
def _languages() -> dict[str, _Entry]:
    """Tag, script and own name of every language known: 8 KB, read in 0.3 ms."""
    lines = (_DATA / "languages.tsv").read_text(encoding="utf-8").splitlines()
    return {tag: _Entry(script, endonym) for tag, script, endonym in (line.split("\t") for line in lines)}


@cache
def _codes() -> dict[str, str]:
    """Other codes for a language, in small letters ("eng", "zh-tw", "iw"), and their tags."""
    lines = (_DATA / "codes.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _names() -> dict[str, str]:
    """Names of languages in many languages, as `key` writes them, and their tags."""
    found = {}
    for line in (_DATA / "names.tsv").read_text(encoding="utf-8").splitlines():
        tag, *names = line.split("\t")
        found.update(dict.fromkeys(names, tag))
    return found


def key(name: str) -> str:
    """`name` without case, spaces, punctuation and diacritics, as the table of names is keyed."""
    # Compatibility forms may unfold to capitals (℠), and what they fold to may part again.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name.casefold()).casefold())
    return "".join(c for c in plain if c not in _OPTIONAL and unicodedata.category(c) in _KEPT)


def likely_script(tag: str) -> str:
    """The ISO 15924 code of the script of `tag` ("uz" -> "Latn", "uz-Cyrl" -> "Cyrl"); "Zyyy" where unknown."""
    _, _, script = tag.partition("-")
    entry = _languages().get(tag)
    return script or (entry.script if entry else "Zyyy")


def endonym(tag: str) -> str:
    """A language's own name, for headings: "ms" -> "Bahasa Melayu"; `tag` itself where it is unknown."""
    entry = _languages().get(tag)
    return entry.endonym if entry else tag


def matches(tag: str, wanted: str) -> bool:
    """Whether `wanted` (a tag by `resolve`) asks for documents in `tag`: "uz" for uz and uz-Cyrl, "uz-Cyrl" for itself."""
    return tag == wanted or ("-" not in wanted and tag.partition("-")[0] == wanted)


def _tag(language: str, script: str) -> str:
    """The tag of a language in a script (either may be ""), without the script where it is the likely one."""
    entry = _languages().get(language)
    return language if not script or (entry and entry.script == script) else f"{language}-{script}"


def _by_code(typed: str) -> str | None:
    """The tag that a code by BCP 47 or ISO 639 (1, 2 or 3) stands for; None for any other text."""
    match = re.fullmatch(_TAG, typed, re.IGNORECASE)
    if not match:
        return None
    language, region = match[1].lower(), (match[3] or "").lower()
    script = (match[2] or "").title() or _SCRIPT_WORDS.get(key(match[4] or ""), "")
    known = _codes().get(f"{language}-{region}", "") if not script else ""
    tag = known or _codes().get(language, language)
    base, _, likely = tag.partition("-")
    if base not in _languages() or (script and script not in {entry.script for entry in _languages().values()}):
        return None
    return _tag(base, script or likely)


def _by_name(typed: str) -> str | None:
    """The tag of a language's name in any language, with or without a word for its script; None where there is none."""
    found = _names().get(key(typed))
    if found:
        return found
    said = [key(word) for word in re.split(r"[\s()_,-]+", typed)]
    script = next((_SCRIPT_WORDS[word] for word in said if word in _SCRIPT_WORDS), "")
    language = _names().get("".join(word for word in said if word not in _SCRIPT_WORDS)) if script else None
    return _tag(language.partition("-")[0], script) if language else None


@lru_cache(maxsize=1024)
def _found(said: str) -> str | None:
    return _by_code(said) or _by_name(said)


def _find(typed: str) -> str | None:
    """The tag that a code or a name stands for; None where there is none. Of a longer text the beginning is looked at.

    What a file declares comes here as it stands, so it is cut before it is remembered.
    """
    return _found(typed.strip()[: 2 * _LONGEST])


def resolve(typed: str) -> str:
    """The tag of the language that a user names by a code (ISO 639, BCP 47), or by its name in any of 60 languages.

    "und" stands for itself: documents whose language could not be told.

    >>> resolve("arabic"), resolve("العربية"), resolve("Bahasa Melayu"), resolve("uz_Cyrl"), resolve("zh-TW")
    ('ar', 'ar', 'ms', 'uz-Cyrl', 'zh-Hant')

    Raises UnknownNameError, whose hint names the nearest.
    """
    found = "und" if typed.strip().lower() == "und" else _find(typed)
    if found:
        return found
    from difflib import get_close_matches

    near = get_close_matches(key(typed[: 2 * _LONGEST])[:_LONGEST], _names(), n=6, cutoff=0.7)
    tags = list(dict.fromkeys(_names()[name] for name in near))[:3]
    hint = f"did you mean {', '.join(f'{tag} ({endonym(tag)})' for tag in tags)}?" if tags else ""
    raise UnknownNameError(
        f"no language is called {typed[:_LONGEST]!r}",
        hint or "give a code such as ar, or a name such as arabic",
    )


def declared(said: str, script: str) -> str:
    """The tag of the language that a text's source states, "und" where that is none that is known.

    In the text's own `script`, where the language is also written in that one.
    """
    tag = _find(said) if said else None
    if not tag:
        return "und"
    base, _, stated = tag.partition("-")
    return f"{base}-{script}" if not stated and f"{base}-{script}" in _languages() else tag
