"""Memory of all processes at rest, the demonstration library loaded."""

import time

from bench.processes import memory_of_group, processes_of_group, serving, times_of
from bench.shape import Row, Scale

MOST = 250.0
PAGES = ("/", "/search?q=bumi", "/search", "/api/v1/openapi.json")
STILL = 75.0
"""Seconds without a process begun or ended after which all is at rest; a worker ends after a minute without work."""
PATIENCE = 600.0


def run(scale: Scale) -> list[Row]:
    with serving("up") as (port, leader):
        times_of(port, PAGES * (1 if scale.quick else 5))
        _wait_until_at_rest(leader)
        memory = memory_of_group(leader)
    return [Row("memori semua proses, contoh terisi, diam", memory, "MiB", bar="≤ 250 MiB", met=memory <= MOST)]


def _wait_until_at_rest(leader: int) -> None:
    """A process that only looks for work is gone before it is seen twice."""
    began = still_since = time.monotonic()
    seen, staying = processes_of_group(leader), set[int]()
    while time.monotonic() - still_since < STILL and time.monotonic() - began < PATIENCE:
        time.sleep(1.0)
        now = processes_of_group(leader)
        if staying != (staying := seen & now):
            still_since = time.monotonic()
        seen = now
