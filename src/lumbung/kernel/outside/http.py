"""One request to an address that a person wrote down: judged, bounded in time and size, never led elsewhere unasked."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from lumbung import __version__
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.line import line_to

PORTS = {"http": 80, "https": 443}
MEGABYTE = 1024 * 1024
LEADS_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
USER_AGENT = f"Lumbung/{__version__}"


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status. ``headers`` have names in small letters; of one said twice the last counts."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 -- RFC 9110 §15.3


def ask(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = 10,
    largest: int = 10 * MEGABYTE,
    redirects: int = 0,
) -> Answer:
    """Ask another machine once, over http or https with a certificate that holds. A body larger than ``largest`` bytes is not taken.

    Up to ``redirects`` redirects of a GET are followed, each judged anew and within the same number of ``seconds`` each.
    Raises ``Failed``: for an address in our own network that the settings do not allow (``LUMBUNG_INTERNAL_TARGETS``), for one that
    is no http address, and for whatever goes wrong on the way. An answer that says no (404, 500 …) is an answer.
    """
    answer = _once(url, method=method, headers=headers or {}, body=body, seconds=seconds, largest=largest)
    if answer.status in LEADS_ELSEWHERE and redirects and method == "GET" and "location" in answer.headers:
        onward = urljoin(url, answer.headers["location"])
        return ask(onward, headers=headers, seconds=seconds, largest=largest, redirects=redirects - 1)
    return answer


def _once(url: str, *, method: str, headers: Mapping[str, str], body: bytes | None, seconds: float, largest: int) -> Answer:
    parts, port = _read(url)
    host = parts.hostname or ""
    with line_to(host, port, seconds=seconds, tls=parts.scheme == "https") as line:
        connection = HTTPConnection(host, port)
        connection.sock = line.socket  # the address was judged when the line was opened
        said = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": USER_AGENT, "Connection": "close", **headers}
        try:
            connection.request(
                method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body=body, headers=said
            )
            with connection.getresponse() as response:
                return _taken(response, largest, url)
        except (HTTPException, ValueError) as error:
            raise Failed(Failures.BROKEN, str(error)) from None


def _read(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise Failed(Failures.ADDRESS, url) from None
    if not parts.hostname:
        raise Failed(Failures.ADDRESS, url)
    return parts, port


def _taken(response: HTTPResponse, largest: int, url: str) -> Answer:
    data = response.read(largest + 1)
    if len(data) > largest:
        raise Failed(Failures.TOO_LARGE)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, response.reason, headers, data, url)
