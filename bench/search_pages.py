"""Search pages over HTTP, facets on, with what people type, the floor being Tantivy itself asked for the same; what is suggested at each
letter of it; *cari* in chat, from the words to the answer; and how soon the index is built anew."""

import gzip
import re
import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import tantivy
from django.conf import settings

from bench.made_catalogue import made_catalogue
from bench.processes import command, serving, times_of
from bench.shape import Row, Scale
from lumbung.discovery.gateways.chat.searching import search
from lumbung.messaging.chat import Asking

CLIENTS = 8
FACETS = (
    "material",
    "availability",
    "access",
    "branch",
    "classification",
    "year",
    "language",
    "programme",
    "subject",
    "creator",
)
SLOWEST, FEWEST = 0.050, 60.0
SUGGESTED, IN_CHAT = 0.015, 0.300
REBUILT, LARGEST = 5_000, 1024
KB, PAGE, VIEW = 1024, 60, 150
BROAD, BROADEST = ("indonesia", "pendidikan", "manajemen", "analisis", "pengembangan di indonesia"), 3
"""Words that a great part of the titles have, and how many times as long as the median page theirs may take."""
TURNS = 5
"""How often each broad page is asked; its median counts, as one answer alone may have waited for anything."""
SHORTEST, LONGEST, TYPED = 2, 12, 60
"""How many letters are typed at least and at most, and of how many of the queries."""


def run(scale: Scale) -> list[Row]:
    records = scale.of(1_000_000, quick=10_000)
    made = made_catalogue(records, scale.work)
    command("import", str(made.marc))
    what = f"{records} judul"
    built = _built_anew(what, records)  # what came in is gathered in the night after it: these are the pages of the next day
    pages = pages_measured(what, made.queries, [_raw(words) for words in made.queries])
    return [*pages, _suggestions(what, made.queries), _in_chat(what, made.queries), *built]


def pages_measured(what: str, queries: list[str], floors: list[float]) -> list[Row]:
    """The pages of these queries, for one reader and for many, and those of broad ones; ``floors`` are the seconds the bare engine
    takes for each."""
    floor = _percentile(floors)
    paths = [f"/search?{urlencode({'q': words})}" for words in queries]
    with serving("serve") as (port, _):
        times_of(port, paths[:20])
        taken = times_of(port, paths)
        alone = _percentile(taken)
        broad = max(statistics.median(times_of(port, [f"/search?{urlencode({'q': words})}"] * TURNS)) for words in BROAD)
        rate = _pages_per_second(port, paths)
        view = _first_view(port, what, f"/search?{urlencode({'q': BROAD[0]})}")
    median = statistics.median(taken)
    return [
        Row(
            f"halaman pencarian, {what}, satu pembaca, p95",
            alone * 1000,
            "ms",
            floor=floor * 1000,
            ratio=alone / floor,
            bar="≤ 50 ms",
            met=alone <= SLOWEST,
        ),
        Row(f"halaman pencarian, {what}, {CLIENTS} pembaca", rate, "/s", bar="≥ 60/s", met=rate >= FEWEST),
        Row(
            f"kueri luas ({', '.join(BROAD)}), {what}, yang paling lambat",
            broad * 1000,
            "ms",
            floor=median * 1000,
            ratio=broad / median,
            bar=f"≤ {BROADEST}× median",
            met=broad <= BROADEST * median,
        ),
        *view,
    ]


def _suggestions(what: str, queries: list[str]) -> Row:
    """Each beginning of these queries once, as somebody types them who is alone."""
    begun = dict.fromkeys(words[:end] for words in queries[:TYPED] for end in range(SHORTEST, min(len(words), LONGEST) + 1))
    with serving("serve") as (port, _):
        times_of(port, ["/search/suggestions?q=zz"] * 20)
        p95 = _percentile(times_of(port, [f"/search/suggestions?{urlencode({'q': words})}" for words in begun]))
    return Row(f"saran saat mengetik, {what}, p95", p95 * 1000, "ms", bar="≤ 15 ms", met=p95 <= SUGGESTED)


def _in_chat(what: str, queries: list[str]) -> Row:
    taken = []
    for words in queries:
        began = time.perf_counter()
        search(Asking(incoming=None, identity=None, text=f"cari {words}", arguments=words, language="id"))
        taken.append(time.perf_counter() - began)
    p95 = _percentile(taken)
    return Row(f"cari dalam obrolan, {what}, p95", p95 * 1000, "ms", bar="≤ 300 ms", met=p95 <= IN_CHAT)


def _built_anew(what: str, records: int) -> list[Row]:
    began = time.perf_counter()
    command("reindex")
    rate = records / (time.perf_counter() - began)
    size = sum(file.stat().st_size for file in _folder().iterdir()) / records
    return [
        Row(f"reindex, {what}", rate, "/s", bar="≥ 5.000/s", met=rate >= REBUILT),
        Row(f"indeks, {what}", size, "byte/judul", bar="≤ 1.024 byte", met=size <= LARGEST),
    ]


def _folder() -> Path:
    index = settings.DATA / "index"
    return Path(index / (index / "CURRENT").read_text(encoding="ascii"))


def _first_view(port: int, what: str, path: str) -> list[Row]:
    """What comes over the wire, compressed, to who sees the page as their first: it, and all it names of style, script and pictures."""
    page = _fetched(port, path)
    named = re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|svg|png|webp))"', gzip.decompress(page).decode())
    whole = len(page) + sum(len(_fetched(port, each)) for each in dict.fromkeys(named))
    return [
        Row(f"satu halaman pencarian, {what}", len(page) / KB, "KB", bar="≤ 60 KB", met=len(page) <= PAGE * KB),
        Row(f"tampilan pertama, {what}", whole / KB, "KB", bar="≤ 150 KB", met=whole <= VIEW * KB),
    ]


def _fetched(port: int, path: str) -> bytes:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 -- ours
        return bytes(answer.read())


def _pages_per_second(port: int, paths: list[str]) -> float:
    """Every client asks for all pages, each beginning somewhere else."""
    turns = [paths[at:] + paths[:at] for at in range(0, len(paths), len(paths) // CLIENTS)][:CLIENTS]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        pages = sum(len(taken) for taken in pool.map(lambda turn: times_of(port, turn), turns))
    return pages / (time.perf_counter() - began)


def _percentile(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _raw(words: str) -> float:
    """Seconds the bare engine takes for twenty hits with all words in the title, and all facets counted."""
    opened = tantivy.Index.open(str(_folder()))
    searcher, schema = opened.searcher(), opened.schema
    terms = [tantivy.Query.term_query(schema, "title", word) for word in words.lower().replace(",", "").split()]
    query = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
    counts = {name: {"terms": {"field": f"{name}_facet", "size": 10, "segment_size": 100}} for name in FACETS}
    began = time.perf_counter()
    searcher.search(query, 20)
    searcher.aggregate(query, counts)
    return time.perf_counter() - began
