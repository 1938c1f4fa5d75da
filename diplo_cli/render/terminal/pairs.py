"""Pairs of countries on a terminal: a matrix, or a list with bars where a matrix has no room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from diplo_cli.render.bidi import pad
from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, Page, weight
from diplo_cli.search.pairs import Pair, Pairs
from diplo_cli.text.width import cells

TOP = 8  # countries of a matrix
LISTED = 20  # pairs of a list, unless --limit says otherwise
NAME, LEAST_NAME = 24, 18  # cells for a country's name at the most, and below which a list is read better
BAR, LEAST_BAR = 20, 6  # cells of the longest bar, and what a narrow terminal leaves it


class PairsPage(Page):
    """Prints pairs."""

    def show(self, table: Pairs, limit: int | None = None, *, whole: bool = False) -> None:
        """Totals; the matrix of the countries that stand in most pairs, or the pairs as a list: where --limit is given, too.

        `whole`: certain countries were asked for, and a matrix that leaves some of their pairs out is no answer.
        """
        numbers = [
            _counted(table.total, "document", "documents"),
            _counted(len(table.pairs), "pair", "pairs"),
            _counted(len(table.countries), "country", "countries"),
        ]
        self.row(Text(" · ".join(numbers), HEADING))
        if table.pairs:
            self.line()
            # of as many documents the one whose name comes first: sorted() is stable
            weights = self._weights(table)
            codes = sorted(self.in_order(table.countries), key=lambda code: -weights[code])[:TOP]
            column = max(5, len(f"{table.pairs[0].documents:,}") + 1)
            room = self.width - 6 - column * len(codes)
            fits = room >= LEAST_NAME and not (whole and len(table.countries) > TOP)
            if limit is None and fits:
                self._matrix(table, codes, column, min(NAME, room))
            else:
                self._list(self._ordered(table.pairs), LISTED if limit is None else limit)
        if table.paired < table.total:
            self.line()
            alone = table.total - table.paired
            verb = "is" if alone == 1 else "are"
            self.wrapped(f"{alone:,} of {table.total:,} {verb} about one country or none, and in no pair", FAINT)

    @staticmethod
    def _weights(table: Pairs) -> dict[str, int]:
        """Documents in pairs by country."""
        weights = dict.fromkeys(table.countries, 0)
        for pair in table.pairs:
            weights[pair.a] += pair.documents
            weights[pair.b] += pair.documents
        return weights

    def _ordered(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Those with most documents first, of as many in the order of the names shown."""
        return sorted(pairs, key=lambda pair: (-pair.documents, self.about((pair.a, pair.b))))

    def _matrix(self, table: Pairs, codes: Sequence[str], column: int, room: int) -> None:
        """A row and a column of `column` cells for each country: the documents about both. `room`: cells for a name."""
        numbers = {frozenset((pair.a, pair.b)): pair.documents for pair in table.pairs}
        most = table.pairs[0].documents
        names = {code: self.country(code) for code in codes}
        width = min(room, max(map(cells, names.values())))
        self.row(Text(" " * (width + 6)), Text("".join(f"{code:>{column}}" for code in codes), FAINT))
        for row in codes:
            line = Text()
            for code in codes:
                number = numbers.get(frozenset((row, code)), 0)
                cell = "·" if row == code else f"{number:,}" if number else ""
                line.append(f"{cell:>{column}}", weight(number, most) if number else FAINT)
            self.row(Text(f"  {pad(names[row], width)} ", COUNTRY), Text(f"{row} ", FAINT), line)
        hidden = sum(not {pair.a, pair.b} <= set(codes) for pair in table.pairs)
        if hidden:
            self.line()
            self.wrapped(f"{_counted(hidden, 'pair', 'pairs')} not shown; --limit 0 lists all", FAINT)

    def _list(self, pairs: Sequence[Pair], limit: int) -> None:
        """A line a pair, with a bar where there is room for one."""
        shown = pairs[: limit or None]
        names = [self.about((pair.a, pair.b)) for pair in shown]
        number = len(f"{pairs[0].documents:,}")
        width = min(max(map(cells, names)), self.width - number - LEAST_BAR - 13)
        room = min(BAR, self.width - width - number - 13)
        for name, pair in zip(names, shown, strict=True):
            self.row(
                Text(f"  {pad(name, width)}  ", COUNTRY),
                Text(f"{' '.join(self.in_order((pair.a, pair.b)))}  ", FAINT),
                Text(f"{pair.documents:>{number},}  "),
                self.bar(pair.documents, pairs[0].documents, room),
            )
        if len(shown) < len(pairs):
            self.row(Text(f"  {_counted(len(pairs) - len(shown), 'pair', 'pairs')} more; --limit 0 shows all", FAINT))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
