"""A mail (.eml) -> its text, and the documents attached to it."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from diplo_cli.errors import ReadingError
from diplo_cli.reading import limits, webpage
from diplo_cli.reading.characters import is_blank
from diplo_cli.reading.formats import GZIP, TEXT, ZIP, ZSTANDARD, format_of
from diplo_cli.reading.raw import BadRecord, Raw
from diplo_cli.reading.text import checked, decode, one_line, plain


def documents(stream: BinaryIO, shown: str) -> Iterator[Raw | BadRecord]:
    """The mail, and after it, numbered from 1, what is attached to it in a format that diplo reads. Raises ReadingError where there is neither."""
    items = list(letter(limits.whole(stream, shown), shown))
    if not any(isinstance(item, Raw) for item in items):
        said = next((item.message for item in items if isinstance(item, BadRecord)), "has no text")
        raise ReadingError(f"{shown}: {said}")
    for number, item in enumerate(items):
        yield replace(item, number=number) if isinstance(item, Raw) else BadRecord(number, item.message, "part")


def letter(data: bytes, shown: str) -> Iterator[Raw | BadRecord]:
    """One mail: its own text first, where it has any, then the documents attached."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = list(message.walk()) if isinstance(message, EmailMessage) else []
        fields = _fields(message)
    except Exception as error:  # noqa: BLE001 (the parser of headers raises whatever a malformed one makes it)
        yield BadRecord(0, f"is no mail that can be read: {type(error).__name__}")
        return
    try:
        text = _body(parts, shown)
    except ReadingError as error:
        yield BadRecord(0, error.message.removeprefix(shown).lstrip(": "))
    else:
        yield replace(fields, text=text)
    yield from _attached(parts)


def _body(parts: Sequence[Message], shown: str) -> str:
    """The plain text of a mail, or what its HTML shows where it has none or hardly any. Raises ReadingError where there is neither."""
    plain_parts, pages = [], []
    for part in parts:
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not part.get_filename() and (data := _payload(part)).strip():
            text = _text(part, data, shown)
            if kind == "text/html":
                pages.append(webpage.visible(text))
            else:
                plain_parts.append(plain(text))
    text, page = "\n\n".join(plain_parts).strip("\n"), "\n\n".join(pages)
    if is_blank(text) and is_blank(page):
        raise ReadingError(f"{shown} has no text of its own")
    return checked(text if 4 * len(text.strip()) >= len(page) else page, shown)


def _text(part: Message, data: bytes, shown: str) -> str:
    charset = part.get_param("charset")
    if isinstance(charset, str) and charset.lower() not in ("us-ascii", "unknown-8bit"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode(data, shown, declared=True)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)  # never raises: what is no base64 stays as it is
    return payload if isinstance(payload, bytes) else b""


def _attached(parts: Sequence[Message]) -> Iterator[Raw | BadRecord]:
    """The documents attached in formats that are read; pictures and the like are passed over."""
    from diplo_cli.reading.read import from_packed, reason, shown_name

    for part in parts:
        name = _filename(part)
        known = format_of(name, b"")
        is_text = name.lower().endswith((".txt", ".md")) or part.get_content_type() == "text/plain"
        if not name or not known.reader or (known is TEXT and not is_text):
            continue
        if known in (ZIP, GZIP, ZSTANDARD):
            yield BadRecord(0, f"{shown_name(name)}: is an archive attached to a mail, which is not read")
            continue
        try:
            for item in from_packed(io.BytesIO(_payload(part)), name):
                yield item if isinstance(item, Raw) else BadRecord(0, f"{shown_name(name)}: {item.message}")
        except ReadingError as error:
            yield BadRecord(0, f"{shown_name(name)}: {reason(error, name)}")


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except Exception:  # noqa: BLE001 (of a malformed header)
        return ""


def _fields(message: Message) -> Raw:
    """What the head of a mail states."""
    name, address = parseaddr(_header(message, "From"))
    return Raw(
        text="",
        title=one_line(_header(message, "Subject")),
        date=_date(_header(message, "Date")),
        lang_declared=_header(message, "Content-Language").partition(",")[0].strip(),
        publisher=plain(name or address),
    )


def _header(message: Message, name: str) -> str:
    try:
        return plain(str(message[name] or ""))
    except Exception:  # noqa: BLE001 (of a malformed header)
        return ""


def _date(stated: str) -> str:
    try:
        return parsedate_to_datetime(stated).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
