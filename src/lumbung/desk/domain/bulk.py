"""One act on several conversations, each in a transaction of its own: what is refused leaves the others done."""

from collections.abc import Callable, Mapping, Sequence

from lumbung.desk.domain.course import claim, close, set_aside_as_spam
from lumbung.desk.models import Conversation
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused

ACTS: Mapping[str, Callable[[Conversation, events.Actor], object]] = {
    "claim": lambda conversation, by: claim(conversation, by=by),
    "close": lambda conversation, by: close(conversation, by=by),
    "spam": lambda conversation, by: set_aside_as_spam(conversation, days=0, by=by),
}


def act_on_all(conversations: Sequence[Conversation], what: str, *, by: events.Actor) -> tuple[int, list[str]]:
    """How many were done, and for each that was refused its name with the reasons."""
    done, refused = 0, []
    for conversation in conversations:
        try:
            ACTS[what](conversation, by)
            done += 1
        except Refused as against:
            refused.append(f"{conversation}: {' '.join(map(str, against.reasons))}")
    return done, refused
