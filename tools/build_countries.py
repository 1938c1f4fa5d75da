"""Compile the gazetteers, the table of names and the display names of countries: diplo_cli/data/countries/.

    npm pack cldr-localenames-full@48.2.0 cldr-subdivisions-full@48.2.0 i18n-nationality@1.4.0    # and unpack each
    python tools/build_countries.py --names DIR --subdivisions DIR --nationalities DIR

Sources: CLDR through Babel and npm (Unicode licence v3), i18n-nationality (MIT), and tools/country_aliases.tsv, written and reviewed by hand (this project's licence).

A pack is compiled also for languages that diplo does not identify (Faroese, Xhosa, Yoruba, …): a document may declare its language.

packs/LANG.tsv   a line for each country and kind: `code <tab> kind <tab> stem|stem|…`; a stem ending in ~ lost letters and is followed by an ending;
    two codes joined by + are both
packs/und-SCRIPT.tsv   the names of all languages of a script, for languages without a pack
names.tsv        `key <tab> code <tab> kind`, sorted by the bytes of the key, for a binary search in the mapped file; t: an island that no text is searched
    for; o: an organisation, by its short name; kind in capitals: may stand for the country in a query
codes.tsv   `alpha-3 <tab> alpha-2`
display/LOCALE.tsv   `code <tab> name`
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from build_languages import KAZAKH, transliterate
from country_sources import ISLANDS, Alias, Sources

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from diplo_cli.countries.inflection import UNSPACED, family, stem  # noqa: E402
from diplo_cli.countries.spelling import has_marked_keys, key, marked_key, name_key  # noqa: E402
from diplo_cli.text.tokens import tokenize  # noqa: E402

DATA = HERE.parent / "diplo_cli" / "data" / "countries"
PACKS = (
    "af", "ak", "am", "ar", "as", "ast", "az", "az-Cyrl", "ba", "be", "bg", "bn", "bs", "ca", "ceb", "ckb", "cs", "cv", "cy", "da", "de", "ee",
    "el", "en", "eo", "es", "et", "eu", "fa", "fi", "fil", "fo", "fr", "fy", "ga", "gl", "gu", "ha", "he", "hi", "hr", "ht", "hu",
    "hy", "id", "ig", "is", "it", "ja", "jv", "ka", "kaa", "kk", "kk-Arab", "kk-Latn", "km", "kn", "ko", "ku", "ky", "lb", "lg", "lo", "lt",
    "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "oc", "om", "or", "pa", "pcm", "pl", "ps", "pt", "ro",
    "ru", "rw", "sd", "si", "sk", "sl", "sn", "so", "sq", "sr", "sr-Latn", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tr",
    "tt", "ug", "uk", "ur", "uz", "uz-Cyrl", "vi", "wo", "xh", "yo", "zh", "zu",
)  # fmt: skip
DISPLAYS = (
    "af", "am", "ar", "az", "az-Cyrl", "ba", "be", "bg", "bn", "bs", "ca", "ckb", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fil",
    "fr", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "kk-Latn", "km", "kn", "ko", "ky", "lo", "lt",
    "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "or", "pa", "pl", "ps", "pt", "ro", "ru", "sd", "si", "sk",
    "sl", "so", "sq", "sr", "sr-Latn", "sv", "sw", "ta", "te", "tg", "th", "tk", "tr", "tt", "ug", "uk", "ur", "uz",
    "uz-Cyrl", "vi", "zh", "zh-Hant", "zu",
)  # fmt: skip
BORROWED = {
    "ak": "en", "ceb": "en", "ee": "en", "fil": "en", "ha": "en", "ig": "en", "lg": "en", "om": "en", "pcm": "en", "rw": "en", "sn": "en", "so": "en", "sw": "en", "xh": "en",
    "yo": "en", "zu": "en", "ht": "fr", "mg": "fr", "wo": "fr",
}  # fmt: skip
"""Languages whose newspapers write many foreign names as the language of their schools does: its names count where they have none of the same spelling."""
Pack = dict[tuple[str, str], tuple[str, str]]
"""Code and kind by stems and group: stems of different groups do not replace each other."""
SCRIPTS = ("Latn", "Cyrl", "Arab", "Deva")
CODES = {
    "name": "n",
    "abbreviation": "a",
    "adjective": "j",
    "language": "l",
    "capital": "c",
    "actor": "o",
    "block": "b",
    "noise": "u",
    "doubtful": "d",
    "word": "w",
    "cue": "q",
    "speech": "s",
    "rival": "r",
}
PRECEDENCE = (
    "block",
    "abbreviation",
    "doubtful",
    "word",
    "cue",
    "actor",
    "name",
    "adjective",
    "language",
    "capital",
    "rival",
    "speech",
    "noise",
)
_SCRIPT_NAMES = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "DEVANAGARI": "Deva"}


def script(text: str) -> str:
    """Tell the script of the first letter, by its Unicode name; "" without one."""
    for character in text:
        if character.isalpha():
            word = unicodedata.name(character, "").partition(" ")[0]
            return _SCRIPT_NAMES.get(word, {"HIRAGANA": "CJK", "KATAKANA": "CJK"}.get(word, word))
    return ""


def words_of(text: str, lang: str) -> tuple[str, ...]:
    """Give the keys of a name's words, as the tagger will see them in a text."""
    if has_marked_keys(lang):
        return tuple(marked_key(text[t.start : t.end]) for t in tokenize(text))
    return tuple(key(t.term) for t in tokenize(text))


def stems_of(alias: Alias, lang: str) -> str:
    """Give an alias as a pack holds it: stems joined by spaces, ~ after one that was cut. "" where nothing is left to match."""
    if lang in UNSPACED and not alias.text.isascii():
        return unicodedata.normalize("NFC", alias.text)
    rules, text = family(lang), alias.text
    if lang in {"xh", "zu"}:
        # the noun prefix, which a sentence replaces by another: i-Kazakhstan, e-Kazakhstan; EKazakhstan
        text = re.sub(r"^(?:[a-z]{1,3}-|[EI](?=[A-Z]))", "", text)
    if text.endswith("$"):
        return " ".join(words_of(text[:-1], lang)) + "$"
    if text.endswith("~"):
        return " ".join(words_of(text[:-1], lang)) + "~"
    words = list(words_of(text, lang))
    if not words or (
        len(words) == 1
        and len(words[0]) < (2 if lang in {"ko", "vi", "am", "ti"} else 3)
        and alias.kind not in {"abbreviation", "actor", "noise", "cue", "speech"}
    ):
        return ""
    if lang == "ar" and alias.kind != "rival":
        # the article, not the beginning of ألمانيا
        words = [
            word[2:] if alias.text[t.start : t.end].startswith("ال") and len(word) > 4 else word
            for word, t in zip(words, tokenize(text), strict=True)
        ]
    if alias.kind in {"abbreviation", "actor", "rival", "doubtful", "word", "cue", "speech"} or (
        alias.text.isupper() and script(alias.text) in {"Latn", "Cyrl"}
    ):
        return " ".join(words)
    stems = []
    for place, word in enumerate(words):
        # words before the last are adjectives in most names of several words (Саудовская Аравия, Vereinigte Staaten)
        kind = alias.kind if place == len(words) - 1 else "first"
        cut, was_cut = stem(word, kind, rules)
        stems.append(cut + "~" if was_cut else word)
    return " ".join(stems)


def read_aliases(path: Path) -> dict[str, list[Alias]]:
    """Read the alias file: `lang alias ISO kind`; lang may be several, joined by commas."""
    aliases: dict[str, list[Alias]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            if row:
                langs, text, code, kind = row
                for lang in langs.split(","):
                    aliases[lang].append(Alias(text, code if code != "-" else "", kind))
    return aliases


# Names of countries in one language that are ordinary words or persons in another: they widen no query.
ORDINARY = frozenset({
    "alan", "angolo", "anh", "antigua", "barani", "belgi", "cada", "chin", "cina", "comores", "domingo", "dominique",
    "gales", "georgien", "grenade", "guernsey", "indi", "ira", "island", "jersey", "kena", "kore", "male", "mali",
    "maurice", "oro", "pero", "polen", "principe", "qadar", "reunion", "saint", "salvador", "santo", "sao", "sil",
    "sile", "sina", "siri", "sovet", "soviet", "tours", "union", "yaman", "аман", "грек", "катар", "мале", "мали",
    "пала", "принципе", "сад", "само", "совет", "того", "чад", "юнон", "қатар",
})  # fmt: skip
_CYRILLIC = (
    ("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("ya", "я"), ("yo", "ё"), ("yu", "ю"), ("ye", "е"),
    ("ts", "ц"), ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "ҳ"),
    ("i", "и"), ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "қ"),
    ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "х"), ("y", "й"), ("z", "з"),
    ("ʼ", "ъ"),
)  # fmt: skip


def cyrillic(text: str) -> str:
    """Respell Uzbek in its Cyrillic letters: Qozogʻiston → Қозоғистон. A word begins with э where Latin has e."""
    text = text.replace("'", "ʻ").replace("‘", "ʻ")
    for latin, letter in _CYRILLIC:
        text = (
            text.replace(latin.upper(), letter.upper())
            .replace(latin.capitalize(), letter.upper())
            .replace(latin, letter)
        )
    return " ".join(
        "Э" + word[1:] if word.startswith("Е") and not word.startswith("Евр") else word for word in text.split(" ")
    )


def kazakh_latin(aliases: Iterable[Alias]) -> list[Alias]:
    """Respell Kazakh names in its Latin alphabets: those of 2021 and 2018 and the one of its news agencies."""
    return [alias._replace(text=transliterate(alias.text, letters)) for alias in aliases for letters in KAZAKH]


class Compiler:
    """Packs by language, out of the sources and the alias file."""

    def __init__(self, sources: Sources, aliases: dict[str, list[Alias]]) -> None:
        self.sources, self.aliases = sources, aliases

    def written(self, lang: str) -> list[Alias]:
        """Give the alias file's rows for a language; Uzbek in Cyrillic and Kazakh in Latin letters have those of the other script, respelt."""
        rows = list(self.aliases.get(lang, []))
        if lang == "kk-Latn":
            rows += kazakh_latin(self.aliases["kk"])
        if lang == "uz-Cyrl":
            rows += [Alias(cyrillic(a.text), a.code, a.kind) for a in self.aliases["uz"]]
        return (
            rows
            if lang not in UNSPACED
            else [*rows, *(a._replace(text=a.text.replace(" ", "")) for a in rows if " " in a.text)]
        )

    def mined(self, lang: str) -> tuple[list[Alias], set[str]]:
        """Give all aliases that CLDR has or implies, and the money words."""
        if lang == "kk-Latn":
            found, units = self.mined("kk")
            return kazakh_latin(found), {transliterate(unit, letters) for unit in units for letters in KAZAKH}
        found = list(self.sources.names(lang))
        adjectives, units = self.sources.currencies(lang)
        if lang in UNSPACED:
            adjectives, units = [], set()
        if lang in BORROWED:
            found += self.sources.names(BORROWED[lang])
        own_names = {alias.text.casefold() for alias in found}
        found += [
            *(alias for alias in self.sources.nationalities(lang) if alias.text.casefold() not in own_names),
            *adjectives,
            *self.sources.languages(lang, spaced=lang not in UNSPACED),
            *self.sources.capitals(lang),
            *self.sources.blocks(lang),
        ]
        if lang == "zh":
            for variant in ("zh-Hant", "zh-Hant-HK"):
                found += [*self.sources.names(variant), *self.sources.capitals(variant)]
        native = script(self.sources.locale(lang).territories.get("KZ", "")) or "Latn"
        native = "CJK" if lang in {"ja", "zh"} else native
        if lang in UNSPACED:
            # a name of several words is written with spaces or without
            found += [a._replace(text=re.sub("[ \u200b]+", "", a.text)) for a in found]
        return [a for a in found if script(a.text) == native], units

    def pack(self, lang: str) -> Pack:
        """Give a language's stems with their code and kind. The alias file overrules what CLDR has under the same stem; "skip" takes it out."""
        own = [*self.written(lang), *([] if lang in UNSPACED else self.aliases.get("*", []))]
        mined, units = self.mined(lang)
        kinds = ("name", "adjective", "capital", "language")
        skips = [a for a in own if a.kind == "skip"]
        skipped = {(stems_of(Alias(a.text, a.code, kind), lang), a.code) for a in skips for kind in kinds}
        banned = {stems for stems, code in skipped if not code}
        pack: Pack = {}
        fixed: set[tuple[str, str]] = set()
        for source, aliases in (("own", own), ("mined", mined)):
            for alias in aliases:
                stems = stems_of(alias, lang)
                # a name and an adjective may share a stem: Turska, turski
                group = {
                    "adjective": "adjective",
                    "language": "adjective",
                    "rival": f"rival {alias.code}",
                    "cue": "cue",
                    "speech": "speech",
                }.get(alias.kind, "")
                if not stems or alias.kind == "skip":
                    continue
                if source == "mined" and (
                    (stems, alias.code) in skipped
                    or stems in banned
                    or (stems.rstrip("$"), group) in fixed
                    or (stems.rstrip("$"), "") in fixed
                ):
                    continue
                if source == "own":
                    fixed.add((stems.rstrip("$"), group))
                if source == "mined" and alias.kind == "block" and (stems, group) in pack:
                    continue
                if (stems, group) not in pack or PRECEDENCE.index(alias.kind) < PRECEDENCE.index(pack[stems, group][1]):
                    pack[stems, group] = (alias.code, alias.kind)
        for unit in units:
            stems = stems_of(Alias(unit, "", "noise"), lang)
            if stems and " " not in stems:
                pack.setdefault((stems, ""), ("", "noise"))
        return pack


def write_pack(path: Path, pack: Pack) -> int:
    """Write a pack, a line for each code and kind; returns its size in bytes."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (stems, _), (code, kind) in pack.items():
        lines[code, CODES[kind]].append(stems)
    text = "".join(f"{code}\t{kind}\t{'|'.join(sorted(stems))}\n" for (code, kind), stems in sorted(lines.items()))
    path.write_text(text, encoding="utf-8")
    return len(text.encode())


def unions(sources: Sources, aliases: dict[str, list[Alias]], packs: Iterable[str]) -> dict[str, Pack]:
    """Give for each script the names of all its languages. A name that languages disagree on goes to the country that most give it; short ones are left out as too often a word."""
    votes: dict[str, dict[tuple[str, str], Counter[tuple[str, str]]]] = {s: defaultdict(Counter) for s in SCRIPTS}
    for lang in packs:
        if lang in UNSPACED or has_marked_keys(lang) or lang == "kk-Latn":
            continue
        mined = [a for a in sources.names(lang) if a.kind in {"name", "actor"}]
        for alias in [
            *mined,
            *(a for a in aliases.get(lang, []) if a.kind in {"name", "abbreviation", "actor", "block"}),
        ]:
            home = script(alias.text)
            if home in votes and not alias.text.endswith(("$", "~")):
                union = f"und-{home}"
                stems = stems_of(alias, union)
                if len(stems) >= (4 if home in {"Latn", "Cyrl"} else 3) or (
                    alias.kind == "abbreviation" and len(stems) == 3
                ):
                    votes[home][stems, ""][alias.code, alias.kind] += 1
    result: dict[str, Pack] = {}
    for home, table in votes.items():
        pack = {stems: counts.most_common(1)[0][0] for stems, counts in sorted(table.items())}
        named = {stems[:4] for (stems, _), (code, _) in pack.items() if code}
        # a union has no adjectives, so that what keeps them from being taken for a country (Корейский полуостров) is not needed
        result[f"und-{home}"] = {
            stems: (code, kind)
            for stems, (code, kind) in pack.items()
            if kind != "block" or any(word[:4] in named for word in stems[0].split(" "))
        }
    return result


def typed_names(sources: Sources, aliases: dict[str, list[Alias]], compiler: Compiler) -> dict[str, tuple[str, str]]:
    """Give what a user may type for a country: key → code, kind. Names outweigh adjectives and capitals, and English outweighs other languages."""
    weight = {"name": 8, "abbreviation": 8, "doubtful": 8, "word": 8, "adjective": 3, "capital": 2, "language": 1}
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    english = {name_key(name) for name in sources.territories("en").values()}
    banned = {name_key(a.text) for rows in aliases.values() for a in rows if a.kind == "skip"} - english | ORDINARY
    for lang in PACKS:
        own = compiler.written(lang)
        for alias in [*compiler.mined(lang)[0], *own]:
            text = alias.text.rstrip("$")
            if (
                alias.kind not in weight
                or not alias.code
                or len(alias.code) != 2
                or text.endswith("~")
                or alias.code in {"EU", "UN"}
            ):
                continue
            folded = name_key(text)
            bonus = 12 if lang == "en" or alias in own else 1
            kind = CODES[alias.kind].replace("d", "n").replace("w", "n").replace("l", "j")
            if alias.kind == "name" and has_marked_keys(lang) and len(folded) < 5:
                kind = "c"
            votes[folded][alias.code, kind] += weight[alias.kind] * bonus
    table = {}
    for lang in PACKS:
        for code, name in ({} if lang == "kk-Latn" else sources.territories(lang)).items():
            if code in ISLANDS and name_key(name) not in votes:
                table[name_key(name)] = (code, "t")
    for folded, counts in votes.items():
        code, kind = counts.most_common(1)[0][0]
        latin = script(folded) in {"Latn", "Cyrl"}
        widens = kind in "na" and folded not in banned
        widens = widens and (
            len(folded) >= 4
            or not latin
            or folded in {"uk", "usa", "uae", "drc", "prc"}
            or (kind == "a" and script(folded) == "Cyrl" and len(folded) == 3)
        )
        if folded and (len(folded) >= 2 or not latin):
            table[folded] = (code, kind.upper() if widens else kind)
    # "EU" is Estados Unidos too, and nobody who types it means them
    for lang in ("*", *PACKS):
        for alias in [*compiler.written(lang), *([] if lang == "*" else compiler.mined(lang)[0])]:
            folded = name_key(alias.text.rstrip("~$"))
            if alias.kind == "actor" and len(folded) >= 2 and (lang in {"*", "en"} or folded not in table):
                table[folded] = (alias.code, "o")
    return table


def main() -> None:
    """Build everything; print sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--names", "--subdivisions", "--nationalities"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    sources = Sources(options.names, options.subdivisions, options.nationalities)
    aliases = read_aliases(HERE / "country_aliases.tsv")
    compiler = Compiler(sources, aliases)
    for folder in ("packs", "display"):
        (DATA / folder).mkdir(parents=True, exist_ok=True)
        for stale in (DATA / folder).glob("*.tsv"):
            stale.unlink()
    size = sum(write_pack(DATA / "packs" / f"{lang}.tsv", compiler.pack(lang)) for lang in PACKS)
    size += sum(
        write_pack(DATA / "packs" / f"{lang}.tsv", pack) for lang, pack in unions(sources, aliases, PACKS).items()
    )
    print(f"packs: {len(PACKS)} languages, {size:,} bytes")
    table = typed_names(sources, aliases, compiler)
    lines = sorted(f"{name}\t{code}\t{kind}\n".encode() for name, (code, kind) in table.items())
    (DATA / "names.tsv").write_bytes(b"".join(lines))
    print(f"names: {len(lines):,}, {sum(map(len, lines)):,} bytes")
    (DATA / "codes.tsv").write_text(
        "".join(f"{long}\t{short}\n" for long, short in sorted(sources.alpha3().items())), encoding="utf-8"
    )
    size = 0
    for lang in DISPLAYS:
        shown = {
            alias.code: alias.text for alias in aliases.get(lang, ()) if alias.kind == "name" and len(alias.code) == 2
        }
        if lang == "kk-Latn":
            shown = {code: transliterate(name, KAZAKH[0]) for code, name in sources.territories("kk").items()}
        else:
            shown |= sources.territories(lang)
        text = "".join(f"{code}\t{name}\n" for code, name in sorted(shown.items()))
        (DATA / "display" / f"{lang}.tsv").write_text(text, encoding="utf-8")
        size += len(text.encode())
    print(f"display: {len(DISPLAYS)} locales, {size:,} bytes")


if __name__ == "__main__":
    main()
