"""A harvest over HTTP, as one harvester; the floor is reading and unpacking the same rows and nothing else.

Of memory the processes' own is measured. A harvest reads the whole table, and SQLite maps the pages of its file that were read, up to
256 MiB: those are the system's cache, which it takes back when somebody needs the room.

The rows of some thousand records are made by the program and then copied under other keys until there are enough: what serving does with
them is the same, and making a million takes most of an hour.
"""

import gzip
import http.client
import re
import statistics
import time
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import Max

from bench.made_catalogue import made_catalogue
from bench.processes import command, own_memory_of_group, serving
from bench.shape import Row, Scale
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.domain.sharing import share_all
from lumbung.cooperation.gateways.oai.tokens import Token
from lumbung.cooperation.models import SharedRecord
from lumbung.cooperation.queries.harvesting import Place, Selection, page_of

MADE, PAGE, PAGES = 4_000, 100, 300
FEWEST, SLOWEST_END, MOST_GROWTH = 5_000.0, 1.5, 40.0
TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")


def run(scale: Scale) -> list[Row]:
    records = scale.of(1_000_000, quick=2_000)
    command("import", str(made_catalogue(min(MADE, records), scale.work).marc))
    began = time.perf_counter()
    made = share_all()
    rate = made / (time.perf_counter() - began)
    _multiply(records)
    change_sharing_rules(page_size=PAGE, by=None)
    pages = min(PAGES, records // PAGE - 1)
    floor = _floor(pages)
    told = [Row(f"bentuk untuk panen, {made} cantuman dibuat", rate, "/s")]
    with serving("serve") as (port, leader):
        _asked(port, {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
        before = own_memory_of_group(leader)
        for prefix in ("oai_dc", "marc21", "mods"):
            taken, _ = _harvested(port, {"verb": "ListRecords", "metadataPrefix": prefix}, pages)
            speed = PAGE / statistics.mean(taken)
            bar = {"bar": f"≥ {FEWEST:.0f}/s", "met": speed >= FEWEST} if prefix == "oai_dc" else {}
            told.append(Row(f"panen {prefix} dari {records}", speed, "/s", floor=floor, ratio=speed / floor, **bar))
            if prefix == "oai_dc":
                first = statistics.median(taken)
        last, _ = _harvested(port, {"verb": "ListRecords", "resumptionToken": _near_the_end(records, pages)}, pages)
        grown = own_memory_of_group(leader) - before
    ratio = statistics.median(last) / first
    told.append(Row("halaman terakhir dibanding pertama", ratio, "×", bar=f"≤ {SLOWEST_END}", met=ratio <= SLOWEST_END))
    told.append(Row("memori tumbuh selama panen", grown, "MiB", bar=f"≤ {MOST_GROWTH:.0f} MiB", met=grown <= MOST_GROWTH))
    return told


def _multiply(wanted: int) -> None:
    """Copy what there is under keys that go on, until so many are there; every copy a second later than the one before."""
    table = SharedRecord._meta.db_table
    names = [field.column for field in SharedRecord._meta.concrete_fields]
    while (here := SharedRecord.objects.count()) < wanted:
        highest = SharedRecord.objects.aggregate(record=Max("record"), serial=Max("serial"))
        moved = {name: f"{name} + {value}" for name, value in highest.items()} | {"moment": f"moment + {here // 1000 + 1}"}
        told = ", ".join(moved.get(name, name) for name in names)
        columns = ", ".join(names)
        copied = f"INSERT INTO {table} ({columns}) SELECT {told} FROM {table} ORDER BY record LIMIT {wanted - here}"  # noqa: S608 -- our own names
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copied)


def _floor(pages: int) -> float:
    """Records a second that are read and unpacked, page by page."""
    everything, after, count, began = Selection(theses_only=False), None, 0, time.perf_counter()
    for _ in range(pages):
        found = page_of(everything.rows(after), PAGE, with_content=True)
        count += sum(bool(each.form("oai_dc")) for each in found)
        after = found[-1].place
    return count / (time.perf_counter() - began)


def _near_the_end(records: int, pages: int) -> str:
    at = max(0, records - pages * PAGE)
    row = SharedRecord.objects.order_by("moment", "serial").values_list("moment", "serial", "record")[at]
    return Token("ListRecords", "oai_dc", Selection(theses_only=False), Place(*row), at, 0, records, 0).signed()


def _harvested(port: int, question: dict[str, str], pages: int) -> tuple[list[float], bytes]:
    """Seconds that each page took, read to its token."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken, body = [], b""
    for _ in range(pages):
        began = time.perf_counter()
        body = _asked(port, question, line)
        taken.append(time.perf_counter() - began)
        found = TOKEN.search(body)
        if found is None:
            break
        question = {"verb": question["verb"], "resumptionToken": found[1].decode()}
    line.close()
    return taken, body


def _asked(port: int, question: dict[str, str], line: http.client.HTTPConnection | None = None) -> bytes:
    line = line or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", f"/oai?{urlencode(question)}", headers={"Accept-Encoding": "gzip"})
    response = line.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{question}: {response.status}")
    return gzip.decompress(body) if response.getheader("Content-Encoding") == "gzip" else body
