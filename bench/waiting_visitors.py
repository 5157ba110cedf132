"""Five hundred visitors of the web chat who wait for an answer, each asking for news as its page does; the floor is one who waits alone."""

import heapq
import http.client
import statistics
import threading
import time

from django.core.signing import get_cookie_signer

from bench.processes import serving
from bench.shape import Row, Scale
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.identities import identity_of

VISITORS = 500
CLIENTS = 16
FIRST, LONGER, LONGEST = 1.5, 1.4, 20.0
SLOWEST = 0.200


def run(scale: Scale) -> list[Row]:
    seconds = 40 if scale.of(40, quick=5) >= 40 else 5
    account = built_in("web")
    cookies = [_cookie(identity_of(account, f"visitor-{number}").address) for number in range(VISITORS)]
    with serving("serve") as (port, _):
        alone = statistics.median(_asked(http.client.HTTPConnection("127.0.0.1", port), cookies[0]) for _ in range(50))
        times = _waited(port, cookies, seconds)
    times.sort()
    at_95 = times[int(len(times) * 0.95)]
    return [
        Row(
            f"{VISITORS} pengunjung menunggu jawaban obrolan, {len(times) / seconds:.0f} tanya/s, p95",
            at_95 * 1000,
            "ms",
            floor=alone * 1000,
            ratio=at_95 / alone,
            bar="≤ 200 ms",
            met=at_95 <= SLOWEST,
        )
    ]


def _cookie(address: str) -> str:
    return get_cookie_signer(salt="chatlumbung.chat").sign(address)


def _asked(connection: http.client.HTTPConnection, cookie: str) -> float:
    began = time.perf_counter()
    connection.request("GET", "/chat/news?after=0", headers={"Cookie": f"chat={cookie}"})
    connection.getresponse().read()
    return time.perf_counter() - began


def _waited(port: int, cookies: list[str], seconds: float) -> list[float]:
    """How long each question took from the moment it was due; all visitors came within the first pause."""
    began = time.perf_counter()
    due = [(began + FIRST * number / len(cookies), FIRST, cookie) for number, cookie in enumerate(cookies)]
    heapq.heapify(due)
    times: list[float] = []
    lock = threading.Lock()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with lock:
                at, pause, cookie = heapq.heappop(due)
            if at > began + seconds:
                return
            time.sleep(max(0.0, at - time.perf_counter()))
            _asked(connection, cookie)
            times.append(time.perf_counter() - at)
            with lock:
                pause = min(pause * LONGER, LONGEST)
                heapq.heappush(due, (time.perf_counter() + pause, pause, cookie))

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times
