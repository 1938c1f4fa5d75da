"""What CLDR says of countries in one language: the sources of the gazetteers that `build_countries.py` compiles.

Territory, language, currency and city names: CLDR through Babel. Short and variant names of territories, and England,
Scotland and Wales: the npm packages cldr-localenames-full and cldr-subdivisions-full, unpacked. All of it Unicode
licence v3. Nationalities of eight languages: npm i18n-nationality (MIT).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global


def _links(kind: str) -> dict[str, str]:
    lines = (Path(__file__).resolve().parent / "country_links.tsv").read_text(encoding="utf-8").splitlines()
    return {
        source: code
        for row, source, code in (line.split("\t") for line in lines if not line.startswith("#"))
        if row == kind
    }


COUNTRY_OF_LANGUAGE = _links("language")
COUNTRY_OF_CURRENCY = _links("currency")
CAPITAL_ZONES = _links("capital")
_SHARED_CURRENCIES = frozenset(["XAF", "XOF", "XCD", "XPF", "EUR", "ANG", "XDR"])
_NOT_COUNTRIES = frozenset({
    "EU", "UN", "EZ", "QO", "XA", "XB", "ZZ", "IO", "SJ", "VI", "MP", "VG", "TF", "UM", "CP", "DG", "AC", "TA",
    "EA", "IC", "CQ", "BL", "SX", "BQ", "PN", "NF", "TK", "WF", "MF", "YT", "GS", "CX", "CC", "BV", "HM", "IM", "JE", "GG",
})  # fmt: skip
"""Codes that are no country, and islands whose names are words, persons or parts of longer names more often than places."""
ISLANDS = _NOT_COUNTRIES - {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ", "CP", "DG", "AC", "TA", "EA", "IC", "CQ"}
"""Those that have an ISO code: looked for in no text, and known when a user asks for them."""
_BLOCKS = ("002", "009", "150", "019", "005", "021", "003", "013", "419", "143", "145", "142", "029", "018", "202")
_PAIRS = {
    "BA",
    "TT",
    "AG",
    "KN",
    "VC",
    "ST",
}  # named by two islands or lands, either of which stands for the whole in the news


class Alias(NamedTuple):
    """A name as its source writes it."""

    text: str
    code: str
    kind: str


class Sources:
    """CLDR and the nationality lists, opened once. `names`, `subdivisions`, `nationalities`: the folders of the unpacked npm packages."""

    def __init__(self, names: Path, subdivisions: Path, nationalities: Path) -> None:
        self._names, self._subdivisions, self._nationalities = names, subdivisions, nationalities
        self._currency_country = self._currencies()

    def locale(self, lang: str) -> Locale | SimpleNamespace:
        """Give Babel's locale for a language tag; where Babel has none, what the npm package has, without currencies and cities."""
        try:
            known = Locale.parse(lang.replace("-", "_"))
        except UnknownLocaleError:
            known = None
        if known is not None and known.territories:
            return known
        tables = {
            kind: self._read(self._names / "main" / lang / f"{kind}.json") for kind in ("territories", "languages")
        }
        return SimpleNamespace(**tables, currencies={}, time_zones={})

    @staticmethod
    def _currencies() -> dict[str, str]:
        users: dict[str, set[str]] = defaultdict(set)
        for territory, currencies in get_global("territory_currencies").items():
            for currency, _, until, tender in currencies:
                if len(territory) == 2 and until is None and tender:
                    users[currency].add(territory)
        single = {currency: next(iter(codes)) for currency, codes in users.items() if len(codes) == 1}
        return {
            c: t
            for c, t in (single | COUNTRY_OF_CURRENCY).items()
            if c not in _SHARED_CURRENCIES and t not in _NOT_COUNTRIES
        }

    @staticmethod
    def alpha3() -> dict[str, str]:
        """Give ISO 3166-1 alpha-2 codes by alpha-3, from CLDR's aliases of territories."""
        return {
            code: targets[0]
            for code, targets in get_global("territory_aliases").items()
            if re.fullmatch("[A-Z]{3}", code) and len(targets) == 1
        }

    def territories(self, lang: str) -> dict[str, str]:
        """Give the name of each country and territory by its code."""
        return {
            c: n
            for c, n in self.locale(lang).territories.items()
            if len(c) == 2 and c.isalpha() and c not in {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}
        }

    def names(self, lang: str) -> Iterator[Alias]:
        """Names of territories with their short and variant forms, and what is left when a bracket or the second half of a pair is taken away."""
        locale = self.locale(lang)
        conjunctions = re.compile(
            r"\s+(?:and|und|et|y|e|i|и|та|va|ва|ve|və|və|және|жана|dan|en|og|och|ja|és|a|in|ir|un|și|και|e|&)\s+"
        )
        english = self.locale("en").territories
        for code, name in sorted(locale.territories.items()):
            if len(code) != 2 or not code.isalpha() or code in _NOT_COUNTRIES:
                continue
            yield Alias(name, code, "name")
            bare = re.match(r"^(.*?)\s*[(（](.*)[)）]$", name)
            if bare and code not in {"CD", "CG"}:
                yield Alias(bare[1], code, "name")
            if code in _PAIRS:
                for part in conjunctions.split(name):
                    if len(part) > 4 and part != name:
                        yield Alias(part, code, "name")
        for code, name in self._alternates(lang):
            if code in _NOT_COUNTRIES:
                continue
            if code in {"CD", "CG"} and re.search("[(（]", name):
                continue
            letters = re.sub(r"\W", "", name)
            yield Alias(
                name, code, "abbreviation" if name.isupper() and len(letters) <= 5 and name != name.lower() else "name"
            )
        for code, kind in (("EU", "actor"), ("UN", "actor")):
            if (name := locale.territories.get(code)) and (lang == "en" or name != english[code]):
                yield Alias(name, code, kind)
        for code, name in self._alternates(lang):
            if code in {"EU", "UN"}:
                yield Alias(name, code, "actor")
        nations = self._read(self._subdivisions / "subdivisions" / lang / f"{lang}.json")
        for part in ("gbeng", "gbsct", "gbwls"):
            if part in nations:
                yield Alias(nations[part], "GB", "name")

    @staticmethod
    def _read(path: Path) -> dict[str, str]:
        """The innermost table of one of the npm packages' files; empty where there is none."""
        if not path.exists():
            return {}
        table = json.loads(path.read_text(encoding="utf-8"))
        while isinstance(next(iter(table.values())), dict):
            table = table[list(table)[-1]]
        return {str(k): str(v) for k, v in table.items()}

    def _alternates(self, lang: str) -> list[tuple[str, str]]:
        table = self._read(self._names / "main" / {"zh": "zh-Hans"}.get(lang, lang) / "territories.json")
        return [(k[:2], v) for k, v in table.items() if re.match("[A-Z]{2}-alt-", k)]

    def blocks(self, lang: str) -> Iterator[Alias]:
        """Names of continents and regions, in which a country's name may stand (South America)."""
        territories = self.locale(lang).territories
        for code in _BLOCKS:
            if code in territories:
                yield Alias(territories[code], "", "block")

    def languages(self, lang: str, *, spaced: bool) -> Iterator[Alias]:
        """Names of languages that double as nationality adjectives, without the words and endings that most of them share ("tili", "-ca", 语)."""
        locale = self.locale(lang)
        names = {c: locale.languages[c].lower() for c in COUNTRY_OF_LANGUAGE if c in locale.languages}
        if lang in {"vi", "my", "km", "lo"} or not names:
            return
        if not spaced:
            affix = {"zh": "语", "zh-Hant": "文", "ja": "語", "th": "ภาษา"}.get(lang, "")
            for code, name in names.items():
                bare = name.removesuffix(affix).removeprefix(affix)
                if affix and bare != name and len(bare) > 1:
                    yield Alias(bare, COUNTRY_OF_LANGUAGE[code], "language")
            return
        words = Counter(word for name in names.values() for word in set(name.split()))
        shared = {word for word, count in words.items() if count >= max(4, 0.3 * len(names))}
        ending = (
            self._shared_ending([n.split()[-1] for n in names.values()])
            if lang in {"uz", "uz-Cyrl", "kk", "ky", "tk", "tr", "az", "tt", "ug", "mn", "et", "hy"}
            else ""
        )
        for code, name in names.items():
            bare = " ".join(word for word in name.split() if word not in shared).removesuffix(ending)
            if len(bare) >= 4 and not re.search(r"[\d()]", bare):
                yield Alias(
                    bare[:1].upper() + bare[1:] if name != locale.languages[code] else bare,
                    COUNTRY_OF_LANGUAGE[code],
                    "language",
                )

    @staticmethod
    def _shared_ending(words: list[str]) -> str:
        for size in (5, 4, 3, 2):
            endings = Counter(word[-size:] for word in words if len(word) > size + 2)
            if endings and endings.most_common(1)[0][1] >= 0.55 * len(words):
                return endings.most_common(1)[0][0]
        return ""

    def currencies(self, lang: str) -> tuple[list[Alias], set[str]]:
        """Mine nationality adjectives out of currency names ("tenge kazajo"), and the words for money that cancel a country beside them ("dollar").

        A word is an adjective when it begins as its country's name does, or when it stands beside a unit that several currencies share.
        """
        locale = self.locale(lang)
        names = {c: locale.currencies[c].lower().split() for c in self._currency_country if c in locale.currencies}
        counts = Counter(word for words in names.values() for word in set(words))
        aliases = []
        units = {
            word
            for words in names.values()
            for word in words
            if counts[word] >= 2 and len(word) >= 3 and not word.isdigit()
        }
        # "new", "and", "islands" are shared too: what stands in names of territories is no unit
        units -= {word for name in locale.territories.values() for word in name.lower().split()}
        for currency, words in names.items():
            code = self._currency_country[currency]
            territory = re.sub(r"\W", "", locale.territories.get(code, "").lower())
            shared = [w for w in words if counts[w] >= 3]
            for word in words:
                if len(word) < 4 or counts[word] > 2 or re.search(r"[\d()]", word):
                    continue
                bare, name = (
                    (word.removeprefix("ال"), territory.removeprefix("ال")) if lang == "ar" else (word, territory)
                )
                common = next(
                    (i for i, (a, b) in enumerate(zip(bare, name, strict=False)) if a != b), min(len(bare), len(name))
                )
                # a word shared with a name of several words may be its "north" or "united"
                alike = len(re.split(r"[\s-]", locale.territories.get(code, ""))) == 1 and common >= min(
                    4, max(3, len(name) // 2)
                )
                beside = bool(shared) and len(words) == 2 and currency in COUNTRY_OF_CURRENCY and len(bare) >= 5
                if (alike or beside) and bare != name and len(bare) >= 4:
                    aliases.append(Alias(bare, code, "adjective"))
                    units.discard(word)
        return aliases, units

    def capitals(self, lang: str) -> Iterator[Alias]:
        """Names of capitals among the time zones' cities; where a Latin-script language leaves one out, it is written as in the zone's name."""
        zones = self.locale(lang).time_zones
        latin = self.locale(lang).territories.get("KZ", "K")[:1].isascii()
        for zone, code in CAPITAL_ZONES.items():
            city = zones.get(zone, {}).get("city") or (zone.rpartition("/")[2].replace("_", " ") if latin else "")
            if city:
                yield Alias(city, code, "capital")

    def nationalities(self, lang: str) -> Iterator[Alias]:
        """Nationalities of i18n-nationality, where it has the language."""
        path = self._nationalities / "langs" / f"{lang}.json"
        table: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["nationalities"] if path.exists() else {}
        for code, names in table.items():
            if code not in _NOT_COUNTRIES:
                for name in re.split(r"[,/]", names):
                    yield Alias(name.strip(), code, "adjective")
