"""Counts on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from diplo_cli.render.bidi import pad
from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, Page, totals
from diplo_cli.search.statistics import Count, Statistics
from diplo_cli.text.width import cells


class StatisticsPage(Page):
    """Prints counts."""

    def show(self, table: Statistics) -> None:
        """Documents by language and country."""
        self.row(Text(totals(table.total, len(table.languages), len(table.countries)), HEADING))
        for lang, number in table.languages.items():
            self.line()
            self.row(Text(f"{self.language(lang)} · {number:,}", HEADING))
            self._countries([each for each in table.counts if each.lang == lang], max(table.languages.values()))

    def _countries(self, counts: Sequence[Count], most: int) -> None:
        """A line a country, with a bar beside the number where there is room for one."""
        names = [self.country(each.country) or "No country stated" for each in counts]
        width = min(max(map(cells, names), default=0), self.width - 12)
        longest = min(20, self.width - width - 12)
        for name, each in zip(names, counts, strict=True):
            bar = "▪" * max(1, round(longest * each.documents / most)) if longest > 0 else ""
            self.row(Text(f"  {pad(name, width)}  ", COUNTRY), Text(f"{each.documents:>5,}  "), Text(bar, FAINT))
