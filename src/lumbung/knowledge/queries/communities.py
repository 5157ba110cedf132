"""Communities: whose they are, how regular they are, and how much their people have to do with one another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet

from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.knowledge.models import Answer, Attendance, Community, Membership, Remark, Session

SPAN = timedelta(weeks=12)
ENOUGH_SESSIONS, ENOUGH_WEEKS, STEADY = 4, 4, 50
"""A group is regular with four sessions in four different weeks of the last twelve, where from one session to the next half of the
people are the same."""


def communities() -> QuerySet[Community]:
    """Every community with how many people are in it now."""
    return Community.objects.annotate(people=Count("memberships", filter=Q(memberships__left_at__isnull=True)))


def communities_of(user: Any) -> QuerySet[Community]:
    """The communities this person is in now, by name."""
    return Community.objects.filter(memberships__person=user.pk, memberships__left_at__isnull=True).order_by("name")


@remembered(seconds=60)
def guests() -> frozenset[int]:
    """The accounts that are guests of any community now: few, and asked at every page of a member's own."""
    rows = Membership.objects.filter(role=Membership.Roles.GUEST, left_at__isnull=True)
    return frozenset(rows.values_list("person", flat=True))


def membership_of(user: Any, community: int) -> Membership | None:
    """This person's membership now."""
    return Membership.objects.filter(community=community, person=user.pk, left_at__isnull=True).first()


@dataclass(frozen=True)
class Regularity:
    """How often a group met in the last twelve weeks, in how many of them, and how much its attendance stays the same (per cent)."""

    sessions: int
    weeks: int
    steadiness: int

    @property
    def is_regular(self) -> bool:
        return self.sessions >= ENOUGH_SESSIONS and self.weeks >= ENOUGH_WEEKS and self.steadiness >= STEADY


def regularity(community: Community) -> Regularity:
    """Measured on sessions that were held, with those who were there."""
    now = clock.now()
    held = Session.objects.filter(community=community, starts_at__gte=now - SPAN, starts_at__lt=now).exclude(state="cancelled")
    sessions = list(held.order_by("starts_at").values_list("pk", "starts_at"))
    present = _present([pk for pk, _at in sessions])
    weeks = {at.isocalendar()[:2] for _pk, at in sessions if at}
    shares = [_same(present.get(a, set()), present.get(b, set())) for (a, _), (b, _) in pairwise(sessions)]
    return Regularity(len(sessions), len(weeks), round(100 * sum(shares) / len(shares)) if shares else 0)


def _present(sessions: Collection[int]) -> Mapping[int, set[int]]:
    there: dict[int, set[int]] = {}
    for session, person in Attendance.objects.filter(session__in=sessions, person__isnull=False).values_list(
        "session", "person"
    ):
        there.setdefault(session, set()).add(person)
    return there


def _same(before: set[int], after: set[int]) -> float:
    return len(before & after) / len(before | after) if before | after else 0.0


@dataclass(frozen=True)
class Density:
    """Of all pairs of people in a community, how many have had to do with each other; and who with how many."""

    pairs: int
    possible: int
    partners: Mapping[int, int]

    @property
    def share(self) -> int:
        return round(100 * self.pairs / self.possible) if self.possible else 0


def density(community: Community) -> Density:
    """Pairs who sat in one session, answered each other, or remarked on each other's article, in the last twelve weeks."""
    since = clock.now() - SPAN
    people = set(community.memberships.filter(left_at__isnull=True).values_list("person", flat=True))
    met = {
        frozenset(pair)
        for there in _present(_sessions_since(community, since)).values()
        for pair in combinations(there & people, 2)
    }
    answered = Answer.objects.filter(at__gte=since, by__in=people, question__asked_by__in=people)
    answered = answered.filter(hides_name=False, question__hides_name=False)
    remarked = Remark.objects.filter(at__gte=since, by__in=people, article__owner__in=people)
    spoke = [*answered.values_list("by", "question__asked_by"), *remarked.values_list("by", "article__owner")]
    met |= {frozenset(pair) for pair in spoke if pair[0] != pair[1]}
    partners = {person: sum(person in pair for pair in met) for person in people}
    return Density(len(met), len(people) * (len(people) - 1) // 2, partners)


def _sessions_since(community: Community, since: Any) -> list[int]:
    return list(Session.objects.filter(community=community, starts_at__gte=since).values_list("pk", flat=True))
