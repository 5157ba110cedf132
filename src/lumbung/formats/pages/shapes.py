"""What passes between the press and who asks it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, from 1. ``label`` is what the page calls itself; ``href`` and ``progression`` say where in an EPUB it is."""

    number: int
    text: str
    label: str = ""
    href: str = ""
    progression: float = 0.0


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the outline of a PDF: how deep it stands (0 is the top), what it says, and its page (from 1)."""

    depth: int
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on a page, and the box around it: left, top, width, height, each as a part of the page."""

    text: str
    left: float
    top: float
    width: float
    height: float
