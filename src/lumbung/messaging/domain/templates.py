"""The register of templates: what a channel has approved, which message goes by which, and such a message filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.channels import Form, Judged, RetryLater, Undeliverable, channel_called, offers
from lumbung.messaging.domain import texts
from lumbung.messaging.events import TemplateChosen, TemplateJudged, TemplatesRead
from lumbung.messaging.models import Account, Template
from lumbung.messaging.refusals import (
    TEMPLATE_PLACES,
    TEMPLATE_TAKEN,
    TEMPLATE_UNUSABLE,
    TEMPLATES_UNREAD,
    WORDING_UNREADABLE,
)
from lumbung.messaging.replies import Reply

States = Template.States


class NotApproved(Exception):
    """There is no template by which this message may go; the text says why, for people."""


def read_in(account: Account, *, by: events.Actor | None) -> int:
    """Bring the register up to what the channel says; how many templates there are. Refuses where it cannot be asked."""
    forms = offers(channel_called(account.kind), "forms")
    try:
        told: Sequence[Form] = forms(account) if forms else ()
    except (RetryLater, Undeliverable) as refused:
        raise Refused(TEMPLATES_UNREAD(reason=str(refused))) from refused
    _kept(account, told, by)
    return len(told)


@transaction.atomic
def _kept(account: Account, told: Sequence[Form], by: events.Actor | None) -> None:
    keys = []
    for each in told:
        facts = {"state": each.state, "note": each.note[:300], "body": each.body, "lacks": each.lacks}
        row, _made = Template.objects.update_or_create(
            account=account, name=each.name, language=each.language, defaults={**facts, "places": list(each.places)}
        )
        keys.append(row.pk)
    others = account.templates.exclude(pk__in=keys)
    others.filter(code="").delete()
    others.update(state=States.GONE)
    approved = account.templates.filter(state=States.APPROVED).count()
    events.record(TemplatesRead(account=account.pk, templates=len(keys), approved=approved), by=by)


@transaction.atomic
def judge(account: Account, judged: Judged) -> None:
    """The channel tells what it thinks of a template now."""
    told = {"state": judged.state, "note": judged.note[:300]}
    row, _made = Template.objects.update_or_create(
        account=account, name=judged.name, language=judged.language, defaults=told, create_defaults={**told, "lacks": "unread"}
    )
    events.record(TemplateJudged(template=row.pk, state=row.state), by=None)


def choose(template: Template, code: str, values: Sequence[str], *, by: events.Actor | None) -> None:
    """Let the message ``code`` go by this template; ``values`` are the words for its places, in order, as in a wording.

    Refuses a template that is not approved, too few or too many values, words that cannot be read, and a second one for a message.
    """
    reasons = [] if template.is_usable else [TEMPLATE_UNUSABLE(state=template.get_state_display())]
    if len(values) != len(template.places):
        reasons.append(TEMPLATE_PLACES(places=len(template.places), given=len(values)))
    for each in values:
        try:
            texts.fill(each, texts.samples(code))
        except texts.NotAText as wrong:
            reasons.append(WORDING_UNREADABLE(reason=str(wrong)))
    if reasons:
        raise Refused(reasons)
    _chosen(template, code, values, by)


def give_up(template: Template, *, by: events.Actor | None) -> None:
    """No message goes by this template any more."""
    _chosen(template, "", (), by)


def _chosen(template: Template, code: str, values: Sequence[str], by: events.Actor | None) -> None:
    try:
        with transaction.atomic():
            Template.objects.filter(pk=template.pk).update(code=code, values=list(values))
            events.record(TemplateChosen(template=template.pk, code=code), by=by)
    except IntegrityError:
        raise Refused(TEMPLATE_TAKEN()) from None


def filled(account: Account, code: str, facts: Mapping[str, Any], language: str) -> Reply:
    """The message by its approved template, in ``language`` or else in the library's. Raises NotApproved."""
    home = settings.LANGUAGE_CODE
    rows = {each.language[:2]: each for each in account.templates.filter(code=code)}
    template = rows.get((language or home)[:2]) or rows.get(home[:2])
    if template is None:
        raise NotApproved(gettext("belum ada templat untuk pesan ini"))
    if not template.is_usable:
        raise NotApproved(gettext("templat: %(state)s") % {"state": template.get_state_display().lower()})
    values = tuple(" ".join(texts.fill(each, facts).split()) for each in template.values)
    return Reply(
        text_of(template, values),
        template=template.name,
        values=values,
        places=tuple(template.places),
        language=template.language,
    )


def text_of(template: Template, values: Sequence[str]) -> str:
    """The template's words with its places filled in, for our own eyes."""
    body = template.body
    for place, value in zip(template.places, values, strict=False):
        body = body.replace(f"{{{{{place}}}}}", value)
    return body
