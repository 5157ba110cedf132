"""Who is behind an identity on a channel: told by whoever keeps the proof."""

from collections.abc import Callable

from django.db.models import Q

from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import identities_of
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


def is_all_of(conversation: Conversation, member: Member) -> bool:
    """Whether all that stands in it is the member's to read: each side that spoke there is theirs by proof, its own first, and each
    conversation that was put into it is theirs or that of such a side. Never a group's."""
    own = conversation.identity
    if (
        own is None
        or conversation.is_group
        or any(member_behind(each) != member for each in (own, *identities_of(conversation)))
    ):
        return False
    put_in = Conversation.objects.filter(pk__in=Turn.objects.filter(conversation=conversation).values("origin"))
    anothers = Q(member__isnull=False) & ~Q(member=member) | Q(member=None, identity=None)
    return not put_in.exclude(pk=conversation.pk).filter(anothers).exists()
