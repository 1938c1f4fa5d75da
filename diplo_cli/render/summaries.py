"""Summaries as text for a pipe: a sentence a line, with bullets, or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from diplo_cli.document import Document
from diplo_cli.render.clean import clean, oneline
from diplo_cli.render.plain import write_records, write_sentences
from diplo_cli.summary.digest import Digest, DigestGroup
from diplo_cli.summary.summarise import Summary

# What CommonMark acts on anywhere in a line, and what it acts on where a line begins.
_MARKS = re.compile(r"[\\`*_\[\]<>|~&]")
_OPENING = re.compile(r"^(?:[-+#=]|\d+(?=[.)]))")


def write_summaries(out: TextIO, told: Iterable[tuple[Document, Summary]], form: str) -> None:
    """Each document's title (its id where it has none) and its sentences, a line each; a blank line between documents.

    `form` is "auto", "bullets" or "markdown", where date, language and countries follow the title.
    """
    for number, (document, summary) in enumerate(told):
        title = document.title or document.id
        sentences = [each.text for each in summary.sentences]
        lines = [""] if number else []
        if form == "markdown":
            facts = [document.id, document.date, document.lang, ", ".join(document.countries)]
            lines += [f"## {escaped(title)}", "", escaped(" · ".join(fact for fact in facts if fact)), ""]
            lines += [f"- {escaped(text)}" for text in sentences]
        else:
            lines += [title, *(f"- {text}" if form == "bullets" else text for text in sentences)]
        write_sentences(out, lines)


def write_digest(out: TextIO, told: Digest, form: str, *, dated: bool) -> None:
    """`id  sentence` lines, `id  date  sentence` if `dated`; in the forms "bullets" and "markdown" under headings of groups."""
    if form == "auto":
        rows = (
            {"id": each.id, "date": "" if each.date.startswith("--") else each.date, "text": each.text}
            for group in told.groups
            for each in group.sentences
        )
        write_records(out, rows, fields=("id", "date", "text") if dated else ("id", "text"))
        return
    shown = [group for group in told.groups if group.sentences]
    for number, group in enumerate(shown):
        lines = [""] if number else []
        if heading := group_heading(group):
            lines += [f"## {escaped(heading)}", ""] if form == "markdown" else [heading]
        for each in group.sentences:
            text = f"{each.date}: {each.text}" if dated and each.date else each.text
            lines.append(f"- {escaped(f'{text} ({each.id})') if form == 'markdown' else f'{text} ({each.id})'}")
        write_sentences(out, lines)


def group_heading(group: DigestGroup) -> str:
    """Language, countries and number of documents, as in `English (en) · KZ, MY · 2`; "" for one group of all."""
    from diplo_cli.language import endonym  # 3 ms: it loads the detector

    parts = [] if not group.lang else ["und" if group.lang == "und" else f"{endonym(group.lang)} ({group.lang})"]
    parts += [_codes(group.countries)] if group.countries else []
    return " · ".join([*parts, f"{group.documents:,}"]) if parts else ""


def _codes(countries: Sequence[str]) -> str:
    return "Multilateral" if countries[:1] == ("*",) else ", ".join(countries)


def escaped(text: str) -> str:
    """Text of a document on one line of Markdown that shows it as it is, whatever it holds."""
    text = _MARKS.sub(r"\\\g<0>", clean(oneline(text)).strip())
    return _OPENING.sub(lambda found: f"\\{found[0]}" if not found[0].isdigit() else f"{found[0]}\\", text)
