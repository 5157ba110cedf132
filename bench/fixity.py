"""Reading every kept content again, as the program does it; the floor is reading the same files from the disk and nothing else.

Both begin with a disk that has to be asked: what the machine remembers of the files is dropped first.
"""

import os
import time
from pathlib import Path

from bench.shape import Row, Scale
from lumbung.digital.domain import fixity, places, store
from lumbung.digital.models import KeptContent
from lumbung.kernel import clock

EACH, BLOCK = 16 << 20, 1 << 20
FEWEST = 0.7


def run(scale: Scale) -> list[Row]:
    count = scale.of(64, quick=2)
    contents = [_kept(number) for number in range(count)]
    paths = [path for each in contents if (path := places.first().path_of(each.sha256)) is not None]
    megabytes = count * EACH / 1e6
    floor = megabytes / _seconds(paths, lambda: [_read(path) for path in paths])
    speed = megabytes / _seconds(paths, lambda: fixity.check_all(contents))
    met = speed >= FEWEST * floor
    bar = {"bar": f"≥ {FEWEST:.0%} dari membaca", "met": met}
    return [Row(f"keutuhan {count} berkas, {megabytes:.0f} MB", speed, "MB/s", floor=floor, ratio=speed / floor, **bar)]


def _kept(number: int) -> KeptContent:
    pieces = (b"%PDF-" if not piece else os.urandom(BLOCK) for piece in range(EACH // BLOCK + 1))
    kept = store.put(pieces, name=f"{number}.pdf", largest=2 * EACH)
    now = clock.now()
    facts = {"sha256": kept.sha256, "size": kept.size, "media_type": kept.media_type}
    return KeptContent.objects.create(**facts, kept_at=now, check_after=now)


def _seconds(paths: list[Path], work) -> float:  # noqa: ANN001 -- whatever is measured
    os.sync()
    for path in paths:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _read(path: Path) -> None:
    block = bytearray(BLOCK)
    with path.open("rb", buffering=0) as file:
        while file.readinto(block):
            pass
