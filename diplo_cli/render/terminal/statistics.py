"""Counts on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from diplo_cli.render.bidi import pad
from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, Page, totals
from diplo_cli.search.statistics import Count, Statistics
from diplo_cli.text.width import cells

BAR = 20  # cells of the longest bar
NUMBER = 7  # cells of a number with its commas


class StatisticsPage(Page):
    """Prints counts."""

    def show(self, table: Statistics, limit: int | None = None) -> None:
        """Documents by language and country, or by one of them; of each list at most `limit` lines."""
        self.row(Text(totals(table.total, len(table.languages), len(table.countries)), HEADING))
        if any(each.lang is None or each.country is None for each in table.counts):
            self.line()
            self._counts(table.counts, limit)
            return
        most = max(each.documents for each in table.counts)
        for lang, number in table.languages.items():
            self.line()
            self.row(Text(f"{self.language(lang)} · {number:,}", HEADING))
            self._counts([each for each in table.counts if each.lang == lang], limit, most)

    def _counts(self, counts: Sequence[Count], limit: int | None, most: int = 0) -> None:
        """A line a count, with a bar beside the number where there is room for one. `most`: of all lists, 0 where there is one."""
        shown = counts[: limit or None]
        names = [self._name(each) for each in shown]
        codes = [each.country or "" for each in shown]
        width = min(max(map(cells, names), default=0), self.width - NUMBER - 9)
        room = min(BAR, self.width - width - NUMBER - 9)
        greatest = most or max(each.documents for each in counts)
        for name, code, each in zip(names, codes, shown, strict=True):
            self.row(
                Text(f"  {pad(name, width)}  ", COUNTRY),
                Text(f"{code:2} ", FAINT),
                Text(f"{each.documents:>{NUMBER},}  "),
                self.bar(each.documents, greatest, room),
            )
        if len(shown) < len(counts):
            self.row(Text(f"  {len(counts) - len(shown):,} more; --limit 0 shows all", FAINT))

    def _name(self, each: Count) -> str:
        if each.country is None:
            return self.language(each.lang or "und")
        return self.country(each.country) or "No country stated"
