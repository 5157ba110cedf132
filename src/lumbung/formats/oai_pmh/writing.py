"""Answers as XML. Bodies are put together from text that is escaped already: a page of records is some hundred kilobytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lumbung.formats.oai_pmh.asking import Problem
from lumbung.formats.oai_pmh.moments import as_text
from lumbung.formats.xml_tree import carried

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {NAMESPACE}OAI-PMH.xsd">\n'
)


@dataclass(frozen=True, slots=True)
class Header:
    """What identifies a record and when what it says last changed."""

    identifier: str
    moment: int
    sets: tuple[str, ...] = ()
    deleted: bool = False


def tag(name: str, text: str) -> str:
    """An element with text."""
    return f"<{name}>{escape(carried(text))}</{name}>\n"


def header(told: Header) -> str:
    """The ``<header>`` of a record."""
    sets = "".join([f"<setSpec>{each}</setSpec>" for each in told.sets])
    status = ' status="deleted"' if told.deleted else ""
    return (
        f"<header{status}><identifier>{escape(told.identifier)}</identifier>"
        f"<datestamp>{as_text(told.moment)}</datestamp>{sets}</header>"
    )


def resumption(token: str, *, size: int, cursor: int) -> str:
    """The ``<resumptionToken>`` of a part of a list; without a token that of the last part."""
    return f'<resumptionToken completeListSize="{size}" cursor="{cursor}">{escape(token)}</resumptionToken>\n'


def answer(*, at: int, base: str, verb: str, arguments: Mapping[str, str], body: Iterable[str]) -> bytes:
    """The whole answer to a question that was answered."""
    inner = "".join(body)
    return _whole(at, base, {"verb": verb, **arguments}, f"<{verb}>\n{inner}</{verb}>\n")


def errors(problems: Iterable[Problem], *, at: int, base: str, echo: Mapping[str, str]) -> bytes:
    """The whole answer to one that was not; ``echo`` is what may be repeated of it."""
    told = "".join(f'<error code="{each.code}">{escape(carried(each.told))}</error>\n' for each in problems)
    return _whole(at, base, echo, told)


def _whole(at: int, base: str, echo: Mapping[str, str], body: str) -> bytes:
    attributes = "".join(f" {name}={quoteattr(carried(value))}" for name, value in echo.items())
    start = f"<responseDate>{as_text(at)}</responseDate>\n<request{attributes}>{escape(carried(base))}</request>\n"
    return f"{_HEAD}{start}{body}</OAI-PMH>\n".encode()
