"""Asking over SRU."""

from http import HTTPStatus

from lumbung.catalogue.domain.copying.questions import Question, as_cql
from lumbung.catalogue.domain.copying.reading import LARGEST, records_in
from lumbung.catalogue.domain.copying.reply import Reply
from lumbung.catalogue.models import Target
from lumbung.formats import sru
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import ask

HEADERS = {"Accept": "application/xml, text/xml, */*;q=0.1"}


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
    answer = ask(url, headers=HEADERS, seconds=seconds, largest=LARGEST)
    if answer.status != HTTPStatus.OK:
        told = [str(answer.status), answer.reason, answer.headers.get("location", "")]
        raise Failed(Failures.STATUS, " ".join(filter(None, told)))
    return answer.body, answer.headers.get("server", "")


def _worded(diagnostics: list[sru.Diagnostic]) -> str:
    told = [f"{each.number or ''} {each.message}: {each.details}" for each in diagnostics]
    return "; ".join(dict.fromkeys(" ".join(each.split()).rstrip(":") for each in told))
