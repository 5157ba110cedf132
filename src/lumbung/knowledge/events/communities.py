"""What happens to communities."""

from lumbung.kernel.events import Event, event


@event
class GroupStarted(Event):
    community: int
    kind: str


@event
class CommunityChanged(Event):
    community: int
    fields: list[str]


@event
class BecameCommunity(Event):
    """A loose group is a community of practice from now on: it met so often, and so steadily (in per cent)."""

    community: int
    sessions: int
    steadiness: int


@event
class JoinedCommunity(Event):
    community: int
    person: int
    role: str


@event
class LeftCommunity(Event):
    community: int
    person: int


@event
class GoalSet(Event):
    community: int
    goal: int


@event
class GoalMoved(Event):
    community: int
    goal: int
    reached: int
