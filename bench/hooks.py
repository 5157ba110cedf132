"""Events posted by other systems at 200 a second; the floor is a row stored durably, alone."""

import functools
import hashlib
import hmac
import http.client
import json
import statistics
import threading
import time
import timeit

from bench.processes import serving
from bench.shape import Row, Scale
from lumbung.messaging.channels import Hook, signatures
from lumbung.messaging.domain.arrivals import receive
from lumbung.messaging.models import Account, Inbound

A_SECOND = 200
CLIENTS = 16
SLOWEST = 0.050
SIGNATURE = 20e-6


def run(scale: Scale) -> list[Row]:
    seconds = 10 if scale.of(10, quick=2) >= 10 else 2
    account = Account.objects.create(
        kind="generic", name="gateway", hook_key="bench", settings={"in_id": "id", "in_address": "from", "in_text": "text"}
    )
    floor = statistics.median(_stored(account, number) for number in range(50))
    Inbound.objects.all().delete()
    with serving("serve") as (port, _):
        times = _posted(port, seconds)
    kept = Inbound.objects.count()
    times.sort()
    at_95 = times[int(len(times) * 0.95)]
    return [
        Row(
            f"peristiwa webhook, {A_SECOND}/s selama {seconds} s, p95",
            at_95 * 1000,
            "ms",
            floor=floor * 1000,
            ratio=at_95 / floor,
            bar="≤ 50 ms",
            met=at_95 <= SLOWEST,
        ),
        Row("peristiwa webhook yang hilang", len(times) - kept, "", bar="0", met=len(times) == kept),
        _checked(),
    ]


def _stored(account: Account, number: int) -> float:
    began = time.perf_counter()
    receive(account, f"floor-{number}", {"text": "cari kamus"})
    return time.perf_counter() - began


def _checked() -> Row:
    """How long a signature of a message takes to check; the floor is the digest alone."""
    key, body = "rahasia-aplikasi", json.dumps({"entry": [{"changes": ["x" * 1000]}]}).encode()
    digest = f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}"
    hook = Hook({"x-hub-signature-256": digest}, body, {})
    check = functools.partial(signatures.expect_hex, hook, header="x-hub-signature-256", key=key)
    floor = min(timeit.repeat(lambda: hmac.digest(key.encode(), body, "sha256"), number=1000, repeat=5)) / 1000
    spent = min(timeit.repeat(check, number=1000, repeat=5)) / 1000
    return Row(
        "tanda tangan webhook diperiksa",
        spent * 1e6,
        "µs",
        floor=floor * 1e6,
        ratio=spent / floor,
        bar="≤ 20 µs",
        met=spent <= SIGNATURE,
    )


def _posted(port: int, seconds: int) -> list[float]:
    """How long each event took from the moment it was due, so that a server that falls behind is seen."""
    times: list[float] = []
    began = time.perf_counter() + 0.2
    threads = [
        threading.Thread(target=_client, args=(port, range(first, A_SECOND * seconds, CLIENTS), began, times))
        for first in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _client(port: int, numbers: range, began: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for number in numbers:
        due = began + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        body = json.dumps({"id": f"e{number}", "from": f"62812{number:06}", "text": "cari kamus jepang"})
        connection.request("POST", "/hooks/generic/bench", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            times.append(time.perf_counter() - due)
