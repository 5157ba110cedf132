"""Legal deposit (serah simpan): which works must be handed to the national and the provincial library, until when, and what came of it."""

import calendar
from datetime import date

from django.db import transaction

from lumbung.catalogue.models import Record
from lumbung.digital.events import (
    LegalDepositExcused,
    LegalDepositNoted,
    LegalDepositReceived,
    LegalDepositSent,
    LegalDepositTakenBack,
)
from lumbung.digital.models import LegalDeposit, LegalDepositCopy, LegalDepositKinds, LegalDepositStates
from lumbung.digital.refusals import (
    LEGAL_DATES_WRONG,
    LEGAL_NOT_SENT,
    LEGAL_NOTHING_BACK,
    LEGAL_PROOF_UNREADABLE,
    LEGAL_RECEIPT_WITHOUT_NUMBER,
    LEGAL_SENT_ALREADY,
    LEGAL_THERE_ALREADY,
    REASON_EMPTY,
)
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Refused
from lumbung.organization.queries import library

MONTHS = {LegalDepositKinds.PRINTED: 3, LegalDepositKinds.RECORDED: 12}
NATIONAL, PROVINCE = LegalDepositCopy.Recipients.NATIONAL, LegalDepositCopy.Recipients.PROVINCE
COPIES = {
    LegalDepositKinds.PRINTED: {NATIONAL: 2, PROVINCE: 1},
    LegalDepositKinds.RECORDED: {NATIONAL: 1, PROVINCE: 1},
}
"""What the law asks for: months after publication, and copies for each library."""
FOLDER = "legal-deposits"


def due_on(kind: LegalDepositKinds, published_on: date) -> date:
    """Until when a work must be handed over."""
    month = published_on.month - 1 + MONTHS[kind]
    year, month = published_on.year + month // 12, month % 12 + 1
    return published_on.replace(year=year, month=month, day=min(published_on.day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def note_legal_deposit(record: Record, *, kind: str, published_on: date, by: events.Actor | None) -> LegalDeposit:
    """Note that the title must be handed over. Refuses one that is noted already, and a day that is yet to come."""
    if LegalDeposit.objects.filter(record=record).exists():
        raise Refused(LEGAL_THERE_ALREADY())
    if published_on > clock.today(library().zone):
        raise Refused(LEGAL_DATES_WRONG())
    what = LegalDepositKinds(kind)
    work = LegalDeposit.objects.create(
        record=record, kind=what, published_on=published_on, due_on=due_on(what, published_on), added_at=clock.now()
    )
    copies = [LegalDepositCopy(legal_deposit=work, recipient=each, count=count) for each, count in COPIES[what].items()]
    LegalDepositCopy.objects.bulk_create(copies)
    events.record(LegalDepositNoted(legal_deposit=work.pk, record=record.pk, due_on=work.due_on), by=by)
    return work


@transaction.atomic
def send_copy(copy: LegalDepositCopy, *, sent_on: date, how: str, by: events.Actor) -> LegalDepositCopy:
    """Note that copies went to a library. Refuses what was sent already, and a day before publication or yet to come."""
    row = _locked(copy)
    if row.sent_on is not None:
        raise Refused(LEGAL_SENT_ALREADY())
    if not row.legal_deposit.published_on <= sent_on <= clock.today(library().zone):
        raise Refused(LEGAL_DATES_WRONG())
    row.sent_on, row.sent_how = sent_on, how.strip()[:200]
    _settle(row, by)
    events.record(LegalDepositSent(legal_deposit=row.legal_deposit_id, recipient=row.recipient), by=by)
    return row


@transaction.atomic
def receive_receipt(
    copy: LegalDepositCopy, *, received_on: date, number: str, proof: bytes, by: events.Actor
) -> LegalDepositCopy:
    """Note the receipt of a library, with its proof (a PDF or picture) if there is one.

    Refuses what was not sent, a receipt without number, a day before it was sent or yet to come, and a proof that is no PDF or picture.
    """
    row, kind = _locked(copy), uploads.kind_of(proof)
    if row.sent_on is None:
        raise Refused(LEGAL_NOT_SENT())
    reasons = [] if number.strip() else [LEGAL_RECEIPT_WITHOUT_NUMBER()]
    reasons += [] if row.sent_on <= received_on <= clock.today(library().zone) else [LEGAL_DATES_WRONG()]
    reasons += [LEGAL_PROOF_UNREADABLE()] if proof and not kind else []
    if reasons:
        raise Refused(reasons)
    row.received_on, row.receipt_number = received_on, number.strip()[:100]
    if proof:
        row.proof_file, row.proof_kind = uploads.keep(proof, kind=kind, folder=FOLDER).stored_file, kind
    _settle(row, by)
    events.record(LegalDepositReceived(legal_deposit=row.legal_deposit_id, recipient=row.recipient), by=by)
    return row


@transaction.atomic
def take_step_back(copy: LegalDepositCopy, *, by: events.Actor) -> LegalDepositCopy:
    """Take the last step of a library's copies back: the receipt, else the sending. Refuses when there is none."""
    row = _locked(copy)
    if row.sent_on is None:
        raise Refused(LEGAL_NOTHING_BACK())
    if row.received_on is not None:
        gone = row.proof_file
        row.received_on, row.receipt_number, row.proof_file, row.proof_kind = None, "", "", ""
        transaction.on_commit(lambda: uploads.forget(gone))
    else:
        row.sent_on, row.sent_how = None, ""
    _settle(row, by)
    events.record(LegalDepositTakenBack(legal_deposit=row.legal_deposit_id, recipient=row.recipient), by=by)
    return row


@transaction.atomic
def excuse_legal_deposit(work: LegalDeposit, *, because: str, by: events.Actor) -> LegalDeposit:
    """Say that a work need not be handed over, and why; without a reason it must be again. Refuses to ask again what is asked already."""
    row = LegalDeposit.objects.select_for_update().get(pk=work.pk)
    is_excused = row.state == LegalDepositStates.EXCUSED
    if not is_excused and not because.strip():
        raise Refused(REASON_EMPTY())
    row.excused_because = because.strip()[:300]
    row.state = LegalDepositStates.EXCUSED if row.excused_because else _state_of(row)
    row.save(update_fields=["excused_because", "state"])
    events.record(LegalDepositExcused(legal_deposit=row.pk, excused=bool(row.excused_because)), by=by)
    return row


def _settle(copy: LegalDepositCopy, by: events.Actor) -> None:
    copy.changed_by_id = by.pk
    copy.save()
    if copy.legal_deposit.state != LegalDepositStates.EXCUSED:
        LegalDeposit.objects.filter(pk=copy.legal_deposit_id).update(state=_state_of(copy.legal_deposit))


def _state_of(work: LegalDeposit) -> LegalDepositStates:
    copies = list(LegalDepositCopy.objects.filter(legal_deposit=work))
    if all(each.received_on for each in copies):
        return LegalDepositStates.DONE
    return LegalDepositStates.SENT if all(each.sent_on for each in copies) else LegalDepositStates.OPEN


def _locked(copy: LegalDepositCopy) -> LegalDepositCopy:
    rows = LegalDepositCopy.objects.select_for_update(of=("self",))
    return rows.select_related("legal_deposit").get(pk=copy.pk)
