"""Forgetting who asked. That something was asked, of what kind, with how much work and with what outcome, stays for figures."""

from django.db import transaction
from django.db.models import QuerySet

from lumbung.desk.domain.appointments import cancel
from lumbung.desk.domain.askers import said_with
from lumbung.desk.domain.bundles import forget_bundles
from lumbung.desk.models import Appointment, Conversation, Need, Rating, Turn
from lumbung.kernel import clock
from lumbung.members.models import Member


@transaction.atomic
def forget_askers(conversations: QuerySet[Conversation]) -> int:
    """Make these conversations nobody's, and blank all that was said in them; how many."""
    keys = list(conversations.values_list("pk", flat=True))
    _blank(Turn.objects.filter(conversation__in=keys))
    _make_nobodys(keys)
    return len(keys)


@transaction.atomic
def forget_asker(member: Member) -> None:
    """Make the member's conversations nobody's, and blank what they said and were told, wherever it was merged; nothing of others."""
    _blank(Turn.objects.filter(pk__in=list(said_with(member).values_list("pk", flat=True))))
    _make_nobodys(list(Conversation.objects.filter(member=member).values_list("pk", flat=True)))


def _blank(turns: QuerySet[Turn]) -> None:
    turns.filter(kind=Turn.Kinds.CHAT).update(delivery=None)
    turns.update(text="", words="", enclosed="")


def _make_nobodys(keys: list[int]) -> None:
    Rating.objects.filter(conversation__in=keys).update(word="")
    forget_bundles(keys)
    Need.objects.filter(conversation__in=keys).update(wanted="–", answer="–")
    rows, now = Conversation.objects.filter(pk__in=keys), clock.now()
    rows.update(member=None, asker_name="", asker_contact="", subject="", changed_at=now)


@transaction.atomic
def forget_appointments(member: Member) -> None:
    """What was booked stays counted as nobody's; what is still to come is called off, and its librarian hears of it."""
    rows = Appointment.objects.filter(member=member)
    for each in rows.filter(state=Appointment.States.BOOKED, starts_at__gt=clock.now()):
        cancel(each, by=None)
    rows.update(member=None, topic="–", note="")
