"""What happens to the door of the portal."""

from lumbung.kernel.events import Event, event


@event
class IntranetChanged(Event):
    """The networks from which the portal opens are others now."""

    fields: list[str]
