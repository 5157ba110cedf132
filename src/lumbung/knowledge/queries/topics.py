"""Topics, and what there is on each: articles, communities, questions, books."""

from django.db.models import Count, Q, QuerySet

from lumbung.catalogue.headings import plain
from lumbung.catalogue.models import HeadingKind, Record, RecordHeading
from lumbung.knowledge.models import Article, Topic

MOST_BOOKS = 8


def topics() -> QuerySet[Topic]:
    """Every topic with how many published articles it has, by name."""
    published = Count("articles", filter=Q(articles__state=Article.States.PUBLISHED), distinct=True)
    return Topic.objects.annotate(published=published)


def books_on(topic: Topic) -> QuerySet[Record]:
    """Titles that the catalogue has under the topic's heading, or under its name, the newest first."""
    key = plain(topic.subject or topic.name)
    headings = RecordHeading.objects.filter(kind=HeadingKind.SUBJECT, key=key).values("record")
    return Record.objects.listed().shown_to_public().filter(pk__in=headings).order_by("-pk")[:MOST_BOOKS]
