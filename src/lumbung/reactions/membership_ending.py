"""Every night: tell members whose membership ends soon, once for each end."""

from datetime import timedelta

from django.db import IntegrityError
from django.db.models import Q

from lumbung.kernel import clock
from lumbung.members.models import ChannelLink, Member
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library
from lumbung.reactions.letters import write_to

AHEAD = 14
"""How many days ahead a member is told."""
STRETCH = 500


def tell_of_ending() -> int:
    """Write the letters of this night; returns how many. A membership that was renewed for less than this is told of anew."""
    today = clock.today(library().zone)
    in_chat = ChannelLink.objects.filter(notices_since__isnull=False, ended_at=None)
    reached = ~Q(email="") | Q(pk__in=in_chat.values("member"))
    ending = Member.objects.filter(reached, expires_on__gte=today, expires_on__lte=today + timedelta(days=AHEAD))
    keys, written = list(ending.order_by("pk").values_list("pk", flat=True)), 0
    for first in range(0, len(keys), STRETCH):
        members = ending.filter(pk__in=keys[first : first + STRETCH]).select_related("user").order_by("pk")
        stretch = {_occasion(member): member for member in members}
        written += sum(_write(stretch[occasion], occasion) for occasion in sorted(unspoken(stretch)))
    return written


def _write(member: Member, occasion: str) -> bool:
    try:
        return write_to(member, "membership_ending", {"expires_on": member.expires_on}, occasions=[occasion]) is not None
    except IntegrityError:
        return False  # another worker wrote it between our question and our letter


def _occasion(member: Member) -> str:
    return f"membership:{member.pk}:ends:{member.expires_on}"
