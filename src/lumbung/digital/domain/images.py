"""Pictures, and pages as pictures, in parts and sizes: made by the press, and kept for a while."""

import hashlib
import json
from dataclasses import asdict

from lumbung.digital.domain.documents import at_press, kept_in, made_once, put_away
from lumbung.digital.models import File
from lumbung.formats.iiif import Cut, Limits, asked

KINDS = {"application/pdf": "pdf"}
PICTURES = frozenset({"image/jpeg", "image/png", "image/tiff", "image/gif", "image/webp"})
MOST_AREA = 25_000_000
READ_ONLY_AREA = 2_160 * 3_056
"""What is read here and not given away has no more pixels than the reader shows."""


def has_images(file: File) -> bool:
    """Whether the file is a picture, or has pages that are drawn as pictures. What only so many read at once is for our reader alone,
    since viewers of other sites hold no place."""
    return file.at_once is None and (file.media_type in KINDS or file.media_type in PICTURES)


def sizes_of(file: File) -> list[tuple[int, int]]:
    """Width and height in pixels of the picture, or of each page. Refuses what cannot be opened."""
    kept = kept_in(file.sha256, "sizes.json")
    try:
        return [(wide, high) for wide, high in json.loads(kept.read_bytes())]
    except (OSError, ValueError):
        pass
    with at_press(file, 1) as (path, press):
        found = press.sizes(path, _kind(file))
    put_away(kept, json.dumps(found).encode())
    return found


def limits_of(size: tuple[int, int], *, may_download: bool) -> Limits:
    """How large answers of a picture of this size may be: told where that is less than the picture."""
    most = MOST_AREA if may_download else READ_ONLY_AREA
    return Limits(area=most if size[0] * size[1] > most else None, most=most)


def largest_of(size: tuple[int, int], *, may_download: bool) -> tuple[int, int]:
    """Width and height of the largest answer of a picture of this size: what ``max`` gives."""
    limits = limits_of(size, may_download=may_download)
    cut = asked("full", "max", "0", "default", "jpg", whole=size, limits=limits)
    return cut.wide, cut.high


def is_made(file: File, number: int, cut: Cut) -> bool:
    """Whether the part is kept from an earlier request, so that it costs nothing."""
    return kept_in(file.sha256, _name_of(number, cut)).exists()


def part_of_image(file: File, number: int, cut: Cut) -> bytes:
    """The part of the picture, or of page ``number``. Refuses what cannot be made."""
    wanted = {key: value for key, value in asdict(cut).items() if key != "canonical"}

    def made() -> bytes:
        with at_press(file, number) as (path, press):
            return press.cut(path, _kind(file), number, wanted)

    return made_once(file, _name_of(number, cut), made)


def _name_of(number: int, cut: Cut) -> str:
    name = hashlib.blake2b(json.dumps([number, asdict(cut)]).encode(), digest_size=16).hexdigest()
    return f"{name}.{cut.format}"


def _kind(file: File) -> str:
    return KINDS.get(file.media_type, "image")
