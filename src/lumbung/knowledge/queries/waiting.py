"""What waits for one person in the portal, and what became of what they wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Article, Question, Remark, Use
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries import articles

LATELY = timedelta(days=30)
MOST = 5


@dataclass(frozen=True)
class Waiting:
    """The newest few of each; empty where nothing waits."""

    asked: Sequence[Question]
    submitted: Sequence[Article]
    overdue: Sequence[Article]
    remarks: Sequence[Remark]
    uses: Sequence[Use]

    @property
    def is_empty(self) -> bool:
        return not any([self.asked, self.submitted, self.overdue, self.remarks, self.uses])


def waiting_for(user: Any) -> Waiting:
    """Five statements, whatever there is."""
    since = clock.now() - LATELY
    uses = Use.objects.filter(article__owner=user.pk, kind__in=[Use.Kinds.USED, Use.Kinds.HELPFUL], at__gte=since)
    return Waiting(
        asked=list(Question.objects.filter(asked_of=user.pk, settled_at__isnull=True)[:MOST]),
        submitted=list(articles.submitted(user).exclude(owner=user.pk)[:MOST]) if may(user, MANAGE) else [],
        overdue=list(articles.overdue(user).filter(owner=user.pk)[:MOST]),
        remarks=list(
            Remark.objects.filter(article__owner=user.pk, settled_at__isnull=True).select_related("article", "by")[:MOST]
        ),
        uses=list(uses.exclude(by=user.pk).select_related("article", "by")[:MOST]),
    )
