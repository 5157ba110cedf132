"""Who could help whom without knowing it: colleagues who want to learn something, beside those who know about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from lumbung.accounts.models import User
from lumbung.knowledge.domain.finding import roots_of
from lumbung.knowledge.models import (
    Answer,
    Attendance,
    Expertise,
    Introduction,
    Membership,
    PlanItem,
    Profile,
    Question,
    Remark,
    Skill,
    Thanks,
    Topic,
)
from lumbung.knowledge.queries.articles import colleagues

MOST = 3


@dataclass(frozen=True)
class Stranger:
    """Somebody who knows about what is wanted, and with whom there was nothing to do so far."""

    person: User
    topic: Topic
    evidence: Mapping[str, int]


def strangers_for(person: User) -> list[Stranger]:
    """Who knows most about what this person wants to learn, one row for each, without those they had to do with. Fixed statements."""
    wanted = _wanted_topics(person)
    if not wanted:
        return []
    known = acquainted_with(person)
    busy = Profile.objects.filter(is_available=False).values("person")
    rows = Expertise.objects.filter(topic__in=wanted, person__in=colleagues().order_by()).exclude(state="declined")
    rows = rows.exclude(person__in=busy).exclude(person=person).select_related("person", "topic").order_by("-weight", "pk")
    found: dict[int, Stranger] = {}
    for each in rows:
        if each.person_id not in known:
            found.setdefault(each.person_id, Stranger(each.person, each.topic, each.evidence))
    return list(found.values())[:MOST]


def _wanted_topics(person: User) -> Sequence[int]:
    """Topics of their questions, and those named in what they want to learn, are learning, or plan to."""
    needs = Profile.objects.filter(person=person).values_list("needs", flat=True)
    learning = Skill.objects.filter(person=person, level=Skill.Levels.LEARNING).values_list("name", flat=True)
    plans = PlanItem.objects.filter(person=person, done_at=None).values_list("goal", flat=True)
    said = set(roots_of(" ".join([*needs, *learning, *plans])))
    asked = set(Question.objects.filter(asked_by=person, topic__isnull=False).values_list("topic", flat=True))
    names = Topic.objects.values_list("pk", "name")
    return [pk for pk, name in names if pk in asked or ((roots := set(roots_of(name))) and roots <= said)]


def acquainted_with(person: User) -> set[int]:
    """Whom they sat with, share a community with, answered or were answered by, remarked on, thanked, or were introduced to."""
    key = person.pk
    sessions = Attendance.objects.filter(person=key).values("session")
    groups = Membership.objects.filter(person=key, left_at__isnull=True).values("community")
    met: set[int | None] = set(Attendance.objects.filter(session__in=sessions).values_list("person", flat=True))
    met |= set(Membership.objects.filter(community__in=groups, left_at__isnull=True).values_list("person", flat=True))
    spoke = [
        Answer.objects.filter(hides_name=False, question__hides_name=False)
        .filter(Q(by=key) | Q(question__asked_by=key))
        .values_list("by", "question__asked_by"),
        Remark.objects.filter(Q(by=key) | Q(article__owner=key)).values_list("by", "article__owner"),
        Thanks.objects.filter(Q(by=key) | Q(person=key)).values_list("by", "person"),
        Introduction.objects.filter(Q(first=key) | Q(second=key)).values_list("first", "second"),
    ]
    met |= {each for pairs in spoke for pair in pairs for each in pair}
    return {each for each in met if each is not None} - {key}
