"""Consultations: everybody is heard and may vote, and the decision has reasons and names."""

from datetime import date

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.ideas import ConsultationCommented, ConsultationDecided, ConsultationOpened, ConsultationVoteCast
from lumbung.knowledge.models import Consultation, ConsultationComment, ConsultationVote
from lumbung.knowledge.refusals import ideas as refusals
from lumbung.organization.queries import library


@transaction.atomic
def open_consultation(title: str, *, closes_on: date, by: User, text: str = "") -> Consultation:
    """Put a question about the library's future to all. Refuses an empty one, and one that closes today or before."""
    reasons: list[Reason] = []
    if not title.strip():
        reasons.append(refusals.CONSULTATION_EMPTY())
    if closes_on <= clock.today(library().zone):
        reasons.append(refusals.CONSULTATION_PAST())
    if reasons:
        raise Refused(reasons)
    consultation = Consultation.objects.create(
        title=title.strip()[:200], text=text.strip(), proposer=by, opened_at=clock.now(), closes_on=closes_on
    )
    events.record(ConsultationOpened(consultation=consultation.pk), by=by)
    return consultation


@transaction.atomic
def cast_vote(consultation: Consultation, choice: str, *, by: User) -> None:
    """Vote, or vote otherwise. Refuses once the day has passed or it is decided."""
    consultation = _undecided(consultation)
    if consultation.closes_on < clock.today(library().zone):
        raise Refused(refusals.CONSULTATION_OVER())
    ConsultationVote.objects.update_or_create(consultation=consultation, person=by, defaults={"choice": choice})
    events.record(ConsultationVoteCast(consultation=consultation.pk), by=by)


@transaction.atomic
def comment(consultation: Consultation, text: str, *, by: User) -> ConsultationComment:
    """Say what one thinks. Refuses an empty comment, and once it is decided."""
    consultation = _undecided(consultation)
    if not text.strip():
        raise Refused(refusals.COMMENT_EMPTY())
    said = ConsultationComment.objects.create(consultation=consultation, person=by, text=text.strip(), at=clock.now())
    events.record(ConsultationCommented(consultation=consultation.pk), by=by)
    return said


@transaction.atomic
def decide(consultation: Consultation, decision: str, *, reasons: str, by: User) -> Consultation:
    """Decide, with reasons; who decided and who proposed stand under it. Refuses without reasons, and what is decided."""
    consultation = _undecided(consultation)
    if not reasons.strip():
        raise Refused(refusals.REASONS_MISSING())
    consultation.decision, consultation.reasons = decision, reasons.strip()
    consultation.decided_by, consultation.decided_at = by, clock.now()
    consultation.save(update_fields=["decision", "reasons", "decided_by", "decided_at"])
    events.record(ConsultationDecided(consultation=consultation.pk, status=decision), by=by)
    return consultation


def _undecided(consultation: Consultation) -> Consultation:
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.decision:
        raise Refused(refusals.CONSULTATION_OVER())
    return consultation
