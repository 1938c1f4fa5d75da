"""The signs and words of the query language: what quotes, ends a word, names a field."""

from __future__ import annotations

FIELDS = ("lang", "country", "mentions", "pair", "source", "date", "title")
OPERATORS = ("OR", "AND", "NOT")
# What other search tools and people call these fields; for "did you mean" only.
OTHER_NAMES = {
    "language": "lang", "nation": "country", "mention": "mentions", "about": "country", "pairs": "pair",
    "site": "source", "host": "source", "from": "source", "url": "source",
    "since": "date", "until": "date", "before": "date", "after": "date", "month": "date", "year": "date",
    "headline": "title", "intitle": "title",
}  # fmt: skip

# Each opening quote with what closes it: first the marks looked for, then those taken if none of the first follows
# (keyboards and editors mix them).
QUOTES = {
    '"': ('"', "“”‟"),
    "“": ("“”‟", '"'),
    "”": ("“”‟", '"'),
    "„": ("“”‟", '"'),
    "‟": ("“”‟", '"'),
    "«": ("»", ""),
    "»": ("«", ""),
    "「": ("」", ""),
    "『": ("』", ""),
}
# Fullwidth forms, as Chinese and Japanese keyboards write them, count as the ASCII ones. One for one, so that places
# stay true.
FULLWIDTH = str.maketrans("（）＂：＝－＊～", '()":=-*~')

INVISIBLE = frozenset(  # marks that come along when right-to-left text is pasted; the soft hyphen
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
STOPS = frozenset('()"“”„‟«»「」『』')  # end a word, as blanks do
TAIL = ",;:!?،؛؟、。！？；"  # ends a sentence, not a name; full stops stay: U.S.
