"""A page or a picture in few bytes, inside the process of the press."""

from collections.abc import Iterator

from PIL import Image

from lumbung.formats.pages import imaging, work

COLOURS = 16
FEWEST = 4
"""Greys with which letters are still read."""
LIGHTER = (50, 30, 15)
TALLEST = 3
"""So many times as high as it is wide is a picture at most: of a longer one the whole is shown, narrower."""


def first(path: str, kind: str, number: int, width: int, most: int) -> bytes:
    """Page ``number`` of a ``pdf``, or the ``image``, no wider than ``width`` pixels, and as good as ``most`` bytes allow.

    PNG in a few colours for words on paper, else JPEG. Where nothing is light enough the lightest is given.
    """
    drawn = work.drawn_page(path, number, width) if kind == "pdf" else _small(path, width)
    made = b""
    for made in _ever_lighter(drawn):
        if len(made) <= most:
            break
    return made


def _small(path: str, width: int) -> Image.Image:
    picture = imaging.whole(path)
    scale = min(1.0, width / picture.width, TALLEST * width / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return imaging.flat(picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))


def _ever_lighter(drawn: Image.Image) -> Iterator[bytes]:
    if work.is_paper(grey := drawn.convert("L")):
        few = drawn.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        yield work.saved(few, "PNG", bits=4)
        yield work.saved(work.in_greys(grey, FEWEST), "PNG", bits=2)
        narrower = grey.resize((grey.width * 3 // 4, grey.height * 3 // 4), Image.Resampling.LANCZOS)
        yield work.saved(work.in_greys(narrower, FEWEST), "PNG", bits=2)
    for quality in LIGHTER:
        yield work.saved(drawn, "JPEG", quality=quality, optimize=True, progressive=True)
    half = drawn.reduce(2)
    yield work.saved(half, "JPEG", quality=LIGHTER[-1], optimize=True, progressive=True)
