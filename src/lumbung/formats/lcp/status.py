"""The status document (License Status Document 1.0): how a licence stands, and what its reader may still do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lumbung.formats.lcp.licence import moment

STATUS_TYPE = "application/vnd.readium.license.status.v1.0+json"
_ERROR = "http://readium.org/license-status-document/error"
FAULTS = {
    "register": (f"{_ERROR}/registration", 400),
    "renew": (f"{_ERROR}/renew", 403),
    "renew/date": (f"{_ERROR}/renew/date", 403),
    "return/already": (f"{_ERROR}/return/already", 403),
    "return/expired": (f"{_ERROR}/return/expired", 403),
}
"""The type of each fault that an interaction may end in, and its status."""


class States(StrEnum):
    READY = "ready"
    ACTIVE = "active"
    REVOKED = "revoked"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Happening:
    """Something that was done with a licence: register, renew, return, revoke or cancel."""

    kind: str
    at: datetime
    device: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a licence stands. ``longest`` is until when it might be renewed; None: it might not."""

    identifier: str
    state: States
    message: str
    licence_updated: datetime
    status_updated: datetime
    links: Sequence[Mapping[str, Any]]
    longest: datetime | None
    happenings: Sequence[Happening]


def status_document(standing: Standing) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": standing.identifier,
        "status": str(standing.state),
        "message": standing.message,
        "updated": {"license": moment(standing.licence_updated), "status": moment(standing.status_updated)},
        "links": list(standing.links),
        "events": [_told(each) for each in standing.happenings],
    }
    return {**told, "potential_rights": {"end": moment(standing.longest)}} if standing.longest else told


def _told(happening: Happening) -> dict[str, str]:
    said = {"type": happening.kind, "timestamp": moment(happening.at), "id": happening.device, "name": happening.name}
    return {name: value for name, value in said.items() if value}
