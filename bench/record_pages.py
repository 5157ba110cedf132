"""Record pages over HTTP, as one reader and as eight; the floor is reading the same record, its copies and nothing else."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from bench.made_catalogue import made_catalogue
from bench.processes import command, serving, times_of
from bench.shape import Row, Scale
from lumbung.catalogue.models import Item, Record

CLIENTS = 8
PAGES = 400
SLOWEST, FEWEST = 0.012, 200.0


def run(scale: Scale) -> list[Row]:
    records = scale.of(100_000, quick=2_000)
    command("import", str(made_catalogue(records, scale.work).marc))
    keys = list(Record.objects.order_by("pk").values_list("pk", flat=True))[:: max(1, records // PAGES)]
    floor = statistics.median(_raw(key) for key in keys)
    paths = [f"/records/{key}" for key in keys]
    with serving("serve") as (port, _):
        times_of(port, paths[:20])
        alone = statistics.median(times_of(port, paths))
        rate = _pages_per_second(port, paths)
    return [
        Row(
            f"halaman judul, {records} judul, satu pembaca, median",
            alone * 1000,
            "ms",
            floor=floor * 1000,
            ratio=alone / floor,
            bar="≤ 12 ms",
            met=alone <= SLOWEST,
        ),
        Row(f"halaman judul, {CLIENTS} pembaca", rate, "/s", bar="≥ 200/s", met=rate >= FEWEST),
    ]


def _pages_per_second(port: int, paths: list[str]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        pages = sum(len(taken) for taken in pool.map(lambda _: times_of(port, paths), range(CLIENTS)))
    return pages / (time.perf_counter() - began)


def _raw(key: int) -> float:
    """Seconds it takes to read the record and its copies, through Django."""
    began = time.perf_counter()
    Record.objects.get(pk=key)
    list(Item.objects.filter(record=key))
    return time.perf_counter() - began
