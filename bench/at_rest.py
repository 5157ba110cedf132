"""Memory of all processes at rest, the demonstration library loaded."""

import time

from bench.processes import memory_of_group, serving, times_of
from bench.shape import Row, Scale

MOST = 250.0
PAGES = ("/", "/search?q=bumi", "/search", "/api/v1/openapi.json")
UNTIL_AT_REST = 15.0


def run(scale: Scale) -> list[Row]:
    with serving("up") as (port, leader):
        times_of(port, PAGES * (1 if scale.quick else 5))
        time.sleep(UNTIL_AT_REST)
        memory = memory_of_group(leader)
    return [Row("memori semua proses, contoh terisi, diam", memory, "MiB", bar="≤ 250 MiB", met=memory <= MOST)]
