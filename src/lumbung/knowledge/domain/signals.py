"""What may be worth talking about: news, figures, and what other rooms of the library tell through a registry.

``register(Source("conversations", find))`` at start-up: the project lets the desk, the search and others tell what happened on a day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import agenda
from lumbung.knowledge.events.talks import SignalDismissed
from lumbung.knowledge.models import AgendaPoint, Session, Signal
from lumbung.knowledge.refusals.talks import SIGNAL_SETTLED
from lumbung.knowledge.tracing import Links


@dataclass(frozen=True)
class Day:
    """The day that is told of, from its first moment to before its last."""

    day: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Found:
    """Something a source tells: ``key`` is the same whenever it is told again. A challenge wants recovery and action."""

    key: str
    title: str
    text: str = ""
    url: str = ""
    section: str = "figures"
    is_challenge: bool = False


@dataclass(frozen=True)
class Source:
    """Where signals come from. ``find(day)`` tells what happened on that day, worst first, and at most a few."""

    name: str
    find: Callable[[Day], Iterable[Found]]


MOST_OF_A_SOURCE = 8
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the morning talk ask this source too. A name serves once."""
    if source.name in _sources or source.name == "feed":
        raise ValueError(f"two sources are called {source.name}")
    _sources[source.name] = source


@transaction.atomic
def gather(day: Day) -> list[Signal]:
    """Ask every source about the day; what it told before is not told twice. Returns what is new."""
    gathered = []
    for source in _sources.values():
        for _, found in zip(range(MOST_OF_A_SOURCE), source.find(day), strict=False):
            signal, is_new = Signal.objects.get_or_create(
                source=source.name,
                key=found.key[:120],
                defaults={
                    "section": found.section, "title": found.title[:200], "text": found.text, "url": found.url[:500],
                    "is_challenge": found.is_challenge, "at": day.ends,
                },
            )  # fmt: skip
            if is_new:
                gathered.append(signal)
    return gathered


@transaction.atomic
def put_on_agenda(signal: Signal, *, by: User | None, session: Session | None = None) -> AgendaPoint:
    """Talk about it in ``session``, or in the next there is. Refuses what was settled, and where there is no next session."""
    signal = _unsettled(signal)
    point = agenda.bring_up(
        signal, signal.title, by=by, session=session, note=signal.text, url=signal.url, kind=Links.DISCUSSED
    )
    point.section, point.is_challenge = signal.section, signal.is_challenge
    point.save(update_fields=["section", "is_challenge"])
    signal.state = Signal.States.AGENDA
    signal.save(update_fields=["state"])
    return point


@transaction.atomic
def dismiss(signal: Signal, *, by: User | None) -> Signal:
    """It is not worth talking about. Refuses what was settled."""
    signal = _unsettled(signal)
    signal.state = Signal.States.DISMISSED
    signal.save(update_fields=["state"])
    events.record(SignalDismissed(signal=signal.pk), by=by)
    return signal


def _unsettled(signal: Signal) -> Signal:
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    if signal.state != Signal.States.NEW:
        raise Refused(SIGNAL_SETTLED())
    return signal
