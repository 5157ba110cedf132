"""What happens to volumes that hold several titles. ``item`` and ``record`` are primary keys; ``record`` is the title that is not the
copy's own."""

from lumbung.kernel.events import Event, event


@event
class TitleBound(Event):
    item: int
    record: int


@event
class TitleUnbound(Event):
    item: int
    record: int
