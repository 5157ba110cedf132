"""What other rooms tell the morning talk: questions that wait, searches without results, titles that are wanted."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.desk.models import Conversation, Rating
from lumbung.discovery.models import UnmetNeed
from lumbung.discovery.queries.interest import ranked
from lumbung.knowledge.domain.signals import Day, Found, Source, register

MOST_SEARCHES, MOST_TITLES, MOST_QUESTIONS = 6, 5, 5
LOW = 2
"""A mark of so much or less, of five, is a bad one."""


def register_sources() -> None:
    """At start-up."""
    register(Source("conversations", conversations))
    register(Source("ratings", ratings))
    register(Source("searches", searches))
    register(Source("titles", titles))


def conversations(day: Day) -> Iterator[Found]:
    """Questions of that day or before that still wait, and those that ended without what was needed: no names, only the way there.

    Complaints are for the head alone and come up in no talk.
    """
    waiting = Q(state="open", waiting_since__lt=day.ends)
    unmet = Q(outcome="unmet", closed_at__gte=day.begins, closed_at__lt=day.ends)
    rows = Conversation.objects.filter(waiting | unmet, is_complaint=False)
    for each in rows.order_by("opened_at")[:MOST_QUESTIONS]:
        said = _("Pertanyaan menunggu jawaban") if each.is_open else _("Pertanyaan belum terpenuhi")
        yield _challenge(each, f"{each.pk}:{each.state}", said)


def ratings(day: Day) -> Iterator[Found]:
    """Conversations that whoever asked marked badly that day, worst first: the marks, never who gave them or their words."""
    low = Q(manner__lte=LOW) | Q(help__lte=LOW)
    rows = Rating.objects.filter(low, rated_at__gte=day.begins, rated_at__lt=day.ends, conversation__is_complaint=False)
    rows = rows.select_related("conversation").order_by(F("manner") + F("help"), "pk")
    for each in rows[:MOST_QUESTIONS]:
        marks = {"manner": each.manner, "help": each.help}
        said = _("Dinilai rendah (sikap %(manner)s, layanan %(help)s dari 5)") % marks
        yield _challenge(each.conversation, str(each.pk), said)


def _challenge(conversation: Conversation, key: str, said: str) -> Found:
    url = reverse("desk:conversation", args=[conversation.pk])
    title = f"{said}: {conversation.subject or conversation.pk}"
    return Found(key, title, url=url, section="challenges", is_challenge=True)


def searches(day: Day) -> Iterator[Found]:
    """What was looked for most and not found, in one line."""
    rows = (
        UnmetNeed.objects.filter(day=day.day, dismissed=False).values("words").annotate(n=Sum("count")).order_by("-n", "words")
    )
    if words := [f"“{each['words']}” ({each['n']})" for each in rows[:MOST_SEARCHES]]:
        yield Found(day.day.isoformat(), _("Pencarian tanpa hasil kemarin"), ", ".join(words), section="figures")


def titles(day: Day) -> Iterator[Found]:
    """What readers care for at present, in one line."""
    if names := [each.title for each in ranked("trending", MOST_TITLES)]:
        yield Found(day.day.isoformat(), _("Judul yang sedang ramai"), "; ".join(names), section="news")
