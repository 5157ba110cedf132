"""What shows that somebody knows about a topic. Each source counts; parts above may add theirs: ``register``."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.knowledge.domain.finding import roots_of
from lumbung.knowledge.models import Answer, Article, Attendance, Contribution, Session, Topic, Use

Counts = Mapping[tuple[int, int], int]
"""How often, by person and topic."""


@dataclass(frozen=True)
class Source:
    """A kind of evidence: its name, what people read, how much one counts, and the counts of everybody.

    What shows that somebody learnt a topic rather than that others learn from them counts ``most`` so often, however often it was:
    it makes nobody stand before those who wrote.
    """

    name: str
    label: str | Promise
    worth: int
    counts: Callable[[], Counts]
    most: int | None = None

    def weight_of(self, times: int) -> int:
        return self.worth * (times if self.most is None else min(times, self.most))


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


def learnt() -> Counts:
    """Articles on the topic whose quiz the person passed."""
    rows = Use.objects.filter(kind=Use.Kinds.LEARNT, article__topics__isnull=False)
    return _counted(rows.values_list("by", "article__topics").annotate(n=Count("article", distinct=True)))


def joined() -> Counts:
    """Sessions on the topic, no trainings, in which the person took part, whoever led them."""
    topics = {name.casefold(): pk for pk, name in Topic.objects.values_list("pk", "name")}
    rows = Attendance.objects.filter(person__isnull=False, session__state="closed", session__course__isnull=True)
    rows = rows.exclude(session__facilitator=F("person")).exclude(session__topic="")
    told: Counter[tuple[int, int]] = Counter()
    for person, topic, n in rows.values_list("person", "session__topic").annotate(n=Count("pk")):
        if topic.casefold() in topics:
            told[person, topics[topic.casefold()]] += n
    return told


def trained() -> Counts:
    """Trainings that the person attended and whose title or skill says the topic."""
    topics = [(pk, set(roots_of(name))) for pk, name in Topic.objects.values_list("pk", "name")]
    rows = Attendance.objects.filter(person__isnull=False, session__state="closed", session__course__isnull=False)
    told: Counter[tuple[int, int]] = Counter()
    courses = rows.values_list("person", "session__course__title", "session__course__skill")
    for person, title, skill, n in courses.annotate(n=Count("pk")):
        said = set(roots_of(f"{title} {skill}"))
        told.update({(person, pk): n for pk, wanted in topics if wanted and wanted <= said})
    return told


def _counted(rows: object) -> Counts:
    return {(person, topic): n for person, topic, n in rows}  # type: ignore[attr-defined]


register(Source("wrote", _("menulis"), 5, wrote))
register(Source("answered", _("menjawab"), 3, answered))
register(Source("led", _("memandu sesi"), 4, led))
register(Source("learnt", _("lulus kuis"), 2, learnt, most=2))
register(Source("trained", _("mengikuti pelatihan"), 2, trained, most=2))
register(Source("joined", _("ikut sesi"), 1, joined, most=2))
