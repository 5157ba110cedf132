"""Requests for copies of articles and chapters, once titles, copies and members are there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from lumbung.circulation.domain import article_arrivals as arrivals
from lumbung.circulation.domain.privacy import TERM
from lumbung.circulation.models import ArticleRequest
from lumbung.kernel import clock, retention
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Wanted
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.refusals import MEMBER_MISSING, TITLE_MISSING


class WantedStage(Stage[Wanted]):
    """Who asked is forgotten as for requests made here: thirty days after they are closed."""

    kind = Wanted

    def bring_in(self, fresh: Sequence[Wanted]) -> None:
        standing = []
        for row in fresh:
            title, member = self.work.origins.key("title", row.title), self.work.origins.key("member", row.member)
            reasons: list[Reason] = [] if title is not None else [TITLE_MISSING(title=row.title)]
            if member is None and row.closed_at is None:
                reasons.append(MEMBER_MISSING(member=row.member))
            if reasons:
                self.work.reject(row, *reasons)
            elif title is not None:
                standing.append((row, title, member))
        if self.work.pretend:
            for row, *_ in standing:
                self.came(row, None)
            return
        told = arrivals.bring_in_articles([self._arriving(*each) for each in standing], by=self.work.by)
        for (row, *_), key in zip(standing, told, strict=True):
            self.came(row, key)

    def _arriving(self, row: Wanted, title: int, member: int | None) -> arrivals.ArrivingArticle:
        is_forgotten = row.closed_at is not None and row.closed_at < clock.now() - retention.kept_for(TERM)
        return arrivals.ArrivingArticle(
            record=title,
            item=self.work.origins.key("copy", row.copy),
            member=None if is_forgotten else member,
            branch=self.work.branch_of(row.place),
            kind=ArticleRequest.Kinds.CHAPTER if row.is_chapter else ArticleRequest.Kinds.ARTICLE,
            title=row.part,
            author=row.author,
            issue=row.issue,
            pages=row.pages,
            note=row.note,
            by_file=row.by_file,
            state=row.state,
            reason=row.reason,
            asked_at=row.asked_at,
            closed_at=row.closed_at,
        )

    def ours(self) -> QuerySet[Any]:
        return ArticleRequest.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        rows = ArticleRequest.objects.filter(pk__in=keys).select_related("member")
        return {
            each.pk: {"member": each.member.barcode if each.member and each.is_open else "", "open": str(int(each.is_open))}
            for each in rows
        }
