"""Documents, summaries and counts on a terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from rich.text import Text

from diplo_cli.document import Document
from diplo_cli.render.bidi import truncate, wrap, wrap_spans
from diplo_cli.render.clean import clean, clean_spans
from diplo_cli.render.terminal.page import COUNTRY, FAINT, Page, Spans, lit
from diplo_cli.text.width import cells


class DocumentPage(Page):
    """Prints documents in full, and what is read in them."""

    def texts(self, documents: Sequence[Document], spans: Sequence[Spans], *, paging: bool) -> None:
        """Documents in full: header, text with `spans` lit; lines that are not the article's own are faint."""
        if paging and self.environment.stdout_is_terminal and _pager_is_there():
            os.environ.setdefault("LESS", "FRX")  # quit if it fits, keep colours, keep the screen: as git does
            with self.console.pager(styles=self.coloured):
                self._texts(documents, spans)
        else:
            self._texts(documents, spans)

    def _texts(self, documents: Sequence[Document], spans: Sequence[Spans]) -> None:
        for number, (document, places) in enumerate(zip(documents, spans, strict=True)):
            if number:
                self.line()
            self.head(document)
            self.line()
            dropped = {line.number for line in document.dropped}
            at = 0
            for place, raw in enumerate(document.text.split("\n")):
                inside = [(max(0, a - at), min(len(raw), b - at)) for a, b in places if a < at + len(raw) and b > at]
                for line, part in wrap_spans(*clean_spans(raw, inside), self.width):
                    self.row(lit(line, part, FAINT if place in dropped else ""))
                at += len(raw) + 1

    def inspected(self, document: Document) -> None:
        """All that is read in a text."""
        rows = [
            ("id", clean(document.id)),
            ("title", clean(document.title)),
            ("language", f"{self.language(document.lang)}, {document.confidence:.2f} sure"),
            ("date", document.date),
            ("about", ", ".join(self.country(code) for code in document.countries)),
            ("mentions", " · ".join(f"{self.country(code)} {n}" for code, n in document.mentions.items())),
            ("actors", ", ".join(document.actors)),
            ("source", clean(document.source)),
            ("publisher", clean(document.publisher)),
            ("words", f"{document.words:,}"),
        ]
        for name, value in rows:
            for place, line in enumerate(wrap(value, self.width - 11)) if value else ():
                self.row(Text(f"{name if place == 0 else '':<9}  ", FAINT), Text(line))
        width = max((cells(each.reason) for each in document.dropped), default=0)
        for place, each in enumerate(document.dropped):
            name = "dropped" if place == 0 else ""
            room = self.width - 13 - width
            self.row(
                Text(f"{name:<9}  ", FAINT),
                Text(f"{each.reason:<{width}}  ", COUNTRY),
                Text(truncate(clean(each.line.strip()), room)),
            )
        self.line()


def _pager_is_there() -> bool:
    """Whether $PAGER, if it is set, names a program: a pager that cannot be started would swallow the text."""
    words = os.environ.get("PAGER", "").split()
    return not words or shutil.which(words[0]) is not None
