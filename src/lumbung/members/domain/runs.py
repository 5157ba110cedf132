"""Many members at once: who, looked at first; then carried out a stretch at a time, with how far it got; an extension can be undone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q, QuerySet

from lumbung.accounts.domain.first_password import first_password_link
from lumbung.accounts.models import Role, RoleGrant, User
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.activation import invite
from lumbung.members.events import MemberRunFinished, MemberRunUndone, RunStarted
from lumbung.members.models import Member, MemberRun, RosterRow
from lumbung.members.refusals import (
    MEMBER_RUN_UNDER_WAY,
    MEMBERSHIP_ENDS_IN_THE_PAST,
    RUN_CHOOSES_NOBODY,
    RUN_NOT_UNDOABLE,
    RUN_UNTIL_MISSING,
)
from lumbung.messaging.domain import messages
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library

STRETCH = 100
Kinds, States = MemberRun.Kinds, MemberRun.States


@dataclass(frozen=True)
class Choice:
    """How many the run would reach, how many of them have no e-mail address, and the first of them by name."""

    total: int
    without_email: int
    first: list[Member]


def choice_of(run: MemberRun) -> Choice:
    """Whom the run would reach if it began now. Nothing is written."""
    chosen = _chosen(run)
    without = 0 if run.kind == Kinds.EXTEND else chosen.filter(email="").count()
    return Choice(chosen.count(), without, list(chosen.select_related("category").order_by("name", "pk")[:20]))


@refuse_when_broken(one_member_run_of_a_kind_at_a_time=MEMBER_RUN_UNDER_WAY)
@transaction.atomic
def start(run: MemberRun, *, address: str, by: User) -> MemberRun:
    """Begin. ``address`` is ours, for links. Refuses while another of its kind goes on, one that reaches nobody, and an extension
    without a last day to come."""
    reasons: list[Reason] = []
    if run.kind == Kinds.EXTEND:
        today = clock.today(library().zone)
        reasons += [RUN_UNTIL_MISSING()] if run.until is None else []
        reasons += [MEMBERSHIP_ENDS_IN_THE_PAST()] if run.until is not None and run.until < today else []
    run.total = 0 if reasons else _chosen(run).count()
    if not reasons and not run.total:
        reasons.append(RUN_CHOOSES_NOBODY())
    if reasons:
        raise Refused(reasons)
    run.address, run.started_by, run.started_at = address, by, clock.now()
    run.save(force_insert=True)
    events.record(RunStarted(member_run=run.pk, kind=run.kind, count=run.total), by=by)
    return run


def carry_out(run: MemberRun) -> MemberRun:
    """Carry the run out, or go on where it was left: each stretch is kept together with how far it got."""
    MemberRun.objects.filter(pk=run.pk).update(state=States.RUNNING)
    while _stretch(run):
        pass
    with transaction.atomic():
        run.state, run.finished_at = States.FINISHED, clock.now()
        run.save(update_fields=["state", "finished_at"])
        events.record(MemberRunFinished(member_run=run.pk, kind=run.kind, count=run.sent), by=run.started_by)
    return run


@transaction.atomic
def undo(run: MemberRun, *, by: events.Actor | None) -> int:
    """Give memberships the last day they had, where nobody gave them another since; how many. Refuses all but a finished extension."""
    current = MemberRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if current.kind != Kinds.EXTEND or current.state != States.FINISHED:
        raise Refused(RUN_NOT_UNDOABLE())
    given_back = 0
    extended = Member.objects.select_for_update(of=("self",)).filter(pk__in=map(int, current.before))
    for member in extended:
        if member.expires_on != current.until:
            continue
        member.expires_on = date.fromisoformat(current.before[str(member.pk)])
        member.save(update_fields=["expires_on"])
        given_back += 1
    current.state, current.before = States.UNDONE, {}
    current.save(update_fields=["state", "before"])
    events.record(MemberRunUndone(member_run=current.pk, count=given_back), by=by)
    return given_back


def _chosen(run: MemberRun) -> QuerySet[Member]:
    """The members the run is about, in the order of their keys."""
    today = clock.today(library().zone)
    fits: dict[str, Any] = {"category": run.category, "programme": run.programme, "intake": run.intake}
    rows = Member.objects.filter(**{name: value for name, value in fits.items() if value is not None}).exclude(search_text="")
    if run.roster_id is not None:
        rows = rows.filter(pk__in=RosterRow.objects.filter(roster=run.roster_id).values("member"))
    if run.ends_by is not None:
        rows = rows.filter(expires_on__lte=run.ends_by)
    if run.kind == Kinds.ACTIVATE:
        without = Q(user=None) | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        staff = RoleGrant.objects.exclude(role=Role.MEMBER).values("user")
        rows = rows.filter(without, expires_on__gte=today).exclude(user__in=staff)
    elif run.kind == Kinds.EXTEND:
        rows = rows.filter(expires_on__lt=run.until) if run.until else rows.none()
    else:
        rows = rows.filter(expires_on__gte=today)
    return rows.order_by("pk")


@transaction.atomic
def _stretch(run: MemberRun) -> bool:
    chosen = _chosen(run).filter(pk__gt=run.last).select_related("user", "branch", "category")
    members = list(chosen.select_for_update(of=("self",))[:STRETCH])
    if not members:
        return False
    for member in members:
        if {Kinds.ACTIVATE: _activate, Kinds.EXTEND: _extend, Kinds.TELL: _tell}[Kinds(run.kind)](run, member):
            run.sent += 1
        else:
            run.unreached += 1
    run.done, run.last = run.done + len(members), members[-1].pk
    run.save(update_fields=["done", "sent", "unreached", "last", "before"])
    return True


def _activate(run: MemberRun, member: Member) -> bool:
    """A fresh link; an older one that was not used ends with it being used."""
    if not member.email:
        return False
    try:
        with transaction.atomic():
            user = invite(member, by=run.started_by)
    except Refused:
        return False
    facts = {"name": member.name, "username": user.username, "library": library().name}
    facts["link"] = first_password_link(user, run.address)
    return messages.send("activation", address=member.email, facts=facts, language=user.language) is not None


def _extend(run: MemberRun, member: Member) -> bool:
    assert run.until is not None, "an extension has a last day"  # noqa: S101 -- for the type checker
    run.before[str(member.pk)] = member.expires_on.isoformat()
    member.expires_on = run.until
    member.save(update_fields=["expires_on"])
    return True


def _tell(_run: MemberRun, member: Member) -> bool:
    occasion = f"membership:{member.pk}:ends:{member.expires_on.isoformat()}"
    if not member.email or not unspoken([occasion]):
        return False
    facts = {"name": member.name, "library": library().name, "day": member.expires_on}
    language = member.user.language if member.user else ""
    return (
        messages.send("membership_ends", address=member.email, facts=facts, language=language, occasions=[occasion]) is not None
    )
