"""Reminding of reviews: the owner before an article's day comes and when it is over, and then whoever leads the library."""

from collections.abc import Collection
from datetime import date, timedelta

from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.kernel.permissions import may
from lumbung.knowledge.domain.letters import address_of, tell
from lumbung.knowledge.models import Article
from lumbung.knowledge.permissions import LEAD
from lumbung.knowledge.queries.articles import colleagues, readable_by, today

AHEAD = timedelta(days=7)
UPWARD = timedelta(days=30)


def remind_of_reviews() -> int:
    """Every morning: each owner of what is to be reviewed within a week, and again once its day is over; after thirty more days, or at
    once where the owner left, those who lead the library, as far as they may read it. How many messages: one a person and kind."""
    now, people = today(), {each.pk: each for each in colleagues()}
    due = Article.objects.filter(state=Article.States.PUBLISHED, review_on__lte=now + AHEAD).select_related("owner")
    rows = list(due.order_by("review_on", "pk"))
    neglected = {each.pk for each in rows if each.is_overdue(now) and _is_neglected(each, people, now)}
    told = 0
    for person in people.values():
        told += _tell("review_due", person, [each for each in rows if each.owner_id == person.pk], now)
        if neglected and may(person, LEAD):
            read = set(readable_by(person).filter(pk__in=neglected).values_list("pk", flat=True))
            theirs = [each for each in rows if each.pk in read and each.owner_id != person.pk]
            told += _tell("review_neglected", person, theirs, now)
    return told


def _is_neglected(article: Article, people: Collection[int], now: date) -> bool:
    return article.owner_id not in people or (article.review_on is not None and article.review_on < now - UPWARD)


def _tell(code: str, person: User, articles: list[Article], now: date) -> int:
    """One message with all of these; none where each was told of before at this step."""
    if not articles:
        return 0
    about = [f"{code}:{each.pk}:{each.review_on}:{'late' if each.is_overdue(now) else 'soon'}" for each in articles]
    link = address_of(f"{reverse('knowledge:articles')}?list=review")
    return tell(code, [person], lambda _person: {"articles": articles, "today": now, "link": link}, about=about)
