"""Who is on duty: shifts at the desk and from home, presence, and to whom what comes in goes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from lumbung.accounts.models import User
from lumbung.desk.events import ShiftAdded, ShiftRemoved
from lumbung.desk.models import Conversation, Presence, Shift, Team, TeamMember
from lumbung.desk.queries import on_duty
from lumbung.desk.refusals import SHIFT_BACKWARDS, SHIFT_OVERLAPS
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

LONGEST = timedelta(hours=16)


@transaction.atomic
def add_shift(
    user: User, *, place: str, starts_at: datetime, ends_at: datetime, channels: Sequence[str] = (), by: events.Actor
) -> Shift:
    """Put somebody on duty. Refuses a shift that ends before it begins, is longer than 16 hours, or overlaps another of theirs."""
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise Refused(SHIFT_BACKWARDS())
    User.objects.select_for_update().get(pk=user.pk)
    if Shift.objects.filter(user=user, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused(SHIFT_OVERLAPS(name=user.name))
    shift = Shift.objects.create(user=user, place=place, starts_at=starts_at, ends_at=ends_at, channels=sorted(channels))
    events.record(ShiftAdded(shift=shift.pk, user=user.pk, at_place=place), by=by)
    return shift


@transaction.atomic
def remove_shift(shift: Shift, *, by: events.Actor) -> None:
    """Take the shift off the roster."""
    events.record(ShiftRemoved(shift=shift.pk, user=shift.user_id), by=by)
    shift.delete()


@transaction.atomic
def repeat_week(first: datetime, *, by: events.Actor) -> int:
    """Put the shifts of the week that begins at ``first`` into the week after it; how many. What would overlap is left out."""
    made, week = 0, timedelta(days=7)
    for shift in Shift.objects.filter(starts_at__gte=first, starts_at__lt=first + week).select_related("user"):
        begins, ends = shift.starts_at + week, shift.ends_at + week
        if not Shift.objects.filter(user=shift.user, starts_at__lt=ends, ends_at__gt=begins).exists():
            add_shift(shift.user, place=shift.place, starts_at=begins, ends_at=ends, channels=shift.channels, by=by)
            made += 1
    return made


def route(conversation: Conversation, now: datetime) -> None:
    """Give a new conversation to its team, and to whoever is on duty for its channel and has the fewest in hand. Not saved.

    Where nobody is on duty it stays nobody's, in sight of all.
    """
    teams = [team for team in Team.objects.filter(is_active=True) if conversation.channel in team.channels]
    conversation.team = teams[0] if teams else conversation.team
    duty = on_duty(conversation.channel, now)
    if conversation.team_id:
        own = TeamMember.objects.filter(team=conversation.team_id).values("user")
        duty = duty.filter(pk__in=own)
    load = dict(
        Conversation.objects.filter(state="open", assignee__in=duty).order_by().values_list("assignee").annotate(n=Count("pk"))
    )
    conversation.assignee = min(duty, key=lambda user: (load.get(user.pk, 0), user.pk), default=None)


def note_presence(user: events.Actor, *, conversation: int | None, replying: bool) -> None:
    """The librarian is here, looks at this conversation, and types or does not. No journal: it is over in a moment."""
    now = clock.now()
    row = Presence(user_id=user.pk, seen_at=now, conversation=conversation, replying_at=now if replying else None)
    told = ["seen_at", "conversation", "replying_at"]
    Presence.objects.bulk_create([row], update_conflicts=True, unique_fields=["user"], update_fields=told)
