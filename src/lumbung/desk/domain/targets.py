"""Targets: how soon something is to be answered and done, by opening hours, and whether it was."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.desk.business_hours import minutes_between, moment_after
from lumbung.desk.events import ServiceTargetRemoved, TargetSet
from lumbung.desk.models import Conversation, ServiceTarget
from lumbung.desk.refusals import TARGET_TOO_SHORT
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Offering

MINUTES = ("first_minutes", "next_minutes", "resolution_minutes")


@transaction.atomic
def set_target(*, channel: str = "", service: Offering | None = None, by: events.Actor, **minutes: int) -> ServiceTarget:
    """Say how soon. Refuses less than a minute."""
    if any(minutes[name] < 1 for name in MINUTES):
        raise Refused(TARGET_TOO_SHORT())
    target, _ = ServiceTarget.objects.update_or_create(
        channel="" if service else channel, service=service, defaults={name: minutes[name] for name in MINUTES}
    )
    events.record(TargetSet(desk_target=target.pk), by=by)
    return target


@transaction.atomic
def remove_target(target: ServiceTarget, *, by: events.Actor) -> None:
    """What it was for falls to the next wider target, if there is one. Conversations that began under it keep their times."""
    key = target.pk
    if ServiceTarget.objects.filter(pk=key).delete()[0]:
        events.record(ServiceTargetRemoved(desk_target=key), by=by)


def promise(conversation: Conversation, now: datetime) -> None:
    """A conversation begins: it gets the times by which it is to be answered and done. Not saved."""
    target = target_for(conversation)
    if target is None:
        return
    conversation.due_at = moment_after(conversation.branch, now, target.first_minutes)
    conversation.resolve_by = moment_after(conversation.branch, now, target.resolution_minutes)
    conversation.next_minutes, conversation.warned = target.next_minutes, Conversation.Warned.NOT


def asked_again(conversation: Conversation, now: datetime) -> None:
    """The asker said something more and waits; the first unanswered word counts. Not saved."""
    if conversation.waiting_since is not None:
        return
    conversation.waiting_since = now
    if conversation.next_minutes and conversation.first_answered_at:
        conversation.due_at = moment_after(conversation.branch, now, conversation.next_minutes)
        conversation.warned = Conversation.Warned.NOT


def answered(conversation: Conversation, now: datetime) -> None:
    """The library answered: nobody waits any more, and how long the first answer took is kept. Not saved."""
    if conversation.due_at and now > conversation.due_at:
        conversation.answered_late = True
    if conversation.first_answered_at is None:
        conversation.first_answered_at = now
        conversation.first_took = minutes_between(conversation.branch, conversation.opened_at, now)
    conversation.waiting_since = conversation.due_at = None


def target_for(conversation: Conversation) -> ServiceTarget | None:
    """The target of its service, else of its channel, else the one for all."""
    rows = list(ServiceTarget.objects.all())
    wanted: list[Any] = [
        lambda each: conversation.service_id is not None and each.service_id == conversation.service_id,
        lambda each: each.service_id is None and each.channel == conversation.channel,
        lambda each: each.service_id is None and each.channel == "",
    ]
    return next((each for fits in wanted for each in rows if fits(each)), None)
