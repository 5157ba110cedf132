"""Reads about copies that are promised for days to come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.accounts.domain.permissions import may
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import BookedDay, Booking, Loan, Policy
from lumbung.circulation.models.booking import BookingQuerySet
from lumbung.circulation.permissions import SEE
from lumbung.circulation.queries.days import day_there, has_come
from lumbung.circulation.queries.personal_rules import is_lent_to, lent_to
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, open_day_after, previous_open_day

GRACE = 1
"""Open days after the first on which a booked copy may still be fetched."""
PROPOSED = 3
"""How many stretches that are free are proposed in place of one that is not."""


@dataclass(frozen=True)
class Stay:
    """The days of a booking, those for which the copy is kept around them, and by when it has to be fetched."""

    first_day: date
    last_day: date
    blocked_from: date
    blocked_until: date
    fetch_until: date


def stay(first_day: date, last_day: date, policy: Policy, at: Branch) -> Stay:
    """What booking a copy for these days means under these terms at this branch."""
    blocked_from = first_day
    for _each in range(policy.booking_lead_days):
        blocked_from = previous_open_day(at, blocked_from - timedelta(days=1))
    blocked_until = open_day_after(at, last_day, count=policy.booking_trail_days) if policy.booking_trail_days else last_day
    fetch_until = min(last_day, open_day_after(at, first_day, count=GRACE))
    return Stay(first_day, last_day, blocked_from, blocked_until, fetch_until)


def back_before(booking: Booking) -> date:
    """The last open day on which the copy may still come back from somebody else."""
    return previous_open_day(branch_of(booking.branch_id), booking.blocked_from - timedelta(days=1))


def days_words(first_day: date, last_day: date) -> str:
    """ "12 Desember 2026", or "12 Desember 2026 – 14 Desember 2026"."""
    first, last = date_format(first_day, "j F Y"), date_format(last_day, "j F Y")
    return first if first == last else f"{first} – {last}"


def copies_to_book(record: Record, *, at: Branch | None = None, to: Member | None = None) -> list[Item]:
    """The copies in which the title is that belong to the branch, or to any, are lent, to this member or to somebody, and are in order, in
    the order of the shelf."""
    copies = Item.objects.holding([record.pk]).filter(lent_to(to), status=Item.Statuses.AVAILABLE)
    copies = copies if at is None else copies.filter(branch=at)
    return list(copies.select_related("item_type", "record").defer("record__marc", "record__findable").order_by("copy", "pk"))


def can_be_promised(copy: Item, member: Member) -> bool:
    """Whether the copy is lent to the member at all and in order, whatever the rules for all say; its type is read."""
    return copy.status == Item.Statuses.AVAILABLE and is_lent_to(copy, member)


def branches_to_book_at(record: Record) -> list[Branch]:
    """The branches that have a copy which may be promised, whatever the rules say."""
    copies = Item.objects.holding([record.pk]).filter(lent_to(), status=Item.Statuses.AVAILABLE)
    found = [branch_of(key) for key in set(copies.order_by().values_list("branch", flat=True))]
    return sorted(found, key=lambda each: each.name)


class Diary:
    """On which days these copies are not free: those kept for bookings, and for what is lent those until it is due; read at once.

    What is overdue, lost or searched for is free on no day that can be told. ``but`` is a booking that is not counted.
    """

    def __init__(self, items: Iterable[Item], *, but: Booking | None = None) -> None:
        keys = [item.pk for item in items]
        self.days: dict[int, set[date]] = defaultdict(set)
        claimed = BookedDay.objects.filter(item__in=keys).exclude(booking=but.pk if but else None)
        for item, day in claimed.order_by().values_list("item", "day"):
            self.days[item].add(day)
        now = clock.now()
        loans = Loan.objects.open().filter(item__in=keys).select_related("lent_from")
        self.lent_until = {
            loan.item_id: loan.due_at.astimezone(loan.lent_from.zone).date()
            if loan.stopped_at is None and not loan.is_overdue(now)
            else date.max
            for loan in loans
        }

    def is_free(self, item: Item, wanted: Stay) -> bool:
        """Whether the copy is nobody's on any of the days it would be kept."""
        if self.lent_until.get(item.pk, date.min) >= wanted.blocked_from:
            return False
        return not any(wanted.blocked_from <= day <= wanted.blocked_until for day in self.days[item.pk])


def bookings_visible_to(viewer: object) -> BookingQuerySet:
    """Every booking for staff who may see them; a member's own open ones for the member."""
    rows = with_what_is_shown()
    if may(viewer, SEE):
        return rows
    key = getattr(viewer, "pk", None)
    return rows.none() if key is None else rows.open().filter(member__user=key)


def open_bookings(member: Member) -> BookingQuerySet:
    """What the member has booked and not fetched, soonest first."""
    return with_what_is_shown().open().filter(member=member)


def bookings_of_item(item: Item) -> BookingQuerySet:
    """What the copy is booked for, soonest first."""
    return with_what_is_shown().open().filter(item=item)


def kept_on_day(item: Item, day: date) -> Booking | None:
    """The booking for which the copy has to be there on that day, if any."""
    kept = Booking.objects.keeping(day).filter(item=item).select_related("member", "branch")
    return kept.order_by("blocked_from", "pk").first()


def next_booking_of(item: Item) -> Booking | None:
    """The soonest open booking of the copy, if any."""
    return Booking.objects.open().filter(item=item).order_by("blocked_from", "pk").first()


def kept_today() -> BookingQuerySet:
    """Bookings for which a copy has to be there today, by the day of the branch where it is fetched."""
    return Booking.objects.open().filter(has_come("blocked_from", "branch"))


def troubled_bookings() -> BookingQuerySet:
    """Open bookings whose copy cannot be there in time as things stand: it is not in order, or lent beyond the day it is kept from."""
    lent = Loan.objects.open().filter(item=OuterRef("item"))
    lent = lent.annotate(due_on=day_there("due_at", "lent_from"))
    late = Q(due_on__gte=OuterRef("blocked_from")) | Q(due_at__lt=clock.now())
    gone = Q(reported_lost_at__isnull=False) | Q(claimed_returned_at__isnull=False)
    away = ~Q(item__status=Item.Statuses.AVAILABLE) | Q(Exists(lent.filter(late | gone)))
    return with_what_is_shown().open().filter(away)


def bookings_ahead(items: Collection[int]) -> dict[int, list[Booking]]:
    """By copy (a primary key): the open bookings of it, soonest first."""
    found: dict[int, list[Booking]] = defaultdict(list)
    for booking in Booking.objects.open().filter(item__in=items).order_by("blocked_from", "pk"):
        found[booking.item_id].append(booking)
    return found


def next_for_others(booked: Sequence[Booking], member: int | None, today: date = date.min) -> Booking | None:
    """The soonest of these that is not the member's own and not over by ``today``."""
    return next((each for each in booked if each.member_id != member and each.blocked_until >= today), None)


def filled_by_loan(booked: Sequence[Booking], item: Item, member: Member, today: date) -> Booking | None:
    """Which of these a loan of this copy to the member would fill: one for it, or for any copy where this one is nobody's for as long."""
    of_item = [each for each in booked if each.item_id == item.pk]
    for own in booked:
        if own.member_id != member.pk or not own.blocked_from <= today <= own.last_day:
            continue
        if own in of_item or not any(
            each.blocked_from <= own.blocked_until and each.blocked_until >= own.blocked_from for each in of_item
        ):
            return own
    return None


def nearest_words(stretches: Sequence[tuple[date, date]]) -> str:
    """The free stretches that are proposed, in words."""
    if not stretches:
        return _("Tidak ada hari bebas dalam waktu yang dapat dipesan.")
    return _("Terdekat yang bebas: %(days)s.") % {"days": "; ".join(days_words(*each) for each in stretches)}


def with_what_is_shown() -> BookingQuerySet:
    """With what a list of bookings shows: title, copy, member, branch; without the MARC."""
    return Booking.objects.select_related("record", "item", "member__category", "branch").defer(
        "record__marc", "record__findable"
    )
