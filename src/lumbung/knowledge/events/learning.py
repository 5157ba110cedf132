"""What happened to learning paths."""

from lumbung.kernel.events import Event, event


@event
class PathAdded(Event):
    """A learning path is there."""

    learning_path: int


@event
class PathChanged(Event):
    """A learning path says something else, or has other steps."""

    learning_path: int
    fields: list[str]


@event
class PathGiven(Event):
    """Somebody is on a path, by their own choice or because it was given to them."""

    learning_path: int
    person: int
    walk: int


@event
class PathStepDone(Event):
    """Somebody has gone a step."""

    walk: int
    step: int
    person: int


@event
class PathStepReopened(Event):
    """A step counts as not gone any more: what had shown it does not hold."""

    walk: int
    step: int
    person: int


@event
class PathFinished(Event):
    """Somebody has gone every step of a path."""

    learning_path: int
    person: int
    walk: int


@event
class PathLeft(Event):
    """Somebody is not on a path any more."""

    learning_path: int
    person: int
    walk: int


@event
class MentorChanged(Event):
    """Somebody else, or nobody, goes with a colleague on their path."""

    walk: int
    person: int
    mentor: int | None
