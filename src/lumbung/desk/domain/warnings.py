"""Before a target is missed, and when it was, those are told who can do something about it."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from lumbung.accounts.models import Role, User
from lumbung.desk.domain.turns import locked
from lumbung.desk.events import TargetNeared
from lumbung.desk.models import Conversation, TeamMember
from lumbung.desk.queries import WARN_BEFORE, on_duty
from lumbung.kernel import clock, events
from lumbung.kernel.ui.words import day, time_of_day
from lumbung.messaging.domain.messages import send
from lumbung.organization.queries import library

STRETCH = 50
Warned = Conversation.Warned


def warn_of_targets() -> bool:
    """Tell of the conversations that are about to be answered late, and of those that are late. False when there was none."""
    due = list(_due().order_by("due_at")[:STRETCH])
    for conversation in due:
        _warn(conversation)
    return bool(due)


def targets_are_near() -> bool:
    """Whether there is something to tell."""
    return _due().exists()


def _due() -> QuerySet[Conversation]:
    now = clock.now()
    near = Q(warned=Warned.NOT, due_at__lt=now + WARN_BEFORE)
    missed = Q(warned__lt=Warned.MISSED, due_at__lt=now)
    return Conversation.objects.filter(near | missed, state=Conversation.States.OPEN)


def concerned(conversation: Conversation, *, is_missed: bool) -> QuerySet[User]:
    """Whose it is; else its team, or who is on duty. When it was missed, the head too; of a complaint, the head alone."""
    heads = User.objects.filter(role_grants__role=Role.HEAD, is_active=True)
    if conversation.is_complaint:
        return heads
    if conversation.assignee_id and conversation.assignee and conversation.assignee.is_active:
        first = User.objects.filter(pk=conversation.assignee_id)
    elif conversation.team_id:
        first = User.objects.filter(pk__in=TeamMember.objects.filter(team=conversation.team_id).values("user"), is_active=True)
    else:
        first = on_duty(conversation.channel, clock.now())
    keys = [*first.values_list("pk", flat=True), *(heads.values_list("pk", flat=True) if is_missed else ())]
    return User.objects.filter(pk__in=keys).order_by("pk")


@transaction.atomic
def _warn(conversation: Conversation) -> None:
    conversation = locked(conversation)
    if conversation.due_at is None or not conversation.is_open:
        return
    is_missed = conversation.due_at < clock.now()
    conversation.warned = Warned.MISSED if is_missed else Warned.NEAR
    conversation.touch(clock.now())
    conversation.save(update_fields=["warned", "changed_at", "revision"])
    people = list(concerned(conversation, is_missed=is_missed))
    _write(conversation, people, is_missed=is_missed)
    told = TargetNeared(conversation=conversation.pk, is_missed=is_missed, users=[each.pk for each in people])
    events.record(told, by=None)


def _write(conversation: Conversation, people: Iterable[User], *, is_missed: bool) -> None:
    """A letter to each who has an address. What was asked is not in it: letters lie about."""
    due = conversation.due_at.astimezone(conversation.branch.zone) if conversation.due_at else None
    facts = {
        "number": conversation.pk,
        "is_missed": is_missed,
        "link": f"{settings.SITE_URL}{reverse('desk:conversation', args=[conversation.pk])}",
        "library": library().name,
    }
    for person in people:
        with override(person.language or settings.LANGUAGE_CODE):
            when = f"{day(due.date())} {time_of_day(due)}" if due else ""
        told = {**facts, "name": person.name, "when": when}
        send("desk_target", address=person.email, language=person.language, facts=told)
