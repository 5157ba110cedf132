"""Lending files as printed books are lent: one place for each copy owned, a waiting list, and an end that comes by itself."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.digital.lending_events import (
    EHoldCancelled,
    EHoldPlaced,
    ELent,
    ELoanEnded,
    EOfferMade,
    ERenewed,
    LendingSet,
)
from lumbung.digital.models import EHold, ELoan, File, Lending
from lumbung.digital.queries.lending import (
    blocks_to_borrow,
    blocks_to_renew,
    blocks_to_wait,
    end_of_day,
    open_loan,
    renewed_until,
    terms_faults,
)
from lumbung.digital.refusals import ALL_LENT, ALREADY_BORROWED, ALREADY_WAITING, NOT_BORROWED, NOT_WAITING, PLACES_TAKEN
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member

FIELDS = frozenset({"owned", "per_owned", "days", "renewals", "offer_days", "is_open", "in_apps", "app_copies", "app_prints"})


@transaction.atomic
def set_lending(file: File, *, by: events.Actor | None, **fields: Any) -> Lending:
    """Lend the file from now on, or change how. Refuses numbers out of range, and fewer places than are taken at this moment."""
    row = Lending.objects.select_for_update().filter(file=file).first() or Lending(file=file)
    changed = set_changed(row, fields, allowed=FIELDS)
    reasons = terms_faults(row)
    taken = ELoan.objects.open().filter(lending=row).count() if row.pk else 0
    if not reasons and row.at_once < taken:
        reasons.append(PLACES_TAKEN(taken=taken))
    if reasons:
        raise Refused(reasons)
    if changed or not row.pk:
        row.save()
        events.record(LendingSet(file=file.pk, record=file.record_id, fields=changed), by=by)
        _offer_free_places(row, clock.now(), by=by)
    return row


@refuse_when_broken(a_place_is_lent_to_one_at_a_time=ALL_LENT, a_member_has_an_e_book_once=ALREADY_BORROWED)
@transaction.atomic
def borrow(file: File, *, to: Member, by: events.Actor | None) -> ELoan:
    """Lend the file to the member, at any hour: reading begins now and ends by itself. Takes the place that was kept for them, if one was.

    Refuses with every standing reason: membership, limit, all places taken, others waiting first.
    """
    lending, member, now = _locked(file), _locked_member(to), clock.now()
    _end_what_is_over(lending, now)
    if reasons := blocks_to_borrow(lending, member, now):
        raise Refused(reasons)
    offer = ELoan.objects.open().filter(lending=lending, member=member, is_offer=True).first()
    loan = offer or ELoan(lending=lending, member=member, place=_free_places(lending)[0])
    loan.is_offer, loan.lent_at, loan.changed_at, loan.until = False, now, now, end_of_day(now, lending.days)
    loan.save()
    lent = ELent(e_loan=loan.pk, file=file.pk, record=file.record_id, member=member.pk, until=loan.until)
    events.record(lent, by=by)
    return loan


@transaction.atomic
def renew_e_loan(file: File, *, of: Member, by: events.Actor | None) -> ELoan:
    """Let the member read on for another period from today. Refuses when somebody waits, or it was renewed as often as allowed."""
    lending, now = _locked(file), clock.now()
    loan = _own(lending, of, now)
    if reasons := blocks_to_renew(lending, loan):
        raise Refused(reasons)
    loan.until, loan.renewals, loan.changed_at = renewed_until(lending, loan, now), loan.renewals + 1, now
    loan.save(update_fields=["until", "renewals", "changed_at"])
    events.record(ERenewed(e_loan=loan.pk, file=file.pk, record=file.record_id, member=of.pk, until=loan.until), by=by)
    return loan


@transaction.atomic
def return_early(file: File, *, of: Member, by: events.Actor | None) -> ELoan:
    """The member has read enough, or does not want the place that was kept: it goes to the next who waits."""
    lending, now = _locked(file), clock.now()
    loan = ELoan.objects.open().filter(lending=lending, member=of).first()
    if loan is None:
        raise Refused(NOT_BORROWED())
    _end(loan, ELoan.Ends.LAPSED if loan.is_offer else ELoan.Ends.RETURNED, now, by=by)
    _offer_free_places(lending, now, by=by)
    return loan


@transaction.atomic
def end_e_loan(loan: ELoan, *, by: events.Actor | None) -> ELoan:
    """Staff end a loan before its time."""
    lending, now = _locked(loan.lending.file), clock.now()
    loan = ELoan.objects.select_for_update().get(pk=loan.pk)
    if loan.ended_at is not None:
        raise Refused(NOT_BORROWED())
    _end(loan, ELoan.Ends.ENDED, now, by=by)
    _offer_free_places(lending, now, by=by)
    return loan


@refuse_when_broken(a_member_waits_for_an_e_book_once=ALREADY_WAITING)
@transaction.atomic
def wait_for(file: File, *, member: Member, by: events.Actor | None) -> EHold:
    """Put the member on the waiting list. Refuses who has it or waits already, may not borrow, or could borrow it now."""
    lending, member, now = _locked(file), _locked_member(member), clock.now()
    _end_what_is_over(lending, now)
    if reasons := blocks_to_wait(lending, member, now):
        raise Refused(reasons)
    hold = EHold.objects.create(lending=lending, member=member, placed_at=now)
    events.record(EHoldPlaced(e_hold=hold.pk, file=file.pk, record=file.record_id, member=member.pk), by=by)
    return hold


@transaction.atomic
def stop_waiting(file: File, *, member: Member, by: events.Actor | None) -> EHold:
    """Take the member off the waiting list."""
    lending = _locked(file)
    hold = EHold.objects.waiting().filter(lending=lending, member=member).first()
    if hold is None:
        raise Refused(NOT_WAITING())
    hold.closed_at = clock.now()
    hold.save(update_fields=["closed_at"])
    events.record(EHoldCancelled(e_hold=hold.pk, file=file.pk, record=file.record_id, member=member.pk), by=by)
    return hold


def end_e_loans(*, by: events.Actor | None = None) -> int:
    """End the loans and offers whose time is over, and offer their places to those who wait; returns how many. Nightly."""
    ended = 0
    over = ELoan.objects.open().filter(until__lte=clock.now()).order_by("lending").values_list("lending", flat=True).distinct()
    for key in list(over):
        with transaction.atomic():
            lending = Lending.objects.select_for_update().select_related("file").get(pk=key)
            ended += _end_what_is_over(lending, clock.now(), by=by)
    return ended


def _end_what_is_over(lending: Lending, now: datetime, *, by: events.Actor | None = None) -> int:
    over = list(ELoan.objects.open().select_related("lending__file").filter(lending=lending, until__lte=now))
    for loan in over:
        _end(loan, ELoan.Ends.LAPSED if loan.is_offer else ELoan.Ends.EXPIRED, now, by=by)
    if over:
        _offer_free_places(lending, now, by=by)
    return len(over)


def _end(loan: ELoan, end: ELoan.Ends, now: datetime, *, by: events.Actor | None) -> None:
    loan.ended_at, loan.end, loan.changed_at = now, end, now
    loan.save(update_fields=["ended_at", "end", "changed_at"])
    file = loan.lending.file
    ended = ELoanEnded(e_loan=loan.pk, file=file.pk, record=file.record_id, member=loan.member_id, end=str(end))
    events.record(ended, by=by)


def _offer_free_places(lending: Lending, now: datetime, *, by: events.Actor | None) -> None:
    """Keep each free place for the first who waits, for some days."""
    if not lending.is_open:
        return
    waiting = EHold.objects.waiting().filter(lending=lending)
    for place, hold in zip(_free_places(lending), list(waiting), strict=False):
        hold.closed_at = now
        hold.save(update_fields=["closed_at"])
        until = end_of_day(now, lending.offer_days)
        offer = ELoan(lending=lending, member_id=hold.member_id, place=place, is_offer=True, lent_at=now, changed_at=now)
        offer.until = until
        offer.save()
        file, member = lending.file, hold.member_id
        made = EOfferMade(e_loan=offer.pk, e_hold=hold.pk, file=file.pk, record=file.record_id, member=member, until=until)
        events.record(made, by=by)


def _free_places(lending: Lending) -> list[int]:
    taken = set(ELoan.objects.open().filter(lending=lending).values_list("place", flat=True))
    return [place for place in range(1, lending.at_once + 1) if place not in taken]


def _own(lending: Lending, member: Member, now: datetime) -> ELoan:
    if (loan := open_loan(lending, member, now)) is None:
        raise Refused(NOT_BORROWED())
    return loan


def _locked(file: File) -> Lending:
    """The lending of the file: verbs about one file take turns."""
    found = Lending.objects.select_for_update(of=("self",)).select_related("file__record").filter(file=file).first()
    if found is None:
        raise Refused(NOT_BORROWED())
    return found


def _locked_member(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",), no_key=True).select_related("category").standing(member.pk)
