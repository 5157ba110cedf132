"""PREMIS 3.0: what is kept, what happened to it and who did that, as XML for other archives.

Kinds of event, outcomes, roles, digests and agents are named by the vocabularies of id.loc.gov, each with its address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from lumbung.formats.xml_tree import carried

NAMESPACE = "http://www.loc.gov/premis/v3"
VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<premis:premis xmlns:premis="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} http://www.loc.gov/standards/premis/v3/premis-v3-0.xsd" version="3.0">\n'
)


class EventTypes(StrEnum):
    """The kinds of event that we tell of, as the vocabulary names them."""

    INGESTION = "ingestion"
    DIGEST = "message digest calculation"
    IDENTIFICATION = "format identification"
    FIXITY = "fixity check"
    REPLICATION = "replication"
    RECOVERY = "recovery"
    VIRUS = "virus check"
    QUARANTINE = "quarantine"
    UNQUARANTINE = "unquarantine"
    VALIDATION = "validation"
    DEACCESSION = "deaccession"
    ACCESSION = "accession"


_CODES = {
    EventTypes.INGESTION: "ing",
    EventTypes.DIGEST: "mes",
    EventTypes.IDENTIFICATION: "for",
    EventTypes.FIXITY: "fix",
    EventTypes.REPLICATION: "rep",
    EventTypes.RECOVERY: "rec",
    EventTypes.VIRUS: "vir",
    EventTypes.QUARANTINE: "qua",
    EventTypes.UNQUARANTINE: "unq",
    EventTypes.VALIDATION: "val",
    EventTypes.DEACCESSION: "dea",
    EventTypes.ACCESSION: "acc",
}


@dataclass(frozen=True)
class KeptFile:
    """An object: a file by its ``identifier`` (a URI), with its SHA-256. Without a ``puid`` its format is told by media type alone."""

    identifier: str
    sha256: str
    size: int
    media_type: str
    name: str = ""
    format_name: str = ""
    format_version: str = ""
    puid: str = ""
    note: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agent:
    """Who or what acted: a ``person`` known by a key alone, ``software`` with its name and version."""

    identifier: str
    kind: str
    name: str = ""
    version: str = ""


@dataclass(frozen=True)
class Happening:
    """An event of an object. ``good`` is its outcome, ``note`` what came out."""

    identifier: str
    kind: EventTypes
    at: datetime
    detail: str
    agent: Agent
    good: bool = True
    note: str = ""


def write(file: KeptFile, happenings: Iterable[Happening]) -> bytes:
    """The object, its events in their order, and each agent once."""
    told = list(happenings)
    agents = {each.agent.identifier: each.agent for each in told}
    parts = [_HEAD, _object(file), *(_event(each, file) for each in told), *(_agent(each) for each in agents.values())]
    return ("".join(parts) + "</premis:premis>\n").encode()


def _tag(name: str, text: str, vocabulary: str = "", code: str = "") -> str:
    address = f"{VOCABULARY}/{vocabulary}"
    said = f" authority={quoteattr(vocabulary)} authorityURI={quoteattr(address)}" if vocabulary else ""
    said += f" valueURI={quoteattr(f'{address}/{code}')}" if code else ""
    return f"<premis:{name}{said}>{escape(carried(text))}</premis:{name}>"


def _all(name: str, *inside: str) -> str:
    return f"<premis:{name}>{''.join(inside)}</premis:{name}>\n"


def _identifier(name: str, identifier: str) -> str:
    kind = "URI" if identifier.startswith(("urn:", "http")) else "local"
    return _all(name, _tag(f"{name}Type", kind), _tag(f"{name}Value", identifier))


def _object(file: KeptFile) -> str:
    fixity = _all(
        "fixity",
        _tag("messageDigestAlgorithm", "SHA-256", "cryptographicHashFunctions", "sha256"),
        _tag("messageDigest", file.sha256),
    )
    name = _tag("formatName", file.format_name or file.media_type)
    version = _tag("formatVersion", file.format_version) if file.format_version else ""
    registry = _all(
        "formatRegistry",
        _tag("formatRegistryName", "PRONOM"),
        _tag("formatRegistryKey", file.puid),
        _tag("formatRegistryRole", "specification", "formatRegistryRole"),
    )
    note = _tag("formatNote", file.note) if file.note else ""
    kind = _all("format", _all("formatDesignation", name, version), registry if file.puid else "", note)
    places = [
        _all(
            "storage",
            _all("contentLocation", _tag("contentLocationType", "OCFL storage root"), _tag("contentLocationValue", each)),
        )
        for each in file.places
    ]
    inside = [
        _identifier("objectIdentifier", file.identifier),
        _all("objectCharacteristics", fixity, _tag("size", str(file.size)), kind),
        _tag("originalName", file.name) if file.name else "",
        *places,
    ]
    return f'<premis:object xsi:type="premis:file">\n{"".join(inside)}</premis:object>\n'


def _event(told: Happening, file: KeptFile) -> str:
    outcome = ("success", "suc") if told.good else ("fail", "fai")
    note = _all("eventOutcomeDetail", _tag("eventOutcomeDetailNote", told.note)) if told.note else ""
    role = ("executing program", "exe") if told.agent.kind == "software" else ("implementer", "imp")
    return _all(
        "event",
        _identifier("eventIdentifier", told.identifier),
        _tag("eventType", told.kind, "eventType", _CODES[told.kind]),
        _tag("eventDateTime", told.at.isoformat(timespec="seconds")),
        _all("eventDetailInformation", _tag("eventDetail", told.detail)),
        _all("eventOutcomeInformation", _tag("eventOutcome", outcome[0], "eventOutcome", outcome[1]), note),
        _all(
            "linkingAgentIdentifier",
            _tag("linkingAgentIdentifierType", "local"),
            _tag("linkingAgentIdentifierValue", told.agent.identifier),
            _tag("linkingAgentRole", role[0], "eventRelatedAgentRole", role[1]),
        ),
        _all(
            "linkingObjectIdentifier",
            _tag("linkingObjectIdentifierType", "URI"),
            _tag("linkingObjectIdentifierValue", file.identifier),
        ),
    )


def _agent(told: Agent) -> str:
    kinds = {"software": "sof", "person": "per"}
    return _all(
        "agent",
        _all("agentIdentifier", _tag("agentIdentifierType", "local"), _tag("agentIdentifierValue", told.identifier)),
        _tag("agentName", told.name) if told.name else "",
        _tag("agentType", told.kind, "agentType", kinds[told.kind]),
        _tag("agentVersion", told.version) if told.version else "",
    )
