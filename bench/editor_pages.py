"""Pages of the cataloguer at their largest, server time alone: the MARC view of 500 fields, a title with 5,000 copies (to staff and to
the public), its history; and what a change keeps. The floor of a page is reading its record."""

import statistics
import time
from collections.abc import Callable

from django.test import Client

from bench.shape import Row, Scale
from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role
from lumbung.catalogue.domain.records import add_record, change_record
from lumbung.catalogue.models import Item, ItemType, Record, Revision
from lumbung.formats.marc import Field, dumps
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import clock
from lumbung.organization.domain.branches import add_branch
from lumbung.organization.domain.library import set_up

FIELDS, COPIES, TIMES = 500, 5_000, 20
EDITOR, TITLE = 0.150, 0.300
ADDRESSES = (
    ("penyunting MARC, 500 ruas", "/staff/records/{}/marc", EDITOR),
    ("halaman judul, 5.000 eksemplar", "/staff/records/{}", TITLE),
    ("halaman umum judul itu", "/records/{}", TITLE),
    ("versi berdampingan", "/staff/records/{}/history", EDITOR),
)


def run(scale: Scale) -> list[Row]:
    copies = scale.of(COPIES, quick=100)
    client, record = _library(copies)
    floor = statistics.median(_taken(lambda: Record.objects.get(pk=record.pk).marc_record) for _ in range(TIMES))
    rows = []
    for what, page, bar in ADDRESSES:
        address = page.format(record.pk)
        client.get(address)
        value = statistics.median(_taken(lambda address=address: client.get(address)) for _ in range(TIMES))
        rows.append(_row(what, value, floor, bar))
    size = sum(len(kept.before) for kept in Revision.objects.all()) / Revision.objects.count()
    whole = len(dumps(record.marc_record).encode())
    return [
        *rows,
        Row(
            "satu perubahan tersimpan",
            size,
            "bita",
            floor=whole,
            ratio=size / whole,
            bar="≤ 1/3 cantuman",
            met=size * 3 <= whole,
        ),
    ]


def _library(copies: int) -> tuple[Client, Record]:
    set_up(name="Perpustakaan", by=None)
    branch = add_branch(code="PUSAT", name="Pusat", by=None)
    sari = add_user(username="sari", name="Sari", roles={Role.LIBRARIAN}, by=None)
    notes = [Field("500", " ", " ", [("a", f"Catatan nomor {n} tentang naskah yang panjang ini.")]) for n in range(FIELDS)]
    record = add_record(Marc(fields=[Field("245", "0", "0", [("a", "Naskah besar")]), *notes]), by=None)
    record = change_record(
        record, Marc(fields=[Field("245", "0", "0", [("a", "Naskah lebih besar")]), *notes]), version=1, by=sari
    )
    common = {
        "record": record,
        "branch": branch,
        "held_at": branch,
        "item_type": ItemType.objects.create(code="B", name="Buku"),
    }
    Item.objects.bulk_create(Item(barcode=f"B{n}", added_at=clock.now(), **common) for n in range(copies))
    client = Client(SERVER_NAME="localhost")
    client.force_login(sari, backend="lumbung.accounts.domain.sign_in.AnyNameBackend")
    return client, record


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _row(what: str, value: float, floor: float, bar: float) -> Row:
    return Row(
        what, value * 1000, "ms", floor=floor * 1000, ratio=value / floor, bar=f"≤ {bar * 1000:.0f} ms", met=value <= bar
    )
