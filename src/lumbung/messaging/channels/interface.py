"""What a channel is to the rest: its limits as data, and a few functions over plain values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.functional import Promise

from lumbung.messaging.models import Account, Delivery


class Undeliverable(Exception):
    """The message is refused for good: trying again would not help."""


class TooLarge(Undeliverable):
    """The file is larger than was asked for."""


class OutcomeUnknown(Exception):
    """It may have gone or not, and asking again could send it twice: a person decides."""


class RetryLater(Exception):
    """Not now. ``after`` is how long the other side asks us to wait; None where it does not say.

    ``everybody``: not this message alone but all of the account's must wait.
    """

    def __init__(self, reason: str = "", after: timedelta | None = None, *, everybody: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.everybody = everybody


class Forged(Exception):
    """The event does not come from whom it says."""


@dataclass(frozen=True)
class Accepted:
    """The channel took the message. ``external_id`` is its name for it; ``delivered`` where taking is delivering."""

    external_id: str = ""
    delivered: bool = False


@dataclass(frozen=True)
class Rate:
    """At most ``count`` messages in ``seconds``; they may come in a bunch."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """What a channel can carry. Known before anything is sent; 0 of something means it has none of it.

    ``window_hours``: free words go only so long after the other side wrote; ``templates``: approved forms go after that.
    ``writes_first``: the other side must have written once. ``cost``: rupiah, about, of one message outside a free window;
    only for choosing the cheapest. ``data_bytes``: the length of what a choice says. ``media``: bytes by kind of file.
    ``asks_twice_safely``: sending the same delivery again cannot double it. ``urgent``: fit for what must be known within hours.
    """

    text: int = 4096
    choices: int = 0
    choice_label: int = 0
    rows: int = 0
    row_label: int = 0
    row_about: int = 0
    data_bytes: int = 0
    media: Mapping[str, int] = field(default_factory=dict)
    caption: int = 0
    subject: bool = False
    window_hours: int = 0
    templates: bool = False
    writes_first: bool = False
    per_pair: Rate | None = None
    per_account: Rate | None = None
    cost: int = 0
    tells_delivered: bool = False
    tells_read: bool = False
    asks_twice_safely: bool = False
    urgent: bool = True


@dataclass(frozen=True)
class Hook:
    """What came to an account's public address, untouched. Header names are lower case."""

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str]


@dataclass(frozen=True)
class Event:
    """One raw event, to be kept as it is. The account never takes two of one ``id``."""

    id: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Polled:
    """What a look for news found. ``place`` is where it ended; ``settled`` is called when the events are kept.

    ``pause``: seconds until the next look.
    """

    events: Sequence[Event] = ()
    place: Mapping[str, Any] = field(default_factory=dict)
    pause: float = 15
    settled: Callable[[], None] | None = None


@dataclass(frozen=True)
class Enclosed:
    """A file with a message: its bytes, or how the channel can fetch them (``remote``)."""

    name: str = ""
    content: bytes | None = None
    remote: str = ""
    size: int = 0


@dataclass(frozen=True)
class Parsed:
    """One message as it was understood. ``address`` is stable: never a telephone number where the channel has something better.

    ``about`` is the ``external_id`` of the message that this one edits or deletes. In a group ``address`` is the group's
    and ``sender`` the name of who wrote. A button says ``text``: what its ``Choice.say`` was.
    """

    address: str
    external_id: str
    text: str = ""
    kind: str = "text"
    at: datetime | None = None
    name: str = ""
    language: str = ""
    phone: str = ""
    is_group: bool = False
    sender: str = ""
    about: str = ""
    subject: str = ""
    thread: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    enclosed: Sequence[Enclosed] = ()
    reply_token: str = ""
    reply_token_until: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """The channel tells what became of a message we sent: ``accepted``, ``delivered``, ``read``, ``failed`` or ``refused``."""

    external_id: str
    state: str
    error: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Left:
    """The other side blocked us or left (or, with ``back``, came back)."""

    address: str
    back: bool = False


@dataclass(frozen=True)
class Form:
    """A form of words as the channel keeps it: ``state`` is one of ``Template.States``, ``places`` the names of what is filled in.

    ``lacks``: a short code for what we cannot fill in, empty where we can fill all.
    """

    name: str
    language: str
    state: str
    body: str = ""
    places: Sequence[str] = ()
    note: str = ""
    lacks: str = ""


@dataclass(frozen=True)
class Judged:
    """The channel tells that it approved, rejected or paused a form of words."""

    name: str
    language: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Health:
    """Whether the account works, and what the other side said."""

    is_well: bool
    note: str = ""


@dataclass(frozen=True)
class Field:
    """One thing an operator fills in. A secret is never shown again."""

    name: str
    label: str | Promise
    words: str | Promise = ""
    is_secret: bool = False
    is_required: bool = True
    kind: str = "text"
    choices: Sequence[tuple[str, str | Promise]] = ()
    default: str = ""


@dataclass(frozen=True)
class Needs:
    """What a library must have and do for the channel, in plain words. ``warning`` is shown before it is switched on.

    ``pastes_hook``: whether somebody has to paste the address for events of this account at the provider.
    """

    title: str | Promise
    words: str | Promise
    fields: Sequence[Field] = ()
    has_hook: bool = False
    pastes_hook: Callable[[Account], bool] = lambda _account: True
    warning: str | Promise = ""
    icon: str = "message"


class Channel(Protocol):
    """The module ``channels/<kind>``. Optional beside these: see ``channels.offers``."""

    LIMITS: Limits

    def needs(self) -> Needs: ...

    def check(self, account: Account) -> Health:
        """Ask the other side whether the account works. Raises nothing."""
        ...

    def parse(self, account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left | Judged]:
        """What the event says; nothing for kinds it does not know. Raises ``ValueError`` for what is no event at all."""
        ...

    def send(self, account: Account, delivery: Delivery) -> Accepted:
        """Hand the message over. Raises Undeliverable, RetryLater or OutcomeUnknown."""
        ...
