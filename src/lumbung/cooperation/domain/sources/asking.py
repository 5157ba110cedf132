"""Asking a source: bounded in time and size, never into our own network unasked."""

import zlib
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from lumbung.cooperation.models import Source
from lumbung.formats.oai_pmh.reading import Described, Listed, NotOai, read_identify, read_list
from lumbung.kernel import clock
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import Answer, ask

SECONDS, LARGEST, LEADS = 60, 30 << 20, 3
HEADERS = {"Accept": "text/xml, application/xml, */*;q=0.1", "Accept-Encoding": "gzip"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NO_GET = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.NOT_IMPLEMENTED}
"""Answers to a question by GET that may be taken by POST: every repository has to answer both, and some tokens are long."""
BUSY = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}
GZIP = 16 + zlib.MAX_WBITS
LONGEST_WAIT = timedelta(days=1)


class Later(Exception):
    """The source wants to be asked again at ``at``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.at = clock.now() + min(timedelta(seconds=max(seconds, 60)), LONGEST_WAIT)


def identified(source: Source) -> Described:
    """What the source says of itself. Raises Failed or Later."""
    try:
        return read_identify(_asked(source, {"verb": "Identify"}))
    except NotOai as error:
        raise Failed(Failures.NONSENSE, str(error)) from None


def listed(source: Source, *, since: str, token: str) -> Listed:
    """A page of its records: with a token the one that follows, else the first of those changed since. Raises Failed or Later."""
    question = {"verb": "ListRecords"}
    if token:
        question["resumptionToken"] = token
    else:
        told = {"metadataPrefix": source.prefix, "set": source.set_name, "from": since}
        question |= {name: value for name, value in told.items() if value}
    try:
        return read_list(_asked(source, question))
    except NotOai as error:
        raise Failed(Failures.NONSENSE, str(error)) from None


def _asked(source: Source, question: dict[str, str]) -> bytes:
    answer = _answered(source.address, urlencode(question))
    if answer.status in BUSY and "retry-after" in answer.headers:
        wait = answer.headers["retry-after"].strip()
        raise Later(int(wait[:7]) if wait.isascii() and wait.isdigit() else 3600)
    if answer.status != HTTPStatus.OK:
        raise Failed(Failures.STATUS, f"{answer.status} {answer.reason}")
    return _unpacked(answer) if "gzip" in answer.headers.get("content-encoding", "").lower() else answer.body


def _answered(address: str, question: str) -> Answer:
    answer = ask(f"{address}?{question}", headers=HEADERS, seconds=SECONDS, largest=LARGEST, redirects=LEADS)
    if answer.status not in NO_GET:
        return answer
    return ask(address, method="POST", headers=HEADERS | FORM, body=question.encode(), seconds=SECONDS, largest=LARGEST)


def _unpacked(answer: Answer) -> bytes:
    unpacking = zlib.decompressobj(GZIP)
    try:
        body = unpacking.decompress(answer.body, LARGEST)
    except zlib.error as error:
        raise Failed(Failures.BROKEN, str(error)) from None
    if not unpacking.eof:
        raise Failed(Failures.TOO_LARGE if unpacking.unconsumed_tail else Failures.BROKEN)
    return body
