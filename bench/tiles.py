"""Tiles over HTTP as a viewer asks for them, made and kept; the floor: the same tiles cut, scaled and written of a decoded picture."""

import io
import statistics
import time

from PIL import Image

from bench.processes import serving, times_of
from bench.shape import Row, Scale
from lumbung.catalogue.domain.records import add_record
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import put
from lumbung.formats import marc

SIDE, TILE = 6_000, 512
MADE, KEPT = 60.0, 5.0
PATH = "/iiif/3/{pk}/{box}/{size},/0/default.jpg"


def run(scale: Scale) -> list[Row]:
    side = 2_048 if scale.quick else SIDE
    picture = Image.effect_noise((side, side), 40).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    record = add_record(marc.Record("00000nam a2200000 i 4500", [marc.Field("245", "0", "0", [("a", "Lukisan")])]), by=None)
    file = add_file(record, put([out.getvalue()], name="lukisan.jpg", largest=1 << 30), name="lukisan.jpg", by=None)
    boxes = [
        (x, y, TILE * part, TILE * part)
        for part in (1, 2, 4)
        for x in range(0, side - 2048, 1024)
        for y in range(0, side - 2048, 2048)
    ] or [(0, 0, TILE, TILE)]
    paths = [PATH.format(pk=file.pk, box=",".join(map(str, box)), size=TILE) for box in boxes]
    floor = statistics.median(_made(picture, box) for box in boxes) * 1000
    with serving("serve") as (port, _leader):
        first = times_of(port, paths[:1])[0] * 1000
        made = statistics.median(times_of(port, paths[1:] or paths)) * 1000
        kept = statistics.median(times_of(port, paths)) * 1000
    return [
        Row(f"ubin pertama dari gambar {side} × {side} (dibuka dahulu)", first, "ms"),
        Row("ubin lain, dibuat", made, "ms", floor=floor, ratio=made / floor, bar=f"≤ {MADE:.0f} ms", met=made <= MADE),
        Row("ubin yang tersimpan", kept, "ms", bar=f"≤ {KEPT:.0f} ms", met=kept <= KEPT),
    ]


def _made(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
    began = time.perf_counter()
    left, top, wide, high = box
    part = picture.crop((left, top, left + wide, top + high))
    if wide != TILE:
        part = part.resize((TILE, TILE), Image.Resampling.LANCZOS)
    part.save(io.BytesIO(), "JPEG", quality=82)
    return time.perf_counter() - began
