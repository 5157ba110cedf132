"""Requests to withdraw a file, and the library's answers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.events import TakedownAnswered, TakedownAsked
from lumbung.digital.models import File, TakedownRequest
from lumbung.digital.refusals import REASON_EMPTY, TAKEDOWN_ANSWERED, TAKEDOWN_INCOMPLETE, TAKEDOWNS_TOO_MANY
from lumbung.kernel import clock, events, retention
from lumbung.kernel.refusals import Refused

MOST_WAITING = 20
TERM = retention.declare(
    retention.Term("takedowns", _("Siapa yang meminta berkas ditarik"), _("nama dan kontaknya dilupakan"), 365)
)


@transaction.atomic
def ask_takedown(file: File, *, name: str, contact: str, reason: str, by: events.Actor | None) -> TakedownRequest:
    """Ask that a file be withdrawn. Refuses without name, contact or reason, and when twenty requests about this file wait already."""
    told = {"name": name.strip()[:120], "contact": contact.strip()[:200], "reason": reason.strip()[:4000]}
    if not all(told.values()):
        raise Refused(TAKEDOWN_INCOMPLETE())
    if TakedownRequest.objects.filter(file=file, state=TakedownRequest.States.OPEN).count() >= MOST_WAITING:
        raise Refused(TAKEDOWNS_TOO_MANY())
    request = TakedownRequest.objects.create(file=file, asked_at=clock.now(), **told)
    events.record(TakedownAsked(request=request.pk, file=file.pk, record=file.record_id), by=by)
    return request


@transaction.atomic
def answer_takedown(request: TakedownRequest, *, grant: bool, answer: str, by: events.Actor) -> TakedownRequest:
    """Grant the request, which withdraws the file with the answer as its reason, or decline it. Refuses without an answer, and twice."""
    current = TakedownRequest.objects.select_for_update(of=("self",)).select_related("file").get(pk=request.pk)
    if current.state != TakedownRequest.States.OPEN:
        raise Refused(TAKEDOWN_ANSWERED())
    if not answer.strip():
        raise Refused(REASON_EMPTY())
    current.state = TakedownRequest.States.GRANTED if grant else TakedownRequest.States.DECLINED
    current.answer, current.answered_at, current.answered_by_id = answer.strip()[:300], clock.now(), by.pk
    current.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    if grant and current.file.withdrawn_at is None:
        withdraw_file(current.file, because=current.answer, by=by)
    events.record(TakedownAnswered(request=current.pk, file=current.file_id, granted=grant), by=by)
    return current


def forget_askers(*, by: events.Actor | None = None) -> int:
    """Forget who asked, so many days after the answer; how many. What was asked and answered stays. For the nightly job."""
    before = clock.now() - retention.kept_for(TERM)
    old = TakedownRequest.objects.filter(answered_at__lt=before).exclude(contact="–")
    return old.update(name="–", contact="–")
