"""Who knows what, and what they did in a span of time: no ranks, no comparisons of people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from lumbung.accounts.models import User
from lumbung.accounts.queries import staff
from lumbung.kernel import clock
from lumbung.kernel.wording import asked_for
from lumbung.knowledge.models import (
    Answer,
    Article,
    Award,
    AwardCriterion,
    Contribution,
    Expertise,
    Profile,
    Session,
    SharingTime,
    Skill,
    Thanks,
    Topic,
    Use,
)
from lumbung.knowledge.queries.articles import readable_by

YEAR = timedelta(days=365)
TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class Colleague:
    """Somebody in the directory."""

    person: User
    profile: Profile | None
    topics: Sequence[Expertise]


def directory() -> list[Colleague]:
    """Everybody who works here, by name, with what they know by evidence: four statements."""
    people = list(staff().filter(is_active=True))
    keys = [each.pk for each in people]
    profiles = {each.person_id: each for each in Profile.objects.filter(person__in=keys)}
    known: dict[int, list[Expertise]] = {}
    for each in Expertise.objects.filter(person__in=keys).exclude(state="declined").select_related("topic"):
        known.setdefault(each.person_id, []).append(each)
    return [Colleague(each, profiles.get(each.pk), known.get(each.pk, [])[:3]) for each in people]


def with_words(words: str) -> list[Colleague]:
    """Of the directory those whose name, words about themselves or topics meet every word."""
    meets = asked_for(words, of_names=True)
    return [each for each in directory() if meets(_told_of(each))] if words.strip() else []


def _told_of(colleague: Colleague) -> str:
    about = colleague.profile.about if colleague.profile else ""
    return " ".join([colleague.person.name, about, *(str(known.topic) for known in colleague.topics)])


def experts_on(topic: Topic) -> QuerySet[Expertise]:
    """Who knows about it, most evidence first; who declined is not named."""
    rows = topic.expertise.filter(person__is_active=True).exclude(state="declined")
    return rows.select_related("person").order_by("-weight", "person__name")


def shown_awards(person: User, viewer: object) -> QuerySet[Award]:
    """Awards others may see; the person's own all, whoever asks for themselves."""
    rows = Award.objects.filter(person=person).select_related("criterion", "given_by")
    return rows if getattr(viewer, "pk", None) == person.pk else rows.filter(agreed_at__isnull=False)


@dataclass(frozen=True)
class Candidate:
    person: User
    count: int


def candidates(criterion: AwardCriterion) -> list[Candidate]:
    """Who meets the criterion by what they did in the last year, by name and not by count: it is no race."""
    since = clock.now() - YEAR
    counts = COUNTED[criterion.measure](since)
    people = {each.pk: each for each in staff().filter(is_active=True, pk__in=counts)}
    found = [Candidate(people[pk], n) for pk, n in counts.items() if pk in people and n >= criterion.least]
    return sorted(found, key=lambda each: each.person.name)


def _wrote(since: datetime) -> dict[int, int]:
    rows = Contribution.objects.filter(
        part="author", person__isnull=False, article__state="published", article__approved_at__gte=since
    )
    return dict(rows.values_list("person").annotate(n=Count("article", distinct=True)))


def _answered(since: datetime) -> dict[int, int]:
    return dict(Answer.objects.filter(at__gte=since, hides_name=False).values_list("by").annotate(n=Count("pk")))


def _used(since: datetime) -> dict[int, int]:
    rows = Use.objects.filter(
        at__gte=since, kind="used", article__contributions__part="author", article__contributions__person__isnull=False
    )
    return dict(rows.values_list("article__contributions__person").annotate(n=Count("pk", distinct=True)))


def _thanked(since: datetime) -> dict[int, int]:
    return dict(Thanks.objects.filter(at__gte=since).values_list("person").annotate(n=Count("pk")))


def _led(since: datetime) -> dict[int, int]:
    rows = Session.objects.filter(state="closed", starts_at__gte=since, facilitator__isnull=False)
    return dict(rows.values_list("facilitator").annotate(n=Count("pk")))


COUNTED: dict[str, Callable[[datetime], dict[int, int]]] = {
    "wrote": _wrote,
    "answered": _answered,
    "used": _used,
    "thanked": _thanked,
    "led": _led,
}


@dataclass(frozen=True)
class Deed:
    """One thing somebody did, for their appraisal; with the minutes where they noted time for it."""

    at: datetime
    what: str
    title: str
    minutes: int | None = None


def deeds(person: User, since: datetime, until: datetime) -> list[Deed]:
    """What somebody did in the portal in a span of time, oldest first: for *kegiatan pustakawan*, one line each."""
    span = Q(at__gte=since, at__lt=until)
    told = [
        *(
            Deed(each.at, each.part, each.article.title)
            for each in Contribution.objects.filter(span, person=person).select_related("article")
        ),
        *(
            Deed(each.at, "answered", each.question.title)
            for each in Answer.objects.filter(span, by=person, hides_name=False).select_related("question")
        ),
        *(
            Deed(each.starts_at, "led", each.title)
            for each in Session.objects.filter(state="closed", facilitator=person, starts_at__gte=since, starts_at__lt=until)
            if each.starts_at
        ),
        *(Deed(each.at, "thanked", each.text) for each in Thanks.objects.filter(span, person=person)),
        *(
            Deed(datetime.combine(each.on, time(12), since.tzinfo), "shared", each.what, each.minutes)
            for each in times_of(person, since.date(), until.date())
        ),
    ]
    return sorted(told, key=lambda each: each.at)


def times_of(person: User, first: date, until: date) -> list[SharingTime]:
    """The time somebody noted for sharing, from the first day to the one before ``until``. Theirs, and their leader's in the report."""
    return list(SharingTime.objects.filter(person=person, on__gte=first, on__lt=until))


def unnoted_sessions(person: User) -> list[Session]:
    """Sessions of the last two weeks in which they were, and whose time they have not noted, the latest first."""
    now = clock.now()
    noted = SharingTime.objects.filter(person=person, session__isnull=False).values("session")
    there = Q(attendances__person=person) | Q(facilitator=person)
    rows = Session.objects.filter(there, starts_at__gte=now - TWO_WEEKS, starts_at__lt=now, state__in=["published", "closed"])
    return list(rows.exclude(pk__in=noted).distinct().order_by("-starts_at")[:5])


def skills_matrix() -> dict[str, list[Skill]]:
    """Every skill with who has it, hard and soft."""
    matrix: dict[str, list[Skill]] = {}
    for each in Skill.objects.filter(person__is_active=True).select_related("person").order_by("kind", "name", "-level"):
        matrix.setdefault(each.name, []).append(each)
    return matrix


def published_by(person: User, viewer: object) -> QuerySet[Article]:
    """What somebody wrote and the viewer may read."""

    return readable_by(viewer).filter(state="published", contributions__person=person, contributions__part="author").distinct()
