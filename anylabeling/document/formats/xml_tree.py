"""Read small XML files from anywhere, and write them.

A document type is refused as a whole: nothing that we read has one, and entities that expand are how a small file asks
for all memory. Depth and number of the elements are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_MOST_ELEMENTS = 2_000_000
_MOST_DEPTH = 64


class XmlError(ValueError):
    """The text is no XML that we read; the message says why."""


@dataclass(slots=True)
class Element:
    """An element: its name, its text without spaces around it, what is in it, and its attributes."""

    name: str
    text: str = ""
    children: list[Element] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

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


def parse_xml(data: bytes, *, keep_spaces: bool = False) -> Element:
    """Return the root of an XML text.

    Args:
        data: The text.
        keep_spaces: Leave the texts of elements as they are.

    Raises:
        XmlError: When it is none, has a document type, or is absurdly large.
    """
    top = Element("")
    stack = [top]
    texts: list[list[str]] = [[]]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS or len(stack) > _MOST_DEPTH:
            raise XmlError("it has too many elements")
        element = Element(name, attributes=attributes)
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    def end(_name: str) -> None:
        text = "".join(texts.pop())
        stack.pop().text = text if keep_spaces else text.strip()

    parser = safe_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)
    run_parser(parser, data)
    return top.children[0]


def safe_parser() -> expat.XMLParserType:
    """Return a parser that refuses a document type."""

    def refuse(*_arguments: object) -> None:
        raise XmlError("it has a document type, which no such file needs")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def run_parser(parser: expat.XMLParserType, data: bytes) -> None:
    """Parse a whole text.

    Raises:
        XmlError: When it is no XML.
    """
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlError(f"it is no valid XML: {error}") from error
    except (LookupError, UnicodeError) as error:
        raise XmlError(f"its encoding is not known: {error}") from error


def element_text(name: str, content: str | int | float | list[str], depth: int = 1) -> str:
    """Return an element as lines of text: with a text, or with lines of elements in it."""
    indent = "\t" * depth
    if isinstance(content, list):
        return f"{indent}<{name}>\n{''.join(content)}{indent}</{name}>\n"
    return f"{indent}<{name}>{escape(_printable(str(content)))}</{name}>\n"


def tag_text(name: str, attributes: Mapping[str, str], content: str = "") -> str:
    """Return an element with attributes in XML, around lines of others; a line of its own without any."""
    given = "".join(f" {key}={quoted_text(value)}" for key, value in attributes.items())
    return f"<{name}{given}>\n{content}</{name}>\n" if content else f"<{name}{given}/>\n"


def quoted_text(text: str) -> str:
    """Return a text as it stands in XML as the value of an attribute, in quotation marks."""
    return quoteattr(_printable(text))


def exact_text(text: str) -> str:
    """Return a text as it stands in XML such that a parser gives it back with all its spaces and ends of lines."""
    return escape(_printable(text), {"\r": "&#13;"})


def _printable(text: str) -> str:
    """Return a text without the characters that XML has no form for."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter in "\t\n\r" or (letter >= " " and not _is_unfit(letter)))


def _is_unfit(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"
