"""What of a text is a sentence."""

from __future__ import annotations

import pytest

from diplo_cli.document import Document
from diplo_cli.summary.article import NothingToSummariseError, article


def test_figures_alone_are_nothing_to_summarise() -> None:
    with pytest.raises(NothingToSummariseError, match="hold no words"):
        article(Document(id="figures", path="", text="1,000 2,000", lang="en", body=((0, 11),)))


def test_items_of_a_list_lose_their_bullets() -> None:
    text = "- Kazakhstan signed the treaty.\n\n• Malaysia did so later."
    found = article(Document(id="list", path="", text=text, lang="en", body=((0, 31), (33, len(text)))))
    assert found.sentences == ("Kazakhstan signed the treaty.", "Malaysia did so later.")
