"""Setting how the library writes unasked, and in which words."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain import notices, texts
from lumbung.messaging.events import NoticePolicyChanged, WordingChanged, WordingDropped
from lumbung.messaging.models import NoticePolicy, Wording
from lumbung.messaging.refusals import WORDING_UNREADABLE


@transaction.atomic
def set_policy(*, quiet_from: time, quiet_until: time, monthly_budget: int, by: events.Actor | None) -> NoticePolicy:
    given = {"quiet_from": quiet_from, "quiet_until": quiet_until, "monthly_budget": monthly_budget}
    policy, _made = NoticePolicy.objects.update_or_create(pk=1, defaults=given)
    notices.policy.changed()
    events.record(NoticePolicyChanged(budget=monthly_budget), by=by)
    return policy


@transaction.atomic
def reword(code: str, language: str, *, subject: str, body: str, by: events.Actor | None) -> Wording:
    """Say this message in the library's words from now on. Refuses words that cannot be filled in, telling what is wrong."""
    given: Mapping[str, str] = {"subject": " ".join(subject.split()), "body": body.replace("\r\n", "\n").strip()}
    try:
        for text in given.values():
            texts.fill(text, texts.samples(code))
    except texts.NotAText as wrong:
        raise Refused(WORDING_UNREADABLE(reason=str(wrong))) from None
    wording, _made = Wording.objects.update_or_create(code=code, language=language, defaults=given)
    texts.wordings.changed()
    events.record(WordingChanged(code=code, language=language), by=by)
    return wording


@transaction.atomic
def drop_wording(code: str, language: str, *, by: events.Actor | None) -> None:
    """Say this message as the program does again."""
    if Wording.objects.filter(code=code, language=language).delete()[0]:
        texts.wordings.changed()
        events.record(WordingDropped(code=code, language=language), by=by)
