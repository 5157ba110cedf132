"""Search pages over HTTP, facets on, with what people type; the floor is Tantivy itself asked for the same."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import tantivy
from django.conf import settings

from bench.made_catalogue import made_catalogue
from bench.processes import command, serving, times_of
from bench.shape import Row, Scale

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


def run(scale: Scale) -> list[Row]:
    records = scale.of(1_000_000, quick=10_000)
    made = made_catalogue(records, scale.work)
    command("import", str(made.marc))
    return pages_measured(f"{records} judul", made.queries, [_raw(words) for words in made.queries])


def pages_measured(what: str, queries: list[str], floors: list[float]) -> list[Row]:
    """The pages of these queries, for one reader and for many; ``floors`` are the seconds the bare engine takes for each."""
    floor = _percentile(floors)
    paths = [f"/search?{urlencode({'q': words})}" for words in queries]
    with serving("serve") as (port, _):
        times_of(port, paths[:20])
        alone = _percentile(times_of(port, paths))
        rate = _pages_per_second(port, paths)
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
    ]


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
    index = settings.DATA / "index"
    opened = tantivy.Index.open(str(index / (index / "CURRENT").read_text(encoding="ascii")))
    searcher, schema = opened.searcher(), opened.schema
    terms = [tantivy.Query.term_query(schema, "title", word) for word in words.lower().replace(",", "").split()]
    query = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
    counts = {name: {"terms": {"field": f"{name}_facet", "size": 10, "segment_size": 100}} for name in FACETS}
    began = time.perf_counter()
    searcher.search(query, 20)
    searcher.aggregate(query, counts)
    return time.perf_counter() - began
