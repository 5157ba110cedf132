"""Who is behind an identity on a channel: told by whoever keeps the proof."""

from collections.abc import Callable

from lumbung.members.models import Member
from lumbung.messaging.models import Identity

Known = Callable[[Identity], object | None]
_known: list[Known] = []


def register_person(known: Known) -> None:
    """Let the desk ask this too, whom an identity belongs to; the first answer counts. Called once, at start-up."""
    _known.append(known)


def member_behind(identity: Identity) -> Member | None:
    """The member to whom the identity belongs, by proof."""
    told = (known(identity) for known in _known)
    return next((person for person in told if isinstance(person, Member)), None)
