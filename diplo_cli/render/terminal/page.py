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
from diplo_cli.search.result import heading

LIT = "bold red"  # as grep lights a match: seen on dark and on light
HEADING, COUNTRY, ID, FAINT = "bold", "cyan", "green", "dim"
Spans = Sequence[tuple[int, int]]


class Page:
    """Writes lines to a terminal. `color` is "auto", "always" or "never"."""

    def __init__(self, environment: Environment, color: str) -> None:
        self.environment = environment
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
        """A document's title, then its id, date, language, countries and source."""
        self.wrapped(clean(heading(document)), HEADING)
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
        return " – ".join(sorted(self.country(code) for code in countries))

    def country(self, code: str) -> str:
        """A country's name in the user's language."""
        return display(code, self.environment.locale) if code else ""

    def language(self, tag: str) -> str:
        """A language's own name and its tag."""
        return f"{endonym(tag)} ({tag})" if tag != "und" else "Language unknown (und)"


def lit(line: str, spans: Spans, style: str = "") -> Text:
    """A line with `spans` lit."""
    text = Text(line, style)
    for start, end in spans:
        text.stylize(LIT, start, end)
    return text


def totals(self, command: str, result: SearchResult) -> Text:
        line = Text(_totals(result.total, len(result.languages), len(result.countries)), LANGUAGE)
        if command == "search" and result.spellings:
            spelled = "also spelled: " + " · ".join(clean(each) for each in result.spellings[:SPELLINGS])
            gap = self.width - line.cell_len - cells(spelled)
            if gap >= 2:
                line.append(" " * gap + spelled, FAINT)
            else:
                line.append("\n" + ltr(truncate(spelled, self.width)), FAINT)
        return line

    def _group(self, group: Group, result: SearchResult, shown: Counter[str], labels: int, depth: int) -> None:
        name = self._language(group.key[0]) if group.kind == "lang" else self._about(group.key)
        if group.kind == "lang" and depth == 0:
            total = result.languages.get(group.key[0], len(group.hits))
            part = f"{shown[group.key[0]]:,} of {total:,}" if shown[group.key[0]] < total else f"{total:,}"
            self._line(Text(f"{name} · {part}", LANGUAGE))
        else:
            line = Text("  " * depth + name, COUNTRY)
            passing = self._passing(group)
            gap = self.width - line.cell_len - cells(passing)
            if passing and gap >= 2:
                line.append(" " * gap + passing, FAINT)
            self._line(line)
        for inner in group.groups:
            self._group(inner, result, shown, labels, depth + 1)
        self._hits(group.hits, labels, depth + 1)

    def _passing(self, group: Group) -> str:
    """The first line: "4 documents · 4 languages · 4 countries"."""
        """Countries that the group's documents mention but are not about: "+UZ KG"."""
        counts: Counter[str] = Counter()
        for hit in group.hits:
            counts.update({code: n for code, n in hit.document.mentions.items() if code not in hit.document.countries})
        return "+" + " ".join(code for code, _ in counts.most_common(SPELLINGS)) if counts else ""

    def _hits(self, hits: Iterable[Hit], labels: int, depth: int) -> None:
        indent = "  " * depth
        for hit in hits:
            document = hit.document
            date = clean(document.date) if document.date and not document.date.startswith("--") else ""
            room = self.width - len(indent) - labels - 14
            self._row(
                Text(f"{indent}{clean(hit.label):<{labels}}  ", ID),
                Text(f"{date:<10}  ", FAINT),
                Text(truncate(clean(hit.heading), room), TITLE),
            )
            if hit.snippet and hit.snippet.highlights:
                self._snippet(hit.snippet.text, hit.snippet.highlights, " " * (len(indent) + labels + 2))

    def _snippet(self, text: str, spans: Spans, indent: str) -> None:
        room = self.width - len(indent)
        cleaned, lit = truncate_spans(*_clean_spans(text, spans), SNIPPET_LINES * room - 8)
        for line, part in wrap_spans(cleaned, lit, room):
            self._row(Text(indent), _lit(line, part))

    def _countries(self, result: SearchResult) -> None:
        if not result.countries:
            return
        line, width = Text("Countries  ", FAINT), 11
        for place, (code, number) in enumerate(result.countries.items()):
            part = f"{self._country(code)} {number:,}"
            if place and width + cells(part) + 3 > self.width:
                line.append("\n" + " " * 11)
                width = 11
            elif place:
                line.append(" · ", FAINT)
                width += 3
            line.append(part)
            width += cells(part)
        self._line(line)

    def _uncertain(self, result: SearchResult) -> None:
        if result.uncertain:
            self._environment.say("also spelled? " + " · ".join(clean(each) for each in result.uncertain[:SPELLINGS]))

    def _texts(self, documents: Sequence[Document], spans: Sequence[Spans]) -> None:
        for number, (document, lit) in enumerate(zip(documents, spans, strict=True)):
            if number:
                self._line()
            self._head(document)
            self._line()
            dropped = {line.number for line in document.dropped}
            at = 0
            for place, raw in enumerate(document.text.split("\n")):
                inside = [(max(0, a - at), min(len(raw), b - at)) for a, b in lit if a < at + len(raw) and b > at]
                for line, part in wrap_spans(*_clean_spans(raw, inside), self.width):
                    self._row(_lit(line, part, FAINT if place in dropped else ""))
                at += len(raw) + 1

    def _head(self, document: Document) -> None:
        self._wrapped(clean(heading(document)), TITLE)
        facts = [clean(document.id), document.date, self._language(document.lang), self._about(document.countries)]
        self._wrapped(" · ".join(fact for fact in facts if fact), FAINT)
        if document.source:
            self._wrapped(clean(document.source), FAINT)

    def _about(self, countries: Sequence[str]) -> str:
        if not countries:
            return "No country stated"
        if countries[0] == "*":
            return "Multilateral"
        return " – ".join(sorted(self._country(code) for code in countries))

    def _country(self, code: str) -> str:
        return display(code, self._locale) if code else ""

    def _language(self, tag: str) -> str:
        return f"{endonym(tag)} ({tag})" if tag != "und" else "Language unknown (und)"

    def _wrapped(self, text: str, style: str = "") -> None:
        for line in wrap(text, self.width):
            self._row(Text(line, style))

    def _row(self, *parts: Text) -> None:
        """One line. Where it holds right-to-left letters, marks around it keep its parts in their places."""
        plain = "".join(part.plain for part in parts)
        mark = ltr(plain) != plain
        line = Text("\u200e" if mark else "")
        for part in parts:
            line.append_text(part)
        if mark:
            line.append("\u200e")
        line.rstrip()
        self._line(line)

    def _line(self, text: Text | str = "") -> None:
        self._console.print(text)


def totals(documents: int, languages: int, countries: int) -> str:
    parts = [(documents, "document", "documents"), (languages, "language", "languages"), (countries, "country", "countries")]
    return " · ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in parts)


def clean_spans(text: str, spans: Spans) -> tuple[str, list[tuple[int, int]]]:
    """`clean`, with the spans moved along."""
    parts, kept, at, length = [], [], 0, 0
    for start, end in spans:
        before, inside = clean(text[at:start]), clean(text[start:end])
        parts += [before, inside]
        kept.append((length + len(before), length + len(before) + len(inside)))
        length += len(before) + len(inside)
        at = end
    parts.append(clean(text[at:]))
    return "".join(parts), kept
