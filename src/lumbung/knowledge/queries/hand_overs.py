"""What a leaving colleague has not handed over yet."""

import re

from lumbung.knowledge.models import Article, HandOver, HandOverItem
from lumbung.knowledge.queries.articles import today

ARTICLE = re.compile(r"/knowledge/articles/(\d{1,18})(?!\d)")


def gaps_of(hand_over: HandOver) -> list[HandOverItem]:
    """What is told nowhere, or only in an article that nobody approved or whose day is past."""
    items = list(hand_over.items.all())
    named = {item.pk: int(found[1]) for item in items if not item.told and (found := ARTICLE.search(item.address))}
    valid = {each.pk for each in Article.objects.filter(pk__in=named.values()).defer("body") if each.is_valid(today())}
    return [item for item in items if item.is_gap or named.get(item.pk, 0) not in {0, *valid}]
