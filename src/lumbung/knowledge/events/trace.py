"""What happens to knowledge on its way."""

from lumbung.kernel.events import Event, event


@event
class KnowledgeTraced(Event):
    """Something came from something else. ``from_key`` and ``to_key`` are keys of the kinds beside them."""

    trace: int
    kind: str
    from_kind: str
    from_key: int
    to_kind: str
    to_key: int
