"""The parameters of an image request: ``{region}/{size}/{rotation}/{quality}.{format}`` (Image API 3.0, section 4).

What is wrong by the letter is ``Malformed`` (400), what is right and not offered here is ``NotOffered`` (501).
"""

import re
from dataclasses import dataclass
from math import isfinite

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif", "tif": "image/tiff"}
KNOWN_ELSEWHERE = frozenset({"jp2", "pdf"})
_WHOLE = re.compile(r"\d{1,9}\Z", re.ASCII)
_DECIMAL = re.compile(r"(?:\d{1,9}(?:\.\d{1,10})?|\.\d{1,10})\Z", re.ASCII)
TURN = 360.0


class Malformed(ValueError):
    """No request of the Image API, or one that asks for nothing there is."""


class NotOffered(ValueError):
    """A request as it should be, for something that is not done here."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an answer may be: ``area`` in pixels as ``info.json`` tells it (None: as large as the picture), and what is never
    exceeded, enlarged or not."""

    area: int | None = None
    most: int = 25_000_000

    @property
    def allowed(self) -> int:
        return self.most if self.area is None else min(self.area, self.most)


@dataclass(frozen=True, slots=True)
class Cut:
    """What to make: the region in pixels of the whole, the size of the answer, mirrored or not, turned clockwise, in what colours."""

    left: int
    top: int
    width: int
    height: int
    wide: int
    high: int
    mirrored: bool
    degrees: float
    quality: str
    format: str
    canonical: str

    @property
    def media_type(self) -> str:
        return FORMATS[self.format]

    @property
    def pixels(self) -> int:
        """How many pixels have to be looked at to make it: those of the region or those of the answer, whichever are more."""
        return max(self.width * self.height, self.wide * self.high)


def asked(
    region: str,
    size: str,
    rotation: str,
    quality: str,
    form: str,
    *,
    whole: tuple[int, int],
    limits: Limits,
    plain: str = "color",
) -> Cut:
    """The request for a picture of ``whole`` pixels, whose ``default`` quality is ``plain``. Raises ``Malformed`` and ``NotOffered``."""
    if quality not in QUALITIES:
        raise Malformed("quality")
    if form not in FORMATS:
        raise NotOffered("format") if form in KNOWN_ELSEWHERE else Malformed("format")
    left, top, width, height = _region(region, *whole)
    wide, high, is_enlarged = _size(size, width, height, limits)
    mirrored, degrees = _rotation(rotation)
    said = "full" if (width, height) == whole else f"{left},{top},{width},{height}"
    scaled = "max" if (wide, high) == _most(width, height, limits) and not is_enlarged else f"{wide},{high}"
    turned = f"{'!' * mirrored}{degrees:.10g}"
    shade = "default" if quality == plain else quality
    canonical = f"{said}/{'^' * is_enlarged}{scaled}/{turned}/{shade}.{form}"
    return Cut(left, top, width, height, wide, high, mirrored, degrees, quality, form, canonical)


def _region(text: str, wide: int, high: int) -> tuple[int, int, int, int]:
    """The region inside the picture; what reaches beyond is cut off."""
    if text == "full":
        return 0, 0, wide, high
    if text == "square":
        side = min(wide, high)
        return (wide - side) // 2, (high - side) // 2, side, side
    if text.startswith("pct:"):
        x, y, w, h = _four(text[4:], _DECIMAL, "region")
        left, top = round(x * wide / 100), round(y * high / 100)
        width, height = round(w * wide / 100), round(h * high / 100)
        if w > 0 and h > 0:
            width, height = max(1, width), max(1, height)
    else:
        left, top, width, height = (int(each) for each in _four(text, _WHOLE, "region"))
    width, height = min(width, wide - left), min(height, high - top)
    if width <= 0 or height <= 0:
        raise Malformed("region")
    return left, top, width, height


def _size(text: str, width: int, height: int, limits: Limits) -> tuple[int, int, bool]:
    """The size of the answer, and whether it is larger than the region: which only ``^`` allows."""
    may_enlarge = text.startswith("^")
    wide, high = _wanted(text.removeprefix("^"), width, height, limits, may_enlarge=may_enlarge)
    is_larger = wide > width or high > height
    if wide < 1 or high < 1 or (is_larger and not may_enlarge):
        raise Malformed("size")
    if wide * high > limits.allowed:
        raise Malformed("size")
    return wide, high, is_larger


def _wanted(text: str, width: int, height: int, limits: Limits, *, may_enlarge: bool) -> tuple[int, int]:
    if text == "max":
        is_told = may_enlarge and limits.area is not None
        return _fitting(width, height, (limits.allowed / (width * height)) ** 0.5) if is_told else _most(width, height, limits)
    if text.startswith("pct:"):
        part = _number(text[4:], _DECIMAL, "size") / 100
        return (max(1, round(width * part)), max(1, round(height * part))) if part > 0 else (0, 0)
    return _sides(text, width, height, limits, may_enlarge=may_enlarge)


def _sides(text: str, width: int, height: int, limits: Limits, *, may_enlarge: bool) -> tuple[int, int]:
    """``w,``, ``,h``, ``w,h`` and ``!w,h``."""
    w, comma, h = text.removeprefix("!").partition(",")
    is_confined = text.startswith("!")
    if not comma or not (w or h) or (is_confined and not (w and h)):
        raise Malformed("size")
    wide, high = (int(_number(each, _WHOLE, "size")) if each else None for each in (w, h))
    if is_confined and wide and high:
        part = min(wide / width, high / height) if may_enlarge else min(wide / width, high / height, 1.0)
        if width * part * height * part > limits.allowed:
            return _fitting(width, height, (limits.allowed / (width * height)) ** 0.5)
        return max(1, round(width * part)), max(1, round(height * part))
    if wide is None:
        wide = max(1, round(width * high / height)) if high else 0
    if high is None:
        high = max(1, round(height * wide / width)) if wide else 0
    return wide, high


def _most(width: int, height: int, limits: Limits) -> tuple[int, int]:
    """The region as large as it may be given, in its proportions and not enlarged."""
    if width * height <= limits.allowed:
        return width, height
    return _fitting(width, height, (limits.allowed / (width * height)) ** 0.5)


def _fitting(width: int, height: int, part: float) -> tuple[int, int]:
    """So large or a little smaller."""
    return max(1, int(width * part)), max(1, int(height * part))


def _rotation(text: str) -> tuple[bool, float]:
    degrees = _number(text.removeprefix("!"), _DECIMAL, "rotation")
    if degrees > TURN:
        raise Malformed("rotation")
    return text.startswith("!"), degrees % TURN


def _four(text: str, pattern: re.Pattern[str], what: str) -> tuple[float, float, float, float]:
    parts = text.split(",")
    if len(parts) != 4:  # noqa: PLR2004 -- x, y, w, h
        raise Malformed(what)
    x, y, w, h = (_number(each, pattern, what) for each in parts)
    return x, y, w, h


def _number(text: str, pattern: re.Pattern[str], what: str) -> float:
    if not pattern.match(text) or not isfinite(float(text)):
        raise Malformed(what)
    return float(text)
