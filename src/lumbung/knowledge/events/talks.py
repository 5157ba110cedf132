"""What happens to feeds, signals, incidents and morning talks."""

from lumbung.kernel.events import Event, event


@event
class FeedAdded(Event):
    feed: int


@event
class FeedChanged(Event):
    feed: int
    fields: list[str]


@event
class FeedRead(Event):
    """A feed was read: ``count`` new pieces of news, or what went wrong."""

    feed: int
    count: int
    error: str


@event
class SignalDismissed(Event):
    signal: int


@event
class TalkPlanChanged(Event):
    fields: list[str]


@event
class TalkPrepared(Event):
    """The agenda of a morning talk is there; ``count`` more points."""

    session: int
    count: int


@event
class IncidentReported(Event):
    incident: int


@event
class IncidentSolved(Event):
    incident: int
