"""The same search pages with OpenSearch beside the program, on this machine; the floor is OpenSearch itself asked for the same."""

import os
import sys
import time

from bench.made_catalogue import made_catalogue
from bench.processes import command
from bench.search_pages import FACETS, pages_measured
from bench.shape import Row, Scale
from lumbung.search.opensearch.address import address_of
from lumbung.search.opensearch.client import Client
from lumbung.search.opensearch.store import Store
from tools import opensearch


def run(scale: Scale) -> list[Row]:
    records = scale.of(1_000_000, quick=10_000)
    made = made_catalogue(records, scale.work)
    try:
        with opensearch.cluster(measured=True) as nodes:
            os.environ["LUMBUNG_SEARCH_URL"] = nodes[0].url  # for the program, which runs in processes of its own
            return _measured(records, str(made.marc), made.queries, nodes[0].url)
    except opensearch.NotHere as missing:
        sys.exit(str(missing))


def _measured(records: int, marc: str, queries: list[str], url: str) -> list[Row]:
    command("import", marc)
    command("work", "--until-idle")
    began = time.perf_counter()
    command("reindex")
    rate = records / (time.perf_counter() - began)
    address = address_of(url)
    client = Client(address)
    index = Store(client, address).alias
    [held] = client.ask("GET", f"{index}/_stats/store,docs")["indices"].values()
    size = held["primaries"]["store"]["size_in_bytes"] / held["primaries"]["docs"]["count"]
    what = f"OpenSearch, {records} judul"
    return [
        Row(f"reindex, {what}", rate, "/s", bar="≥ 5.000/s", met=rate >= 5_000),
        Row(f"indeks, {what}", size, "byte/judul", bar="≤ 1.024 byte", met=size <= 1024),
        *pages_measured(what, queries, [_raw(client, index, words) for words in queries]),
    ]


def _raw(client: Client, index: str, words: str) -> float:
    """Seconds the bare engine takes for twenty hits with all words in the title, and all facets counted."""
    terms = [{"term": {"title": word}} for word in words.lower().replace(",", "").split()]
    counts = {name: {"terms": {"field": f"{name}_facet", "size": 10}} for name in FACETS}
    asked = {"query": {"bool": {"must": terms}}, "size": 20, "_source": False, "aggs": counts}
    began = time.perf_counter()
    client.ask("POST", f"{index}/_search?request_cache=false", asked)
    return time.perf_counter() - began
