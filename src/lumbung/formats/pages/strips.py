"""The lines of words on a page, told letter by letter: where letters are drawn into one another none is told twice."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

WIDEST_GAP = 1.5
"""Of the height of a line: beyond a wider one another column begins."""
ENDS = "\r\n"


@dataclass(slots=True)
class Strip:
    """Letters that stand in one line, and the box around them, from the bottom left of the page."""

    letters: list[str] = field(default_factory=list)
    left: float = 0
    bottom: float = 0
    right: float = 0
    top: float = 0

    @property
    def text(self) -> str:
        return "".join(self.letters)

    @property
    def has_place(self) -> bool:
        return self.right > self.left and self.top > self.bottom

    def goes_on_to(self, box: "Box") -> bool:
        """Whether a letter in this box stands in the same line, not far away."""
        left, bottom, right, top = box
        gap = max(left - self.right, self.left - right)
        return not self.has_place or (bottom < self.top and top > self.bottom and gap <= WIDEST_GAP * (self.top - self.bottom))

    def take(self, letter: str, box: "Box | None") -> None:
        self.letters.append(letter)
        if box is None:
            return
        left, bottom, right, top = box
        if not self.has_place:
            self.left, self.bottom, self.right, self.top = box
        else:
            self.left, self.bottom = min(self.left, left), min(self.bottom, bottom)
            self.right, self.top = max(self.right, right), max(self.top, top)


Box = tuple[float, float, float, float]


def strips_of(page: pdfium.PdfTextPage) -> Iterator[Strip]:
    """The lines of the page in reading order; of a line that spans columns, each column's."""
    strip = Strip()
    for index in range(page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(page.raw, index))
        box = None if letter.isspace() else _box(page, index)
        if letter in ENDS or (box is not None and not strip.goes_on_to(box)):
            yield strip
            strip = Strip()
        if letter not in ENDS:
            strip.take(letter, box)
    yield strip


def _box(page: pdfium.PdfTextPage, index: int) -> Box | None:
    """Where the letter stands; None of one that is not drawn."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(page.raw, index, left, right, bottom, top):
        return None
    box = (left.value, bottom.value, right.value, top.value)
    return box if box[2] > box[0] and box[3] > box[1] else None
