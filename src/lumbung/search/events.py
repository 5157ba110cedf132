"""What happens in this part. ``word_group`` and ``word_change`` are primary keys."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class WordGroupAdded(Event):
    word_group: int
    word_change: int


@dataclass(frozen=True, kw_only=True)
class WordGroupChanged(Event):
    """Its words, kind or note were changed, or it was switched on or off."""

    word_group: int
    word_change: int


@dataclass(frozen=True, kw_only=True)
class WordGroupRemoved(Event):
    word_group: int
    word_change: int


@dataclass(frozen=True, kw_only=True)
class WordChangeUndone(Event):
    """The group is again as it was before ``undone``; ``word_change`` is the change that made it so."""

    word_group: int
    word_change: int
    undone: int
