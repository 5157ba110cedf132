"""Parts of pictures, and of pages of PDFs as pictures, inside the process of the press."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from lumbung.formats.pages.work import Refusing, document

MOST_SOURCE = 80_000_000
"""So many pixels a picture may have to be opened at all: what is larger would fill the memory of the process."""
MOST_MADE = 60_000_000
DOTS = 200
"""Pages of PDFs are pictures of so many dots an inch."""
LARGEST_SIDE = 6_000
WHITE = (255, 255, 255)
SAVED: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 82},
    "png": {"format": "PNG", "compress_level": 3},
    "webp": {"format": "WEBP", "quality": 80, "method": 1},
    "gif": {"format": "GIF"},
    "tif": {"format": "TIFF", "compression": "tiff_lzw"},
}
Image.MAX_IMAGE_PIXELS = MOST_SOURCE


def sizes(path: str, kind: str) -> list[list[int]]:
    """Width and height in pixels: of a picture, or of every page of a PDF."""
    if kind == "pdf":
        whole = document(path)
        return [list(_pixels(*whole.get_page_size(index))) for index in range(len(whole))]
    with _opened(path) as picture:
        turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        wide, high = picture.size
        return [[high, wide] if turned else [wide, high]]


def cut(path: str, kind: str, number: int, told: dict[str, Any]) -> bytes:
    """The part that is asked for, made: cut, scaled, mirrored, turned, coloured, written."""
    box = (told["left"], told["top"], told["left"] + told["width"], told["top"] + told["height"])
    size = (told["wide"], told["high"])
    if size[0] * size[1] > MOST_MADE:
        raise Refusing("too_large")
    made = _part_of_page(path, number, box, size) if kind == "pdf" else _part_of_picture(path, box, size)
    if told["mirrored"]:
        made = ImageOps.mirror(made)
    made = _turned(made, told["degrees"], is_clear=told["format"] in {"png", "webp", "tif"})
    return _written(_coloured(made, told["quality"]), told["format"])


def _part_of_picture(path: str, box: tuple[int, int, int, int], size: tuple[int, int]) -> Image.Image:
    """Cut first and scaled then, with as little as is needed of the whole at hand."""
    picture = whole(path)
    part = picture.crop(box)
    if size == part.size:
        return part
    shrinks = max(part.width // size[0], part.height // size[1])
    if shrinks >= 4:  # noqa: PLR2004 -- averaging blocks first makes no difference to see, and a tenth of the work
        part = part.reduce(shrinks // 2)
    return part.resize(size, Image.Resampling.LANCZOS)


def _part_of_page(path: str, number: int, box: tuple[int, int, int, int], size: tuple[int, int]) -> Image.Image:
    """Only that part of the page is drawn, at the scale that is asked for."""
    whole = document(path)
    if not 1 <= number <= len(whole):
        raise Refusing("no_such_page")
    page = whole[number - 1]
    points = page.get_size()
    wide, high = _pixels(*points)
    scale = max(size[0] / (box[2] - box[0]) * wide / points[0], size[1] / (box[3] - box[1]) * high / points[1])
    if scale * scale * points[0] * points[1] * ((box[2] - box[0]) * (box[3] - box[1])) / (wide * high) > MOST_MADE:
        raise Refusing("too_large")
    edges = (
        box[0] * points[0] / wide,
        (high - box[3]) * points[1] / high,
        (wide - box[2]) * points[0] / wide,
        box[1] * points[1] / high,
    )
    drawn: Image.Image = page.render(scale=scale, crop=edges, rev_byteorder=True).to_pil().convert("RGB")
    return drawn if drawn.size == size else drawn.resize(size, Image.Resampling.LANCZOS)


def whole(path: str) -> Image.Image:
    """The picture, decoded and upright: kept while it is the one that is asked for."""
    return _whole(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _whole(path: str, _changed: int) -> Image.Image:
    with _opened(path) as picture:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        return upright if upright.mode in {"RGB", "L", "RGBA"} else upright.convert(_mode_for(upright))


def _mode_for(picture: Image.Image) -> str:
    if "transparency" in picture.info or picture.mode in {"LA", "PA", "La", "RGBa"}:
        return "RGBA"
    return "L" if picture.mode in {"1", "L"} else "RGB"


def _opened(path: str) -> Image.Image:
    try:
        picture = Image.open(path)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusing("too_large") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refusing("damaged") from error
    if picture.width * picture.height > MOST_SOURCE:
        picture.close()
        raise Refusing("too_large")
    return picture


def _pixels(wide: float, high: float) -> tuple[int, int]:
    """A page of so many points in pixels, DOTS an inch, or fewer where it is very large."""
    if wide <= 0 or high <= 0:
        raise Refusing("damaged")
    scale = min(DOTS / 72, LARGEST_SIDE / max(wide, high))
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _turned(picture: Image.Image, degrees: float, *, is_clear: bool) -> Image.Image:
    """Clockwise; quarters without loss, other turns in a larger frame, clear around it where the format can be."""
    quarters = {
        0.0: None,
        90.0: Image.Transpose.ROTATE_270,
        180.0: Image.Transpose.ROTATE_180,
        270.0: Image.Transpose.ROTATE_90,
    }
    if degrees in quarters:
        way = quarters[degrees]
        return picture if way is None else picture.transpose(way)
    if picture.width * picture.height * 2 > MOST_MADE:
        raise Refusing("too_large")
    around = picture.convert("RGBA") if is_clear else flat(picture)
    return around.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255, 0) if is_clear else WHITE)


def _coloured(picture: Image.Image, quality: str) -> Image.Image:
    if quality == "gray":
        return picture.convert("LA") if picture.mode == "RGBA" else picture.convert("L")
    if quality == "bitonal":
        return flat(picture).convert("L").point([0] * 128 + [255] * 128)
    return picture


def _written(picture: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    has_alpha = picture.mode in {"RGBA", "LA"}
    if form == "jpg" and has_alpha:
        picture = flat(picture) if picture.mode == "RGBA" else flat(picture.convert("RGBA")).convert("L")
    elif form == "gif":
        picture = flat(picture) if has_alpha else picture
    elif form == "webp" and picture.mode == "LA":
        picture = picture.convert("RGBA")
    picture.save(file, **SAVED[form])
    return file.getvalue()


def flat(picture: Image.Image) -> Image.Image:
    """On white, where it is clear."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, WHITE)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
