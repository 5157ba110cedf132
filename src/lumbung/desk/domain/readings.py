"""What the house has written elsewhere and an answer may quote: found and told by whoever keeps it, with the names that go with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.desk.models import Conversation
from lumbung.kernel import events, rooms


@dataclass(frozen=True)
class Reading:
    """A text that everybody may read: what it is called, what it says, and where it is from, with who wrote it."""

    key: int
    name: str
    text: str
    source: str

    @property
    def line(self) -> str:
        """In an answer, without any markup; whoever wrote it is named under it."""
        return f"{self.text}\n{_('Sumber: %(source)s') % {'source': self.source}}"


Find = Callable[[str], Sequence[Reading]]
Quote = Callable[[int, Conversation, events.Actor], Reading | None]
_ways: list[tuple[Find, Quote]] = []


def register(*, find: Find, quote: Quote) -> None:
    """Called once, at start-up: how texts are found by words, and how one is taken into an answer, so that its writers learn of it."""
    _ways.append((find, quote))


def readings_for(words: str) -> list[Reading]:
    """A few texts for these words, the best first."""
    return [each for find, _quote in _ways if rooms.lets_in(find) for each in find(words)]


def quoted(key: int, conversation: Conversation, *, by: events.Actor) -> Reading | None:
    """This text, taken into an answer of this conversation."""
    told = (quote(key, conversation, by) for find, quote in _ways if key and rooms.lets_in(find))
    return next(filter(None, told), None)
