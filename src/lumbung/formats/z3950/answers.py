"""What a server answers."""

from dataclasses import dataclass, field

from lumbung.formats.ber import EXTERNAL, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, Class, Malformed, Node, decode

SEARCH_RESPONSE, PRESENT_RESPONSE, INIT_RESPONSE, CLOSE = 23, 25, 21, 48
RECORDS, ONE_DIAGNOSTIC, DIAGNOSTICS = 28, 130, 205


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Why a server could not: ``condition`` is a number of Bib-1 diagnostics, ``detail`` what it says besides."""

    condition: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """One record as it came: its syntax by object identifier, and its bytes."""

    syntax: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Initialized:
    accepted: bool
    name: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many records answer; diagnostics say why a search failed."""

    total: int
    succeeded: bool
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Presented:
    """Records in the order of the set; what could not be sent is a diagnostic in its place."""

    records: list[Received | Diagnostic]
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Closed:
    """The server ends the session, for this reason by number, and in its words."""

    reason: int
    detail: str = ""


Answer = Initialized | Found | Presented | Closed


def read_answer(data: bytes) -> Answer:
    """What one whole message says. Raises Malformed for what is none that a client may expect."""
    node = decode(data)
    if node.tag is not Class.CONTEXT or node.parts is None:
        raise Malformed("not a message of Z39.50")
    if node.number == INIT_RESPONSE:
        return Initialized(_truth(node.get(12)), _text(node.get(111)), _text(node.get(112)))
    if node.number == SEARCH_RESPONSE:
        total = _number(node.get(23))
        return Found(max(total, 0), _truth(node.get(22)), _diagnostics(node))
    if node.number == PRESENT_RESPONSE:
        held = node.get(RECORDS)
        return Presented([_record(each) for each in held.parts or ()] if held else [], _diagnostics(node))
    if node.number == CLOSE:
        return Closed(_number(node.get(211)), _text(node.get(3)))
    raise Malformed(f"message {node.number} was not expected")


def _record(named: Node) -> Received | Diagnostic:
    """``NamePlusRecord``: a record, or why there is none."""
    choice = named.get(1)
    held = choice.parts[0] if choice is not None and choice.parts else None
    if held is None or held.parts is None:
        raise Malformed("a record without content")
    if held.number == 1:
        return _external(held)
    if held.number == 2:  # noqa: PLR2004 -- surrogateDiagnostic
        return _diagnostic(held.parts[0]) if held.parts else Diagnostic(0)
    return Diagnostic(0, "segment")


def _external(retrieval: Node) -> Received:
    """``EXTERNAL``: octet-aligned, or one ASN.1 value that is a string."""
    external = retrieval.get(EXTERNAL, Class.UNIVERSAL)
    syntax = external.get(OBJECT_IDENTIFIER, Class.UNIVERSAL) if external else None
    if external is None or syntax is None:
        raise Malformed("a record without its syntax")
    held = external.get(1) or external.get(0)
    if held is None:
        raise Malformed("a record without its bytes")
    return Received(syntax.identifier(), held.octets())


def _diagnostics(node: Node) -> list[Diagnostic]:
    one, several = node.get(ONE_DIAGNOSTIC), node.get(DIAGNOSTICS)
    told = [_diagnostic(one)] if one else []
    return told + [_diagnostic(each) for each in (several.parts or () if several else ())]


def _diagnostic(node: Node) -> Diagnostic:
    """``DefaultDiagFormat``; one defined elsewhere is only known to be one."""
    if node.tag is Class.UNIVERSAL and node.number not in {SEQUENCE, EXTERNAL}:
        raise Malformed("not a diagnostic")
    condition = node.get(INTEGER, Class.UNIVERSAL)
    if condition is None:
        return Diagnostic(0)
    parts = node.parts or ()
    detail = parts[-1].text() if parts and parts[-1] is not condition else ""
    return Diagnostic(condition.integer(), detail)


def _truth(node: Node | None) -> bool:
    return node is not None and any(node.data)


def _number(node: Node | None) -> int:
    return node.integer() if node is not None else 0


def _text(node: Node | None) -> str:
    return node.text() if node is not None else ""
