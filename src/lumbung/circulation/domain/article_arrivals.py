"""Requests for copies of articles and chapters, from the system that a library leaves: many at a time, and out again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.circulation.events import ArticlesArrived, ArticlesWithdrawn
from lumbung.circulation.models import ArticleRequest
from lumbung.kernel import events

Ways = ArticleRequest.Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingArticle:
    """Record, item, member and branch are primary keys; ``member`` None: forgotten. Nothing is charged for it here."""

    record: int
    item: int | None
    member: int | None
    branch: int
    kind: str
    title: str
    author: str
    issue: str
    pages: str
    note: str
    by_file: bool
    state: str
    reason: str
    asked_at: datetime
    closed_at: datetime | None


@transaction.atomic
def bring_in_articles(arriving: Sequence[ArrivingArticle], *, by: events.Actor | None) -> list[int]:
    """Store requests; the key of each."""
    made = ArticleRequest.objects.bulk_create([_request(each) for each in arriving])
    keys = [each.pk for each in made]
    if keys:
        events.record(ArticlesArrived(article_requests=keys), by=by)
    return keys


@transaction.atomic
def take_out_articles(keys: Collection[int], *, by: events.Actor | None) -> None:
    """Remove requests, as though they had never been."""
    ArticleRequest.objects.filter(pk__in=keys).delete()
    events.record(ArticlesWithdrawn(article_requests=len(keys)), by=by)


def _request(each: ArrivingArticle) -> ArticleRequest:
    return ArticleRequest(
        record_id=each.record,
        item_id=each.item,
        member_id=each.member,
        branch_id=each.branch,
        pickup_branch_id=None if each.by_file else each.branch,
        way=Ways.FILE if each.by_file else Ways.PICKUP,
        kind=each.kind,
        title=each.title[:300],
        author=each.author[:200],
        issue=each.issue[:80],
        pages=each.pages[:60],
        note=each.note[:300] if each.member else "",
        state=each.state,
        reason=each.reason[:300],
        asked_at=each.asked_at,
        fulfilled_at=each.closed_at if each.state == ArticleRequest.States.DONE else None,
        closed_at=each.closed_at,
    )
