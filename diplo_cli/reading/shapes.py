"""What a line shows by its shape alone: a heading, a web address, a menu, the title once more."""

from __future__ import annotations

import functools
import re

from diplo_cli.reading.boilerplate import fold_line
from diplo_cli.reading.characters import WORD
from diplo_cli.reading.origin import find_url

_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|\*\*|__)(.*?)(?:\s+#*|\*\*|__)?$", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\$&#_*\[\]<>~`|-])")
_SEPARATED = re.compile(r"\s[|»›>/•·→]\s|\s?[|»›→]\s?")
_SEPARATED_QUOTED = re.compile(r"\s[|>/•·→]\s|\s?[|→]\s?")  # where « opens a quotation, » closes it
_SHORT_HAN = re.compile(r"(?:[\u3040-\u30ff\u4e00-\u9fff]{2,4}\s+)+[\u3040-\u30ff\u4e00-\u9fff]{2,4}")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?:\s?/\s?\d\d\.\d\d\.\d{4})?[\s,|–-]+[^\W\d_]")
_NUMBER = re.compile(r"\W*\d[\d\W]*(?:[^\W\d_]\W*){0,4}")
_PICTURE = (
    r"photos?|pics?|picture|image|file pic|photograph|foto|gambar|imagen|imagem|bild|фото|сурет|сүрөт|сурат|акс|fotoğraf|şəkil"
    r"|صورة|الصورة|تصوير|عکس|تصویر|تصاویر|तस्वीर|फोटो|ছবি|ภาพ|ảnh|写真|圖|图|사진"
)
_AGENCIES = (
    r"Reuters|REUTERS|AFP|AP|EPA|Getty(?: Images)?|Bernama|Xinhua|TASS|Antara|Anadolu|رويترز|أ ف ب|الفرنسية|الأناضول|أسوشيتد برس|غيتي"
    r"|新华社|新華社|美聯社|路透社|法新社|中央社"
)
# The credit that ends a caption: — Picture by Ann Lee | (Foto: Setpres) | (رويترز) | （記者…攝） | REUTERS/Ann Lee | — Bernama pic
_CREDIT = re.compile(
    rf"(?:[—–-]\s?(?:{_PICTURE})\s(?:by|via|courtesy|from|oleh|ihsan|dari|von|de|par)\b[^.!?]{{0,60}}"
    rf"|[—–-]\s?(?:[\w ]{{2,20}}\s)?(?:file )?(?:pic|photo)"
    rf"|[(（\[［【](?:{_PICTURE})\s?[:：/=＝][^()（）\[\]]{{2,60}}[)）\]］】]"
    rf"|[(（](?:{_AGENCIES})[)）]"
    r"|[(（【][^()（）【】]{1,20}[攝摄撮]影?[)）】]|[/／][^\s/]{2,12}[攝摄]"
    r"|\b(?:REUTERS|AP Photo|AFP|EPA)/[^.!?]{3,80})\.?$",
    re.IGNORECASE,
)
_MAY_END_CREDIT = re.compile(r"[)）\]］】攝摄影撮]\.?$|/\S|[—–]|\s-\s")  # the long expression is tried on few lines
_BULLET = re.compile(r"^(?:[-*•·▪●◦–]|\d{1,2}[.)]|\(\d{1,2}\))\s+\S")


def shown_title(line: str) -> str:
    """A title as it is shown: without Markdown's marks, escapes and runs of white space."""
    line = " ".join(line.split())  # first of all: the expression is quadratic in runs of white space
    match = _MARKDOWN.match(line)
    return _ESCAPED.sub(r"\1", match[1] if match else line).strip("* ")


def unquoted(value: str) -> str:
    """The value of a field of front matter without the quotation marks around all of it."""
    value = value.strip()
    inside = value[1:-1]
    return inside if value[:1] in {'"', "'"} and value[-1:] == value[0] and value[0] not in inside else value


def letters(line: str) -> str:
    """A line's letters and digits, folded."""
    return "".join(WORD.findall(fold_line(line)))


def is_heading(line: str) -> bool:
    """Whether a line is marked as a heading in Markdown."""
    return line.startswith("#") or (line.startswith("**") and line.endswith("**"))


def mark_length(line: str) -> int:
    """The length of a Markdown heading's or quotation's mark."""
    match = re.match(r"(?:#{1,6}|>)\s+", line)
    return match.end() if match else 0


def is_same_title(line: str, title: str) -> bool:
    """Whether a line is the title, whatever the case, the punctuation, and a site's name at the end of one of them."""
    first = _title_letters(title)
    # A line of much other length is not folded: a letter folds to three at most. Two thirds of a title are still the title.
    if not first or len(line) > 2 * len(title) + 80 or 3 * len(line) < len(first) / 1.5:
        return False
    second = letters(shown_title(line))
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) >= 20 and long.startswith(short) and len(long) <= 1.5 * len(short)


@functools.lru_cache(maxsize=4)
def _title_letters(title: str) -> str:
    """A title folded: once for all the lines that are compared with it."""
    return letters(shown_title(title))


def is_address(line: str) -> bool:
    """Whether a line is a web address and hardly anything else."""
    url = find_url(line)
    return bool(url) and len(line) - len(url) < 15


def is_handles(line: str) -> bool:
    """Whether a line is nothing but #tags and @names."""
    if line[0] not in "#@" or len(line) >= 500:
        return False
    return all(word[0] in "#@" and len(word) > 1 and word[1] != "#" for word in line.split())


def is_menu(line: str) -> bool:
    """Whether a line is a menu or breadcrumbs: two or more separators between short pieces, or one arrow or slash between two words."""
    if len(line) < 400 and line.count(" ") >= 3 and _SHORT_HAN.fullmatch(line):
        return True
    separated = _SEPARATED_QUOTED if "«" in line else _SEPARATED
    pieces = separated.split(line) if len(line) < 400 else []
    if len(pieces) == 2 and line.count(" ") <= 4:
        return any(mark in line for mark in (">→/" if "«" in line else "›»>→/"))
    return len(pieces) >= 3 and sum(len(piece.split()) for piece in pieces) <= 4 * len(pieces)


def is_caption(line: str) -> bool:
    """Whether a line ends with a picture's credit; an agency in brackets counts only where no sentence ends before it."""
    if len(line) >= 500:
        return False
    tail = line[-90:]
    return _MAY_END_CREDIT.search(tail) is not None and _CREDIT.search(tail) is not None


def is_aside(line: str) -> bool:
    """Whether a line is a few words in round brackets and no name in capitals, as in a transcript: (Applause)."""
    inside = line[1:-1]
    return (
        line[0] in "(（"
        and line[-1] in ")）"
        and len(line) <= 60
        and not inside.isupper()
        and inside.replace(" ", "").isalpha()
    )


def has_clock(line: str) -> bool:
    """Whether a line begins with the time of day and goes on, as the items of a news feed do."""
    return _CLOCK.match(line) is not None


def states_value(line: str) -> bool:
    """Whether a line is a name, a colon and a figure ("Score: 3.35"), as the rows of a list of figures are."""
    name, colon, value = line[:120].partition(":")
    return bool(colon) and 2 <= len(name) <= 60 and not name[-1].isdigit() and any(map(str.isdigit, value[:20]))


def is_number(line: str) -> bool:
    """Whether a line is a number or a time of day, with a letter or four beside it (a counter, a code, "14:22 UTC")."""
    return len(line) <= 20 and _NUMBER.fullmatch(line) is not None


def is_bulleted(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(line))
