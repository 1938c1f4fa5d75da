"""The answer of `search` and `list` on a terminal: grouped, each document once, with the words that answer lit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.text import Text

from diplo_cli.render.bidi import pad, truncate, truncate_spans, wrap_spans
from diplo_cli.render.clean import clean, clean_spans
from diplo_cli.render.message import warn
from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, ID, Page, Spans, lit, totals
from diplo_cli.search.result import Group, Hit, SearchResult
from diplo_cli.text.width import cells

SPELLINGS = 6  # named in the first line at the most
SNIPPET_LINES = 2
LONGEST_WORD = 24  # letters that may be lost where a snippet is cut between words
LABEL = 24  # cells for an id at the most


class FoundPage(Page):
    """Prints what was found."""

    def show(self, command: str, result: SearchResult, groups: Sequence[Group]) -> None:
        """Print the answer of `search` or `list`: a line of totals, hits by group, the countries over all hits."""
        if not result.total:
            warn(self.environment, f"nothing found{_asked(result)}")
            self._uncertain(result)
            return
        self._first_line(command, result)
        labels = min(max((cells(clean(hit.label)) for hit in result.hits), default=0), LABEL)
        shown, copies = Counter[str](), Counter[str]()
        for hit in result.hits:
            shown[hit.document.lang] += 1
            copies[hit.document.lang] += hit.copies
        for group in self._in_order(groups):
            self.line()
            self._group(group, result, shown, copies, labels, 0)
        if not groups:
            self.line()
            self._hits(result.hits, labels, 0)
        self.line()
        told = _told(shown.total(), copies.total(), result.total)
        if told:
            self.row(Text(f"{told} are shown; --limit 0 shows all", FAINT))
        self._countries(result)
        self._uncertain(result)

    def _first_line(self, command: str, result: SearchResult) -> None:
        """Totals, and the other spellings that were found, to the right where there is room."""
        counted = totals(result.total, len(result.languages), len(result.countries))
        spelled = _listed("also spelled: ", result.spellings, self.width) if command == "search" else ""
        gap = self.width - cells(counted) - cells(spelled)
        if spelled and gap >= 2:
            self.row(Text(counted + " " * gap, HEADING), Text(spelled, FAINT))
        else:
            self.row(Text(counted, HEADING))
            if spelled:
                self.row(Text(spelled, FAINT))

    def _group(
        self,
        group: Group,
        result: SearchResult,
        shown: Counter[str],
        copies: Counter[str],
        labels: int,
        depth: int,
    ) -> None:
        name = self.language(group.key[0]) if group.kind == "lang" else self.about(group.key)
        if group.kind == "lang" and depth == 0:
            total = result.languages.get(group.key[0], len(group.hits))
            part = _told(shown[group.key[0]], copies[group.key[0]], total) or f"{total:,}"
            self.row(Text(f"{name} · {part}", HEADING))
        else:
            line = Text("  " * depth + name, COUNTRY)
            codes = (
                ""
                if group.kind == "lang" or group.key[:1] in ((), ("*",))
                else "  " + " ".join(self.in_order(group.key))
            )
            if cells(line.plain + codes) <= self.width:
                line.append(codes, FAINT)
            passing = self._passing(group)
            gap = self.width - cells(line.plain) - cells(passing)
            if passing and gap >= 2:
                line.append(" " * gap + passing, FAINT)
            self.row(line)
        for inner in self._in_order(group.groups):
            self._group(inner, result, shown, copies, labels, depth + 1)
        self._hits(group.hits, labels, depth + 1)

    def _in_order(self, groups: Sequence[Group]) -> list[Group]:
        """Countries in order of their names as they are shown here, "No country stated" last; languages as they come."""
        return sorted(groups, key=lambda g: (g.key == (), self.about(g.key)) if g.kind == "country" else (False, ""))

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
            copies = f"  +{_copies(hit.copies)}" if hit.copies else ""
            room = self.width - len(indent) - labels - 14 - len(copies)
            self.row(
                Text(f"{indent}{pad(_label(hit.label), labels)}  ", ID),
                Text(f"{date:<10}  ", FAINT),
                Text(truncate(clean(hit.heading), room), HEADING),
                Text(copies, FAINT),
            )
            meant = [each for each in hit.matched if each.why == "meaning"]  # of which no word in the text tells
            if hit.snippet and (hit.snippet.highlights or meant):
                self._snippet(hit.snippet.text, hit.snippet.highlights, " " * (len(indent) + labels + 2))
            for each in meant:
                self.row(Text(f"{' ' * (len(indent) + labels + 2)}why: meaning {each.probability:.2f}", FAINT))

    def _snippet(self, text: str, spans: Spans, indent: str) -> None:
        room = self.width - len(indent)
        cleaned, kept = _at_word(*clean_spans(text, spans), SNIPPET_LINES * room - 8)
        for line, part in wrap_spans(cleaned, kept, room):
            self.row(Text(indent), lit(line, part))

    def _countries(self, result: SearchResult) -> None:
        if not result.countries:
            return
        line, width = Text.assemble(("Countries  ", FAINT)), 11
        counted = sorted(result.countries.items(), key=lambda item: (-item[1], self.country(item[0])))
        for place, (code, number) in enumerate(counted):
            part = f"{self.country(code)} {number:,}"
            if place and width + cells(part) + 3 > self.width:
                line.append("\n" + " " * 11)
                width = 11
            elif place:
                line.append(" · ", FAINT)
                width += 3
            line.append(part)
            width += cells(part)
        self.row(line)

    def _uncertain(self, result: SearchResult) -> None:
        if result.uncertain:
            warn(self.environment, _listed("also spelled? ", result.uncertain, self.width))


def _listed(label: str, words: Sequence[str], width: int) -> str:
    """Up to six words behind a label, as many as have room whole, and "…" for those left out; "" for none."""
    shown = [clean(each) for each in words[:SPELLINGS]]
    for number in range(len(shown), 0, -1):
        line = label + " · ".join(shown[:number]) + (" · …" if number < len(words) else "")
        if cells(line) <= width or number == 1:
            return truncate(line, width)
    return ""


def _at_word(text: str, spans: Spans, width: int) -> tuple[str, Spans]:
    """`truncate_spans`, cut between words; within one where a script has no spaces, or that word alone is much of the line."""
    shown, kept = truncate_spans(text, spans, width)
    end = len(shown) - 1
    if shown == text or not (text[end : end + 1].isalnum() and text[end - 1].isalnum()):
        return shown, kept
    space = shown.rfind(" ", max(0, end - LONGEST_WORD), end)
    if space < 1:
        return shown, kept
    return shown[:space].rstrip() + "…", [(low, min(high, space)) for low, high in kept if low < space]


def _told(texts: int, copies: int, total: int) -> str:
    """How many of all there are: "10 of 60", "10 and 39 copies of 60"; "" where that is all."""
    if texts + copies >= total:
        return ""
    beside = f" and {_copies(copies)}" if copies else ""
    return f"{texts:,}{beside} of {total:,}"


def _copies(number: int) -> str:
    return f"{number:,} cop{'ies' if number > 1 else 'y'}"


def _label(label: str) -> str:
    """An id, cut from the left where it is long: what tells long ids apart stands at their ends."""
    shown = clean(label, keep="")
    while cells(shown) > LABEL:
        shown = f"…{shown[2:]}"
    return shown


def _asked(result: SearchResult) -> str:
    return f" for {clean(result.query)}" if result.query else ""
