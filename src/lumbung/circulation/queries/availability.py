"""Whether a copy can be had now: for lists of titles and of items, in a number of statements that does not grow."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import BoundTitle, Item
from lumbung.catalogue.models.volume import volume_of
from lumbung.circulation.models import Booking, Hold, Loan, Rest
from lumbung.circulation.queries.closed_doors import resting_today
from lumbung.kernel import clock
from lumbung.kernel.drawn import Among, DrawnValues
from lumbung.organization.queries import branch_of, library


class ItemStates(models.TextChoices):
    """What a reader needs to know about a copy at this moment."""

    AVAILABLE = "available", _("Tersedia")
    ON_LOAN = "on_loan", _("Dipinjam")
    SET_ASIDE = "set_aside", _("Disisihkan untuk pesanan")
    IN_TRANSIT = "in_transit", _("Dikirim ke cabang lain")
    IN_HOUSE = "in_house", _("Baca di tempat")
    RESTING = "resting", _("Beristirahat setelah kembali")
    BOOKED = "booked", _("Dijaga untuk pesanan bertanggal")
    IN_PROCESS = "in_process", _("Sedang diolah")
    IN_REPAIR = "in_repair", _("Dalam perbaikan")
    DAMAGED = "damaged", _("Rusak")
    LOST = "lost", _("Hilang")
    WITHDRAWN = "withdrawn", _("Disiangi")


GONE = frozenset({ItemStates.LOST, ItemStates.WITHDRAWN})
ON_SHELVES = frozenset({ItemStates.AVAILABLE, ItemStates.IN_HOUSE, ItemStates.BOOKED})


@dataclass(frozen=True)
class ItemState:
    """The state of one copy; ``due_at`` when it is on loan (on the clock of the branch that lent), ``ready_until`` when it waits on the
    pick-up shelf, ``rests_until`` when it came back through the book drop and is not lent before the day after, ``booked_from`` when it
    is kept for somebody's booking from that day on."""

    state: ItemStates
    due_at: datetime | None = None
    ready_until: date | None = None
    rests_until: date | None = None
    booked_from: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether it should have been back by now."""
        return self.due_at is not None and self.due_at < clock.now()

    @property
    def is_on_shelf(self) -> bool:
        """Whether it stands where it belongs, so that somebody of the staff can fetch it there."""
        return self.state in ON_SHELVES


@dataclass
class BranchAvailability:
    """Copies of a title at one branch (the branch they belong to). ``in_house`` may be read there and not be borrowed."""

    total: int = 0
    available: int = 0
    in_house: int = 0


@dataclass
class Availability:
    """Copies of a title: ``total`` without the lost and withdrawn; ``available`` to borrow now; ``in_house`` to read in the library.

    ``resting`` came back while the doors are closed and will be available by themselves. ``waiting`` holds have no copy yet.
    ``branches`` has the same by key of branch. ``next_due_at`` is told when nothing is available, on the clock of the branch that lent: of
    the copies on loan the first that is still to come, and where all ``is_late`` the first that should have been back.
    """

    total: int = 0
    available: int = 0
    in_house: int = 0
    resting: int = 0
    waiting: int = 0
    next_due_at: datetime | None = None
    branches: dict[int, BranchAvailability] = field(default_factory=lambda: defaultdict(BranchAvailability))

    @property
    def is_late(self) -> bool:
        """Whether whatever is on loan should have been back by now."""
        return self.next_due_at is not None and self.next_due_at < clock.now()

    @property
    def can_be_had(self) -> bool:
        return self.available > 0 or self.in_house > 0


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a title in a few plain values, for titles of which there are thousands. ``volume`` is that of the title asked for; ""
    of a copy of another title into which it is bound."""

    pk: int
    branch: int
    location: int | None
    volume: str
    lendable: bool
    state: ItemStates


def copies_of(record: int) -> list[Copy]:
    """Every copy in which the title is, by branch and then in shelf order, with its state; in one statement, however many there are."""
    today = clock.today(library().zone)
    rows = Item.objects.holding([record]).order_by("branch__name", "shelf_key", "call_number", "copy", "id")
    told = rows.values_list("pk", "branch", "location", "record", "volume", "call_number", *_circumstances(OuterRef("pk"), ""))
    return [
        Copy(
            pk, branch, location, volume_of(call_number, told=volume) if own == record else "", lendable,
            _state(
                on_loan=due is not None, aside=aside, status=status, lendable=lendable,
                rests=rests is not None and rests >= today, booked=_is_kept(booked, branch),
            ),
        )
        for pk, branch, location, own, volume, call_number, status, lendable, due, _lent, aside, rests, booked in told
    ]  # fmt: skip


def availability_of(record_ids: Collection[int]) -> dict[int, Availability]:
    """The availability of every title asked for (titles without copies included), in two statements."""
    found = {record: Availability() for record in record_ids}
    now, today = clock.now(), clock.today(library().zone)
    for record, branch, status, lendable, due_at, lent_from, aside, rests_until, booked_from in _COPIES.ask(records=found):
        rests = rests_until is not None and rests_until >= today
        booked = _is_kept(booked_from, branch)
        state = _state(on_loan=due_at is not None, aside=aside, status=status, lendable=lendable, rests=rests, booked=booked)
        if state not in GONE:
            _count(found[record], branch, state)
            found[record].next_due_at = _sooner(found[record].next_due_at, _there(due_at, lent_from), now)
    for record, holds in _WAITING.ask(records=found):
        found[record].waiting = holds
    for each in found.values():
        if each.available:
            each.next_due_at = None
    return found


def _copies() -> QuerySet[Any, tuple[Any, ...]]:
    """Of the copies of titles, and of those into which they are bound: title, branch, and what the state follows from."""
    own = Item.objects.order_by().values_list("record", "branch", *_circumstances(OuterRef("pk"), ""))
    bound = BoundTitle.objects.order_by().values_list("record", "item__branch", *_circumstances(OuterRef("item"), "item__"))
    return own.filter(Among("record", "records")).union(bound.filter(Among("record", "records")), all=True)


def _waiting() -> QuerySet[Any, tuple[Any, ...]]:
    """Titles, and how many holds wait for each."""
    return (
        Hold.objects.waiting().filter(Among("record", "records")).order_by().values_list("record").annotate(holds=Count("pk"))
    )


def waiting_on(record: int) -> Coalesce:
    """How many holds wait for the title: to be asked within another question, where it is counted once."""
    waiting = Hold.objects.waiting().filter(record=record).order_by().values("record")
    return Coalesce(Subquery(waiting.annotate(holds=Count("pk")).values("holds")), 0)


def _circumstances(this: OuterRef, way: str) -> tuple[str | Subquery, ...]:
    """What the state of a copy follows from, for rows that lead to it by ``way``: its status, whether it is lent at all, when it is due
    back and where it was lent, the state of the hold it is set aside for, until when it rests, from when it is kept for a booking."""
    return (
        f"{way}status",
        f"{way}item_type__lendable",
        Subquery(Loan.objects.open().filter(item=this).order_by().values("due_at")[:1]),
        Subquery(Loan.objects.open().filter(item=this).order_by().values("lent_from")[:1]),
        Subquery(Hold.objects.set_aside().filter(item=this).order_by().values("state")[:1]),
        Subquery(Rest.objects.filter(item=this).order_by().values("until")[:1]),
        Subquery(Booking.objects.open().filter(item=this).order_by("blocked_from").values("blocked_from")[:1]),
    )


_COPIES, _WAITING = DrawnValues(_copies), DrawnValues(_waiting)


def _is_kept(booked_from: date | None, branch: int) -> bool:
    """Whether the day has come, at the branch that owns the copy, from which it is kept for a booking."""
    return booked_from is not None and booked_from <= clock.today(branch_of(branch).zone)


def _there(due_at: datetime | None, lent_from: int | None) -> datetime | None:
    """When a copy is due, on the clock of the branch that lent it."""
    return (due_at and lent_from and due_at.astimezone(branch_of(lent_from).zone)) or None


def _count(title: Availability, branch: int, state: ItemStates) -> None:
    """Count one copy, for the title and for its branch."""
    for counted in (title, title.branches[branch]):
        counted.total += 1
        counted.available += state == ItemStates.AVAILABLE
        counted.in_house += state == ItemStates.IN_HOUSE
    title.resting += state == ItemStates.RESTING


def _sooner(one: datetime | None, other: datetime | None, now: datetime) -> datetime | None:
    """Which of the two can be waited for first; what should have been back already, only where nothing else can be."""
    return min(filter(None, (one, other)), key=lambda due_at: (due_at < now, due_at), default=None)


def item_states(items: Collection[Item]) -> dict[int, ItemState]:
    """The state of each item, by key, in two statements and one for the item types where they are not there yet."""
    keys = [item.pk for item in items]
    loan = Loan.objects.open().filter(item=OuterRef("pk"))
    due, lent_from = (Subquery(loan.values(name)[:1]) for name in ("due_at", "lent_from"))
    rest = Subquery(resting_today().filter(item=OuterRef("pk")).values("until")[:1])
    booked = Booking.objects.open().filter(item=OuterRef("pk")).order_by("blocked_from").values("blocked_from")[:1]
    rows = Item.objects.filter(pk__in=keys).order_by().values_list("pk", due, lent_from, rest, Subquery(booked))
    away = {pk: Away(*each) for pk, *each in rows}
    holds = {hold.item_id: hold for hold in Hold.objects.set_aside().filter(item__in=keys)}
    models.prefetch_related_objects([item for item in items if not Item.item_type.is_cached(item)], "item_type")
    return {item.pk: _state_of(item, away.get(item.pk, Away()), holds.get(item.pk)) for item in items}


class Away(NamedTuple):
    """When a copy on loan is due and where it was lent, until when it rests, from when it is kept for a booking."""

    due_at: datetime | None = None
    lent_from: int | None = None
    rests_until: date | None = None
    booked_from: date | None = None


def _state_of(item: Item, away: Away, hold: Hold | None) -> ItemState:
    due, lent_from, rest, booked_from = away
    aside = hold.state if hold is not None else None
    lendable = item.item_type.lendable
    booked = _is_kept(booked_from, item.branch_id)
    state = _state(
        on_loan=due is not None, aside=aside, status=item.status, lendable=lendable, rests=rest is not None, booked=booked
    )
    if state is ItemStates.ON_LOAN:
        return ItemState(state, due_at=_there(due, lent_from), booked_from=booked_from)
    if hold is not None:
        return ItemState(state, ready_until=hold.ready_until)
    return ItemState(state, rests_until=rest if state is ItemStates.RESTING else None, booked_from=booked_from)


def _state(*, on_loan: bool, aside: str | None, status: str, lendable: bool, rests: bool, booked: bool) -> ItemStates:
    """What counts first of all that is so with a copy; ``aside`` is the state of the hold that it is set aside for."""
    if on_loan:
        return ItemStates.ON_LOAN
    if aside is not None:
        return ItemStates.SET_ASIDE if aside == Hold.States.READY else ItemStates.IN_TRANSIT
    if status != Item.Statuses.AVAILABLE:
        return ItemStates(status)
    if not lendable:
        return ItemStates.IN_HOUSE
    if booked:
        return ItemStates.BOOKED
    return ItemStates.RESTING if rests else ItemStates.AVAILABLE
