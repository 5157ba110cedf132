"""What happens to sessions, minutes and actions."""

from lumbung.kernel.events import Event, event


@event
class SessionPlanned(Event):
    session: int
    kind: str


@event
class SessionChanged(Event):
    session: int
    fields: list[str]


@event
class SessionPublished(Event):
    session: int


@event
class SessionClosed(Event):
    """``with_product`` says whether it closed with its product or with a reason why not."""

    session: int
    with_product: bool


@event
class SessionCancelled(Event):
    session: int


@event
class AgendaPointAdded(Event):
    session: int
    point: int


@event
class AgendaPointRemoved(Event):
    session: int
    point: int


@event
class AttendanceEntered(Event):
    """So many more people are known to have been there."""

    session: int
    count: int


@event
class SessionPictureAdded(Event):
    session: int
    picture: int


@event
class PollAsked(Event):
    session: int
    count: int


@event
class PollAnswered(Event):
    session: int
    count: int


@event
class SeriesBegun(Event):
    series: int
    session: int


@event
class SeriesEnded(Event):
    series: int


@event
class NotesWritten(Event):
    """The minutes of a session were written further."""

    session: int
    minutes: int


@event
class NotesProposed(Event):
    session: int
    minutes: int


@event
class NotesApproved(Event):
    """Somebody who was there approved; ``whole`` when more than half of them have."""

    session: int
    minutes: int
    whole: bool


@event
class ActionTaken(Event):
    """Somebody took something on."""

    action: int
    user: int
    session: int | None


@event
class ActionEnded(Event):
    action: int
    status: str
