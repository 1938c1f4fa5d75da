"""The query language: text as a user types it -> a Query tree with leaves as written (`Written`, `FieldIs`).

Words stand side by side, and all of them must match; OR (in capitals) asks for either side; NOT or a - before a word
takes documents away. NOT binds closest, then words side by side (AND may be written between them), then OR; parentheses
group. `show` below prints a tree on one line, `-` for NOT:

>>> def show(text):
...     from diplo_cli.query.describe import unparse
...     return unparse(parse(text))
>>> show("water security")
'water security'
>>> show("Tokayev OR Anwar Ibrahim")
'Tokayev OR Anwar Ibrahim'
>>> parse("Tokayev OR Anwar Ibrahim") == parse("Tokayev OR (Anwar AND Ibrahim)")
False
>>> show("Tokayev OR (Anwar AND Ibrahim)"), show("(Tokayev OR Anwar) NOT halal -lang:ar")
('Tokayev OR Anwar Ibrahim', '(Tokayev OR Anwar) -halal -lang:ar')

(The two trees differ in nothing but the places of their leaves.) A phrase stands in quotes of any kind: "…", “…”, „…“,
«…», 「…」. A leaf says what it is and where it stands:

>>> parse('"water infrastructure"')
Written(text='water infrastructure', kind='phrase', exact=False, field='text', start=1, end=21)
>>> parse("tok*").kind, parse("tokaev~").kind
('prefix', 'fuzzy')
>>> parse("=Tokayev"), parse('="a b"').exact
(Written(text='Tokayev', kind='word', exact=True, field='text', start=1, end=8), True)

Fields restrict: lang, country, mentions, pair, source, date and title. A value follows without a space, in quotes where
it holds one. `title:` looks for its word or phrase in titles:

>>> parse("lang:ar")
FieldIs(name='lang', value='ar', start=0, end=7)
>>> show('country:"South Korea" date:2024-05..2024-06 title:"water security"')
'country:"South Korea" date:2024-05..2024-06 title:"water security"'

A colon after anything but a Latin word, or before a space, is punctuation; so is one in a URL. An unknown field is an
error, as is all that would silently find nothing:

>>> show("Kazakhstan: 10:30 https://mfa.kz")
'Kazakhstan 10:30 https://mfa.kz'
>>> parse("language:ar")
Traceback (most recent call last):
diplo_cli.errors.QueryError: unknown field language: at character 1: language:ar
>>> parse('Tokayev "open quote')
Traceback (most recent call last):
diplo_cli.errors.QueryError: the quote is never closed at character 9: …"open quote
"""

from __future__ import annotations

from diplo_cli.errors import QueryError
from diplo_cli.query.lexer import Item, Lexer, misread
from diplo_cli.query.tree import And, Not, Or, Query

LONGEST = 10_000  # characters
DEEPEST = 99  # parentheses within parentheses


def parse(text: str, *, exact: bool = False) -> Query:
    """The tree of a query; `exact` marks all leaves as if written with =.

    And and Or have at least two nodes and never a node of their own kind; a Not never holds a Not. Leaves hold at least
    one letter or digit; where they stand is in the text as given. Raises QueryError, with `position`, for whatever
    cannot be read: an open quote or parenthesis, an operator without its word, an unknown field, a date no calendar
    has, an empty query, one longer than LONGEST characters or nested deeper than DEEPEST.
    """
    if len(text) > LONGEST:
        raise QueryError(
            f"the query is too long: {len(text):,} characters",
            f"at most {LONGEST:,}; search for its most telling words",
            LONGEST,
        )
    levels = [_Level()]
    for item in Lexer(text, exact=exact).items():
        level = levels[-1]
        if item.kind == "(":
            if len(levels) > DEEPEST:
                raise misread("too many parentheses within each other", text, item.start, f"at most {DEEPEST}")
            levels.append(_Level(item))
        elif item.kind == ")":
            if level.opened is None:
                raise misread("this parenthesis closes nothing", text, item.start, "take it away, or open one before")
            node = level.close(text)
            levels.pop()
            levels[-1].add(node)
        elif item.node is not None:
            level.add(item.node)
        else:
            level.operator(item, text)
    level = levels[-1]
    if level.opened is not None:
        raise misread("the parenthesis is never closed", text, level.opened.start, "close it, or take it away")
    if level.is_empty():
        if text.strip():
            raise misread(
                "empty query: no letter or digit in it", text, 0, 'give a word, a "phrase" or a field such as lang:ar'
            )
        raise QueryError("empty query", 'give a word, a "phrase" or a field such as lang:ar', 0)
    return level.close(text)


class _Level:
    """What has been read between one pair of parentheses, or of the whole query.

    `alternatives` are the sides of OR that are complete, `together` the words side by side of the one being read.
    """

    def __init__(self, opened: Item | None = None) -> None:
        self.opened = opened
        self.alternatives: list[Query] = []
        self.together: list[Query] = []
        self.waiting: Item | None = None  # the operator that has no word after it yet
        self.negated = False

    def add(self, node: Query) -> None:
        if self.negated:
            node = node.node if isinstance(node, Not) else Not(node)
        self.together.append(node)
        self.waiting, self.negated = None, False

    def operator(self, item: Item, text: str) -> None:
        if item.kind == "NOT":
            self.negated = not self.negated
        elif self.waiting is not None or not self.together:
            raise misread(f"{item.kind} needs a word on both sides", text, item.start, _AS_WORD)
        elif item.kind == "OR":
            self._end_alternative()
        self.waiting = item

    def is_empty(self) -> bool:
        return self.waiting is None and not self.together and not self.alternatives

    def close(self, text: str) -> Query:
        """All of it as one node."""
        if self.waiting is not None:
            sides = "after it" if self.waiting.kind == "NOT" else "on both sides"
            raise misread(f"{self.waiting.kind} needs a word {sides}", text, self.waiting.start, _AS_WORD)
        if self.opened is not None and self.is_empty():
            raise misread("empty parentheses", text, self.opened.start, "put words between them, or take them away")
        self._end_alternative()
        return _joined(Or, self.alternatives)

    def _end_alternative(self) -> None:
        self.alternatives.append(_joined(And, self.together))
        self.together = []


_AS_WORD = "to search for the word itself, put it in quotes"


def _joined(kind: type[And | Or], nodes: list[Query]) -> Query:
    """One node for several: those of the same kind are taken in, a single one stands for itself."""
    flat: list[Query] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
