"""What happens in this part. ``member`` is a primary key; names and numbers of people never enter the journal."""

from dataclasses import dataclass
from datetime import date

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberRegistered(Event):
    member: int
    category: int


@dataclass(frozen=True, kw_only=True)
class MemberChanged(Event):
    member: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MembershipRenewed(Event):
    member: int
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class MemberBlocked(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberUnblocked(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberGivenAccount(Event):
    member: int
    user: int


@dataclass(frozen=True, kw_only=True)
class HistoryChosen(Event):
    """The member switched the history of loans on or off."""

    member: int
    keeps_history: bool


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """The desk handed the member a one-time way to a password."""

    member: int
    user: int


@dataclass(frozen=True, kw_only=True)
class MembersExported(Event):
    """Somebody took a list of ``count`` members out of the house."""

    count: int


@dataclass(frozen=True, kw_only=True)
class CategoryAdded(Event):
    category: int


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    category: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CategoryRemoved(Event):
    category: int


@dataclass(frozen=True, kw_only=True)
class ClearancePurposeAdded(Event):
    clearance_purpose: int


@dataclass(frozen=True, kw_only=True)
class ClearancePurposeChanged(Event):
    clearance_purpose: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ClearanceConditionsChanged(Event):
    clearance_purpose: int


@dataclass(frozen=True, kw_only=True)
class ClearancePeriodAdded(Event):
    period: int


@dataclass(frozen=True, kw_only=True)
class ClearancePeriodChanged(Event):
    period: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ClearanceApplied(Event):
    application: int
    member: int
    clearance_purpose: int


@dataclass(frozen=True, kw_only=True)
class ClearanceWithdrawn(Event):
    application: int
    member: int


@dataclass(frozen=True, kw_only=True)
class ClearanceFileGiven(Event):
    application: int
    member: int
    condition: int


@dataclass(frozen=True, kw_only=True)
class ClearanceAnswered(Event):
    application: int
    member: int
    condition: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class ClearanceIssued(Event):
    """A letter was issued; ``number`` is the letter's."""

    letter: int
    application: int
    member: int
    number: str


@dataclass(frozen=True, kw_only=True)
class ClearanceRevoked(Event):
    letter: int
    application: int
    member: int
    number: str


@dataclass(frozen=True, kw_only=True)
class ClearanceRunFinished(Event):
    """Work on all of a period ended: how many applications were looked at, how many were ready or got a letter."""

    period: int
    kind: str
    count: int
    ready: int


@dataclass(frozen=True, kw_only=True)
class ClearanceListTaken(Event):
    """The list of a period left the house."""

    period: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ClearanceHookSet(Event):
    active: bool


@dataclass(frozen=True, kw_only=True)
class MembersArrived(Event):
    """Members came in from another system: ``first`` to ``last`` (primary keys, both included)."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class MembersWithdrawn(Event):
    """Members that had come in were taken out again."""

    count: int


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    member: int
    consent_purpose: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    member: int
    consent_purpose: str


@dataclass(frozen=True, kw_only=True)
class ConsentTextChanged(Event):
    consent_purpose: str
    version: int


@dataclass(frozen=True, kw_only=True)
class DataTaken(Event):
    """A copy of everything kept of the member was made for them."""

    member: int


@dataclass(frozen=True, kw_only=True)
class PrivacyAsked(Event):
    privacy_request: int
    member: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class PrivacyRefused(Event):
    privacy_request: int
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberForgotten(Event):
    """Who the member was is not known any more; the number stays."""

    member: int


@dataclass(frozen=True, kw_only=True)
class RosterFinished(Event):
    """A list from the academic system was brought in."""

    roster: int
    new: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class RosterUndone(Event):
    roster: int
    count: int
