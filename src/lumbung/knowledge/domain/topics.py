"""The vocabulary: what people here know and talk about."""

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.events.articles import TopicAdded, TopicChanged
from lumbung.knowledge.models import Incident, Series, Session, Topic
from lumbung.knowledge.refusals.articles import TOPIC_NAME_EMPTY, TOPIC_NAME_TAKEN

FIELDS = frozenset({"name", "note", "subject"})


@transaction.atomic
def add_topic(*, by: events.Actor | None, **fields: str) -> Topic:
    """Add a topic. Refuses an empty name, and one that is there in any case."""
    topic = Topic()
    _set(topic, fields)
    topic.save()
    events.record(TopicAdded(topic=topic.pk), by=by)
    return topic


@transaction.atomic
def change_topic(topic: Topic, *, by: events.Actor | None, **fields: str) -> Topic:
    """Change it; sessions, series and incidents that stood under its old name stand under the new one. Refuses like ``add_topic``."""
    current = Topic.objects.select_for_update().get(pk=topic.pk)
    was = current.name
    if changed := _set(current, fields):
        current.save()
        if "name" in changed:
            for model in (Session, Series, Incident):
                model.objects.filter(topic=was).update(topic=current.name)
        events.record(TopicChanged(topic=current.pk, fields=changed), by=by)
    return current


def topic_called(name: str, *, by: events.Actor | None) -> Topic:
    """The topic of this name in any case; a new one where there is none yet. Refuses an empty name."""
    tidy = " ".join(name.split())[:80]
    return Topic.objects.filter(name__iexact=tidy).first() or add_topic(name=tidy, by=by)


def _set(topic: Topic, fields: dict[str, str]) -> list[str]:
    changed = set_changed(topic, fields, allowed=FIELDS)
    if not topic.name:
        raise Refused(TOPIC_NAME_EMPTY())
    if Topic.objects.filter(name__iexact=topic.name).exclude(pk=topic.pk).exists():
        raise Refused(TOPIC_NAME_TAKEN(name=topic.name))
    return changed
