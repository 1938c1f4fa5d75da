"""Query text -> items: leaves, operators and parentheses, each with its place.

The grammar that joins them is in parser.py, whose docstring explains the language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diplo_cli.errors import QueryError
from diplo_cli.query.dates import FORMS, span
from diplo_cli.query.signs import CONTROLS, FIELDS, FULLWIDTH, INVISIBLE, OPERATORS, OTHER_NAMES, QUOTES, STOPS, TAIL
from diplo_cli.query.tree import FieldIs, Written

# Queries are short: sets and loops read them in less time than regexes for it take to compile (1.5 ms at every start).
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
    """A word without the punctuation that ends a sentence; "OR," keeps it, lest it look like an operator."""
    core = word.rstrip(TAIL)
    return word if core in OPERATORS else core


class Lexer:
    """Reads one query; `items` gives its pieces in order. `exact` marks all leaves."""

    def __init__(self, text: str, *, exact: bool = False) -> None:
        self.text = text
        self.exact = exact
        self._places: Sequence[int] = range(len(text))
        self._shown = text  # as written, without invisible marks; leaves are cut out of it
        if not INVISIBLE.isdisjoint(text):
            self._places = [place for place, char in enumerate(text) if char not in INVISIBLE]
            self._shown = "".join(text[place] for place in self._places)
        self._ascii = self._shown.translate(FULLWIDTH)  # what is scanned

    def items(self) -> Iterator[Item]:
        """The pieces of the query. Punctuation by itself is none. Raises QueryError at what cannot be read."""
        at, text = 0, self._ascii
        after_date = False
        while at < len(text):
            if self._is_blank(at):
                at += 1
            elif text[at] in "()":
                yield Item(text[at], self._place(at))
                at += 1
            elif text[at] in QUOTES:
                at, leaf = self._phrase(at, field="text", exact=self.exact)
                yield Item("leaf", leaf.start, leaf)
            elif text[at] in "」』":
                raise self._error(f"{text[at]} closes no quote", at, "take it away, or open one before")
            elif text[at] == "-":
                end = self._skip(at, "-")
                if self._negates(at, end):
                    yield Item("NOT", self._place(at))
                at = end
            else:
                if after_date and text.startswith("..", at):
                    raise self._error("a range is written without spaces", at, FORMS)
                at, item = self._word_or_field(at)
                if item:
                    after_date = isinstance(item.node, FieldIs) and item.node.name == "date"
                    yield item

    def _is_blank(self, at: int) -> bool:
        """Whether white space or a control character stands at `at`, or the query has ended there."""
        return at >= len(self._ascii) or self._ascii[at].isspace() or self._ascii[at] in CONTROLS

    def _skip(self, at: int, sign: str) -> int:
        while self._ascii.startswith(sign, at):
            at += 1
        return at

    def _is_gershayim(self, at: int) -> bool:
        """Whether the quote at `at` stands between two Hebrew letters, in an abbreviation: ארה"ב is the USA."""
        sides = self._ascii[max(at - 1, 0) : at], self._ascii[at + 1 : at + 2]
        return self._ascii[at] in '"“”„' and all("\u05d0" <= side <= "\u05ea" for side in sides)

    def _word_end(self, at: int) -> int:
        """Where the word that begins at `at` ends: at a blank, a parenthesis or a quote."""
        while not self._is_blank(at) and (self._ascii[at] not in STOPS or self._is_gershayim(at)):
            at += 1
        return at

    def _negates(self, at: int, end: int) -> bool:
        """Whether the dashes at..end stand for NOT: one, at the start of a word."""
        text = self._ascii
        opens = at == 0 or text[at - 1] == "(" or self._is_blank(at - 1)
        if not opens or self._is_blank(end) or text[end] == ")":
            return False
        if end - at > 1 and text[end].isascii() and text[end].isalpha():
            hint = "give options as arguments of their own, not inside the query; a single - means NOT"
            raise self._error("an option inside the query", at, hint)
        return end - at == 1

    def _word_or_field(self, at: int) -> tuple[int, Item | None]:
        """The word, operator or `field:value` at `at`, and where it ends; None for punctuation."""
        text = self._ascii
        exact = self.exact
        start, at = at, self._skip(at, "=")
        if at > start:
            exact = True
            if text.startswith("(", at):
                raise self._error("= stands before one word or one phrase", start, 'write (="a b" OR =c)')
        elif name := self._field_name(at):
            if name.lower() not in FIELDS:
                raise self._unknown(name, start)
            return self._field(name.lower(), start, start + len(name) + 1)
        if text[at : at + 1] in QUOTES:
            at, leaf = self._phrase(at, field="text", exact=exact)
            return at, Item("leaf", leaf.start, leaf)
        end = self._word_end(at)
        word = text[at:end]
        if start == at and word in OPERATORS:
            return end, Item(word, self._place(at))
        written = self._written(at, at + len(bare(word)), field="text", exact=exact)
        return end, Item("leaf", written.start, written) if written else None

    def _field_name(self, at: int) -> str:
        """The Latin word at `at` with a colon and a value behind it; "" for anything else, the scheme of a URL too."""
        name, colon, _ = self._ascii[at : self._word_end(at)].partition(":")
        value = at + len(name) + 1
        if not colon or len(name) < 2 or not (name.isascii() and name.isalpha()) or name.lower() in {"http", "https"}:
            return ""
        is_field = not self._is_blank(value) and self._ascii[value] != ")" and not self._ascii.startswith("//", value)
        return name if is_field else ""

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
            end = self._word_end(at)
            stop = at + len(bare(text[at:end]))
            if name == "title":
                written = self._written(at, stop, field="title", exact=exact)
                if written is None:
                    raise self._error("title: needs a word or a phrase", start, 'write title:word or title:"a phrase"')
                return end, Item("leaf", written.start, written)
            value = self._shown[at:stop]
        if not any(char.isalnum() for char in value):
            raise self._error(f"{name}: needs a value", start, f"write {name}:value, without a space")
        if "*" in value.translate(FULLWIDTH):
            raise self._error(f"{name}: takes no *", start, f"write a whole value: {name}:value")
        if name == "date":
            self._check_date(value, at)
        leaf = FieldIs(name, value, self._place(start), self._place(end - 1) + 1)
        return end, Item("leaf", leaf.start, leaf)

    def _check_date(self, value: str, at: int) -> None:
        try:
            span(value)
        except QueryError as error:
            raise QueryError(
                f"{error.message} (character {self._place(at) + 1})", error.hint, self._place(at)
            ) from None

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
        letters = core.rstrip("0123456789")
        if letters != core and letters[-1:] == "~" and letters[-2:-1].isalpha():
            raise self._error("~ takes no number", start, "tokaev~ finds words that differ from it by a letter")
        end = start + len(core)
        return Written(self._shown[start:end], kind, exact, field, self._place(start), self._place(end - 1) + 1)

    def _phrase(self, start: int, *, field: str, exact: bool) -> tuple[int, Written]:
        """The phrase whose opening quote stands at `start`, and where it ends."""
        end = self._closing(start)
        inner = self._shown[start + 1 : end]
        if not any(char.isalnum() for char in inner):
            raise self._error("empty phrase", start, "put words between the quotes")
        for at in range(start + 1, end):
            if self._ascii[at] == "*" and self._ascii[at - 1].isalnum() and not self._ascii[at + 1].isalnum():
                raise self._error("a phrase takes no *", at, 'write the whole words, or "a b" c* outside the quotes')
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
                if text[at] in marks and not self._is_gershayim(at):
                    return at
        raise self._error("the quote is never closed", start, 'close it with another ", or take it away')

    def _unknown(self, name: str, start: int) -> QueryError:
        from difflib import get_close_matches  # 2 ms, for an error only

        near = OTHER_NAMES.get(name.lower()) or next(iter(get_close_matches(name.lower(), FIELDS, 1)), "")
        meant = f"did you mean {near}:? " if near else ""
        return self._error(
            f"unknown field {name}:",
            start,
            f"{meant}fields: {', '.join(FIELDS)}; to search for the words, put a space after the colon",
        )

    def _place(self, at: int) -> int:
        """A place in the query as scanned -> in the text as given."""
        return self._places[at] if at < len(self._places) else len(self.text)

    def _error(self, what: str, at: int, hint: str = "") -> QueryError:
        return misread(what, self.text, self._place(at), hint)
