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

    def show(self, table: Statistics, limit: int | None = None, *, by: str = "lang") -> None:
        """Documents by language and country, `by` the outer one, or by one of them; at most `limit` lines of counts."""
        self.row(Text(totals(table.total, len(table.languages), len(table.countries)), HEADING))
        one = any(each.lang is None or each.country is None for each in table.counts)
        left = limit or len(table.counts)
        most = max(each.documents for each in table.counts)
        for heading, found in [("", list(table.counts))] if one else self._groups(table, by):
            if not left:
                break
            self.line()
            if heading:
                self.row(Text(heading, HEADING))
            # of as many documents the one whose name comes first: sorted() is stable
            counts = sorted(found, key=lambda each: (each.country == "", -each.documents, self._name(each, by)))
            self._counts(counts[:left], most, by)
            left -= min(left, len(counts))
        if limit and limit < len(table.counts):
            self.row(Text(f"  {len(table.counts) - limit:,} more; --limit 0 shows all", FAINT))

    def _groups(self, table: Statistics, by: str) -> list[tuple[str, list[Count]]]:
        """The heading and the counts of each language, or of each country."""
        groups = []
        if by == "lang":
            for lang, number in table.languages.items():
                counts = [each for each in table.counts if each.lang == lang]
                groups.append((f"{self.language(lang)} · {number:,}", counts))
            return groups
        for country in dict.fromkeys(each.country for each in table.counts):
            counts = [each for each in table.counts if each.country == country]
            number = sum(each.documents for each in counts)
            groups.append((f"{self.country(country or '') or 'No country stated'} · {number:,}", counts))
        return groups

    def _counts(self, shown: Sequence[Count], most: int, by: str) -> None:
        """A line a count, with a bar beside the number where there is room for one. `most`: of all lists."""
        names = [self._name(each, by) for each in shown]
        codes = ["" if by == "country" and each.lang else each.country or "" for each in shown]
        width = min(max(map(cells, names), default=0), self.width - NUMBER - 9)
        room = min(BAR, self.width - width - NUMBER - 9)
        for name, code, each in zip(names, codes, shown, strict=True):
            self.row(
                Text(f"  {pad(name, width)}  ", COUNTRY),
                Text(f"{code:2} ", FAINT),
                Text(f"{each.documents:>{NUMBER},}  "),
                self.bar(each.documents, most, room),
            )

    def _name(self, each: Count, by: str) -> str:
        if each.country is None or (by == "country" and each.lang):
            return self.language(each.lang or "und")
        return self.country(each.country) or "No country stated"
