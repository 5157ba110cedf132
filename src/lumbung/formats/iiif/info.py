"""``info.json``: what a client must know of a picture to ask for its parts (Image API 3.0, section 5)."""

from typing import Any

from lumbung.formats.iiif.request import Limits

CONTEXT = "http://iiif.io/api/image/3/context.json"
PROFILE = "http://iiif.io/api/image/3/level2.json"
TILE = 512
SMALLEST = 100
FEATURES = [
    "canonicalLinkHeader",
    "mirroring",
    "profileLinkHeader",
    "rotationArbitrary",
    "sizeUpscaling",
]


def info(address: str, *, width: int, height: int, limits: Limits, rights: str = "") -> dict[str, Any]:
    """The image information of a picture with this address. ``rights`` is a URI of Creative Commons or RightsStatements.org."""
    factors = [1]
    while max(width, height) / factors[-1] > TILE:
        factors.append(factors[-1] * 2)
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "sizes": _sizes(width, height, limits),
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
        "extraFormats": ["gif", "tif", "webp"],
        "extraQualities": ["bitonal", "color", "gray"],
        "extraFeatures": FEATURES,
        "preferredFormats": ["jpg"],
    }
    if limits.area is not None:
        told["maxArea"] = limits.area
    if rights:
        told["rights"] = rights
    return told


def _sizes(width: int, height: int, limits: Limits) -> list[dict[str, int]]:
    """Sizes that are good to ask for, the smallest first: halves of halves, none larger than may be."""
    found, part = [], 1
    while part == 1 or max(width, height) / part >= SMALLEST:
        wide, high = max(1, round(width / part)), max(1, round(height / part))
        if wide * high <= limits.allowed:
            found.append({"width": wide, "height": high})
        part *= 2
    return found[::-1]
