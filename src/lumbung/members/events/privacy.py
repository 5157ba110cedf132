"""What happens with what is kept of members: consents, requests, breaches."""

from lumbung.kernel.events import Event, event


@event
class ConsentGiven(Event):
    member: int
    consent_purpose: str
    version: int


@event
class ConsentWithdrawn(Event):
    member: int
    consent_purpose: str


@event
class ConsentTextChanged(Event):
    consent_purpose: str
    version: int


@event
class DataTaken(Event):
    """A copy of everything kept of the member was made for them."""

    member: int


@event
class PrivacyAsked(Event):
    privacy_request: int
    member: int
    kind: str


@event
class PrivacyRefused(Event):
    privacy_request: int
    member: int


@event
class MemberForgotten(Event):
    """Who the member was is not known any more; the number stays."""

    member: int


@event
class BreachReported(Event):
    breach: int


@event
class BreachChanged(Event):
    breach: int
    fields: list[str]


@event
class BreachTold(Event):
    """``whom`` is "authority" or "people"."""

    breach: int
    whom: str


@event
class BreachClosed(Event):
    breach: int
