"""Who may read which article, and what is due."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lumbung.accounts.models import User
from lumbung.accounts.queries import staff
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.remembered import remembered
from lumbung.knowledge.models import Article, Contribution, Membership, PageGuide, Use
from lumbung.knowledge.permissions import ENTER, MANAGE
from lumbung.organization.queries import library

SOON = timedelta(days=30)
CREDITS = Prefetch("contributions", Contribution.objects.select_related("person").order_by("at", "pk"))


def today() -> date:
    return clock.today(library().zone)


def readable_by(user: Any) -> QuerySet[Article]:
    """The articles this person may open. Staff read what is for all, for their communities, for them as mentor, and their own.

    Whoever approves also reads what was submitted. A guest reads what their communities published, and nobody else reads anything
    here: ``public_articles`` is for them.
    """
    key = getattr(user, "pk", None)
    if key is None:
        return Article.objects.none()
    within = Membership.objects.filter(community=OuterRef("community_id"), person_id=key, left_at__isnull=True)
    in_community = Q(circle=Article.Circles.COMMUNITY) & Exists(within)
    if not may(user, ENTER):
        return Article.objects.filter(in_community, state=Article.States.PUBLISHED)
    seen = in_community | Q(owner=key) | Q(circle=Article.Circles.MENTOR, mentor=key)
    seen |= Q(circle__in=[Article.Circles.STAFF, Article.Circles.PUBLIC])
    if may(user, MANAGE):
        seen |= Q(submitted_at__isnull=False) & ~Q(circle__in=[Article.Circles.ME, Article.Circles.MENTOR])
    return Article.objects.filter(seen)


def public_articles() -> QuerySet[Article]:
    """What everybody may read, from anywhere: published for the public, and valid today."""
    return Article.objects.filter(circle=Article.Circles.PUBLIC, state=Article.States.PUBLISHED, review_on__gte=today())


@remembered(seconds=60)
def there_are_public_articles() -> bool:
    """Whether everybody may read any article: where there is none, the public's search does not ask for them."""
    return public_articles().exists()


def may_write(user: Any, article: Article) -> bool:
    """Owner, mentor while it is shared with them, and whoever already has an author's or editor's credit and may read it."""
    if not may(user, ENTER):
        return False
    if user.pk == article.owner_id or (user.pk == article.mentor_id and article.circle == Article.Circles.MENTOR):
        return True
    if not readable_by(user).filter(pk=article.pk).exists():
        return False
    parts = [Contribution.Parts.AUTHOR, Contribution.Parts.EDITOR]
    return may(user, MANAGE) or article.contributions.filter(person=user.pk, part__in=parts).exists()


def overdue(user: Any) -> QuerySet[Article]:
    """Articles whose review is overdue or comes within a month, most urgent first."""
    published = readable_by(user).filter(state=Article.States.PUBLISHED, review_on__lte=today() + SOON)
    return published.select_related("owner").order_by("review_on", "pk")


def submitted(user: Any) -> QuerySet[Article]:
    """What waits for approval, longest first."""
    return readable_by(user).filter(submitted_at__isnull=False).select_related("owner").order_by("submitted_at", "pk")


@dataclass(frozen=True)
class Tally:
    """How an article is used: how many read, did their work by it, found it helpful, learnt it; and where it is a screen's guide."""

    read: int = 0
    used: int = 0
    helpful: int = 0
    learnt: int = 0
    guides: int = 0

    @property
    def learners(self) -> int:
        return self.read


def tallies(keys: Collection[int]) -> Mapping[int, Tally]:
    """The tallies of these articles: people, not clicks; "used" counts each telling."""
    told: dict[int, dict[str, int]] = {key: {} for key in keys}
    for key, kind, count in Use.objects.filter(article__in=keys).values_list("article", "kind").annotate(n=Count("pk")):
        told[key][kind] = count
    for key, count in PageGuide.objects.filter(article__in=keys).values_list("article").annotate(n=Count("pk")):
        told[key]["guides"] = count
    return {key: Tally(**counts) for key, counts in told.items()}


def guides_for(page: str, user: Any) -> Sequence[Article]:
    """The published articles that tell the work of this screen; valid ones first."""
    found = readable_by(user).filter(guides__page=page, state=Article.States.PUBLISHED).order_by("-review_on")
    return list(found[:5])


def colleagues() -> QuerySet[User]:
    """Everybody who works here and is active, by name."""
    return staff().filter(is_active=True)


def in_a_year() -> date:
    """The day a review is due when nobody says otherwise."""
    return today() + timedelta(days=365)
