"""The picture that social media show for a title: its drawn cover and what it is, 1200 × 630 pixels, made by typst."""

import json
from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lumbung.kernel.shortening import shortened
from lumbung.kernel.ui.covers import COLOURS, hundred

LONGEST = {"title": 150, "creator": 80, "line": 90, "library": 80}
LOOK = 1
"""Raised when the drawing changes, so that kept pictures are drawn anew."""

DRAWING = """
#let said = json(bytes(sys.inputs.said))
#set page(width: 600pt, height: 315pt, margin: 0pt, fill: rgb("#fbf8f1"))
#set text(font: ("Libertinus Serif",), fill: rgb("#1f2a44"), hyphenate: true, lang: "id")
#place(left + horizon, dx: 40pt, block(width: 168pt, height: 235pt, radius: (right: 8pt, left: 3pt), fill: rgb(said.colour), clip: true, {
  place(left, rect(width: 6pt, height: 100%, fill: black.transparentize(72%)))
  place(left + bottom, dy: -70pt, dx: 22pt, line(length: 132pt, stroke: 0.8pt + white.transparentize(60%)))
  place(top + left, dx: 22pt, dy: 20pt, block(width: 132pt, height: 135pt, clip: true,
    text(fill: white, size: 15pt, weight: "semibold", par(leading: 4pt, said.title))))
  place(bottom + left, dx: 22pt, dy: -16pt, block(width: 132pt, text(fill: white.transparentize(8%), size: 10pt, said.creator)))
}))
#place(top + left, dx: 240pt, dy: 46pt, block(width: 322pt, height: 175pt, clip: true, {
  text(size: 25pt, weight: "bold", par(leading: 6pt, said.title))
  v(4pt)
  text(size: 15pt, fill: rgb("#535d7a"), said.creator)
}))
#place(bottom + left, dx: 240pt, dy: -40pt, block(width: 322pt, {
  text(size: 12pt, fill: rgb("#535d7a"), said.line)
  v(-2pt)
  text(size: 13pt, weight: "semibold", fill: rgb("#1e5a46"), said.library)
}))
#place(bottom, rect(width: 100%, height: 8pt, fill: rgb("#d99a1c")))
"""


def picture_of(*, title: str, creator: str, line: str, classification: str, library: str) -> bytes:
    """The picture as PNG, drawn once and kept. ``line`` tells kind and year."""
    given = {"title": title, "creator": creator, "line": line, "library": library}
    said = {name: shortened(text, LONGEST[name]) for name, text in given.items()}
    words = json.dumps({**said, "colour": COLOURS[hundred(classification)]}, sort_keys=True)
    name = f"pictures/{blake2b(f'{LOOK}{words}'.encode(errors='replace'), digest_size=16).hexdigest()}.png"
    if not default_storage.exists(name):
        import typst  # noqa: PLC0415 -- large, and few pages are ever passed on

        drawn = typst.compile(DRAWING.encode(), format="png", ppi=144.0, sys_inputs={"said": words})
        default_storage.save(name, ContentFile(drawn))
        return bytes(drawn)
    with default_storage.open(name) as kept:
        return bytes(kept.read())
