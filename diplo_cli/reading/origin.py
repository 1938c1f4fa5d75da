"""Where an article comes from: its dateline, the agency at its end, the publisher of its copyright line, its address."""

from __future__ import annotations

import re
from typing import NamedTuple

from diplo_cli.reading.dates import locate_date

# What ends a dateline: ASTANA: | ASTANA, May 17 (Bernama) -- | ISLAMABAD. Kazinform – | JAKARTA, KOMPAS.com - | Москва (ТАСС) —
_SEPARATOR = re.compile(r"\s+(?:--?|[–—―])\s*|(?:--|[–—―])\s+|[:：]\s+|\.\s+")
# … — РИА Новости. | /AZERTAC/
_AGENCY_SIGN = re.compile(
    r"/(?P<slashed>[^/\n]{2,20})/[.\s–—-]*|(?P<spaced>[^\W\d_]{2,5}(?: [«\"]?[^\W\d_]+[»\"]?)?)\.\s+(?=[^\W\d_])"
)
_CAPITALS = re.compile(r"[^\W\d_]{2,}(?:[ '’-]{1,2}[^\W\d_]+){0,3}")  # the caller has looked at the case
_BRACKETS = re.compile(r"\s*[(（](?P<a>[^()（）]{2,30})[)）]$")
# 新华社北京5月17日电（记者 …）
_CHINESE = re.compile(
    r"[（(【]?(?P<a>[\u4e00-\u9fff]{1,6}?[社网网報报])?(?P<place>[\u4e00-\u9fff]{2,8}?)(?:\d{4}年)?\d{1,2}月\d{1,2}日[电電讯訊](?:\s*[（(][^（）()\n]{2,30}[）)])?[】]?\s*"
)
# АСТАНА, 24 февр. /ТАСС/. | Бишкек, 14.05.24. /Кабар/. -
_SLASHED = re.compile(
    r"(?P<place>[^\W\d_][^,./\n]{2,39})(?:[,.]\s*[^/\n]{2,30}?)?\s*/(?P<a>[^/\s]{2,20}(?: [^/\n]{1,15})?)/[.:]?\s*(?:[–—-]+\s*)?"
)
# الرياض - واس - | تهران-ایرنا- | (د ب أ): a place and an agency of the region's, whatever stands between
_ARABIC = re.compile(
    r"(?P<place>[\u0620-\u06ff]{2,15}(?: [\u0620-\u06ff]{2,15}){0,2})\s*[-–—ـ/(،:]\s*[(«\"]?"
    r"(?P<a>واس|وام|قنا|كونا|بترا|بنا|سانا|وفا|وكالات|الأناضول|رويترز|أ\s?ف\s?ب|سبوتنيك|د\s?ب\s?أ|شينخوا|أسوشيتد برس"
    r"|ایرنا|ایسنا|فارس|تسنیم|مهر|ایلنا|میزان|صدا و سیما|باشگاه خبرنگاران)(?![\u0620-\u06ff])[)»\"]?\s*[-–—ـ:؛.]?\s*"
)
# (아스타나=연합뉴스) 김민수 기자 = | 【北京共同】 | （中央社記者陳大文台北15日電）
_KOREAN = re.compile(
    r"[(\[【](?P<place>[\uac00-\ud7a3·]{2,12})\s?=\s?(?P<a>[^()\[\]\n]{2,12})[)\]】]\s*(?:[^=\n]{2,30}(?:기자|특파원)\s?=\s?)?"
)
_JAPANESE = re.compile(r"【(?P<place>[^【】=＝\n]{2,12}?)(?P<a>共同|時事)?(?:[=＝][^【】\n]{2,20})?】\s*")
_TAIWANESE = re.compile(
    r"[（(](?P<a>中央社)(?:記者[\u4e00-\u9fff]{2,3})?(?P<place>[\u4e00-\u9fff]{2,6})\d{1,2}日(?:[^）)\n]{0,8})電[）)]\s*"
)
# ताशकंद, 27 सितंबर (भाषा) | Ciudad de México, 8 oct (EFE).- : place, day, agency in brackets
_DATED = re.compile(
    r"(?P<place>[^\W\d_][^,.،:;!?()\n]{1,39})[,،]\s*(?P<day>[^()\n]{2,24}?)\s*\((?P<a>[^()\n]{2,25})\)[.:]?\s*(?P<mark>[-–—]+\s*)?"
)
# (AFP) – | (TTXVN) - : no place at all
_PLACELESS = re.compile(r"(?P<place>)\((?P<a>[A-ZА-ЯЁ]{2,8})\)\s*[-–—]+\s*")
# اسلام آباد: | a colon after another word may as well follow a speaker, in a script without capitals
_URDU = re.compile(
    r"(?P<place>اسلام آباد|لاہور|کراچی|پشاور|کوئٹہ|راولپنڈی|مظفر آباد|نئی دہلی|کابل|تہران|ریاض|جدہ|دبئی|ابوظہبی|دوحہ|انقرہ|استنبول|ماسکو|بیجنگ"
    r"|واشنگٹن|نیویارک|لندن|پیرس|برسلز|جنیوا|آستانہ|الماتی|تاشقند|سمرقند|بشکیک|دوشنبے|دوشنبہ|اشک آباد|باکو|کوالالمپور|ڈھاکہ|کولمبو)"
    r"(?:\s?:\s*|\s?\(\s*(?P<a>[^()\n]{2,25}?)\s*\)\s*(?P<mark>[:۔–—-]+\s*)?)"
)
# กรุงเทพฯ - | القاهرة – : one word or two before a dash, in a script without capitals
_CASELESS = re.compile(
    r"(?P<place>(?:(?!\d)[\u05d0-\u05ea\u0620-\u06ff\u0900-\u0eff\u10d0-\u10ff\u1200-\u137f]){2,15}"
    r"(?: (?:(?!\d)[\u05d0-\u05ea\u0620-\u06ff\u0900-\u0eff\u10d0-\u10ff\u1200-\u137f]){2,15})?)\s[-–—]\s+(?P<a>)(?!\d)"
)
_DASH = re.compile(r"\s[-–—]|[-–—]\s")
_LEAST_AFTER_DASH = 60  # characters of the sentence after such a dash
# What may stand in brackets after a place, if not in capitals, though no dash follows
_AGENCIES = frozenset(
    (
        *("bernama", "reuters", "xinhua", "kazinform", "antara", "anadolu", "europa press", "interfax", "azertac"),
        *("интерфакс", "казинформ", "азертадж", "укринформ", "укрінформ", "भाषा", "वार्ता", "एजेंसी", "एएनआई", "आईएएनएस"),
        *("اے پی پی", "رائٹرز", "اے ایف پی", "اے پی", "آئی این پی", "این این آئی", "آن لائن", "صباح نیوز", "ایجنسیاں"),
        *("اسٹاف رپورٹر", "سٹاف رپورٹر", "نمائندہ خصوصی", "نیوز ڈیسک", "ویب ڈیسک"),
    )
)
_AGENCY_TAIL = re.compile(
    r"\s*(?:(?:--?|[–—―])\s*(?P<a>[A-ZА-ЯЁ][A-ZА-ЯЁ]{1,14}(?:/[A-ZА-ЯЁ]{2,14}){0,2})?|[(\[](?P<b>[A-ZА-ЯЁ]{2,14}(?:/[A-ZА-ЯЁ]{2,14}){0,2})[)\]])\s*$"
)
_OWNER = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright)[\s©:]*(?:copyright\s*)?(?:\d{4}(?:\s*[-–—]\s*(?:\d{4})?)?(?!\d))?[\s,.:|–—-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_RIGHTS = re.compile(
    r"[\s.,|–—-]*(?:all rights? reserved|(?:все|всі|усі) права|جميع الحقوق|الحقوق محفوظة|tüm hakları|hak cipta|tous droits|todos los derechos"
    r"|todos os direitos|alle rechte|tutti i diritti|wszelkie prawa|барлық құқық|барча ҳуқуқ|barcha huquq|бардык укук|bütün hüquqlar|版权所有"
    r"|版權所有|無断|무단|reproduction|unauthori[sz]ed|(?:19|20)\d\d\b).*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_TAIL = re.compile(r"(?:\s+[\d(][\w()/.-]*)+$")
_URL = re.compile(r"https?://[^\s<>\"'）」\])]+|(?<![\w@/.])www\.[^\s<>\"'）」\])]+")


_BRACKETED = (_URDU, _DATED)
_OTHERS = (_SLASHED, _ARABIC, _URDU, _KOREAN, _TAIWANESE, _JAPANESE, _DATED, _PLACELESS)


class Dateline(NamedTuple):
    """The opening of a news report: the place, the agency if it is named, and the offset at which the sentence begins."""

    place: str
    agency: str
    end: int


def find_dateline(opening: str) -> Dateline | None:
    """The dateline that a paragraph opens with; None where there is none, or too little follows it to be a sentence."""
    head = opening[:160]
    if match := _CHINESE.match(head):
        return Dateline(match["place"], match["a"] or "", match.end()) if len(opening) - match.end() >= 10 else None
    for pattern in _OTHERS:
        match = pattern.match(head)
        if not match or len(opening) - match.end() < 10 or (pattern is _DATED and not locate_date(match["day"])):
            continue
        if pattern not in _BRACKETED or not match["a"] or match["mark"] or _is_agency(match["a"]):
            return Dateline(match["place"].strip(), match["a"] or "", match.end())
    match = _CASELESS.match(head)
    if match and len(opening) - match.end() >= _LEAST_AFTER_DASH and not _DASH.search(opening, match.end(), 260):
        return Dateline(match["place"], "", match.end())
    found: Dateline | None = None
    for number, separator in enumerate(_SEPARATOR.finditer(head)):
        if number == 4 or separator.start() > 90 or len(opening) - separator.end() < 20:
            break
        mark = separator[0].strip()
        place, agency = _place(head[: separator.start()], mark)
        if place and not agency and mark in "–—―--" and f" {mark} " in opening[separator.end() : separator.end() + 200]:
            break  # NATO – the alliance of 32 – said
        if place:
            found = Dateline(place, agency, separator.end())
            if mark != ".":
                break
    if found and not found.agency and (sign := _AGENCY_SIGN.match(opening, found.end)):
        agency = sign["slashed"] or sign["spaced"]
        if agency.split()[0].isupper() and len(opening) - sign.end() >= 20:
            found = Dateline(found.place, agency, sign.end())
    return found


def _is_agency(name: str) -> bool:
    """Whether a name in brackets is an agency's: in capitals, or a known one."""
    return name.isupper() or " ".join(name.casefold().split()) in _AGENCIES


def _place(opening: str, mark: str) -> tuple[str, str]:
    """The place and the agency in what stands before `mark`, "" where it is no dateline."""
    agency = ""
    bracketed = _BRACKETS.search(opening)
    if bracketed:
        agency = bracketed["a"]
        opening = opening[: bracketed.start()]
    place, comma, more = opening.partition(",")
    if not comma:
        place, comma, more = opening.partition(". ")
    place, more = place.strip(), more.strip()
    words = opening.split()
    if not 3 <= len(place) <= 40 or len(words) > 8 or place[0].isdigit():
        return "", ""
    if (
        place.upper() == place != place.lower()
        and _CAPITALS.fullmatch(place)
        and not (mark == "." and (len(place) < 4 or comma))
    ):
        return place, agency or ("" if any(map(str.isdigit, more)) else more)
    if (
        bracketed
        and mark != "."
        and len(place.split()) <= 3
        and not place[0].islower()
        and not any(sign in place for sign in '"“«؟!?')
    ):
        return place, agency
    if comma and mark != "." and mark not in ":：" and len(words) <= 6 and words[-1].isupper() and len(words[-1]) >= 4:
        return place, words[-1]  # Москва. 5 июня. ИНТЕРФАКС -
    if comma and mark == "--" and len(words) <= 5 and all(word[0].isupper() for word in words):
        return place, more  # Jakarta, CNN Indonesia --
    return "", ""


def agency_tail(closing: str) -> tuple[int, str]:
    """Where the agency's name begins after the last sentence ("… Kyrgyz. – BERNAMA"), and the name; the length and "" without one."""
    tail = closing[-40:]
    match = _AGENCY_TAIL.search(tail)
    if not match or not tail[: match.start()].rstrip("\"'”’» ").endswith((".", "!", "?", "…", "؟", "۔", "。")):
        return len(closing), ""
    return len(closing) - len(tail) + match.start(), match["a"] or match["b"] or ""


def copyright_owner(line: str) -> str:
    """Who a copyright line names: "© 2024 Astro AWANI Network Sdn. Bhd. 200001032668 All Rights Reserved." -> the company."""
    match = _OWNER.search(line[:400])
    if not match:
        return ""
    owner = _RIGHTS.sub("", match[1]).strip(" .,|–—-") + (
        "." if re.search(r"\b(?:Bhd|Ltd|Inc|Co|Corp)\.?\s*(?:$|[\d(]|all)", match[1], re.IGNORECASE) else ""
    )
    owner = _NUMBER_TAIL.sub("", owner.rstrip(".")) if re.search(r"\d", owner) else owner
    return owner if 2 <= len(owner) <= 80 and any(map(str.isalpha, owner)) and len(owner.split()) <= 8 else ""


def host_of(address: str) -> str:
    """The host of a web address, in small letters, without "www."; "" where it states none."""
    from urllib.parse import urlsplit

    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return host.removeprefix("www.") if host else ""


def find_url(line: str) -> str:
    """The first web address in a line, without the punctuation after it; "" without one."""
    if "http" not in line and "www." not in line:
        return ""
    match = _URL.search(line)
    return match[0].rstrip(".,;:!?*_") if match else ""
