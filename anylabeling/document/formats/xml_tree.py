"""Read small XML files from anywhere, and write them.

A document type is refused as a whole: nothing that we read has one, and entities that expand are how a small file asks
for all memory. Depth and number of the elements are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

_MOST_ELEMENTS = 2_000_000
_MOST_DEPTH = 64


class XmlError(ValueError):
    """The text is no XML that we read; the message says why."""


@dataclass(slots=True)
class Element:
    """An element: its name, its text without spaces around it, and what is in it."""

    name: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name that are right in this one."""
        return (child for child in self.children if child.name == name)

    def find(self, name: str) -> Element | None:
        """Return the first one of a name."""
        return next(self.all(name), None)

    def value(self, name: str, default: str = "") -> str:
        """Return the text of the first one of a name."""
        found = self.find(name)
        return default if found is None else found.text


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML text.

    Raises:
        XmlError: When it is none, has a document type, or is absurdly large.
    """
    top = Element("")
    stack = [top]
    texts: list[list[str]] = [[]]
    count = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS or len(stack) > _MOST_DEPTH:
            raise XmlError("it has too many elements")
        element = Element(name)
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    def end(_name: str) -> None:
        stack.pop().text = "".join(texts.pop()).strip()

    def refuse(*_arguments: object) -> None:
        raise XmlError("it has a document type, which no such file needs")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlError(f"it is no valid XML: {error}") from error
    except (LookupError, UnicodeError) as error:
        raise XmlError(f"its encoding is not known: {error}") from error
    return top.children[0]


def element_text(name: str, content: str | int | float | list[str], depth: int = 1) -> str:
    """Return an element as lines of text: with a text, or with lines of elements in it."""
    indent = "\t" * depth
    if isinstance(content, list):
        return f"{indent}<{name}>\n{''.join(content)}{indent}</{name}>\n"
    return f"{indent}<{name}>{escape(_printable(str(content)))}</{name}>\n"


def _printable(text: str) -> str:
    """Return a text without the characters that XML has no form for."""
    return "".join(
        letter for letter in text if letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff")
    )
