"""Stories on a terminal: each with its number, title, dates, languages and countries."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from diplo_cli.render.bidi import truncate
from diplo_cli.render.clean import clean
from diplo_cli.render.terminal.page import COUNTRY, FAINT, HEADING, ID, Page
from diplo_cli.search.stories import Story


class StoriesPage(Page):
    """Prints stories."""

    def show(self, stories: Sequence[Story], total: int) -> None:
        """Print stories, of which there are `total`."""
        self.row(Text(f"{total:,} {'story' if total == 1 else 'stories'}", HEADING))
        width = len(str(stories[-1].number)) if stories else 1
        for story in stories:
            self.line()
            indent = " " * (width + 2)
            self.row(
                Text(f"{story.number:>{width}}  ", ID),
                Text(truncate(clean(story.title), self.width - width - 2), HEADING),
            )
            for line, style in ((self._counts(story), FAINT), (self._about(story), COUNTRY)):
                if line:
                    self.row(Text(indent), Text(truncate(line, self.width - width - 2), style))
        if len(stories) < total:
            self.line()
            self.row(Text(f"{len(stories):,} of {total:,} are shown; --limit 0 shows all", FAINT))

    def _counts(self, story: Story) -> str:
        """Documents, dates, languages and ids of a story."""
        span = story.since if story.since == story.until else f"{story.since} – {story.until}"
        copies = f" ({len(story.copies)} copied)" if story.copies else ""
        parts = [f"{story.documents:,} documents{copies}", clean(span), " ".join(story.languages)]
        return " · ".join(part for part in parts if part)

    def _about(self, story: Story) -> str:
        return self.about(tuple(sorted(story.countries[:3]))) if story.countries else ""
