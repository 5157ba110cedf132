"""What somebody types and has not saved. It comes and goes every few seconds: the journal is not told."""

from collections.abc import Mapping

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.formats.prose.markdown import LONGEST
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.models import Article, ArticleDraft
from lumbung.knowledge.refusals.articles import ARTICLE_TOO_LONG, DRAFT_ELSEWHERE


@transaction.atomic
def keep_draft(typed: Mapping[str, str], *, article: Article, saves: int, by: User) -> ArticleDraft:
    """Keep what is typed now. Refuses when another window of the same person kept something since, and what is too long."""
    if sum(map(len, typed.values())) > LONGEST:
        raise Refused(ARTICLE_TOO_LONG())
    held = ArticleDraft.objects.select_for_update().filter(owner=by, article=article).first()
    if held is None:
        return ArticleDraft.objects.create(owner=by, article=article, typed=dict(typed), saved_at=clock.now())
    if held.saves != saves:
        raise Refused(DRAFT_ELSEWHERE())
    held.typed, held.saves, held.saved_at = dict(typed), held.saves + 1, clock.now()
    held.save()
    return held


def drop_draft(article: Article, *, by: User) -> None:
    """It is not wanted any more."""
    ArticleDraft.objects.filter(owner=by, article=article).delete()
