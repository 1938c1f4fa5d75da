"""Documents over time on a terminal: bars, or a table of the languages or countries with most documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from diplo_cli.language import endonym
from diplo_cli.render.terminal.page import FAINT, HEADING, Page, weight
from diplo_cli.search.timeline import STATED, Period, Timeline, Unit, latest
from diplo_cli.text.width import cells

LABEL = 10  # cells of a period: 2024-05-17
GAP = 2  # empty periods that are shown one by one
BAR = 50  # cells of the longest bar
COLUMNS = 8  # languages or countries beside each other


class TimelinePage(Page):
    """Prints a timeline."""

    def show(self, table: Timeline, limit: int | None = None) -> None:
        """Totals and the span, then a line a period, the last `limit` of those that are dated."""
        dated = [each for each in table.periods if each.period]
        kept = latest(table.periods, limit)
        undated = [each for each in kept if not each.period]
        head = f"{table.total:,} document{'' if table.total == 1 else 's'}"
        if dated:
            first, last = dated[0].period, dated[-1].period
            head += f" · {first}" + (f" – {last}" if last != first else "")
        self.row(Text(head, HEADING))
        self.line()
        earlier = len({each.period for each in dated}) - len({each.period for each in kept if each.period})
        if earlier:
            self.row(Text(f"{earlier:,} earlier; --limit 0 shows all", FAINT))
            dated = [each for each in kept if each.period]
        if table.split:
            self._table(table, dated, undated)
        else:
            self._bars(table, dated, undated)

        partial = sum(each.documents for each in table.periods if 0 < len(each.period) < STATED[table.unit])
        if partial and not table.split:
            self.line()
            told = f"{partial:,} of them state{'s' if partial == 1 else ''} no {table.unit}: shown under the"
            self.wrapped(f"{told} {'year' if table.unit == 'month' else 'month or year'} they state", FAINT)

    def _bars(self, table: Timeline, dated: Sequence[Period], undated: Sequence[Period]) -> None:
        numbers = {each.period: each.documents for each in (*dated, *undated)}
        most = max(numbers.values(), default=1)
        digits = len(f"{most:,}")
        for period in [*_filled([each.period for each in dated], table.unit), *(each.period for each in undated)]:
            number = numbers.get(period or "", 0) if period is not None else 0
            self.row(
                _label(period),
                Text(f"{number:>{digits},}  " if period is not None else ""),
                self.bar(number, most, min(BAR, self.width - LABEL - digits - 6)) if number else Text(),
            )

    def _table(self, table: Timeline, dated: Sequence[Period], undated: Sequence[Period]) -> None:
        """A column for each language or country, as many as fit."""
        most = max((each.documents for each in table.periods), default=1)
        column = max([5, len(f"{most:,}") + 2, *(cells(key) + 2 for key in table.keys[:COLUMNS])])
        keys = table.keys[: min(COLUMNS, (self.width - LABEL - 2) // column)]
        numbers = {(each.period, each.key): each.documents for each in (*dated, *undated)}
        self.row(Text(" " * (LABEL + 2) + "".join(f"{key:>{column}}" for key in keys), FAINT))
        periods = _filled(sorted({each.period for each in dated}), table.unit)
        for period in [*periods, *([""] if undated else [])]:
            line = Text()
            for key in keys:
                number = numbers.get((period or "", key), 0) if period is not None else 0
                cell = f"{number:,}" if number else ""
                line.append(f"{cell:>{column}}", weight(number, most))
            self.row(_label(period), line)
        self.line()
        names = [f"{key} {self._told(key) if table.split == 'lang' else self.country(key)}" for key in keys]
        rest = len(table.keys) - len(keys)
        self.wrapped(" · ".join(names) + (f" · {rest:,} more in a pipe" if rest else ""), FAINT)

    @staticmethod
    def _told(tag: str) -> str:
        return endonym(tag) if tag != "und" else "Language unknown"


def _label(period: str | None) -> Text:
    """The period of a line; None for a gap, "" for documents without a date."""
    return Text(f"{'⋮' if period is None else period or 'no date':<{LABEL}}  ", FAINT)


def _filled(periods: Sequence[str], unit: Unit) -> Iterator[str | None]:
    """The periods in order with the empty ones between them, or None where more than `GAP` are empty."""
    before: int | None = None
    for period in periods:
        place = _place(period, unit)
        if place is not None and before is not None:
            if place - before - 1 > GAP:
                yield None
            else:
                yield from (_period(empty, unit) for empty in range(before + 1, place))
        yield period
        before = before if place is None else place


def _place(period: str, unit: Unit) -> int | None:
    """Where a period stands in the row of all of its unit; None for one that states less, or a day that no calendar has."""
    if len(period) < STATED[unit]:
        return None
    if unit == "day":
        try:
            return date.fromisoformat(period).toordinal()
        except ValueError:
            return None
    return int(period) if unit == "year" else int(period[:4]) * 12 + int(period[5:]) - 1


def _period(place: int, unit: Unit) -> str:
    if unit == "day":
        return date.fromordinal(place).isoformat()
    return f"{place:04}" if unit == "year" else f"{place // 12:04}-{place % 12 + 1:02}"
