"""Who may read which question, and whose name they may read."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Answer, Membership, Question
from lumbung.knowledge.permissions import ENTER


def readable_by(user: Any) -> QuerySet[Question]:
    """The questions this person may open: staff those asked of all and of their communities, a guest those of theirs."""
    within = Membership.objects.filter(community=OuterRef("community_id"), person_id=user.pk, left_at__isnull=True)
    seen = Exists(within) if user.pk else Q(pk__in=())
    if may(user, ENTER):
        return Question.objects.filter(Q(community__isnull=True) | seen | Q(asked_by=user.pk) | Q(asked_of=user.pk))
    return Question.objects.filter(seen)


def shows_name(row: Question | Answer, viewer: Any) -> bool:
    """Whether the viewer reads who asked or answered: always their own, and else unless it is hidden."""
    author = row.asked_by_id if isinstance(row, Question) else row.by_id
    return not row.hides_name or author == viewer.pk


def with_counts(rows: QuerySet[Question]) -> QuerySet[Question]:
    """The same with how many answers each has, the newest first."""
    return rows.annotate(answered=Count("answers")).order_by("-at", "-pk")
