"""The reader: the first page of a new book, and 200 readers who turn pages at once; the floor: a page drawn by the press alone."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.processes import serving
from bench.shape import Row, Scale
from lumbung.catalogue.domain.records import add_record
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import put
from lumbung.formats import marc
from lumbung.formats.pages import Press
from lumbung.kernel.typesetting import pdf

BOOKS, PAGES = 20, 40
READERS, SECONDS, PAUSE = 200, 30, 6.0
FIRST, P95 = 0.300, 0.250
WIDTH = 720
BOOK = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a5", margin: 2cm)
#set text(lang: "id")
#for n in range(data.pages) [ = Bab #(n + 1) dari #data.title
#lorem(220)
#pagebreak(weak: true) ]"""


@dataclass(frozen=True)
class Crowd:
    """So many readers of these files, each with so many pages, for some seconds."""

    port: int
    files: list[int]
    readers: int
    seconds: int
    pages: int


def run(scale: Scale) -> list[Row]:
    readers, seconds = (8, 3) if scale.quick else (scale.of(READERS, quick=8), SECONDS)
    files = [_book(number, 4 if scale.quick else PAGES) for number in range(3 if scale.quick else BOOKS)]
    floor = _drawn(scale.work, 4)
    with serving("serve") as (port, _leader):
        _asked(port, [f"/files/{files[0]}/read"])  # the program is warm, the book is not
        first = statistics.median(_asked(port, _opening(file)) for file in files[1:])
        took = _turned(Crowd(port, files, readers, seconds, 4 if scale.quick else PAGES))
    p95 = statistics.quantiles(took, n=20)[-1]
    return [
        Row(
            "halaman pertama pembaca dari buku yang baru: halaman, gambar, dan teksnya",
            first * 1000,
            "ms",
            floor=floor * 1000,
            ratio=first / floor,
            bar="≤ 300 ms",
            met=first <= FIRST,
        ),
        Row(f"{readers} pembaca, tiap {PAUSE:.0f} detik satu halaman: p95", p95 * 1000, "ms", bar="≤ 250 ms", met=p95 <= P95),
        Row("… median", statistics.median(took) * 1000, "ms"),
    ]


def _book(number: int, pages: int) -> int:
    title = f"Buku {number}"
    record = add_record(marc.Record("00000nam a2200000 i 4500", [marc.Field("245", "0", "0", [("a", title)])]), by=None)
    content = put([pdf(BOOK, {"title": title, "pages": pages})], name="buku.pdf", largest=1 << 30)
    return add_file(record, content, name="buku.pdf", by=None).pk


def _opening(file: int) -> list[str]:
    return [f"/files/{file}/read", f"/files/{file}/pages/1.jpg?w={WIDTH}", f"/files/{file}/pages/1.json"]


def _asked(port: int, paths: list[str]) -> float:
    """Seconds until all of these are there, one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    for path in paths:
        _ask(connection, path)
    return time.perf_counter() - began


def _ask(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path, headers={"User-Agent": "Mozilla/5.0"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path}: {answer.status}")


def _turned(crowd: Crowd) -> list[float]:
    """How long each page took from the moment it was turned, so that a server that falls behind is seen."""
    times: list[float] = []
    began = time.perf_counter() + 0.5
    threads = [threading.Thread(target=_reader, args=(crowd, number, began, times)) for number in range(crowd.readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _reader(crowd: Crowd, number: int, began: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", crowd.port, timeout=60)
    file = crowd.files[number % len(crowd.files)]
    for turn in range(max(1, int(crowd.seconds / PAUSE))):
        due = began + (number * 0.618 % 1 + turn) * PAUSE
        time.sleep(max(0.0, due - time.perf_counter()))
        page = (number * 7 + turn) % crowd.pages + 1
        _ask(connection, f"/files/{file}/pages/{page}.jpg?w={WIDTH}")
        _ask(connection, f"/files/{file}/pages/{page}.json")
        times.append(time.perf_counter() - due)


def _drawn(work: Path, pages: int) -> float:
    """Seconds in which the press draws a page and tells its lines, once it has opened the file."""
    path = work / "buku.pdf"
    path.write_bytes(pdf(BOOK, {"title": "Buku", "pages": pages}))
    press = Press()
    press.picture(path, 1, WIDTH)
    began = time.perf_counter()
    press.picture(path, 2, WIDTH)
    press.lines(path, 2)
    took = time.perf_counter() - began
    press.rest()
    return took
