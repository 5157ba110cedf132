"""What the desk says again and again."""

from typing import Any

from django.db import transaction
from django.db.models import F

from lumbung.desk.domain.askers import first_name
from lumbung.desk.events import PhraseAdded, PhraseChanged
from lumbung.desk.models import Conversation, Phrase
from lumbung.desk.queries import phrases_at_hand
from lumbung.desk.refusals import PHRASE_EMPTY, PHRASE_KEY_TAKEN, PHRASE_KEY_UNKNOWN, PHRASE_TITLE_TAKEN
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries as organization
from lumbung.organization.queries import library

FIELDS = frozenset({"title", "text", "position", "is_active"})
KEYS = range(1, 11)


@transaction.atomic
def add_phrase(*, by: events.Actor, **fields: Any) -> Phrase:
    """Keep another phrase. Refuses an empty one, a title and a key that are taken, and a key that there is not."""
    phrase = Phrase()
    set_changed(phrase, fields, allowed=FIELDS)
    _refuse_faults(phrase)
    phrase.save(force_insert=True)
    phrases_at_hand.changed()
    events.record(PhraseAdded(phrase=phrase.pk), by=by)
    return phrase


@transaction.atomic
def change_phrase(phrase: Phrase, *, by: events.Actor, **fields: Any) -> Phrase:
    """Change what is named. Refuses like ``add_phrase``."""
    phrase = Phrase.objects.select_for_update().get(pk=phrase.pk)
    if changed := set_changed(phrase, fields, allowed=FIELDS):
        _refuse_faults(phrase)
        phrase.save(update_fields=changed)
        phrases_at_hand.changed()
        events.record(PhraseChanged(phrase=phrase.pk), by=by)
    return phrase


def filled_in(phrase: Phrase, conversation: Conversation, *, by: Any) -> str:
    """The phrase for this conversation; what has no value leaves no gap in braces."""
    status = organization.status_now(conversation.branch)
    hours = f"{status.until:%H.%M} {status.zone}" if status.until else "–"
    values = {"nama": first_name(conversation), "perpustakaan": library().name, "petugas": by.name, "jam": hours}
    text = phrase.text
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def count_use(phrase: Phrase) -> None:
    """It was said once more."""
    Phrase.objects.filter(pk=phrase.pk).update(uses=F("uses") + 1)


def _refuse_faults(phrase: Phrase) -> None:
    others = Phrase.objects.exclude(pk=phrase.pk)
    reasons: list[Reason] = []
    if not phrase.title or not phrase.text:
        reasons.append(PHRASE_EMPTY())
    if phrase.title and others.filter(title__iexact=phrase.title).exists():
        reasons.append(PHRASE_TITLE_TAKEN(title=phrase.title))
    if phrase.position is not None and phrase.position not in KEYS:
        reasons.append(PHRASE_KEY_UNKNOWN())
    elif phrase.position is not None and others.filter(position=phrase.position).exists():
        reasons.append(PHRASE_KEY_TAKEN(position=phrase.position))
    if reasons:
        raise Refused(reasons)
