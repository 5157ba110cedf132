"""The reader on a slow line: how long until a telephone shows the first page, at what Chromium calls Slow 3G; the floor: the line alone."""

import io
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image

from bench.processes import serving
from bench.shape import Row, Scale
from lumbung.catalogue.domain.records import add_record
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import put
from lumbung.formats import marc
from lumbung.kernel.typesetting import pdf

BYTES_PER_SECOND = 50_000
ROUND_TRIP = 400
"""Milliseconds, with 400 kbit/s: "Slow 3G" as it is named in Chromium. What its panel sets beside it, 2,000 ms for each request, stands for
the meetings of a new connection (name, TCP, TLS) too, and leaves no page two seconds."""
MOST = 2_000
OPENINGS = 5
TELEPHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SHOWN = """() => new Promise(told => {
  const shown = () => requestAnimationFrame(() => told(performance.now()));
  const look = () => { const one = document.querySelector('.leaf img');
    if (one?.complete && one.naturalWidth) one.decode().then(shown); else setTimeout(look, 5); };
  look(); })"""
WORDS = '#set page(paper: "a4", margin: 2cm)\n#set text(size: 10pt)\n#lorem(900)'
COLOURS = '#set page(paper: "a4", margin: 0cm)\n#rect(width: 100%, height: 100%, fill: gradient.linear(yellow, blue, red))'
KINDS = {"kata, penuh": ("padat.pdf", WORDS), "berwarna": ("sampul.pdf", COLOURS)}


def run(scale: Scale) -> list[Row]:
    files = {kind: _file(name, pdf(source, {})) for kind, (name, source) in KINDS.items()}
    files["pindaian"] = _file("pindaian.jpg", _scan())
    with serving("serve") as (port, _leader), _browser() as browser:
        at, times = f"http://127.0.0.1:{port}/files", 1 if scale.quick else OPENINGS
        return [_row(kind, _opened(browser, f"{at}/{pk}/read", times)) for kind, pk in files.items()]


def _row(kind: str, took: list[float]) -> Row:
    shown = statistics.median(took)
    what = f"halaman pertama pembaca di jalur lambat ({BYTES_PER_SECOND * 8 // 1000} kbit/s, {ROUND_TRIP} ms): {kind}"
    return Row(what, shown, "ms", floor=ROUND_TRIP, ratio=shown / ROUND_TRIP, bar="≤ 2.000 ms", met=shown <= MOST)


def _file(name: str, content: bytes) -> int:
    record = add_record(marc.Record("00000nam a2200000 i 4500", [marc.Field("245", "0", "0", [("a", name)])]), by=None)
    return add_file(record, put([content], name=name, largest=1 << 30), name=name, by=None).pk


def _scan() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((2400, 3200), 40).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


@contextmanager
def _browser() -> Iterator[Any]:
    """Debian's Chromium for the block, driven by Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow to import, and no other benchmark needs a browser

    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])


def _opened(browser: Any, address: str, times: int) -> list[float]:
    """Milliseconds from asking until the picture stands; each time with nothing kept, the first, which draws it, left out."""
    took = []
    for _ in range(times + 1):
        context = browser.new_context(**TELEPHONE)
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {
            "offline": False,
            "latency": ROUND_TRIP,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        }
        line.send("Network.emulateNetworkConditions", slow)
        page.goto(address, wait_until="commit")
        took.append(page.evaluate(SHOWN))
        context.close()
    return took[1:]
