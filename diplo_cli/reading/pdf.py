"""PDF -> text, by pypdfium2 (the extra `pdf`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits
from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.raw import Raw
from diplo_cli.reading.text import LONGEST_TEXT, checked
from diplo_cli.reading.titles import stated_title

_BROKEN_WORD = re.compile("[\u0002\ufffe]\r?\n?")  # PDFium's mark for a hyphen that stands where a line breaks a word
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f]")


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw]:
    """The text of all pages, in order, and the title. The day the file was made is not taken for the document's date.

    Raises ReadingError where the file is damaged or encrypted, or has no text (scanned pages), ImportError where pypdfium2 is not there.
    """
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(limits.whole(stream, shown))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError(f"{shown} is encrypted", "save it without its password") from None
        raise ReadingError(f"{shown} is damaged: no PDF that can be read", "fetch or copy it again") from None
    try:
        text = _text(opened)
        title = _title(opened)
    finally:
        opened.close()
    if is_blank(text):
        raise ReadingError(
            f"{shown} has no text, only pictures of it or nothing", "put a text layer in it (ocrmypdf does)"
        )
    yield Raw(checked(text, shown), title=title)


def _title(opened: object) -> str:
    import pypdfium2

    assert isinstance(opened, pypdfium2.PdfDocument)
    try:
        return stated_title(opened.get_metadata_value("Title"))
    except (ValueError, pypdfium2.PdfiumError):  # half a character of UTF-16
        return ""


def _text(opened: object) -> str:
    import pypdfium2

    assert isinstance(opened, pypdfium2.PdfDocument)
    pages, length = [], 0
    for number in range(len(opened)):
        try:
            page = opened[number]
            textpage = page.get_textpage()
            text = textpage.get_text_bounded()
            textpage.close()
            page.close()
        except pypdfium2.PdfiumError:  # of a damaged page; the others are read
            continue
        pages.append(_CONTROLS.sub(" ", _BROKEN_WORD.sub("", text)))
        length += len(text)
        if length > LONGEST_TEXT:
            break
    return "\n".join(pages)
