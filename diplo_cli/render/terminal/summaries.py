"""Summaries on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from diplo_cli.document import Document
from diplo_cli.render.bidi import pad, wrap
from diplo_cli.render.clean import clean
from diplo_cli.render.terminal.page import HEADING, ID, Page
from diplo_cli.summary.digest import Digest
from diplo_cli.summary.summarise import Summary
from diplo_cli.text.width import cells


class SummaryPage(Page):
    """Prints summaries."""

    def summaries(self, told: Sequence[tuple[Document, Summary]], *, bullets: bool = False) -> None:
        """Summaries: title, date and countries, sentences."""
        for number, (document, summary) in enumerate(told):
            if number:
                self.line()
            self.head(document)
            if bullets:
                self.line()
            for sentence in summary.sentences:
                if bullets:
                    self._beside(Text("- "), clean(sentence.text))
                else:
                    self.line()
                    self.wrapped(clean(sentence.text))

    def digest(self, told: Digest, labels: Mapping[str, str], *, dated: bool = False, bullets: bool = False) -> None:
        """One summary of many documents: by group, each sentence with the id of its document, and its date if `dated`."""
        shown = [group for group in told.groups if group.sentences]
        for number, group in enumerate(shown):
            if number:
                self.line()
            parts = [self.language(group.lang)] if group.lang else []
            parts += [self.about(group.countries)] if group.countries or _by_country(told) else []
            parts.append(f"{group.documents:,}" if parts else _documents(group.documents))
            self.wrapped(" · ".join(parts), HEADING)
            dates = max((len(each.date) for each in group.sentences), default=0) if dated else 0
            width = min(max(cells(labels[each.id]) for each in group.sentences), self.width // 3)
            for each in group.sentences:
                date = f"{clean(each.date):<{dates}}  " if dates else ""
                name = pad(clean(labels[each.id]), width)
                self._beside(Text(f"{'- ' if bullets else '  '}{date}{name}  ", ID), clean(each.text))

    def _beside(self, label: Text, sentence: str) -> None:
        """A sentence in lines to the right of a label."""
        room = cells(label.plain)
        for place, line in enumerate(wrap(sentence, self.width - room)):
            self.row(label if place == 0 else Text(" " * room), Text(line))


def _by_country(told: Digest) -> bool:
    """Whether the groups are those of countries, of which one may be about none."""
    return any(group.countries for group in told.groups)


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"
