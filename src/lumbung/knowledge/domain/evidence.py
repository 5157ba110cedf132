"""What shows that somebody knows about a topic. Each source counts; parts above may add theirs: ``register``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.models import Answer, Article, Contribution, Session, Topic

Counts = Mapping[tuple[int, int], int]
"""How often, by person and topic."""


@dataclass(frozen=True)
class Source:
    """A kind of evidence: its name, what people read, how much one counts, and the counts of everybody."""

    name: str
    label: str | Promise
    worth: int
    counts: Callable[[], Counts]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind of evidence known. A name serves once."""
    if source.name in _sources:
        raise ValueError(f"two kinds of evidence are called {source.name}")
    _sources[source.name] = source


def registered() -> list[Source]:
    return list(_sources.values())


def wrote() -> Counts:
    """Published articles on the topic in which the person is author or editor."""
    rows = Contribution.objects.filter(
        part__in=["author", "editor"],
        person__isnull=False,
        article__state=Article.States.PUBLISHED,
        article__topics__isnull=False,
    )
    return _counted(rows.values_list("person", "article__topics").annotate(n=Count("article", distinct=True)))


def answered() -> Counts:
    """Answers under the person's name that solved a question on the topic."""
    rows = Answer.objects.filter(accepted_at__isnull=False, hides_name=False, question__topic__isnull=False)
    return _counted(rows.values_list("by", "question__topic").annotate(n=Count("pk")))


def led() -> Counts:
    """Sessions on the topic that the person facilitated."""
    topics = dict(Topic.objects.annotate(plain=Lower("name")).values_list("plain", "pk"))
    rows = Session.objects.filter(state="closed", facilitator__isnull=False).annotate(
        plain=Lower("topic"), who=F("facilitator")
    )
    told = rows.values_list("who", "plain").annotate(n=Count("pk"))
    return {(person, topics[name]): n for person, name, n in told if name in topics}


def _counted(rows: object) -> Counts:
    return {(person, topic): n for person, topic, n in rows}  # type: ignore[attr-defined]


register(Source("wrote", _("menulis"), 5, wrote))
register(Source("answered", _("menjawab"), 3, answered))
register(Source("led", _("memandu sesi"), 4, led))
