"""Who is behind an identity on a channel: told by whoever keeps the proof."""

import re
from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lumbung.desk.models import Conversation, Turn
from lumbung.desk.queries import identities_of, merged_into
from lumbung.members.models import ChannelLink, Member
from lumbung.messaging.models import Identity

Known = Callable[[Identity], object | None]
_known: list[Known] = []
_BETWEEN = re.compile(r"[\s,;:/|()\[\]<>]+")
_MAIL = re.compile(r"[^@]+@[^@.]+(\.[^@.]+)+")
FEWEST_FIGURES = 4


def register_person(known: Known) -> None:
    """Let the desk ask this too, whom an identity belongs to; the first answer counts. Called once, at start-up."""
    _known.append(known)


def member_behind(identity: Identity) -> Member | None:
    """The member to whom the identity belongs, by proof."""
    told = (known(identity) for known in _known)
    return next((person for person in told if isinstance(person, Member)), None)


def mail_in(contact: str) -> str:
    """The first address of e-mail in what somebody wrote of how to reach them; empty where there is none."""
    return next((piece for piece in _pieces(contact) if _MAIL.fullmatch(piece)), "")


def can_be_reached(contact: str) -> bool:
    """Whether there is an address of e-mail in it, or beside names on other channels the figures of a telephone's number."""
    figures = sum(each.isdigit() for piece in _pieces(contact) if "@" not in piece for each in piece)
    return figures >= FEWEST_FIGURES or mail_in(contact) != ""


def name_of(conversation: Conversation) -> str:
    """Who asked, as far as that is known."""
    return conversation.member.name if conversation.member else conversation.asker_name


def first_name(conversation: Conversation) -> str:
    """What the asker is called in an answer; empty where somebody else's question was merged in, to whom it might go."""
    put_in = getattr(conversation, "has_merged", None)
    several = merged_into(conversation).exists() if put_in is None and conversation.pk else put_in
    return "" if several else name_of(conversation).split(" ")[0]


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


def said_with(member: Member) -> QuerySet[Turn]:
    """What the member said and was told, wherever it stands now, and what librarians noted about it.

    Where conversations were merged, it is theirs by the one it belongs to. What was said over a channel is theirs by whose that was
    at that moment: never what another said, who was put beside them or had the telephone before or after them.
    """
    links = ChannelLink.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("at")), identity=OuterRef("side"), linked_at__lte=OuterRef("at")
    )
    turns = Turn.objects.annotate(side=Coalesce(F("incoming__identity"), F("delivery__identity")))
    home = Q(origin=None, conversation__member=member) | Q(origin__member=member)
    return turns.filter(home | Exists(links.filter(member=member))).exclude(Exists(links.exclude(member=member)))


def _pieces(contact: str) -> list[str]:
    """What people write is parted by blanks, commas, strokes and brackets, and may end like a sentence."""
    return [piece.strip(".") for piece in _BETWEEN.split(contact)]
