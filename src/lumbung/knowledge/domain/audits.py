"""The knowledge audit: topic by topic, what sits in heads alone, what in documents, what in the base."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.knowledge.events.ideas import KnowledgeAudited
from lumbung.knowledge.models import Article, Audit, AuditLine, InterviewAnswer, Session, SessionMinutes, Trace
from lumbung.knowledge.tracing import Links

MOST_HEADS = 200


@transaction.atomic
def audit_knowledge(*, by: User | None, heads: str = "") -> Audit:
    """Look where each topic lives today, and keep it. ``heads`` names what the portal cannot know, a line each: “topik: nama, nama”.

    A topic lives in the people who led its sessions, or told in an interview that it is in their head alone; in approved minutes;
    and in the articles that are published on it or were put together from those minutes.
    """
    audit = Audit.objects.create(at=clock.now(), by=by)
    lines = _from_portal()
    for topic, names in _said(heads).items():
        line = lines.setdefault(topic.casefold(), AuditLine(topic=topic[:80]))
        line.who = ", ".join(filter(None, [line.who, *names]))[:300]
        line.people += len(names)
    for line in lines.values():
        line.audit = audit
    AuditLine.objects.bulk_create(lines.values())
    events.record(KnowledgeAudited(audit=audit.pk, count=len(lines)), by=by)
    return audit


def _said(heads: str) -> Mapping[str, Sequence[str]]:
    told: dict[str, list[str]] = {}
    for line in heads.splitlines()[:MOST_HEADS]:
        topic, _, names = line.partition(":")
        if topic := " ".join(topic.split()):
            told[topic] = [name for each in names.split(",") if (name := " ".join(each.split()))]
    return told


def _from_portal() -> dict[str, AuditLine]:
    rows = Session.objects.exclude(topic="").order_by("pk").values_list("pk", "topic", "facilitator__name")
    articles, written = _articles_of_sessions(), set(_approved())
    told: dict[str, AuditLine] = {}
    people: dict[str, set[str]] = defaultdict(set)
    base: dict[str, set[int]] = defaultdict(set)
    for session, topic, name in rows:
        key = topic.casefold()
        line = told.setdefault(key, AuditLine(topic=topic))
        people[key] |= {name} - {None}
        base[key] |= articles[session]
        line.documents += session in written
    for topic, name in _told_in_interviews():
        told.setdefault(topic.casefold(), AuditLine(topic=topic))
        people[topic.casefold()].add(name)
    published = Article.objects.filter(state=Article.States.PUBLISHED, topics__isnull=False)
    for article, topic in published.order_by("topics__name").values_list("pk", "topics__name"):
        told.setdefault(topic.casefold(), AuditLine(topic=topic))
        base[topic.casefold()].add(article)
    for key, line in told.items():
        line.people, line.who, line.articles = len(people[key]), ", ".join(sorted(people[key]))[:300], len(base[key])
    return told


def _told_in_interviews() -> Sequence[tuple[str, str]]:
    """Topics that somebody said are in their head alone, and let all staff know: an audit is read by all of them."""
    rows = InterviewAnswer.objects.filter(in_head_only=True, topic__isnull=False, circle=InterviewAnswer.Circles.STAFF)
    return list(rows.order_by("pk").values_list("topic__name", "interview__person__name"))


def _approved() -> Sequence[int]:
    return list(SessionMinutes.objects.filter(state=SessionMinutes.States.APPROVED).values_list("session", flat=True))


def _articles_of_sessions() -> dict[int, set[int]]:
    """The articles put together from each session, or from its minutes or decisions."""
    found: dict[int, set[int]] = defaultdict(set)
    minutes = dict(SessionMinutes.objects.values_list("pk", "session"))
    rows = Trace.objects.filter(kind=Links.COMPILED, to_kind="article", from_kind__in=["session", "minutes"])
    for kind, key, article in rows.values_list("from_kind", "from_key", "to_key"):
        found[key if kind == "session" else minutes.get(key, 0)].add(article)
    return found
