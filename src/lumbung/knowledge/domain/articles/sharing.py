"""Who may read: circles that only the owner changes, and the owner who hands an article over."""

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import events
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.articles import ArticleHandedOver, CircleChanged
from lumbung.knowledge.models import Article, Community
from lumbung.knowledge.permissions import LEAD, MANAGE
from lumbung.knowledge.queries.articles import there_are_public_articles
from lumbung.knowledge.refusals import articles as refusals

Circles = Article.Circles


@transaction.atomic
def share(
    article: Article, circle: Circles | str, *, mentor: User | None = None, community: Community | None = None, by: User
) -> Article:
    """Let another circle read the article. Only the owner does, whoever else may approve or lead. What waited for approval waits no
    longer where nobody is left who reads it and could."""
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    reasons = [] if by.pk == current.owner_id else [refusals.ONLY_THE_OWNER()]
    if circle == Circles.MENTOR:
        reasons += _mentor_faults(current, mentor)
    if circle == Circles.COMMUNITY:
        reasons += _community_faults(community, by)
    if reasons:
        raise Refused(reasons)
    was, current.circle = current.circle, Circles(circle)
    current.mentor = mentor or current.mentor
    current.community = community or current.community
    _wait_no_longer_for_nobody(current)
    current.save(update_fields=["circle", "mentor", "community", "submitted_at"])
    there_are_public_articles.changed()
    events.record(CircleChanged(article=current.pk, was=was, became=current.circle), by=by)
    return current


def somebody_approves(article: Article) -> bool:
    """Whether it is shown to anybody who could: what only its owner or their mentor reads may lie for ever."""
    if article.circle == Circles.MENTOR:
        return may(article.mentor, MANAGE)
    return article.circle != Circles.ME or may(article.owner, LEAD)


def _wait_no_longer_for_nobody(article: Article) -> None:
    if not somebody_approves(article):
        article.submitted_at = None


def _mentor_faults(article: Article, mentor: User | None) -> list[Reason]:
    if mentor is None:
        return [refusals.MENTOR_MISSING()]
    return [refusals.MENTOR_IS_OWNER()] if mentor.pk == article.owner_id else []


def _community_faults(community: Community | None, by: User) -> list[Reason]:
    if community is None:
        return [refusals.COMMUNITY_MISSING()]
    inside = community.memberships.filter(person=by, left_at__isnull=True).exists()
    return [] if inside else [refusals.NOT_IN_COMMUNITY()]


@transaction.atomic
def hand_over(article: Article, *, to: User, by: User) -> Article:
    """Give the article another owner; the credit of whoever wrote it stays."""
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if by.pk != current.owner_id and current.owner.is_active:
        raise Refused(refusals.ONLY_THE_OWNER())
    current.owner = to
    _wait_no_longer_for_nobody(current)
    current.save(update_fields=["owner", "submitted_at"])
    events.record(ArticleHandedOver(article=current.pk, owner=to.pk), by=by)
    return current
