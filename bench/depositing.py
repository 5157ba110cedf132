"""A large file handed in piece by piece through the server, whose memory stays as it was; and the words of pages, read in the background.

The floors: the same bytes written and made durable, and the same pages read by the library alone.
"""

import http.client
import os
import resource
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pypdfium2
from django.test import Client

from bench.processes import memory_of_group, serving
from bench.shape import Row, Scale
from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role
from lumbung.catalogue.domain.records import add_record
from lumbung.digital.domain.documents import PRESSES
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import put
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.domain.words import read_words
from lumbung.digital.models import File
from lumbung.formats import marc
from lumbung.kernel.typesetting import pdf

MEGABYTES, QUICK_MEGABYTES, WARM_MEGABYTES = 200, 24, 20
PIECE = 4 << 20
FLAT = 32
"""MiB by which the server may grow once a small file has warmed it: a few pieces in each of two processes, however large the file."""
PAGES, RATE = 400, 30.0
HEAD = b"\x1aE\xdf\xa3"
BOOK = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 2.5cm)
#for n in range(data.pages) [ = Bab #(n + 1)
#lorem(420)
#pagebreak(weak: true) ]"""


def run(scale: Scale) -> list[Row]:
    megabytes = int(os.environ.get("LUMBUNG_BENCH_MEGABYTES", "0")) or (QUICK_MEGABYTES if scale.quick else MEGABYTES)
    return [*_handed_in(megabytes, scale.work), *_words_read(8 if scale.quick else PAGES, scale.work)]


def _title() -> int:
    described = marc.Record("00000nam a2200000 i 4500", [marc.Field("245", "0", "0", [("a", "Rekaman")])])
    return add_record(described, by=None).pk


def _handed_in(megabytes: int, work: Path) -> list[Row]:
    sari = add_user(username="sari", name="Sari", roles=[Role.LIBRARIAN], by=None)
    change_terms(largest_mb=megabytes + 1, by=None)
    floor = _written(megabytes, work)
    client = Client()
    client.force_login(sari)
    address = f"/staff/records/{_title()}/files/upload"
    with serving("serve") as (port, leader):
        session = client.cookies["sessionid"].value
        _Sender(port, address, session, WARM_MEGABYTES).send()
        sender = _Sender(port, address, session, megabytes)
        before, peak, over = memory_of_group(leader), [0.0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(leader, peak, over))
        watcher.start()
        began = time.perf_counter()
        sender.send()
        took = time.perf_counter() - began
        over.set()
        watcher.join()
    if not File.objects.filter(size=megabytes << 20).exists():
        raise RuntimeError("the file was not kept")
    grown = max(peak[0] - before, 0.0)
    return [
        Row(
            f"{megabytes} MB masuk sepotong demi sepotong",
            megabytes / took,
            "MB/s",
            floor=floor,
            ratio=megabytes / took / floor,
        ),
        Row("… memori seluruh peladen bertambah paling banyak", grown, "MiB", bar=f"≤ {FLAT} MiB", met=grown <= FLAT),
    ]


class _Sender:
    """A browser that sends a file of so many megabytes, and loses the line once on the way."""

    def __init__(self, port: int, address: str, session: str, megabytes: int) -> None:
        self._port, self._address, self._size = port, address, megabytes << 20
        self._token = "a" * 32
        self._cookies = f"sessionid={session}; csrftoken={self._token}"
        self._line = self._connected()

    def ask(self) -> int:
        self._line.request("GET", f"{self._address}?name={quote('rekaman.webm')}", headers={"Cookie": self._cookies})
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"asked: {answer.status} {body[:200]!r}")
        return int(body.partition(b":")[2].strip(b' }"'))

    def send(self) -> None:
        at, lost = self.ask(), False
        while at < self._size:
            if not lost and at > self._size // 2:
                self._line.close()
                self._line, lost = self._connected(), True
                at = self.ask()
            piece = (HEAD if not at else b"").ljust(min(PIECE, self._size - at), b"x")
            self._post(at, piece)
            at += len(piece)

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)

    def _post(self, at: int, piece: bytes) -> None:
        mark = uuid.uuid4().hex
        said = {"csrfmiddlewaretoken": self._token, "name": "rekaman.webm", "at": at, "size": self._size}
        head = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in said.items()
        )
        head += f'--{mark}\r\nContent-Disposition: form-data; name="piece"; filename="rekaman.webm"\r\n\r\n'
        body = head.encode() + piece + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        self._line.request("POST", self._address, body, {"Cookie": self._cookies, "Content-Type": kind})
        answer = self._line.getresponse()
        told = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"sent at {at}: {answer.status} {told[:200]!r}")


def _watch(leader: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(0.1):
        peak[0] = max(peak[0], memory_of_group(leader))


def _written(megabytes: int, work: Path) -> float:
    """Megabytes a second at which the same bytes are written and made durable."""
    began = time.perf_counter()
    with (work / "rekaman").open("wb") as file:
        for piece in _pieces(megabytes):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    took = time.perf_counter() - began
    (work / "rekaman").unlink()
    return megabytes / took


def _pieces(megabytes: int) -> Iterator[bytes]:
    piece = b"x" * (1 << 20)
    return (piece for _ in range(megabytes))


def _words_read(pages: int, work: Path) -> list[Row]:
    content = pdf(BOOK, {"pages": pages})
    path = work / "naskah.pdf"
    path.write_bytes(content)
    floor = _read_alone(path)
    record = add_record(marc.Record("00000nam a2200000 i 4500", [marc.Field("245", "0", "0", [("a", "Naskah")])]), by=None)
    file = add_file(record, put([content], name="naskah.pdf", largest=1 << 30), name="naskah.pdf", by=None)
    PRESSES.rest()
    began = _processor()
    reading = read_words(file)
    if reading is None:
        raise RuntimeError("the words were not read")
    PRESSES.rest()
    rate = reading.pages / (_processor() - began)
    what = f"teks {reading.pages} halaman dibaca dan disimpan, per detik prosesor satu inti"
    return [Row(what, rate, "hlm/s", floor=floor, ratio=rate / floor, bar="≥ 30 hlm/s", met=rate >= RATE)]


def _read_alone(path: Path) -> float:
    began = _processor()
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        document[number].get_textpage().get_text_range()
    return len(document) / (_processor() - began)


def _processor() -> float:
    """Seconds of processor that this process took, and those that it began and that ended."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)
