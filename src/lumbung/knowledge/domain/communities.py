"""Communities: from a loose group to a community of practice, with a charter, goals, and guests from elsewhere."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.accounts.queries import user_named
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.events import communities as happened
from lumbung.knowledge.models import Community, Goal, Membership, Topic
from lumbung.knowledge.permissions import ENTER, MANAGE
from lumbung.knowledge.queries.communities import guests, membership_of, regularity
from lumbung.knowledge.refusals import communities as refusals

Roles = Membership.Roles
FIELDS = frozenset({"name", "summary", "charter"})


def charter_for(kind: Community.Types | str) -> str:
    """What a charter of this type begins with."""
    return {
        Community.Types.WRITING: _(
            "Kami menulis bersama: satu tulisan tiap orang dalam dua bulan, dibaca dua rekan sebelum dikirim."
        ),
        Community.Types.TRENDS: _(
            "Kami membaca satu tren perpustakaan setiap dua pekan, lalu memutuskan apa artinya bagi kami."
        ),
        Community.Types.PRACTICE: _(
            "Kami bertukar cara kerja: setiap pertemuan menghasilkan satu artikel atau satu perbaikan SOP."
        ),
    }.get(Community.Types(kind), "")


@transaction.atomic
def start_group(
    name: str, *, kind: Community.Types | str, summary: str = "", topics: Collection[Topic] = (), by: User
) -> Community:
    """Begin a loose group; whoever begins it facilitates it. Its charter begins as its type does."""
    reasons = _name_faults(" ".join(name.split()))
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    group = Community.objects.create(
        name=" ".join(name.split())[:120], kind=kind, summary=summary.strip(), charter=charter_for(kind), started_at=now
    )
    group.topics.set(topics)
    Membership.objects.create(community=group, person=by, role=Roles.FACILITATOR, joined_at=now)
    events.record(happened.GroupStarted(community=group.pk, kind=group.kind), by=by)
    finding.put(group)
    return group


@transaction.atomic
def change_community(community: Community, *, topics: Collection[Topic] | None = None, by: User, **fields: str) -> Community:
    """Change name, summary or charter: the facilitator's, and of whoever looks after the portal."""
    current = _locked(community)
    reasons = _facilitator_faults(current, by)
    changed = set_changed(current, fields, allowed=FIELDS)
    if "name" in changed:
        reasons += _name_faults(current.name, current.pk)
    if reasons:
        raise Refused(reasons)
    current.save()
    if topics is not None:
        current.topics.set(topics)
    if changed:
        events.record(happened.CommunityChanged(community=current.pk, fields=changed), by=by)
    finding.put(current)
    return current


@transaction.atomic
def become_community(community: Community, *, by: User) -> Community:
    """The step from a group to a community of practice: measured, and asked for by a person. Refuses what is not regular yet."""
    current = _locked(community)
    found = regularity(current)
    reasons = _facilitator_faults(current, by)
    if current.state == Community.States.COMMUNITY:
        reasons.append(refusals.ALREADY_A_COMMUNITY())
    if not current.charter.strip():
        reasons.append(refusals.CHARTER_EMPTY())
    if not found.is_regular:
        reasons.append(refusals.NOT_YET_REGULAR(sessions=found.sessions, steady=found.steadiness))
    if reasons:
        raise Refused(reasons)
    current.state, current.became_community_at = Community.States.COMMUNITY, clock.now()
    current.save(update_fields=["state", "became_community_at"])
    told = happened.BecameCommunity(community=current.pk, sessions=found.sessions, steadiness=found.steadiness)
    events.record(told, by=by)
    return current


@transaction.atomic
def join(community: Community, *, by: User) -> Membership:
    """Come into a community; every one of the staff may."""
    if membership_of(by, community.pk):
        raise Refused(refusals.ALREADY_IN_COMMUNITY(name=by.name))
    return _enter(community, by, Roles.MEMBER, by=by)


@transaction.atomic
def invite_guest(community: Community, username: str, *, institution: str, by: User) -> Membership:
    """Let somebody of another institution into this community, and nowhere else."""
    guest = user_named(username)
    reasons = _facilitator_faults(community, by)
    if guest is None:
        reasons.append(refusals.GUEST_UNKNOWN(name=username.strip()))
    elif may(guest, ENTER):
        reasons.append(refusals.GUEST_IS_STAFF(name=guest.name))
    elif membership_of(guest, community.pk):
        reasons.append(refusals.ALREADY_IN_COMMUNITY(name=guest.name))
    if not institution.strip():
        reasons.append(refusals.INSTITUTION_EMPTY())
    if reasons or guest is None:
        raise Refused(reasons)
    guests.changed()
    return _enter(community, guest, Roles.GUEST, by=by, institution=institution.strip()[:150])


@transaction.atomic
def leave(community: Community, person: User, *, by: User) -> None:
    """Leave, or be taken out by a facilitator. The last facilitator names another first."""
    current = _locked(community)
    held = membership_of(person, current.pk)
    reasons: list[Reason] = [] if held else [refusals.NOT_A_MEMBER()]
    if by.pk != person.pk:
        reasons += _facilitator_faults(current, by)
    facilitators = current.memberships.filter(role=Roles.FACILITATOR, left_at__isnull=True)
    if held and held.role == Roles.FACILITATOR and facilitators.count() == 1:
        reasons.append(refusals.LAST_FACILITATOR())
    if reasons:
        raise Refused(reasons)
    current.memberships.filter(person=person, left_at__isnull=True).update(left_at=clock.now())
    guests.changed()
    events.record(happened.LeftCommunity(community=current.pk, person=person.pk), by=by)


@transaction.atomic
def set_goal(community: Community, sentence: str, *, wanted: int = 1, due_on: date | None = None, by: User) -> Goal:
    """What the community wants to reach together."""
    reasons = [] if sentence.strip() else [refusals.GOAL_EMPTY()]
    if membership_of(by, community.pk) is None and not may(by, MANAGE):
        reasons.append(refusals.NOT_A_MEMBER())
    if reasons:
        raise Refused(reasons)
    goal = Goal.objects.create(community=community, sentence=sentence.strip()[:200], wanted=max(1, wanted), due_on=due_on)
    events.record(happened.GoalSet(community=community.pk, goal=goal.pk), by=by)
    return goal


@transaction.atomic
def move_goal(goal: Goal, reached: int, *, by: User) -> Goal:
    """How far the community is with it."""
    current = Goal.objects.select_for_update().get(pk=goal.pk)
    if membership_of(by, current.community_id) is None and not may(by, MANAGE):
        raise Refused(refusals.NOT_A_MEMBER())
    current.reached = max(0, min(reached, current.wanted))
    current.save(update_fields=["reached"])
    events.record(happened.GoalMoved(community=current.community_id, goal=current.pk, reached=current.reached), by=by)
    return current


def _enter(community: Community, person: User, role: Roles, *, by: User, institution: str = "") -> Membership:
    row = Membership.objects.create(
        community=community, person=person, role=role, institution=institution, joined_at=clock.now()
    )
    events.record(happened.JoinedCommunity(community=community.pk, person=person.pk, role=role), by=by)
    return row


def _facilitator_faults(community: Community, by: User) -> list[Reason]:
    held = membership_of(by, community.pk)
    leads = may(by, MANAGE) or (held is not None and held.role == Roles.FACILITATOR)
    return [] if leads else [refusals.NOT_THE_FACILITATOR()]


def _name_faults(name: str, but: int | None = None) -> list[Reason]:
    if not name:
        return [refusals.COMMUNITY_NAME_EMPTY()]
    taken = Community.objects.filter(name__iexact=name).exclude(pk=but or 0).exists()
    return [refusals.COMMUNITY_NAME_TAKEN(name=name)] if taken else []


def _locked(community: Community) -> Community:
    return Community.objects.select_for_update().get(pk=community.pk)
