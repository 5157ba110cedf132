"""Asking the cluster: several hosts, one of them at a time; what fails for a moment is tried again, a host that is away rests."""

import json
import logging
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3

from lumbung.search.fields import as_json
from lumbung.search.interface import NotReady
from lumbung.search.opensearch.address import Address

logger = logging.getLogger(__name__)

CONNECTIONS = 16
CONNECT_WITHIN = 2.0
TRIES = 3
FIRST_WAIT = 0.1
LONGEST_WAIT = 5.0
LONGEST_REST = 15.0
BUSY = frozenset({429, 502, 503, 504})
OK = frozenset({200, 201})

Answer = dict[str, Any]


class Declined(NotReady):
    """The cluster understood and will not: ``status`` and ``kind`` as it says them, ``index_not_found_exception`` and its like."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"{status} {kind}: {reason}")
        self.status = status
        self.kind = kind


@dataclass
class Host:
    """One node's address. It ``rests_until`` that moment (monotonic seconds) after ``failures`` in a row.

    A first failure may be a connection that was kept too long, and is tried again at once, unless time was lost with it.
    """

    url: str
    failures: int = 0
    rests_until: float = 0.0

    def fail(self, error: Exception) -> None:
        self.failures += 1
        if self.failures > 1 or isinstance(error, urllib3.exceptions.TimeoutError):
            self.rests_until = time.monotonic() + min(LONGEST_REST, 2.0 ** (self.failures - 1) / 2)

    def succeed(self) -> None:
        self.failures, self.rests_until = 0, 0.0


@dataclass(frozen=True)
class Request:
    """``patience`` are the seconds one try may take."""

    method: str
    path: str
    body: bytes | None
    kind: str
    patience: float


class Client:
    """Any number of threads may ask one client."""

    def __init__(self, address: Address) -> None:
        self._hosts = [Host(url) for url in address.hosts]
        self._turn = random.randrange(len(self._hosts))  # noqa: S311 -- so that not all processes begin with one host
        self._lock = threading.Lock()
        self._timeout = address.timeout
        headers = urllib3.make_headers(accept_encoding=True, keep_alive=True)
        if address.user:
            headers |= urllib3.make_headers(basic_auth=f"{address.user}:{address.password}")
        if not address.verify:  # the operator said so; not to be told again with every request
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._pool = urllib3.PoolManager(
            num_pools=len(self._hosts),
            maxsize=CONNECTIONS,
            headers=headers,
            retries=False,
            cert_reqs="CERT_REQUIRED" if address.verify else "CERT_NONE",
            ca_certs=address.ca,
        )

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, patience: float | None = None) -> Answer:
        """The answer to a request with a JSON body. ``patience`` are the seconds one try may take, when not those of the address.

        Raises ``NotReady`` when nobody answers, ``Declined`` when the cluster does not want to.
        """
        content = None if body is None else line_of(body)
        return self._ask(Request(method, path, content, "application/json", patience or self._timeout))

    def ask_lines(self, path: str, lines: bytes, *, patience: float | None = None) -> Answer:
        """The answer to a request of many lines, each an object."""
        return self._ask(Request("POST", path, lines, "application/x-ndjson", patience or self._timeout))

    def _ask(self, request: Request) -> Answer:
        wait, tries, busy = FIRST_WAIT, 0, "no host answers"
        while True:
            host = self._next_host()
            if host is None:
                raise NotReady(f"the search cluster does not answer: {busy}")
            try:
                status, content = self._try(host, request)
            except urllib3.exceptions.HTTPError as error:
                host.fail(error)
                busy = f"{host.url}: {error}"
                logger.warning("search cluster: %s", busy)
                continue
            host.succeed()
            if status not in BUSY:
                return _answer(status, content)
            busy, tries = f"{host.url}: {_declined(status, content)}", tries + 1
            if tries == TRIES:
                raise NotReady(f"the search cluster is busy: {busy}")
            time.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 -- so that not all come again at once
            wait = min(LONGEST_WAIT, wait * 4)

    def _try(self, host: Host, request: Request) -> tuple[int, bytes]:
        answer = self._pool.request(
            request.method,
            f"{host.url}/{request.path}",
            body=request.body,
            headers={**self._pool.headers, "content-type": request.kind},
            timeout=urllib3.Timeout(connect=CONNECT_WITHIN, read=request.patience),
        )
        return answer.status, answer.data

    def _next_host(self) -> Host | None:
        """The hosts take turns; one that rests is passed over. None when all rest."""
        with self._lock:
            now = time.monotonic()
            for _ in self._hosts:
                self._turn = (self._turn + 1) % len(self._hosts)
                if self._hosts[self._turn].rests_until <= now:
                    return self._hosts[self._turn]
        return None


def _answer(status: int, content: bytes) -> Answer:
    if status not in OK:
        raise _declined(status, content)
    try:
        answer: Answer = json.loads(content) if content else {}
    except ValueError:
        raise NotReady(f"what answers is no search cluster: {content[:200]!r}") from None
    return answer


def _declined(status: int, content: bytes) -> Declined:
    """What the cluster says against it; a proxy before it may say it in other words."""
    try:
        error = json.loads(content)["error"]
        return Declined(status, error["type"], error["reason"])
    except (ValueError, KeyError, TypeError):
        return Declined(status, "", content[:200].decode(errors="replace"))


def line_of(content: Mapping[str, Any]) -> bytes:
    """As one line of JSON; what cannot be written in UTF-8 becomes a question mark."""
    return as_json(content) + b"\n"
