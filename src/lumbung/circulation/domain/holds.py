"""Holds: a member waits for a title, a copy is set aside, fetched, or not. First come, first served."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.catalogue.queries import merged_into
from lumbung.catalogue.refusals import RECORD_GONE
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.events import HoldCancelled, HoldExpired, HoldFilled, HoldLapsed, HoldPlaced, HoldReady, HoldSentOn
from lumbung.circulation.models import Fee, Handover, HandoverPlace, Hold, Loan, Recall
from lumbung.circulation.queries import drawn_queues
from lumbung.circulation.queries.blocks import blocks_of_item, day_of
from lumbung.circulation.queries.bookings import back_before, days_words, kept_on_day, next_booking_of
from lumbung.circulation.queries.closed_doors import rest_of
from lumbung.circulation.queries.handover_places import days_of_handover, offered_place
from lumbung.circulation.queries.hold_blocks import blocks_to_give_up, blocks_to_place_hold, unfetched_fee
from lumbung.circulation.queries.hold_scopes import decision_for, in_turn, kept_from
from lumbung.circulation.queries.holds import can_fill_a_hold
from lumbung.circulation.queries.personal_rules import personal_blocks
from lumbung.circulation.queries.volumes import volumes_of
from lumbung.circulation.refusals import (
    ALREADY_LENT,
    ANOTHER_TITLE,
    BOOKED_FOR_ANOTHER,
    DAY_PAST,
    HOLD_CLOSED,
    HOLD_EXISTS,
    HOLD_NOT_WAITING,
    HOLD_PACKED,
    ITEM_RESTS,
    PLACE_NOT_OFFERED,
    SET_ASIDE_FOR_ANOTHER,
    VOLUME_UNKNOWN,
)
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.drawn import insert
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, branches, next_open_day, open_day_after

USUAL_HOLD_DAYS = 3
"""Open days a copy waits on the pick-up shelf where no rule says otherwise."""


@refuse_when_broken(one_open_hold_per_volume_and_member=HOLD_EXISTS)
@transaction.atomic
def place_hold(
    record: Record,
    *,
    member: Member,
    pickup_branch: Branch,
    by: events.Actor | None,
    volume: str = "",
    item: Item | None = None,
    wanted_until: date | None = None,
    place: HandoverPlace | None = None,
) -> Hold:
    """Put the member on the waiting list of the title, of one ``volume`` of it (as ``volumes_of`` tells them), or for ``item`` and no
    other copy. Refuses with every standing block, a day that is not after today, and a ``place`` that is not offered.

    A copy on the shelf does not stand in the way: it comes on the pull list of staff, who set it aside. A title that went into another
    meanwhile is waited for there. With ``place`` it is handed over there, and waits at the branch that visits it till then. The hold keeps
    what the rules say now that it costs not to fetch it.
    """
    record = standing_record(record)
    pickup_branch = place.branch if place is not None else pickup_branch
    member = Member.objects.select_for_update(of=("self",), no_key=True).select_related("category").standing(member.pk)
    asks: dict[str, Any] = {"volume": volume, "item": item}
    reasons = blocks_to_place_hold(record, member, pickup_branch, **asks, of_member=is_own(member, by))
    if volume and volume not in volumes_of(record, to=member):
        reasons.append(VOLUME_UNKNOWN(volume=volume))
    if item is not None and record.pk not in titles_in(item):
        reasons.append(ANOTHER_TITLE())
    if wanted_until is not None and wanted_until <= clock.today(pickup_branch.zone):
        reasons.append(DAY_PAST())
    reasons += blocks_of_place(place)
    if reasons:
        raise Refused(reasons)
    hold = insert(
        Hold(
            record=record,
            member=member,
            pickup_branch=pickup_branch,
            place=place,
            placed_at=clock.now(),
            volume=volume,
            wanted_item=item,
            wanted_until=wanted_until,
            unfetched_fee=unfetched_fee(record, member, pickup_branch, **asks),
        )
    )
    events.record(HoldPlaced(hold=hold.pk, record=record.pk, member=member.pk, branch=pickup_branch.pk), by=by)
    return hold


def is_own(member: Member, by: events.Actor | None) -> bool:
    """Whether members do it for themselves."""
    return by is not None and by.pk == member.user_id


def blocks_of_place(place: HandoverPlace | None) -> list[Reason]:
    """Why a member may not have it handed over there; a branch always may."""
    return [] if place is None or offered_place(place.pk) else [PLACE_NOT_OFFERED(place=place.name)]


@refuse_when_broken(an_item_is_set_aside_for_one_hold=SET_ASIDE_FOR_ANOTHER)
@transaction.atomic
def set_aside(hold: Hold, item: Item, *, at: Branch, by: events.Actor | None) -> Hold:
    """Staff fetched a copy from the shelf at ``at`` for a waiting hold: it goes to the pick-up shelf, or is sent to the pick-up branch.

    Refuses a hold that no longer waits, an item of another title, and one that is on loan, set aside already, at rest, not to be lent, or
    kept from this hold by the rules.
    """
    item = Item.objects.select_for_update(of=("self",), no_key=True).select_related("item_type").get(pk=item.pk)
    hold = _locked(hold)
    reasons = [] if hold.state == Hold.States.WAITING else [HOLD_NOT_WAITING()]
    if hold.record_id not in titles_in(item) or not hold.fits(item):
        reasons.append(ANOTHER_TITLE())
    today = clock.today(at.zone)
    if hold.is_open:
        reasons += [*kept_from(hold, item), *personal_blocks(item, hold.holder)]
    reasons += blocks_of_item(item, hold.member) + _blocks_of_use(item)
    if until := rest_of(item, today):
        reasons.append(ITEM_RESTS(until=date_format(until, "j F Y")))
    if booked := kept_on_day(item, today):
        reasons.append(BOOKED_FOR_ANOTHER(days=days_words(booked.first_day, booked.last_day)))
    if reasons:
        raise Refused(reasons)
    return _lay_aside(hold, item, at=at, now=clock.now(), by=by)


@transaction.atomic
def cancel_hold(hold: Hold, *, by: events.Actor | None, of_member: bool = False) -> Hold:
    """Take the member off the list; a copy that was set aside goes to the next who waits. Refuses one whose copy is packed to be sent,
    and, where the rules keep what is ready to be fetched from being given up by the member, what members give up themselves: by their
    account, or ``of_member``, at a machine or in a chat that knows them without one."""
    hold = _locked(hold)
    if not hold.is_open:
        raise Refused(HOLD_CLOSED())
    if hold.handover is not None and hold.handover.state == Handover.States.PACKED:
        raise Refused(HOLD_PACKED())
    if (of_member or is_own(hold.holder, by)) and (reasons := blocks_to_give_up(hold)):
        raise Refused(reasons)
    events.record(HoldCancelled(hold=hold.pk, record=hold.record_id, member=hold.holder.pk), by=by)
    _close_unfilled(hold, Hold.States.CANCELLED, by=by)
    return hold


def expire_holds(*, by: events.Actor | None = None) -> int:
    """Close the holds whose last day to be fetched, or to be of use, is over, each in a transaction of its own; how many. Nightly. When the
    branch turned out to be closed on the last day, the next open day is."""
    expired = 0
    for branch in branches():
        over = Hold.objects.filter(
            state=Hold.States.READY, pickup_branch=branch, ready_until__lt=clock.today(branch.zone)
        ).order_by("ready_until", "placed_at", "id")
        over = over.exclude(handover__state__in=Handover.OPEN)
        for key in over.values_list("pk", flat=True):
            expired += _expire(key, branch, by=by)
        unwanted = Hold.objects.filter(
            state=Hold.States.WAITING, pickup_branch=branch, wanted_until__lt=clock.today(branch.zone)
        ).order_by("pk")
        for key in unwanted.values_list("pk", flat=True):
            expired += _lapse(key, branch, by=by)
    return expired


@transaction.atomic
def _expire(key: int, branch: Branch, *, by: events.Actor | None) -> bool:
    hold = (
        Hold.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item__item_type", "member", "handover")
        .get(pk=key)
    )
    if (
        hold.is_being_sent
        or hold.state != Hold.States.READY
        or hold.ready_until is None
        or next_open_day(branch, hold.ready_until) >= clock.today(branch.zone)
    ):
        return False
    assert hold.item_id is not None, "a ready hold has its item"  # noqa: S101 -- a constraint says so
    events.record(HoldExpired(hold=hold.pk, record=hold.record_id, item=hold.item_id, member=hold.holder.pk), by=by)
    if hold.unfetched_fee:
        facts: dict[str, Any] = {"item": hold.item, "branch": branch, "once": f"hold:{hold.pk}"}
        charge(hold.holder, Fee.Kinds.HOLD, hold.unfetched_fee, by=by, **facts)
    _close_unfilled(hold, Hold.States.EXPIRED, by=by)
    return True


@transaction.atomic
def _lapse(key: int, branch: Branch, *, by: events.Actor | None) -> bool:
    hold = Hold.objects.select_for_update(of=("self",), no_key=True).select_related("member").get(pk=key)
    if hold.state != Hold.States.WAITING or hold.wanted_until is None or hold.wanted_until >= clock.today(branch.zone):
        return False
    hold.state, hold.closed_at, hold.is_suspended = Hold.States.EXPIRED, clock.now(), False
    hold.save(update_fields=["state", "closed_at", "is_suspended"])
    events.record(HoldLapsed(hold=hold.pk, record=hold.record_id, member=hold.holder.pk), by=by)
    return True


def settle(holds: Iterable[Hold], loan: Loan, *, own: Hold | None, by: events.Actor | None) -> None:
    """A copy of the title was lent: fill the member's ``own`` hold, and let go of what else was tied to this copy or that hold.

    ``holds`` are those of ``CheckOutCase``, locked. Belongs to ``check_out``.
    """
    for hold in holds:
        if not hold.is_open:
            hold.item = None
            hold.save(update_fields=["item"])
    if own is None:
        return
    other_copy = own.item if own.item_id not in {None, loan.item_id} else None
    _fill(own, loan, by)
    for also in holds:  # on another title in the same volume
        if also.is_open and also.member_id == own.member_id and also.record_id != own.record_id and also.fits(loan.item):
            _fill(also, loan, by)
    if other_copy is not None:
        pass_on(other_copy, at=branch_of(other_copy.held_at_id), by=by)


def _fill(hold: Hold, loan: Loan, by: events.Actor | None) -> None:
    hold.state, hold.item, hold.loan, hold.closed_at = Hold.States.FILLED, loan.item, loan, clock.now()
    hold.is_suspended = False
    hold.save(update_fields=["state", "item", "loan", "closed_at", "is_suspended"])
    filled = HoldFilled(hold=hold.pk, record=hold.record_id, item=loan.item_id, member=loan.borrower.pk, loan=loan.pk)
    events.record(filled, by=by)


def reopen(loan: Loan) -> None:
    """The loan is undone: the hold it filled stands again, with the copy it had if it was ready. Belongs to ``undo_check_out``."""
    for hold in Hold.objects.select_for_update(no_key=True).filter(loan=loan):
        hold.state = Hold.States.READY if hold.ready_until else Hold.States.WAITING
        hold.item = hold.item if hold.ready_until else None
        hold.loan = hold.closed_at = None
        hold.save(update_fields=["state", "item", "loan", "closed_at"])


def receive(item: Item, *, at: Branch, now: datetime, by: events.Actor | None) -> Hold | None:
    """The item is in hand at a branch: the hold it is, or from now on is, set aside for. Belongs to ``check_in``."""
    for hold in drawn_queues.left_on_shelf.ask(item=item.pk):
        hold.item = None
        hold.save(update_fields=["item"])
    tied = drawn_queues.set_aside.one(item=item.pk)
    if tied is None:
        return _next_gets(item, at=at, now=now, by=by)
    return (
        tied
        if tied.state == Hold.States.READY and tied.pickup_branch_id == at.pk
        else _lay_aside(tied, item, at=at, now=now, by=by)
    )


def _next_gets(item: Item, *, at: Branch, now: datetime, by: events.Actor | None) -> Hold | None:
    """Set the item aside for the first whose turn it is. One that another desk is giving a copy to at this moment is passed
    over."""
    today = now.astimezone(at.zone).date()
    if not can_fill_a_hold(item) or rest_of(item, today):
        return None
    titles = titles_in(item)
    waiting = drawn_queues.waiting_for(len(titles)).ask(**{f"title{number}": key for number, key in enumerate(titles)})
    keys = [hold.pk for hold in in_turn(waiting, item)]
    if keys and kept_on_day(item, today):
        return None
    for key in keys:
        hold = Hold.objects.waiting().select_for_update(skip_locked=True, no_key=True).filter(pk=key).first()
        if hold is not None:
            return _lay_aside(hold, item, at=at, now=now, by=by)
    return None


def _lay_aside(hold: Hold, item: Item, *, at: Branch, now: datetime, by: events.Actor | None) -> Hold:
    """Tie the item to the hold: ready at its pick-up branch, else in transit to it."""
    hold.item = item
    facts = {
        "hold": hold.pk,
        "record": hold.record_id,
        "item": item.pk,
        "member": hold.holder.pk,
        "branch": hold.pickup_branch_id,
    }
    event: events.Event
    if hold.pickup_branch_id == at.pk:
        hold.state, ready_until = Hold.States.READY, _ready_until(hold, item, at, now)
        event = HoldReady(**facts, ready_until=ready_until)
    else:
        hold.state, hold.ready_until, hold.brought_on = Hold.States.IN_TRANSIT, None, None
        event = HoldSentOn(**facts)
    hold.save(update_fields=["state", "item", "place", "ready_until", "brought_on"])
    events.record(event, by=by)
    return hold


def _ready_until(hold: Hold, item: Item, at: Branch, now: datetime) -> date:
    """Set until when it can be had: at the branch, or at the next visit to its place. Where no visit is to come, it is at the
    branch. It waits no longer than until the copy is kept for somebody who has booked it."""
    count = hold_days(hold, item, at)
    days = days_of_handover(hold.place, count=count) if hold.place is not None else None
    if days is None:
        hold.place, hold.brought_on = None, None
        hold.ready_until = open_day_after(at, now.astimezone(at.zone).date(), count=count)
    else:
        hold.brought_on, hold.ready_until = days
    if (booked := next_booking_of(item)) is not None and back_before(booked) < hold.ready_until:
        hold.ready_until = max(back_before(booked), hold.brought_on or now.astimezone(at.zone).date())
    return hold.ready_until


def hold_days(hold: Hold, item: Item, at: Branch) -> int:
    """How many open days a copy waits for this member: what was asked back for this hold may wait for another time than others."""
    if (found := decision_for(hold, item, at)) is None:
        return USUAL_HOLD_DAYS
    of_recall = found.policy.recall_shelf_days
    return of_recall if of_recall is not None and Recall.objects.filter(hold=hold).exists() else found.policy.hold_days


def _close_unfilled(hold: Hold, state: Hold.States, *, by: events.Actor | None) -> None:
    """Close the hold. Its copy goes to the next who waits; if nobody does, a ready one stays marked as standing on the pick-up shelf."""
    item, was_ready = hold.item, hold.state == Hold.States.READY
    hold.state, hold.closed_at, hold.item, hold.is_suspended = state, clock.now(), None, False
    hold.save(update_fields=["state", "closed_at", "item", "is_suspended"])
    if item is None:
        return
    where = hold.pickup_branch if was_ready else branch_of(item.held_at_id)
    if pass_on(item, at=where, by=by) is None and was_ready:
        hold.item = item
        hold.save(update_fields=["item"])


def pass_on(item: Item, *, at: Branch, by: events.Actor | None) -> Hold | None:
    """Let the copy, which is wanted no longer by whom it was set aside for, go to the next who waits; that hold, if any. Part of a verb."""
    return _next_gets(item, at=at, now=clock.now(), by=by)


def _blocks_of_use(item: Item) -> list[Reason]:
    reasons = []
    if loan := Loan.objects.open().filter(item=item).select_related("lent_from").first():
        reasons.append(ALREADY_LENT(due=day_of(loan.due_at, loan.lent_from)))
    if Hold.objects.set_aside().filter(item=item).exists():
        reasons.append(SET_ASIDE_FOR_ANOTHER())
    return reasons


def standing_record(record: Record) -> Record:
    """The title, locked so that it cannot go into another now; where it has gone already, that one."""
    locked = Record.objects.listed().select_for_update(no_key=True)
    standing = locked.filter(pk=record.pk).first() or locked.filter(pk=merged_into(record.pk) or 0).first()
    if standing is None:
        raise Refused(RECORD_GONE())
    return standing


def _locked(hold: Hold) -> Hold:
    return (
        Hold.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item__item_type", "pickup_branch", "place__branch", "member", "handover")
        .get(pk=hold.pk)
    )
