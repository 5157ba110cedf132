"""Bookings: a copy is promised to a member for days to come, fetched on the first of them, or not.

The database decides: every day a copy is kept is a row, and there is one for a copy and a day (``a_copy_is_booked_once_a_day``). What is
lent meanwhile is judged under the lock of the copy, which ``check_out`` takes too.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.domain.holds import standing_record
from lumbung.circulation.events import (
    BookingCancelled,
    BookingChanged,
    BookingExpired,
    BookingFilled,
    BookingMoved,
    ItemBooked,
)
from lumbung.circulation.models import BookedDay, Booking, Loan, Policy
from lumbung.circulation.queries.blocks import CheckOutCase
from lumbung.circulation.queries.booking_blocks import Answer, Wish
from lumbung.circulation.queries.bookings import Diary, Stay, back_before, bookings_ahead, next_for_others, troubled_bookings
from lumbung.circulation.refusals import ANOTHER_TITLE, BOOKED_FOR_ANOTHER, BOOKED_THIS_MOMENT, BOOKING_CLOSED
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches


@refuse_when_broken(a_copy_is_booked_once_a_day=BOOKED_THIS_MOMENT)
@transaction.atomic
def book_item(
    record: Record,
    *,
    member: Member,
    at: Branch,
    first_day: date,
    last_day: date,
    by: events.Actor | None,
    item: Item | None = None,
    note: str = "",
) -> Booking:
    """Promise the member a copy of the title that belongs to ``at``, from one day to another: ``item``, or whichever is free then.

    Refuses with every standing block; where the days are taken, it proposes the nearest that are free. ``note`` says what it is for.
    """
    record = standing_record(record)
    if item is not None and not Item.objects.holding([record.pk]).filter(pk=item.pk).exists():
        raise Refused(ANOTHER_TITLE())
    member = Member.objects.select_related("category").standing(member.pk)
    answer = Answer(Wish(record, member, at, first_day, last_day, item))
    copy, wanted = _promised(answer)
    booking = Booking.objects.create(
        record=record,
        item=copy,
        any_copy=item is None,
        member=member,
        branch=at,
        booked_at=clock.now(),
        note=note.strip()[:200],
        **vars(wanted),
    )
    _keep_days(booking)
    events.record(ItemBooked(**_facts(booking), first_day=first_day, last_day=last_day), by=by)
    return booking


@refuse_when_broken(a_copy_is_booked_once_a_day=BOOKED_THIS_MOMENT)
@transaction.atomic
def change_booking(booking: Booking, *, first_day: date, last_day: date, by: events.Actor | None) -> Booking:
    """Let the booking be for other days, with the copy it has if that is free then, else with another where the member asked for any.

    Refuses as ``book_item`` does, and one that is closed.
    """
    present = _read(booking)
    wish = Wish(
        present.record, present.booker, present.branch, first_day, last_day, None if present.any_copy else present.item, present
    )
    copy, wanted = _promised(Answer(wish))
    booking = _locked(booking)
    booking.item = copy
    for name, value in vars(wanted).items():
        setattr(booking, name, value)
    booking.save(update_fields=["item", *vars(wanted)])
    booking.days.all().delete()
    _keep_days(booking)
    events.record(BookingChanged(**_facts(booking), first_day=first_day, last_day=last_day), by=by)
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, by: events.Actor | None) -> Booking:
    """Let the copy be free again on these days. Refuses a booking that is closed."""
    booking = _locked(booking)
    events.record(BookingCancelled(**_facts(booking)), by=by)
    _close(booking, Booking.States.CANCELLED)
    return booking


def cancel_all(member: Member, *, by: events.Actor | None) -> int:
    """Cancel what the member has booked and not fetched, because they borrow no more; how many."""
    cancelled = 0
    for booking in Booking.objects.open().filter(member=member).order_by("first_day", "pk"):
        try:
            cancel_booking(booking, by=by)
        except Refused:  # fetched or cancelled at this moment
            continue
        cancelled += 1
    return cancelled


def expire_bookings(*, by: events.Actor | None = None) -> int:
    """Close the bookings that nobody came for in the days to fetch them, each in a transaction of its own; how many. Nightly."""
    expired = 0
    for branch in branches():
        today = clock.today(branch.zone)
        over = Booking.objects.open().filter(branch=branch, fetch_until__lt=today).order_by("fetch_until", "pk")
        for key in over.values_list("pk", flat=True):
            expired += _expire(key, today, by=by)
    return expired


@transaction.atomic
def _expire(key: int, today: date, *, by: events.Actor | None) -> bool:
    booking = Booking.objects.select_for_update(of=("self",), no_key=True).select_related("member").get(pk=key)
    if not booking.is_open or booking.fetch_until >= today:
        return False
    events.record(BookingExpired(**_facts(booking)), by=by)
    _close(booking, Booking.States.EXPIRED)
    return True


def move_bookings(*, by: events.Actor | None = None) -> int:
    """Where a copy cannot be there in time and any would do, promise another in its place; how many. Nightly."""
    return sum(_move(booking, by=by) for booking in troubled_bookings().filter(any_copy=True).order_by("first_day", "pk"))


@transaction.atomic
def _move(booking: Booking, *, by: events.Actor | None) -> bool:
    present = Booking.objects.open().select_related("record", "member__category", "branch").filter(pk=booking.pk).first()
    if present is None:
        return False
    wish = Wish(present.record, present.booker, present.branch, present.first_day, present.last_day, but=present)
    others = [(item, kept) for item, kept in Answer(wish).free_copies if item.pk != present.item_id]
    if (taken := _first_still_free(others, but=present)) is None:
        return False
    booking = _locked(present)
    booking.item = taken[0]
    booking.save(update_fields=["item"])
    booking.days.all().delete()
    _keep_days(booking)
    events.record(BookingMoved(**_facts(booking)), by=by)
    return True


def fill(booking: Booking, loan: Loan, *, by: events.Actor | None) -> None:
    """The member fetched it, this copy or another of the title that is free as long. Belongs to ``check_out``."""
    if booking.item_id != loan.item_id:
        booking.days.update(item=loan.item_id)
    booking.item, booking.loan, booking.state, booking.closed_at = loan.item, loan, Booking.States.FETCHED, clock.now()
    booking.save(update_fields=["item", "loan", "state", "closed_at"])
    events.record(BookingFilled(**_facts(booking), loan=loan.pk), by=by)


def let_go(loan: Loan) -> None:
    """What the loan filled is back: the copy is kept for it no more. Belongs to ``check_in``."""
    BookedDay.objects.filter(booking__loan=loan.pk).delete()


def reopen(loan: Loan) -> None:
    """The loan is undone: what it filled stands again. Belongs to ``undo_check_out``."""
    Booking.objects.filter(loan=loan).update(state=Booking.States.BOOKED, loan=None, closed_at=None)


def terms_kept(case: CheckOutCase, policy: Policy, due: datetime, booked: Booking | None) -> dict[str, str]:
    """What the loan keeps of bookings that say when it is due: the last day of the one it fills, or the day somebody else has it from.
    Belongs to ``check_out``."""
    if (own := case.own_booking) is not None:
        return {"booked_until": own.last_day.isoformat()}
    if booked is not None and due < case.due_at(policy, before=None):
        return {"booked_from": booked.first_day.isoformat()}
    return {}


def back_by(loan: Loan, waived: Collection[str]) -> date | None:
    """The last day on which it may come back before somebody else has booked it, unless that was set aside. Belongs to ``renew``."""
    if BOOKED_FOR_ANOTHER.code in waived:
        return None
    booked = next_for_others(bookings_ahead([loan.item_id])[loan.item_id], loan.member_id)
    return back_before(booked) if booked is not None else None


def _promised(answer: Answer) -> tuple[Item, Stay]:
    """A copy that is free on the days of the wish, locked, as is the member; refuses with every block there is."""
    wish = answer.wish
    present = wish.but.item_id if wish.but is not None else None
    taken = _first_still_free(sorted(answer.free_copies, key=lambda each: each[0].pk != present), but=wish.but)
    # two desks must not pass the limit together
    Member.objects.select_for_update(no_key=True).only("pk").standing(wish.member.pk)
    if reasons := answer.blocks():
        raise Refused(reasons)
    if taken is None:
        raise Refused(BOOKED_THIS_MOMENT())
    return taken


def _first_still_free(free: Collection[tuple[Item, Stay]], *, but: Booking | None) -> tuple[Item, Stay] | None:
    """The first of these copies that is free yet once it is locked; one that was lent or booked at this moment is passed over."""
    for item, wanted in free:
        locked = Item.objects.select_for_update(no_key=True).only("pk", "status").get(pk=item.pk)
        if locked.status == Item.Statuses.AVAILABLE and Diary([item], but=but).is_free(item, wanted):
            return item, wanted
    return None


def _keep_days(booking: Booking) -> None:
    BookedDay.objects.bulk_create(BookedDay(booking=booking, item_id=booking.item_id, day=day) for day in booking.blocked_days)


def _close(booking: Booking, state: Booking.States) -> None:
    booking.state, booking.closed_at = state, clock.now()
    booking.save(update_fields=["state", "closed_at"])
    booking.days.all().delete()


def _facts(booking: Booking) -> dict[str, int]:
    return {
        "booking": booking.pk,
        "record": booking.record_id,
        "item": booking.item_id,
        "member": booking.booker.pk,
    }


def _read(booking: Booking) -> Booking:
    """The booking as it stands, with what a wish needs. Refuses one that is closed."""
    present = Booking.objects.open().select_related("record", "item__item_type", "item__record", "member__category", "branch")
    found = present.filter(pk=booking.pk).first()
    if found is None:
        raise Refused(BOOKING_CLOSED())
    return found


def _locked(booking: Booking) -> Booking:
    """The booking, locked. Refuses one that is closed."""
    locked = Booking.objects.select_for_update(of=("self",), no_key=True).select_related("member", "item", "record", "branch")
    found = locked.open().filter(pk=booking.pk).first()
    if found is None:
        raise Refused(BOOKING_CLOSED())
    return found
