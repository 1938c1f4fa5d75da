"""A page of a terminal: lines laid out here, styles written by rich.

rich does not wrap: its widths of Hindi, Tamil, Khmer and Burmese are too narrow. Text from documents is never read as its markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from diplo_cli.countries.resolver import display
from diplo_cli.document import Document
from diplo_cli.environment import Environment
from diplo_cli.language import endonym
from diplo_cli.render.bidi import ltr, wrap
from diplo_cli.render.clean import clean

LIT = "bold red"  # as grep lights a match: seen on dark and on light
HEADING, COUNTRY, ID, FAINT = "bold", "cyan", "green", "dim"
Spans = Sequence[tuple[int, int]]


class Page:
    """Writes lines to a terminal. `color` is "auto", "always" or "never"; `flags`: countries with their flags."""

    def __init__(self, environment: Environment, color: str, *, flags: bool = False) -> None:
        self.environment = environment
        self.flags = flags
        self.coloured = environment.colour(color)
        self.width = environment.width
        self.console = Console(
            file=environment.stdout,
            width=self.width,
            color_system="standard" if self.coloured else None,
            force_terminal=self.coloured,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )

    def line(self, text: Text | str = "") -> None:
        """A line as it stands."""
        self.console.print(text)

    def row(self, *parts: Text) -> None:
        """One line of several parts. Where it holds right-to-left letters, marks around it keep its parts in their places."""
        plain = "".join(part.plain for part in parts)
        mark = ltr(plain) != plain
        line = Text("\u200e" if mark else "")
        for part in parts:
            line.append_text(part)
        line.rstrip()
        if mark:
            line.append("\u200e")
        self.line(line)

    def wrapped(self, text: str, style: str = "") -> None:
        """Text in lines of the page's width."""
        for line in wrap(text, self.width):
            self.row(Text(line, style))

    def head(self, document: Document) -> None:
        """A document's title, if it has one, then its id, date, language, countries and source."""
        if document.title:
            self.wrapped(clean(document.title), HEADING)
        facts = [clean(document.id), clean(document.date), self.language(document.lang), self.about(document.countries)]
        self.wrapped(" · ".join(fact for fact in facts if fact), FAINT)
        if document.source:
            self.wrapped(clean(document.source), FAINT)

    def about(self, countries: Sequence[str]) -> str:
        """A set of countries in words, in order of name: "Kazakhstan – Malaysia"."""
        if not countries:
            return "No country stated"
        if countries[0] == "*":
            return "Multilateral"
        return " – ".join(self.country(code) for code in self.in_order(countries))

    def in_order(self, countries: Sequence[str]) -> list[str]:
        """Codes in the order of the countries' names."""
        return sorted(countries, key=lambda code: display(code, self.environment.locale))

    def country(self, code: str) -> str:
        """A country's name in the user's language, after its flag where flags are asked for."""
        name = display(code, self.environment.locale) if code else ""
        return f"{flag(code)} {name}" if self.flags and name else name

    def bar(self, number: int, most: int, room: int) -> Text:
        """A bar for a number beside the greatest of its kind, at most `room` cells."""
        return Text("▪" * max(1, round(room * number / most)) if room > 0 else "", weight(number, most))

    def language(self, tag: str) -> str:
        """A language's own name and its tag."""
        return f"{endonym(tag)} ({tag})" if tag != "und" else "Language unknown (und)"


def lit(line: str, spans: Spans, style: str = "") -> Text:
    """A line with `spans` lit."""
    text = Text(line, style)
    for start, end in spans:
        text.stylize(LIT, start, end)
    return text


def weight(number: int, most: int) -> str:
    """The style of a number beside the greatest of its kind: four steps, told apart without colour too."""
    steps = ("dim cyan", "cyan", "bright_cyan", "bold bright_cyan")
    return steps[min(3, 4 * number // max(most, 1))]


def flag(code: str) -> str:
    """The emoji of a country's flag: its code in regional indicators, two cells; two spaces for what is no country."""
    letters = len(code) == 2 and code.isascii() and code.isupper()
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code) if letters else "  "


def totals(documents: int, languages: int, countries: int) -> str:
    """The first line: "4 documents · 4 languages · 4 countries"."""
    parts = [
        (documents, "document", "documents"),
        (languages, "language", "languages"),
        (countries, "country", "countries"),
    ]
    return " · ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in parts)
