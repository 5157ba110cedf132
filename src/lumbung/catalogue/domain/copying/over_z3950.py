"""Asking over Z39.50."""

from typing import TypeVar

from lumbung import __version__
from lumbung.catalogue.domain.copying.questions import Question, as_rpn
from lumbung.catalogue.domain.copying.reading import LARGEST, records_in
from lumbung.catalogue.domain.copying.reply import Reply
from lumbung.catalogue.models import Target
from lumbung.formats import marc, z3950
from lumbung.formats.ber import Malformed, first_length
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.line import Line, line_to

Said = TypeVar("Said", bound=z3950.Answer)

BLOCK = 1 << 16
MOST_ROUNDS = 20
ENDED = 100
OUT_OF_RANGE = 13
SENTENCES = {
    1: "permanent system error",
    2: "temporary system error",
    3: "unsupported search",
    4: "terms only exclusion (stop) words",
    8: "too many database names",
    31: "resources exhausted",
    101: "access-control failure",
    107: "query type not supported",
    108: "malformed query",
    109: "database unavailable",
    114: "unsupported Use attribute",
    117: "unsupported Relation attribute",
    118: "unsupported Structure attribute",
    120: "unsupported Truncation attribute",
    123: "unsupported attribute combination",
    235: "database does not exist",
    236: "access to specified database denied",
    238: "record not available in requested syntax",
    239: "record syntax not supported",
}
"""Of the Bib-1 diagnostics those that servers really give, as the standard words them."""


def ask_z3950(target: Target, question: Question) -> Reply:
    """What the target has. Raises Failed."""
    host, _, port = target.address.rpartition(":")
    with line_to(host.strip("[]"), int(port), seconds=target.timeout) as line:
        greeting = _said(line, z3950.init(largest=LARGEST, version=__version__), z3950.Initialized)
        if not greeting.accepted:
            raise Failed(Failures.DENIED, greeting.name)
        databases = target.database.split() or ["Default"]
        found = _said(line, z3950.search(as_rpn(question, target), databases), z3950.Found)
        if not found.succeeded:
            raise Failed(Failures.DECLINED, _worded(found.diagnostics))
        records, troubles = _fetched(line, target, min(found.total, target.most))
        line.socket.sendall(z3950.close())
    return Reply(found.total, records, _worded(troubles), " ".join(filter(None, [greeting.name, greeting.version])))


def _fetched(line: Line, target: Target, wanted: int) -> tuple[list[marc.Record], list[z3950.Diagnostic]]:
    """The first ``wanted`` records; a server may send them a few at a time."""
    syntax = z3950.Syntax.XML if target.syntax == Target.Syntaxes.XML else z3950.Syntax.MARC21
    records: list[marc.Record] = []
    troubles: list[z3950.Diagnostic] = []
    place = 1
    for _ in range(MOST_ROUNDS):
        if place > wanted:
            break
        sent = _said(line, z3950.present(place, wanted - place + 1, syntax=syntax), z3950.Presented)
        troubles += sent.diagnostics
        if not sent.records:
            break
        place += len(sent.records)
        for each in sent.records:
            if isinstance(each, z3950.Diagnostic):
                troubles.append(each)
            else:
                records += records_in(each.data, xml=each.syntax == z3950.Syntax.XML, encoding=target.encoding)[:1]
    return records, [each for each in troubles if each.condition != OUT_OF_RANGE]


def _said(line: Line, request: bytes, kind: type[Said]) -> Said:
    """What the server answers to the request, of the one kind that may follow it."""
    line.socket.sendall(request)
    heard = b""
    try:
        while (length := first_length(heard)) is None:
            block = line.socket.recv(BLOCK)
            if not block:
                raise Failed(Failures.BROKEN)
            heard += block
            if len(heard) > LARGEST:
                raise Failed(Failures.TOO_LARGE)
        answer = z3950.read_answer(heard[:length])
    except Malformed as malformed:
        raise Failed(Failures.NONSENSE, str(malformed)) from None
    if isinstance(answer, z3950.Closed):
        raise Failed(Failures.DENIED, answer.detail)
    if not isinstance(answer, kind):
        raise Failed(Failures.NONSENSE, type(answer).__name__)
    return answer


def _worded(diagnostics: list[z3950.Diagnostic]) -> str:
    told = [f"{each.condition} {SENTENCES.get(each.condition, '')}: {each.detail}" for each in diagnostics]
    return "; ".join(dict.fromkeys(" ".join(each.split()).rstrip(":") for each in told))
