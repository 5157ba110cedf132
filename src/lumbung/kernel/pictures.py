"""Pictures that people send, made small: read by content alone, turned upright, and without what a camera wrote in them."""

import io
import warnings

WIDTH, HEIGHT = 360, 480
MOST_PIXELS = 50_000_000
QUALITY = 85
REDUCED_QUALITY = 75
FROM_TOP = 0.25
"""Where faces are: of what is cut off above and below, a quarter goes above."""
PAGE, INCHES_OF_A4 = (2480, 3508), 8.27
"""A page of A4 at 300 dots an inch: what is finer than that nobody reads."""
SENT, KEPT_LONG = ("JPEG", "PNG", "WEBP"), ("JPEG", "PNG", "WEBP", "GIF")


class NoPicture(Exception):
    """It is no whole picture of the kinds that are taken, or one too large to be opened."""


def portrait(content: bytes) -> bytes:
    """The picture of a person (JPEG, PNG or WebP), cut to three by four, as a JPEG of 360 × 480. Raises NoPicture."""
    from PIL import ImageOps  # noqa: PLC0415 -- few requests ever open a picture

    whole = _opened(content, SENT, (WIDTH, HEIGHT))
    fitted = ImageOps.fit(whole, (WIDTH, HEIGHT), centering=(0.5, FROM_TOP))
    return _written(fitted, "JPEG", QUALITY)


def reduced(content: bytes, *, width: int, height: int) -> bytes:
    """The picture (JPEG, PNG, WebP or the first of a GIF), whole and no larger than this, as a WebP. Raises NoPicture."""
    whole = _opened(content, KEPT_LONG, (width, height))
    whole.thumbnail((width, height))
    return _written(whole, "WEBP", REDUCED_QUALITY)


def as_page(content: bytes) -> bytes:
    """The picture of a page (JPEG, PNG or WebP), upright, as a PDF of one page as wide as A4. Raises NoPicture."""
    whole = _opened(content, SENT, PAGE)
    whole.thumbnail(PAGE)
    out = io.BytesIO()
    whole.save(out, "PDF", resolution=whole.width / INCHES_OF_A4, quality=QUALITY)
    return out.getvalue()


def _opened(content: bytes, kinds: tuple[str, ...], size: tuple[int, int]) -> "Image.Image":  # type: ignore[name-defined]  # noqa: F821 -- loaded where it is used
    """Read to its end, upright, on white; large ones are read at about twice ``size``."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=kinds) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NoPicture
                opened.draft("RGB", (size[0] * 2, size[1] * 2))
                upright = ImageOps.exif_transpose(opened)
                return _on_white(upright)
    except NoPicture:
        raise
    except Exception:  # noqa: BLE001 -- a broken picture breaks in many ways
        raise NoPicture from None


def _written(picture: "Image.Image", form: str, quality: int) -> bytes:  # type: ignore[name-defined]  # noqa: F821 -- as above
    out = io.BytesIO()
    picture.save(out, form, quality=quality, optimize=True)
    return out.getvalue()


def _on_white(picture: "Image.Image") -> "Image.Image":  # type: ignore[name-defined]  # noqa: F821 -- as above
    from PIL import Image  # noqa: PLC0415 -- as above

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return picture.convert("RGB")
