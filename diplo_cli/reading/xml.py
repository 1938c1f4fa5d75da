"""Well-formed XML, as office documents and e-books hold: an element at a time, by defusedxml (the extra `office`)."""

from __future__ import annotations

from diplo_cli.errors import ReadingError


class Elements:
    """What is told of each element; subclasses take what they want. A tag is "{namespace}name"."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """An element ends."""

    def data(self, text: str, /) -> None:
        """Text between tags."""


def tell(data: bytes, elements: Elements, shown: str) -> None:
    """Tell `elements` of all that stands in `data`. Raises ReadingError where it is not well formed or declares an entity; nothing is fetched."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=elements, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise ReadingError(
            f"{shown} declares XML entities, which are not read", "save it anew with an office program"
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ReadingError(f"{shown} is damaged: {error}", "fetch or copy it again") from None


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


class Properties(Elements):
    """The text of the elements named, the first of each: for the few properties that a document states."""

    def __init__(self, *names: str) -> None:
        self.values = dict.fromkeys(names, "")
        self._open = ""

    def start(self, tag: str, _attributes: dict[str, str], /) -> None:
        """Begin a property, where it is the first of its name."""
        name = local(tag)
        self._open = name if name in self.values and not self.values[name] else ""

    def end(self, _tag: str, /) -> None:
        """End it."""
        self._open = ""

    def data(self, text: str, /) -> None:
        """Take its text."""
        if self._open:
            self.values[self._open] += text
