"""Query text -> items: leaves, operators and parentheses, each with its place.

The grammar that joins them is in parser.py, whose docstring explains the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from diplo_cli.errors import QueryError
from diplo_cli.query.dates import FORMS, span
from diplo_cli.query.tree import FieldIs, Written

FIELDS = ("lang", "country", "mentions", "pair", "source", "date", "title")
OPERATORS = ("OR", "AND", "NOT")
# What other search tools and people call these fields; for "did you mean" only.
_OTHER_NAMES = {
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

_INVISIBLE = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
)  # come along when right-to-left text is pasted
_BLANK = r"\s\x00-\x1f\x7f-\x9f"
_BLANKS = re.compile(f"[{_BLANK}]+")
# A word ends at a blank, parenthesis or quote, but a quote between two Hebrew letters is gershayim: ארה"ב is the USA.
_WORD = re.compile(f'(?:[^{_BLANK}()"“”„‟«»「」『』]|(?<=[\u05d0-\u05ea])["”“„](?=[\u05d0-\u05ea]))+')
_FIELD = re.compile(rf"([A-Za-z]{{2,}}):(?![{_BLANK})]|//|$)")
_DASHES = re.compile("-+")
_TAIL = ",;:!?،؛؟、。！？；"  # ends a sentence, not a name; full stops stay: U.S.
_STARRED = re.compile(r"\w\*(?!\w)")
_COUNTED = re.compile(r"[^\W\d_]~\d+$")
_SHOWN = 24  # characters of the query that an error repeats


class Item(NamedTuple):
    """One piece of a query, and its place in the query text.

    `kind`: "leaf", "(", ")", "OR", "AND" or "NOT"; only a leaf has a `node`.
    """

    kind: str
    start: int
    node: Written | FieldIs | None = None


def misread(what: str, text: str, position: int, hint: str = "") -> QueryError:
    """The error for something wrong at `position` of the query `text`: what, where, and the query from there on."""
    start = position if text[position:].strip() else max(0, len(text) - _SHOWN)
    piece = "".join(char if char.isprintable() else " " for char in text[start : start + _SHOWN])
    place = (
        f" at character {position + 1}: {'…' if start else ''}{piece}{'…' if start + _SHOWN < len(text) else ''}"
        if piece.strip()
        else ""
    )
    return QueryError(what + place, hint, position)


def bare(word: str) -> str:
    """A word without the punctuation of the sentence it was taken from; "OR," keeps it, lest it look like an operator."""
    core = word.rstrip(_TAIL)
    return word if core in OPERATORS else core


class Lexer:
    """Reads one query; `items` gives its pieces in order. `exact` marks all leaves."""

    def __init__(self, text: str, *, exact: bool = False) -> None:
        self.text = text
        self.exact = exact
        self._places: list[int] | None = None
        self._shown = text
        if _INVISIBLE.search(text):
            self._places = [place for place, char in enumerate(text) if not _INVISIBLE.match(char)]
            self._shown = "".join(text[place] for place in self._places)
        self._ascii = self._shown.translate(FULLWIDTH)

    def items(self) -> Iterator[Item]:
        """The pieces of the query. Punctuation by itself is none. Raises QueryError at what cannot be read."""
        at, text = 0, self._ascii
        while at < len(text):
            if found := _BLANKS.match(text, at):
                at = found.end()
            elif text[at] in "()":
                yield Item(text[at], self._place(at))
                at += 1
            elif text[at] in QUOTES:
                end, leaf = self._phrase(at, field="text", exact=self.exact)
                yield Item("leaf", leaf.start, leaf)
                at = end
            elif text[at] in "」』":
                raise self._error(f"{text[at]} closes no quote", at, "take it away, or open one before")
            elif text[at] == "-":
                dashes = _DASHES.match(text, at)
                assert dashes
                if self._negates(at, dashes.end()):
                    yield Item("NOT", self._place(at))
                at = dashes.end()
            else:
                at, item = self._word_or_field(at)
                if item:
                    yield item

    def _negates(self, at: int, end: int) -> bool:
        """Whether the dashes at..end stand for NOT: one, at the start of a word."""
        text = self._ascii
        opens = at == 0 or text[at - 1] == "(" or bool(_BLANKS.match(text, at - 1))
        stands_alone = end == len(text) or text[end] == ")" or bool(_BLANKS.match(text, end))
        if not opens or stands_alone:
            return False
        if end - at > 1 and text[end].isascii() and text[end].isalpha():
            hint = "give options as arguments of their own, not inside the query; a single - means NOT"
            raise self._error("an option inside the query", at, hint)
        return end - at == 1

    def _word_or_field(self, at: int) -> tuple[int, Item | None]:
        """The word, operator or `field:value` at `at`, and where it ends; None for punctuation."""
        text = self._ascii
        exact = self.exact
        start = at
        if text[at] == "=":
            while at < len(text) and text[at] == "=":
                at += 1
            exact = True
            if at < len(text) and text[at] == "(":
                raise self._error("= stands before one word or one phrase", start, 'write (="a b" OR =c)')
        elif found := _FIELD.match(text, at):
            name = found[1].lower()
            if name in FIELDS:
                return self._field(name, start, found.end())
            if name not in {"http", "https"}:
                raise self._unknown(found[1], start)
        if at < len(text) and text[at] in QUOTES:
            end, leaf = self._phrase(at, field="text", exact=exact)
            return end, Item("leaf", leaf.start, leaf)
        word = _WORD.match(text, at)
        if word is None:  # a lone =
            return at, None
        if start == at and word[0] in OPERATORS:
            return word.end(), Item(word[0], self._place(at))
        written = self._written(at, at + len(bare(word[0])), field="text", exact=exact)
        return word.end(), Item("leaf", written.start, written) if written else None

    def _field(self, name: str, start: int, at: int) -> tuple[int, Item]:
        """The leaf of a known field whose value begins at `at`."""
        text = self._ascii
        exact = self.exact
        if name == "title" and text[at] == "=":
            at, exact = at + 1, True
        if at < len(text) and text[at] == "(":
            raise self._error(f"{name}: takes one value, not a group", start, f"write ({name}:a OR {name}:b)")
        if at < len(text) and text[at] in QUOTES:
            end, phrase = self._phrase(at, field="title", exact=exact)
            if name == "title":
                return end, Item("leaf", phrase.start, phrase)
            value = phrase.text
        else:
            word = _WORD.match(text, at)
            end = word.end() if word else at
            stop = at + len(bare(word[0])) if word else at
            if name == "title":
                written = self._written(at, stop, field="title", exact=exact)
                if written is None:
                    raise self._error("title: needs a word or a phrase", start, 'write title:word or title:"a phrase"')
                return end, Item("leaf", written.start, written)
            value = self._shown[at:stop]
        if not any(char.isalnum() for char in value):
            raise self._error(f"{name}: needs a value", start, f"write {name}:value, without a space")
        if name == "date":
            self._check_date(value, at, end)
        leaf = FieldIs(name, value, self._place(start), self._place(end - 1) + 1)
        return end, Item("leaf", leaf.start, leaf)

    def _check_date(self, value: str, at: int, end: int) -> None:
        try:
            span(value)
        except QueryError as error:
            raise QueryError(
                f"{error.message} (character {self._place(at) + 1})", error.hint, self._place(at)
            ) from None
        if self._ascii[end:].lstrip().startswith(".."):
            raise self._error("a range is written without spaces", end, FORMS)

    def _written(self, start: int, end: int, *, field: str, exact: bool) -> Written | None:
        """The leaf for the word at start..end; None where it holds no letter or digit."""
        word = self._ascii[start:end]
        core = word.rstrip("*~")
        kind = {"*": "prefix", "~": "fuzzy"}.get(word[-1:], "word") if core != word else "word"
        if not any(char.isalnum() for char in core):
            if "*" in word:
                raise self._error(
                    "* needs the beginning of a word before it", start, "tok* finds every word that begins with tok"
                )
            return None
        if "*" in core or (kind != "word" and len(set(word[len(core) :])) > 1):
            raise self._error(
                "* stands at the end of a word only",
                start + core.find("*") if "*" in core else start,
                "tok* finds every word that begins with tok",
            )
        if _COUNTED.search(core):
            raise self._error("~ takes no number", start, "tokaev~ finds words that differ from it by a letter")
        end = start + len(core)
        return Written(self._shown[start:end], kind, exact, field, self._place(start), self._place(end - 1) + 1)

    def _phrase(self, start: int, *, field: str, exact: bool) -> tuple[int, Written]:
        """The phrase whose opening quote stands at `start`, and where it ends."""
        end = self._closing(start)
        inner = self._shown[start + 1 : end]
        if not any(char.isalnum() for char in inner):
            raise self._error("empty phrase", start, "put words between the quotes")
        if star := _STARRED.search(self._ascii, start + 1, end):
            raise self._error(
                "a phrase takes no *", star.start(), 'write the whole words, or "a b" c* outside the quotes'
            )
        if self._ascii[end + 1 : end + 2] in {"*", "~"}:
            raise self._error(
                f"{self._ascii[end + 1]} stands after a word, not after a phrase",
                end + 1,
                "take the quotes away, or the sign",
            )
        first = start + 1 + len(inner) - len(inner.lstrip())
        last = first + len(inner.strip())
        return end + 1, Written(
            self._shown[first:last], "phrase", exact, field, self._place(first), self._place(last - 1) + 1
        )

    def _closing(self, start: int) -> int:
        """Where the quote opened at `start` is closed."""
        text = self._ascii
        for marks in QUOTES[text[start]]:
            for at in range(start + 1, len(text)):
                if text[at] in marks and not (
                    "\u05d0" <= text[at - 1] <= "\u05ea" and "\u05d0" <= text[at + 1 : at + 2] <= "\u05ea"
                ):
                    return at
        raise self._error("the quote is never closed", start, 'close it with another ", or take it away')

    def _unknown(self, name: str, start: int) -> QueryError:
        from difflib import get_close_matches  # 2 ms, for an error only

        near = _OTHER_NAMES.get(name.lower()) or next(iter(get_close_matches(name.lower(), FIELDS, 1)), "")
        meant = f"did you mean {near}:? " if near else ""
        return self._error(
            f"unknown field {name}:",
            start,
            f"{meant}fields: {', '.join(FIELDS)}; to search for the words, put a space after the colon",
        )

    def _place(self, at: int) -> int:
        """A place in the query as scanned -> in the text as given."""
        if self._places is None:
            return at
        return self._places[at] if at < len(self._places) else len(self.text)

    def _error(self, what: str, at: int, hint: str = "") -> QueryError:
        return misread(what, self.text, self._place(at), hint)
