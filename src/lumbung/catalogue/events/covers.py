"""What happens to the pictures of covers. ``record`` is the title's primary key."""

from lumbung.kernel.events import Event, event


@event
class CoverSet(Event):
    """The title shows a picture of its cover, another one than before."""

    record: int


@event
class CoverRemoved(Event):
    """The title's cover is drawn again."""

    record: int
