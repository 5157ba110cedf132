"""Interviews: who may read which answer, and what of them is still in one head alone."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Article, Interview, InterviewAnswer, Trace
from lumbung.knowledge.permissions import ENTER
from lumbung.knowledge.queries.articles import today
from lumbung.knowledge.tracing import Links

Circles = InterviewAnswer.Circles


def answers_visible_to(viewer: Any) -> QuerySet[InterviewAnswer]:
    """What this person may read: as one of the two, as the successor where it was widened to them, as any of the staff."""
    rows = InterviewAnswer.objects.select_related("interview__person", "topic")
    if not may(viewer, ENTER):
        return rows.none()
    key = viewer.pk
    two = Q(interview__person=key) | Q(interview__interviewer=key)
    takes_over = Q(circle=Circles.SUCCESSOR, interview__hand_over__successor=key)
    return rows.filter(two | takes_over | Q(circle=Circles.STAFF))


def interviews_visible_to(viewer: Any) -> QuerySet[Interview]:
    """Those one is in, and those of which one may read an answer that was given."""
    told = answers_visible_to(viewer).filter(interview=OuterRef("pk")).exclude(told="")
    rows = Interview.objects.select_related("person", "interviewer", "hand_over__successor")
    return rows.filter(Q(person=viewer.pk) | Q(interviewer=viewer.pk) | Exists(told))


def interviews_in_hand(interviewer: Any) -> QuerySet[Interview]:
    """Those that this person has begun and not closed: one may be open with each colleague."""
    return Interview.objects.filter(interviewer=interviewer.pk, closed_at=None)


def gaps_in(interviews: Collection[Interview]) -> Mapping[int, list[InterviewAnswer]]:
    """By interview: questions without an answer, and what is in one head only until a valid article tells it. Three statements."""
    answers = list(InterviewAnswer.objects.filter(interview__in=[each.pk for each in interviews]).order_by("pk"))
    made = Trace.objects.filter(
        kind=Links.COMPILED, from_kind="told", from_key__in=[each.pk for each in answers], to_kind="article"
    )
    became = list(made.values_list("from_key", "to_key"))
    rows = Article.objects.filter(pk__in={article for _told, article in became}).defer("body")
    valid = {each.pk for each in rows if each.is_valid(today())}
    written = {told for told, article in became if article in valid}
    gaps: dict[int, list[InterviewAnswer]] = {each.pk: [] for each in interviews}
    for each in answers:
        if not each.told or (each.in_head_only and each.pk not in written):
            gaps[each.interview_id].append(each)
    return gaps
