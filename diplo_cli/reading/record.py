"""The fields of a record, as JSON Lines and tables have them -> a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.dates import stated_date
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import LONGEST_TEXT, one_line, plain

# What exports of news sites, archives and corpora call a field, the first that is there counts.
NAMES = {
    "text": ("text", "body", "content", "full_text", "fulltext", "article_text", "article", "maintext", "story"),
    "id": ("id", "doc_id", "document_id", "uuid"),
    "title": ("title", "headline", "subject"),
    "date": ("date", "published", "published_at", "date_published", "publication_date", "publish_date", "pubdate"),
    "lang": ("lang", "language"),
    "script": ("script",),
    "source": ("source",),
    "url": ("url", "link", "source_url"),
    "publisher": ("publisher", "site_name", "outlet", "newspaper", "agency"),
}


def document(fields: Mapping[str, Any], number: int, unit: str = "line") -> Raw | BadRecord:
    """The document that a record is, the `number`-th line or row, or why it is none. A field that is no string or number counts as missing.

    Names are known in any case, those in lower case first; unknown ones are left alone.
    """
    fields = {"_".join(name.casefold().split()): value for name, value in fields.items()} | dict(fields)
    text = _first(fields, "text")
    if not isinstance(text, str):
        return BadRecord(number, 'has no "text"' if text is None else 'has a "text" that is not a string', unit)
    if is_blank(text):
        return BadRecord(number, 'has an empty "text"', unit)
    if len(text) > LONGEST_TEXT:
        return BadRecord(number, f'has a "text" of {len(text):,} characters; at most {LONGEST_TEXT:,} are read', unit)
    document_id = _string(_first(fields, "id"))
    if "\0" in document_id:  # no argument of a command can hold it: such a document could not be asked for
        return BadRecord(number, 'has a NUL character in its "id"', unit)
    lang = _string(_first(fields, "lang"))
    source, url, publisher = (_string(_first(fields, name)) for name in ("source", "url", "publisher"))
    if url and "://" not in source:  # the one names the paper, the other the page
        source, publisher = url, publisher or source
    return Raw(
        text=plain(text),
        id=document_id,
        title=one_line(_string(_first(fields, "title"))),
        date=stated_date(_string(_first(fields, "date")), lang or "und"),
        lang_declared=lang,
        script_declared=_string(_first(fields, "script")),
        source=source,
        publisher=publisher,
        number=number,
    )


def _first(fields: Mapping[str, Any], name: str) -> Any:
    for each in NAMES[name]:
        if (value := fields.get(each)) is not None:
            return value
    return None


def _string(value: Any) -> str:
    """A field as a string: numbers as written, anything else that is no string as nothing."""
    if isinstance(value, str):
        return plain(value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
