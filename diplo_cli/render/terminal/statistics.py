"""Counts on a terminal."""

from __future__ import annotations

from rich.text import Text

from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, Page, totals
from diplo_cli.search.statistics import Statistics
from diplo_cli.text.width import cells


class StatisticsPage(Page):
    """Prints counts."""

    def show(self, table: Statistics) -> None:
        """Documents by language and country."""
        self.line(Text(totals(table.total, len(table.languages), len(table.countries)), HEADING))
        for lang, number in table.languages.items():
            self.line()
            self.line(Text(f"{self.language(lang)} · {number:,}", HEADING))
            mine = [each for each in table.counts if each.lang == lang]
            names = {each: self.country(each.country) or "No country stated" for each in mine}
            width = max(cells(name) for name in names.values()) if names else 0
            for each, name in names.items():
                filled = name + " " * (width - cells(name))
                bar = "▪" * max(1, round(20 * each.documents / max(table.languages.values())))
                self.row(Text(f"  {filled}  ", COUNTRY), Text(f"{each.documents:>5,}  "), Text(bar, FAINT))
