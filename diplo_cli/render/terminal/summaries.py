"""Summaries on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from diplo_cli.document import Document
from diplo_cli.render.bidi import wrap
from diplo_cli.render.clean import clean
from diplo_cli.render.terminal.page import HEADING, ID, Page
from diplo_cli.summary.digest import Digest
from diplo_cli.summary.summarise import Summary
from diplo_cli.text.width import cells


class SummaryPage(Page):
    """Prints summaries."""

    def summaries(self, told: Sequence[tuple[Document, Summary]]) -> None:
        """Summaries: title, date and countries, sentences."""
        for number, (document, summary) in enumerate(told):
            if number:
                self.line()
            self.head(document)
            for sentence in summary.sentences:
                self.line()
                self.wrapped(clean(sentence.text))

    def digest(self, told: Digest, labels: Mapping[str, str]) -> None:
        """One summary of many documents: by group, each sentence with the id of its document."""
        for number, group in enumerate(told.groups):
            if number:
                self.line()
            parts = [self.language(group.lang)] if group.lang else []
            parts += [self.about(group.countries)] if group.countries else []
            self.row(Text(f"{' · '.join(parts) or 'All'} · {group.documents:,}", HEADING))
            width = max((cells(labels[sentence.id]) for sentence in group.sentences), default=0)
            for sentence in group.sentences:
                lines = wrap(clean(sentence.text), self.width - width - 4)
                for place, line in enumerate(lines):
                    label = labels[sentence.id] if place == 0 else ""
                    self.row(Text(f"  {label:<{width}}  ", ID), Text(line))
