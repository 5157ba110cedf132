"""What happens in this part. All fields are primary keys or plain words; neither an address nor a text enters the journal."""

from lumbung.kernel.events import Event, event


@event
class MessageQueued(Event):
    delivery: int
    code: str


@event
class DeliveryMoved(Event):
    """A message got further, or no further; ``state`` is one of ``Delivery.States``."""

    delivery: int
    state: str


@event
class DeliveryDecided(Event):
    """Somebody decided about a message of which nobody knew whether it had gone."""

    delivery: int
    had_gone: bool


@event
class MessageArrived(Event):
    incoming: int
    identity: int


@event
class ArrivalsTriedAgain(Event):
    """Raw events that could not be understood are tried again; ``count`` of them."""

    count: int


@event
class ArrivalLetBe(Event):
    inbound: int


@event
class AttachmentFetched(Event):
    """A file that came with a message was fetched from its channel, or given up; ``kept`` tells which."""

    incoming: int
    kept: bool


@event
class IdentityOptedOut(Event):
    identity: int


@event
class IdentityOptedIn(Event):
    identity: int


@event
class IdentityBlocked(Event):
    identity: int
    until: str


@event
class IdentityUnblocked(Event):
    identity: int


@event
class ChatContinuedByMail(Event):
    identity: int


@event
class NoticePolicyChanged(Event):
    """``budget`` in rupiah a month."""

    budget: int


@event
class WordingChanged(Event):
    code: str
    language: str


@event
class WordingDropped(Event):
    code: str
    language: str


@event
class AccountOpened(Event):
    account: int
    kind: str


@event
class AccountChanged(Event):
    account: int
    kind: str


@event
class AccountSwitched(Event):
    account: int
    enabled: bool


@event
class TemplatesRead(Event):
    """The register of an account's templates was brought up to what the channel says; ``approved`` of ``templates`` may be used."""

    account: int
    templates: int
    approved: int


@event
class TemplateJudged(Event):
    """The channel approved, rejected or paused a template; ``state`` is one of ``Template.States``."""

    template: int
    state: str


@event
class TemplateChosen(Event):
    """The message ``code`` goes by this template from now on; none does where it is empty."""

    template: int
    code: str


@event
class ChannelsCut(Event):
    accounts: int


@event
class ChannelsRestored(Event):
    accounts: int


@event
class PersonWanted(Event):
    """Somebody asks for a person, or nobody else can answer; ``reason`` is a short code."""

    incoming: int
    identity: int
    reason: str


@event
class ChatAnsweredBeside(Event):
    """The chat answered a safe command while a person was talking there, who should see it."""

    incoming: int
    identity: int
