"""The picture that the reader opens with: so light that it comes within the page itself, and is read while better ones are on their way.

On a line that takes 400 ms there and back, a picture that is asked for after the page costs that once more. A ``Link`` header saves
nothing of it while the page is 5 KB, and hints of browsers about their line come only from the second visit on. What this costs: the
page draws before it answers (30 to 250 ms, once for each page), and is sent with its picture again when it is opened again.
"""

import base64
from dataclasses import dataclass

from lumbung.digital.domain.documents import at_press, made_once, picture_of, type_of
from lumbung.digital.domain.images import PICTURES
from lumbung.digital.models import File
from lumbung.kernel.refusals import Refused

WIDE = 720
"""Pixels: what most telephones show."""
MOST = 36_000
"""Bytes: with the page, its styles and its script no more than 60 KB, of which a line of 400 kbit/s brings 50 in a second."""


@dataclass(frozen=True)
class FirstPicture:
    """A picture, and in what width it is as good as any: 0 where a better one is to follow."""

    content: bytes
    good_for: int

    @property
    def address(self) -> str:
        """The picture itself as an address (RFC 2397)."""
        return f"data:{type_of(self.content)};base64,{base64.b64encode(self.content).decode()}"


def first_picture(file: File, number: int) -> FirstPicture | None:
    """Page ``number`` of a PDF, or the picture, within MOST bytes or little more; None for what cannot be drawn and what has no pages."""
    try:
        if file.media_type == "application/pdf":
            best = picture_of(file, number, WIDE, lightest=True)
            return FirstPicture(best, WIDE) if len(best) <= MOST else FirstPicture(_light(file, number, "pdf"), 0)
        return FirstPicture(_light(file, 1, "image"), 0) if file.media_type in PICTURES else None
    except Refused:
        return None


def _light(file: File, number: int, kind: str) -> bytes:
    def made() -> bytes:
        with at_press(file, number) as (path, press):
            return press.first(path, kind, number, width=WIDE, most=MOST)

    return made_once(file, f"{number}-first.{WIDE}", made)
