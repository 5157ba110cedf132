"""IIIF: what a request of the Image API 3.0 asks of a picture, and what is told of it. Pure; the pixels are somebody else's.

``asked`` reads the four parameters of a request, ``Limits`` says how large answers may be; ``info`` writes ``info.json``.
"""

from lumbung.formats.iiif.info import info
from lumbung.formats.iiif.request import Cut, Limits, Malformed, NotOffered, asked

__all__ = ["Cut", "Limits", "Malformed", "NotOffered", "asked", "info"]
