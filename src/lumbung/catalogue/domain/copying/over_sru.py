"""Asking over SRU."""

from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from lumbung import __version__
from lumbung.catalogue.domain.copying.questions import Question, as_cql
from lumbung.catalogue.domain.copying.reading import LARGEST, records_in
from lumbung.catalogue.domain.copying.reply import Reply
from lumbung.catalogue.domain.copying.wire import Failed, Line, line_to
from lumbung.catalogue.models import Failures, Target
from lumbung.formats import sru

PORTS = {"http": 80, "https": 443}
OK = 200
HEADERS = {"Accept": "application/xml, text/xml, */*;q=0.1", "User-Agent": f"Lumbung/{__version__}", "Connection": "close"}


def ask_sru(target: Target, question: Question) -> Reply:
    """What the target has. Raises Failed."""
    version = sru.Version(target.version)
    base = target.address if not target.database else f"{target.address.rstrip('/')}/{target.database}"
    url = sru.search_url(base, as_cql(question, target), version=version, start=1, most=target.most, schema=target.schema)
    data, server = fetched(url, seconds=target.timeout)
    try:
        response = sru.read_response(data)
    except sru.NotSru as error:
        raise Failed(Failures.NONSENSE, str(error)) from None
    trouble = _worded(response.diagnostics)
    if response.diagnostics and not response.records and not response.total:
        raise Failed(Failures.DECLINED, trouble)
    records = [record for each in response.records[: target.most] for record in records_in(each, xml=True)[:1]]
    return Reply(response.total, records, trouble, server)


def fetched(url: str, *, seconds: float) -> tuple[bytes, str]:
    """What stands at the address, and what serves it. One that leads elsewhere is not followed. Raises Failed."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    with line_to(host, port, seconds=seconds, tls=parts.scheme == "https") as line:
        connection = _connection(line, host, port)
        try:
            connection.request(
                "GET", f"{parts.path or '/'}?{parts.query}", headers={"Host": parts.netloc.rpartition("@")[2], **HEADERS}
            )
            with connection.getresponse() as response:
                return _body(response), response.getheader("Server", "")
        except HTTPException as error:
            raise Failed(Failures.BROKEN, str(error)) from None


def _connection(line: Line, host: str, port: int) -> HTTPConnection:
    connection = HTTPConnection(host, port)
    connection.sock = line.socket  # the address was judged when the line was opened
    return connection


def _body(response: HTTPResponse) -> bytes:
    if response.status != OK:
        raise Failed(
            Failures.STATUS, " ".join(filter(None, [str(response.status), response.reason, response.getheader("Location", "")]))
        )
    data = response.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Failed(Failures.TOO_LARGE)
    return data


def _worded(diagnostics: list[sru.Diagnostic]) -> str:
    told = [f"{each.number or ''} {each.message}: {each.details}" for each in diagnostics]
    return "; ".join(dict.fromkeys(" ".join(each.split()).rstrip(":") for each in told))
