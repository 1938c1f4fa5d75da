"""The spellings of a name on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from diplo_cli.render.bidi import pad
from diplo_cli.render.clean import oneline
from diplo_cli.render.terminal.page import FAINT, HEADING, Page
from diplo_cli.search.spelled import Spelled
from diplo_cli.text.width import cells

_SCRIPTS = {
    "Arab": "Arabic", "Armn": "Armenian", "Cyrl": "Cyrillic", "Deva": "Devanagari", "Geor": "Georgian", "Grek": "Greek", "Hang": "Korean", "Hani": "Chinese", "Hebr": "Hebrew",
    "Kana": "Japanese", "Latn": "Latin",
}  # fmt: skip


class NamesPage(Page):
    """Prints spellings."""

    def show(self, name: str, found: Sequence[Spelled]) -> None:
        """Spellings by script, the script with most documents first; how many documents have each, how sure, and why."""
        scripts: dict[str, list[Spelled]] = {}
        for each in found:
            scripts.setdefault(each.script, []).append(each)
        spellings = f"{len(found):,} spelling{'s' if len(found) > 1 else ''}"
        self.row(
            Text(f"{oneline(name)} · {spellings} · {len(scripts)} script{'s' if len(scripts) > 1 else ''}", HEADING)
        )
        width = min(max(cells(each.term) for each in found), max(10, self.width - 40))
        for script in sorted(scripts, key=lambda code: (-max(each.documents for each in scripts[code]), code)):
            self.line()
            self.row(Text(_SCRIPTS.get(script, script), HEADING))
            for each in scripts[script]:
                doubt = "" if each.why in ("exact", "alias", "table") else "~"
                self.row(
                    Text(f"  {pad(each.term, width)}  "),
                    Text(f"{each.documents:>7,}  {doubt:1}{each.probability:.2f}  "),
                    Text(each.why, FAINT),
                )
