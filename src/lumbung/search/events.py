"""What happens in this part. ``word_group`` and ``word_change`` are primary keys."""

from lumbung.kernel.events import Event, event


@event
class WordGroupAdded(Event):
    word_group: int
    word_change: int


@event
class WordGroupChanged(Event):
    """Its words, kind or note were changed, or it was switched on or off."""

    word_group: int
    word_change: int


@event
class WordGroupRemoved(Event):
    word_group: int
    word_change: int


@event
class WordChangeUndone(Event):
    """The group is again as it was before ``undone``; ``word_change`` is the change that made it so."""

    word_group: int
    word_change: int
    undone: int
