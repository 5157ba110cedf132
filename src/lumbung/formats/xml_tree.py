"""Small XML documents as trees, for the codecs that write them: what is empty is left out, and nothing is written that XML cannot carry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

_TO_MEND = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """An element with attributes, and either text or children."""

    name: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and all(each.is_empty for each in self.children)


def leaf(name: str, text: str, **attributes: str) -> Element:
    """An element with text; attributes without a value are left out, and ``type_`` is ``type``."""
    return Element(name, " ".join(text.split()), {key.rstrip("_"): value for key, value in attributes.items() if value})


def branch(name: str, children: Iterable[Element], **attributes: str) -> Element:
    """An element with children, of which the empty ones are left out."""
    told = {key.rstrip("_"): value for key, value in attributes.items() if value}
    return Element(name, "", told, [each for each in children if not each.is_empty])


def written(element: Element, depth: int = 0) -> str:
    """The element as text, one a line, two blanks deeper for each step down."""
    indent = "  " * depth
    attributes = "".join([f" {name}={quoted(value)}" for name, value in element.attributes.items()])
    if element.children:
        inner = "".join([written(each, depth + 1) for each in element.children])
        return f"{indent}<{element.name}{attributes}>\n{inner}{indent}</{element.name}>\n"
    return f"{indent}<{element.name}{attributes}>{escaped(element.text)}</{element.name}>\n"


def escaped(text: str) -> str:
    """The text as XML has it between elements; hardly any needs mending, and a harvest looks at thousands a second."""
    return escape(carried(text)) if _TO_MEND.search(text) else text


@lru_cache(maxsize=4096)
def quoted(value: str) -> str:
    """The value of an attribute as XML has it, with its quotation marks: the same few come again and again."""
    return quoteattr(carried(value))


def carried(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot carry."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
