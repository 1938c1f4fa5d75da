"""Results for a person at a terminal: grouped, coloured, wrapped to its width. The only importer of rich.

rich writes the styles; lines are laid out here, for its widths of Hindi, Tamil, Khmer and Burmese are too narrow, and text from documents is never read as its markup.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from diplo_cli.countries.resolver import display
from diplo_cli.document import Document
from diplo_cli.environment import Environment
from diplo_cli.language import endonym
from diplo_cli.render.bidi import ltr, truncate, truncate_spans, wrap, wrap_spans
from diplo_cli.render.clean import clean
from diplo_cli.search.result import Group, Hit, SearchResult, heading
from diplo_cli.text.width import cells

if TYPE_CHECKING:
    from diplo_cli.search.statistics import Statistics
    from diplo_cli.summary.digest import Digest
    from diplo_cli.summary.summarise import Summary

LIT = "bold red"  # as grep lights a match: seen on dark and on light
LANGUAGE, COUNTRY, ID, FAINT, TITLE = "bold", "cyan", "green", "dim", "bold"
SPELLINGS = 6  # named in the first line at the most
SNIPPET_LINES = 2
Spans = Sequence[tuple[int, int]]


class Terminal:
    """Prints results. `color` is "auto", "always" or "never"."""

    def __init__(self, environment: Environment, color: str) -> None:
        self._environment = environment
        self._coloured = environment.colour(color)
        self._locale = environment.locale
        self.width = environment.width
        self._console = Console(
            file=environment.stdout,
            width=self.width,
            color_system="standard" if self._coloured else None,
            force_terminal=self._coloured,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=True,
        )

    def found(self, command: str, result: SearchResult, groups: Sequence[Group]) -> None:
        """The answer of `search` or `list`: a line of totals, hits by group, the countries over all hits."""
        if not result.total:
            self._environment.say(f"nothing found{_asked(result)}")
            self._uncertain(result)
            return
        self._line(self._totals(command, result))
        labels = max((cells(hit.label) for hit in result.hits), default=0)
        shown = Counter(hit.document.lang for hit in result.hits)
        for group in groups:
            self._line()
            self._group(group, result, shown, labels, 0)
        if not groups:
            self._line()
            self._hits(result.hits, labels, 0)
        self._line()
        self._countries(result)
        self._uncertain(result)

    def texts(self, documents: Sequence[Document], spans: Sequence[Spans], *, paging: bool) -> None:
        """Documents in full: header, text with `spans` lit; lines that are not the article's own are faint."""
        if paging and self._environment.stdout_is_terminal:
            os.environ.setdefault("LESS", "FRX")  # quit if it fits, keep colours, keep the screen: as git does
            with self._console.pager(styles=self._coloured):
                self._texts(documents, spans)
        else:
            self._texts(documents, spans)

    def summaries(self, told: Sequence[tuple[Document, Summary]]) -> None:
        """Summaries: title, date and countries, sentences."""
        for number, (document, summary) in enumerate(told):
            if number:
                self._line()
            self._head(document)
            for sentence in summary.sentences:
                self._line()
                self._wrapped(clean(sentence.text))

    def digest(self, told: Digest, labels: dict[str, str]) -> None:
        """One summary of many documents: by group, each sentence with the id of its document."""
        for number, group in enumerate(told.groups):
            if number:
                self._line()
            name = " · ".join(
                part for part in (self._language(group.lang) if group.lang else "", self._about(group.countries)) if part
            )
            self._line(Text(f"{name or 'All'} · {group.documents:,}", LANGUAGE))
            width = max((cells(labels[sentence.id]) for sentence in group.sentences), default=0)
            for sentence in group.sentences:
                lines = wrap(clean(sentence.text), self.width - width - 4)
                for place, line in enumerate(lines):
                    label = labels[sentence.id] if place == 0 else ""
                    self._row(Text(f"  {label:<{width}}  ", ID), Text(line))

    def statistics(self, table: Statistics) -> None:
        """Documents by language and country."""
        self._line(Text(_totals(table.total, len(table.languages), len(table.countries)), LANGUAGE))
        for lang, number in table.languages.items():
            self._line()
            self._line(Text(f"{self._language(lang)} · {number:,}", LANGUAGE))
            mine = [each for each in table.counts if each.lang == lang]
            names = {each: self._country(each.country) or "No country stated" for each in mine}
            width = max(cells(name) for name in names.values()) if names else 0
            for each, name in names.items():
                filled = name + " " * (width - cells(name))
                bar = "▪" * max(1, round(20 * each.documents / max(table.languages.values())))
                self._row(Text(f"  {filled}  ", COUNTRY), Text(f"{each.documents:>5,}  "), Text(bar, FAINT))

    def inspected(self, document: Document) -> None:
        """All that is read in a text."""
        rows = [
            ("id", clean(document.id)),
            ("title", clean(document.title)),
            ("language", f"{self._language(document.lang)}, {document.confidence:.2f} sure"),
            ("date", document.date),
            ("about", ", ".join(self._country(code) for code in document.countries)),
            ("mentions", " · ".join(f"{self._country(code)} {n}" for code, n in document.mentions.items())),
            ("actors", ", ".join(document.actors)),
            ("source", clean(document.source)),
            ("publisher", clean(document.publisher)),
            ("words", f"{document.words:,}"),
        ]
        for name, value in rows:
            for place, line in enumerate(wrap(value, self.width - 11)) if value else ():
                self._row(Text(f"{name if place == 0 else '':<9}  ", FAINT), Text(line))
        for place, each in enumerate(document.dropped):
            name = "dropped" if place == 0 else ""
            room = self.width - 13 - cells(each.reason)
            self._row(
                Text(f"{name:<9}  ", FAINT), Text(f"{each.reason}  ", COUNTRY), Text(truncate(clean(each.line.strip()), room))
            )
        self._line()

    def _totals(self, command: str, result: SearchResult) -> Text:
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


def _totals(documents: int, languages: int, countries: int) -> str:
    parts = [(documents, "document", "documents"), (languages, "language", "languages"), (countries, "country", "countries")]
    return " · ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in parts)


def _asked(result: SearchResult) -> str:
    return f" for {clean(result.query)}" if result.query else ""


def _lit(line: str, spans: Spans, style: str = "") -> Text:
    text = Text(line, style)
    for start, end in spans:
        text.stylize(LIT, start, end)
    return text


def _clean_spans(text: str, spans: Spans) -> tuple[str, list[tuple[int, int]]]:
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
