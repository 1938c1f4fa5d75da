"""How a country's name changes inside a sentence, by family of languages.

A gazetteer holds stems. A word of a text answers to a stem when what stands before it is a particle that the family
writes together with the word (Arabic wa-, bi-, al-) and what follows it is an ending of the family. The rules come from
grammars, not from texts: they are meant to hold for languages that nobody tested.
All forms here are keys as `spelling.key` makes them: folded, without marks, so that й stands as и and ş as s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Family:
    """The rules of one family. Patterns are matched against the whole of what they describe.

    `before`: particles written together with a word. `cut`, `cut_adjective`: final letters that a stem loses. `name`, `adjective`: endings after a stem.
    `derived`: endings that turn a name into an adjective or a person (weighed as one). `open_from`: shorter stems take no ending but `short`; `open_adjective`: shorter
    adjectives take none.
    `noun_first`: the adjective follows its noun ("dollar américain"), so that a word before a country can cancel it as one after it can.
    `adjective_capital`: nationality adjectives are written with a capital letter.
    """

    name: re.Pattern[str]
    adjective: re.Pattern[str]
    derived: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    cut: re.Pattern[str] | None = None
    cut_adjective: re.Pattern[str] | None = None
    open_from: int = 4
    open_adjective: int = 4
    short: re.Pattern[str] = re.compile("")
    noun_first: bool = False
    adjective_capital: bool = False


class _Rules(NamedTuple):
    """A family as written below; compiled when a language of it is met, for all of them would take 15 ms."""

    name: str
    adjective: str = ""
    derived: str = ""
    before: str = ""
    cut: str = ""
    cut_adjective: str = ""
    open_from: int = 4
    open_adjective: int = 0
    short: str = ""
    noun_first: bool = False
    adjective_capital: bool = False


@lru_cache(maxsize=64)
def _compiled(rules: _Rules) -> Family:
    def optional(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return Family(
        re.compile(rules.name),
        re.compile(rules.adjective or rules.name),
        optional(rules.derived),
        optional(rules.before),
        optional(rules.cut),
        optional(rules.cut_adjective),
        rules.open_from,
        rules.open_adjective or rules.open_from,
        re.compile(rules.short),
        rules.noun_first,
        rules.adjective_capital,
    )


# Endings are written for keys: no й, ё, ş, ğ, é. A pattern of `\w{0,n}` is deliberate where suffixes pile up (Qozogʻistondagilarning): a list would never end.
_CYRILLIC_CASES = "(?:[аяуюеиыоьіє]|ом|ем|ам|ям|ах|ях|ами|ями|ов|ев|ів|еи|ои|ою|ею|ию|ия|ии|ію|ії|іи|ием|єю|ові|еві|ау|аў|ець|ец|ц[яіиеу])?"
_CYRILLIC_ADJECTIVE = (
    "(?:[аеиоуіыя]|[аяоеыиі]я|[иыо]и|[оеыи]е|ії|[оеа]г[оа]|[оеа]му|[иыоеі]м|[ую]ю|[иыі]х|[иыі]мі?и?"
    "|[ео]и|[ео]ю|ец|ц\\w{0,3}|к\\w{0,3}|ан\\w{0,3}|ян\\w{0,3}|те|та|то)?"
)
_LATIN_CASES = "(?:[aeiouy]|i[aeiou]|ij?[aeiou]m?|[aeiy]m|om|ami|imi|ama|ima|[aeiy]ch|[ai]h|ow|owi|ovi|iach|iami|ou|oj|em[ua]?|eg?ho|ego|oga?|jom?|s)?"
_ROMANCE_ADJECTIVE = "(?:[aeoin]|s|es|as|os|ne|nes|na|ns|i|he|hi)?"

_TURKIC = "(?:[ndtyiuealscmجندلىيا]\\w{0,9}|g[aeiou]\\w{0,8}|[گغ][اىەوی]\\w{0,8}|k[aei]\\w{0,8}|q[aeu]\\w{0,8}|[ндтғгяиыуеаөлсчмшцпбү]\\w{0,9}|[кқ][аеөоқ]\\w{0,8})?"
_MONGOLIAN = "(?:и{0,2}н\\w{0,4}|ы[нг]\\w{0,4}|и{0,2}г\\w{0,3}|[дт]\\w{0,5}|г?[аэоө]{2}[рс]\\w{0,3}|[рл](?:уу|үү)|ч\\w{0,6}|г[аэ]\\w{0,4}|[сиы])?"
_GEORGIAN = "(?:ი|ის|ს|ში|ზე|მა|ით|თან|დან|იდან|თვის|ისთვის|ად|ა|აში|ას|აზე|ეს|ეთი\\w{0,4}|ებ\\w{0,5}|მდე|ამდე|ისა|საც|შიც|ც|აც|ო|იც|სკენ|ისკენ|ელ\\w{0,4}|ურ\\w{0,4}|ულ\\w{0,4})?"
# Cases and postpositions are written on; after a short stem only those that no root goes on with (আক্রা is Accra, আক্রান্ত is stricken).
_INDIC_ENDINGS = (
    "(?:[রে]|ের|র|য়?ের?|কে|তে|রা|দের|ও|ই|য়|[ाे]?(?:को|का|की|के|ले|लाई|मा|बाट|सँग|हरू|द्वारा|ली|लाइ|च्या|चा|ची|चे|ला|ने|त|तील|तून|मध|कडे|शी|वर|ना|नी|नो)"
    "|ના|ની|નો|નું|ને|માં|થી|એ|પર|ର|ରେ|କୁ|ରୁ|ଙ୍କ|ୟ|ৰ|ত|লৈ|ক|ව|වේ|ය|යේ|යට|වට|වෙන්|යෙන්|යි|ේ|ී|ට).{0,3}"
)
_INDIC = _Rules(".{0,5}", ".{0,5}", "[ীিीি].{0,4}", open_from=6, open_adjective=3, short=_INDIC_ENDINGS)
_EXACT = _Rules("", noun_first=True)
EXACT = _compiled(_EXACT)
_FAMILIES: dict[str, _Rules] = {
    "english": _Rules("s?", "(?:s|n|ns)?", adjective_capital=True),
    "malay": _Rules("(?:nya|lah|kah)?", noun_first=True, adjective_capital=True),
    "exact": _EXACT,
    "vietnamese": _Rules("", noun_first=True, adjective_capital=True),
    "romance": _Rules("", _ROMANCE_ADJECTIVE, cut_adjective="(?:os|as|o|a|e)$", noun_first=True),
    "romanian": _Rules("(?:ul|ului|ei|a|i|ii|e|lui)?", "(?:[aei]|ul|ului|a|ei|ii|ilor|asca|esc|esti|easca|esti)?", cut="a$", cut_adjective="[aei]$", noun_first=True),
    "german": _Rules("s?", "(?:e|er|es|en|em|s|n|in|innen|isch\\w{0,2})?", "isch\\w{0,2}", cut_adjective="(?<=sch)(?:er|es|e|en|em)$"),
    "nordic": _Rules(
        "a?s?",
        "(?:[aet]|er\\w{0,3}|ar\\w{0,3}|s|en|ern\\w{0,2}|arna|or)?", "(?:a|i|ia|an|ian|es)?n?(?:isk|sk)(?:[aet])?", cut="a$", cut_adjective="(?:[aet]|er|are)$"),
    "dutch": _Rules("s?", "(?:e|s|se|en|er|ers)?", "(?:an|aan)?se?", cut_adjective="(?<=s)e$"),
    "east slavic": _Rules(
        _CYRILLIC_CASES, _CYRILLIC_ADJECTIVE, "\\w{0,4}(?:с|ц)ь?к" + _CYRILLIC_ADJECTIVE + "|\\w{0,3}(?:ец|ц\\w{1,3}|чан\\w{1,4}|ян[кцие]\\w{0,3})",
        cut="(?:[аяоеыиьіу])$", cut_adjective="(?:ии|ыи|ои|ая|яя|ое|ее|ие|ые|ого|ы|а|е|и|і)$", noun_first=True,
    ),
    "south slavic": _Rules(
        "(?:[аеиоуы]|ом|ата|та|ят|ът|ија|ю|я|та)?", "(?:\\w{1,4})?", "\\w{0,4}(?:с|ц|ч)к\\w{0,4}|\\w{0,3}(?:ец|цит?е?|ац|нец)", cut="[аеиоуя]$", cut_adjective="[аеиоу]$",
    ),
    "latin slavic": _Rules(
        _LATIN_CASES,
        "(?:[aeiouy]\\w{0,3}|[ck][aieuoy]\\w{0,3}|ec|an\\w{0,4})?",
        "\\w{0,4}(?:s|c|z)k\\w{1,4}|\\w{0,2}(?:ec|ac|ci\\w{0,3}|cz?y\\w{0,4}|an[ieuk]\\w{0,4})", cut="[aeiouy]$", cut_adjective="[aeiyo]$", noun_first=True,
    ),
    "baltic": _Rules("(?:[aeiou]\\w{0,3}|s)?", "\\w{0,5}", "(?:iet|iesi|isk|iec|ietis)\\w{0,4}", cut="(?:as|is|us|a|e|ai|os|es)$", cut_adjective="(?:as|is|us|s|a|e|ai|os|es)$"),
    "greek": _Rules("(?:[αεηιουω]\\w{0,2}|ς|ν)?", "\\w{0,4}", "\\w{0,4}ικ\\w{1,3}", cut="(?:ος|ες|οι|[αεηιουω]ς?)$", cut_adjective="(?:ος|ες|οι|[αεηιουω]ς?)$"),
    "turkic": _Rules(
        _TURKIC, _TURKIC, "(?:l[iu]|ly|ле|ло|л[иіыуү]|д[ыі][қкғг]|т[ыі][қкғг]|лік|лық|lik|lyk|luk|lig|lug)\\w{0,8}",
        short="(?:n|d|t|g|y|l|ni|da|de|ga|н|д|т|г|ғ|қ|к|л|ј|и)\\w{0,5}",
    ),
    "tajik": _Rules("(?:и|ро|ҳо|ҳои|ро|ву|иҳо|ию|иро|у|он|иён|иёни|ии|е|\\w{0,2}ам|аш|анд|ест|аст)?", "\\w{0,5}", "(?:и|ии|иҳо|иҳои|иён|иёни|ию|иро)", noun_first=True),
    "mongolian": _Rules(_MONGOLIAN, _MONGOLIAN, "(?:чууд|чууды|чүүд|чуудын)\\w{0,3}", short="(?:и|ы|т|д|a|г|л)\\w{0,4}"),
    "finnic": _Rules("\\w{0,7}", "\\w{0,7}", "(?:lai|lae|las|i$|la)\\w{0,7}", cut="i$", cut_adjective="(?:nen|ne|ane)$", short="\\w{1,3}"),
    "hungarian": _Rules("\\w{0,7}", "\\w{0,7}", "i\\w{0,8}", short="\\w{1,4}"),
    "basque": _Rules("\\w{0,6}", "\\w{0,6}", "(?:ar)\\w{0,5}"),
    "albanian": _Rules("\\w{0,3}", "\\w{0,4}", "(?:ez|an|as)\\w{0,4}", cut="[ae]$", noun_first=True),
    "semitic": _Rules(
        "(?:يا|ا|ه)?", "(?:ه|ات|تين|ون|يون|يين|يه|يات|ين|ان|ا|تان|هم)?", "(?:ي|يا|يه|يون|يين|يات|يتين|يتان|يان|ان)",
        before="(?:[وف]?(?:[بكل]?ال|لل|[بكلس])?)", cut="(?:يا|ا|ه)$", open_from=3, noun_first=True,
    ),
    "hebrew": _Rules("ה?", "(?:ת|ים|ות|ה|ם)?", "(?:י|ת|ם|ות|ית|ים|יים|יות|ני|נית|נים|ניות)", before="[ושהבלמ]{1,3}", cut="ה$", noun_first=True),
    # ezafe, -ەکە the, -دا in, -ەوە from, -ش too, pile up after a noun
    "sorani": _Rules(
        "(?:[يهشون]|يي|يش|يدا|دا|داين|ي?يهكان\\w{0,2}|هكان\\w{0,2}|يهك\\w{0,2}|يان|يه|ي?هوه|وه)?",
        derived="(?:ي|ي?يهكان|يان|ييان|ييهك)\\w{0,2}", open_from=3, noun_first=True,
    ),
    "iranian": _Rules("(?:ي|يي|ها|هاي|ست|را)?", "(?:ي|يي|ها|هاي|يها|يهاي|ان|يان)?", "(?:ي|يان|يها|يهاي|ييها|يي|يه)", open_from=3, noun_first=True),
    # cases and postpositions are written on: after short stems only those that no root goes on with
    "indic": _INDIC,
    "dravidian": _Rules(
        ".{0,8}", ".{0,8}", cut="[்್్ംಂ]$", open_from=6, open_adjective=3,
        short="(?:வி|வை|வு|வா|ன்|ல்|க்|ின்|ில்|ுக்|ை|ும்|ே|లో|కు|ను|తో|ని|కి|నుం|లా|ల్|ന്|ൽ|ല|യി|യു|യെ|യ്|ിൽ|ിന|ിലെ|ക്|ും|നി|ದ|ದಲ್ಲಿ|ನಲ್|ನ|ಕ್|ಗೆ|ಯ|ವ).{0,6}",
    ),
    "georgian": _Rules(_GEORGIAN, "\\w{0,6}", "(?:ელ|ურ|ულ)\\w{0,5}", cut="[ია]$", cut_adjective="ი$"),
    "armenian": _Rules("\\w{0,5}", "\\w{0,5}", "(?:ցի|ցու|եան|յան|ական)\\w{0,4}", cut="ի$"),
    # object -ን, -ም also, -ና and, -ስ as for, their pairs; -ዊ and -ውያን derive
    "ethiopic": _Rules(
        "(?:[ንምናስውዋ]|ንም|ንና|ናም|ዎች|ን?ኛ)?", "(?:[ንምናስውትኛ]|ዊ|ያዊ|ናዊ|ውያን|ያን|ዊያን)\\w{0,3}|", "(?:ዊ|ያዊ|ናዊ|ዊት|ውያን|ያውያን|ናውያን|ዊያን)\\w{0,2}",
        before="[የበለከእንብናካኣዝ]{1,2}", open_from=3,
    ),
    "kurdish": _Rules("(?:y?[aei]n?|ye[nk]e?|y[ae]|stan\\w{0,2}|ji)?", "(?:y?[aei]n?|ye[nk]e?)?", "(?:i|yi|ki)(?:y?[aei]n?)?"),
    # Somali -ka, Oromo -tti: case endings and articles of a few letters, after a stem long enough to be no other word
    "suffixing": _Rules("\\w{0,4}", "\\w{0,5}", open_from=5),
    # what is written before a name says what it is to the others: eChina, laseShayina
    "nguni": _Rules("", before="(?:[aeiou]|[a-z]{0,2}s?[aeio])"),
    "korean": _Rules("\\w{0,4}", "\\w{0,4}", open_from=2),
}  # fmt: skip

_LANGUAGES: dict[str, str] = {
    "english": "en",
    "malay": "ms id jv fil ceb",
    "vietnamese": "vi",
    "romance": "fr es it pt ca gl ast oc",
    "romanian": "ro",
    "german": "de lb gsw",
    "nordic": "sv da nb nn no is fo",
    "dutch": "nl af fy",
    "east slavic": "ru uk be",
    "south slavic": "bg mk sr",
    "latin slavic": "pl cs sk sl hr bs sr-Latn hsb",
    "baltic": "lt lv",
    "greek": "el",
    "turkic": "tr az az-Cyrl uz uz-Cyrl kk kk-Arab ky tk tt ug ba cv kaa",
    "tajik": "tg",
    "mongolian": "mn",
    "finnic": "fi et",
    "hungarian": "hu",
    "basque": "eu",
    "albanian": "sq",
    "semitic": "ar",
    "hebrew": "he",
    "iranian": "fa ur ps sd ks",
    "sorani": "ckb",
    "kurdish": "ku",
    "indic": "hi bn mr ne gu pa or as si mai",
    "dravidian": "ta te ml kn",
    "georgian": "ka",
    "armenian": "hy",
    "ethiopic": "am ti",
    "suffixing": "so om",
    "nguni": "xh zu",
    "korean": "ko",
}
_FAMILY_OF = {lang: _FAMILIES[name] for name, languages in _LANGUAGES.items() for lang in languages.split()}
# Where a language is not known, only its script is: endings that are safe after a long stem.
_FAMILY_OF |= {
    "und-Latn": _Rules("(?:\\w{1,3})?", open_from=6),
    "und-Cyrl": _Rules("\\w{0,5}", open_from=6),
    "und-Arab": _FAMILIES["semitic"],
    "und-Deva": _FAMILIES["indic"],
}
UNSPACED = frozenset({"zh", "ja", "th", "km", "lo", "my", "yue", "bo", "dz"})


def family(lang: str) -> Family:
    """Give the rules for a gazetteer's language tag; exact matching where none are known."""
    return _compiled(_FAMILY_OF.get(lang) or _FAMILY_OF.get(lang.partition("-")[0], _EXACT))


def stem(word: str, kind: str, rules: Family) -> tuple[str, bool]:
    """Cut a key down to what its inflected forms share. Returns the stem and whether anything was cut.

    `kind` as in a gazetteer: "adjective" and "language" lose adjective endings; so does "first", a word before the last of a name (Южная Корея).
    """
    pattern = rules.cut_adjective if kind in {"adjective", "language", "first"} else rules.cut
    if pattern is None or len(word) < 4:
        return word, False
    found = pattern.search(word)
    # an adjective of three letters begins too many words
    if found is None or not found.group() or found.start() < (4 if kind in {"adjective", "language"} else 3):
        return word, False
    return word[: found.start()], True
