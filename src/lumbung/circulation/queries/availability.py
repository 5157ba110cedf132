"""Whether a copy can be had now: for lists of titles and of items, in a number of statements that does not grow."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models import Hold, Loan
from lumbung.kernel.rows import among


class ItemStates(models.TextChoices):
    """What a reader needs to know about a copy at this moment."""

    AVAILABLE = "available", _("Tersedia")
    ON_LOAN = "on_loan", _("Dipinjam")
    SET_ASIDE = "set_aside", _("Disisihkan untuk pesanan")
    IN_TRANSIT = "in_transit", _("Dikirim ke cabang lain")
    IN_HOUSE = "in_house", _("Baca di tempat")
    IN_PROCESS = "in_process", _("Sedang diolah")
    IN_REPAIR = "in_repair", _("Dalam perbaikan")
    DAMAGED = "damaged", _("Rusak")
    LOST = "lost", _("Hilang")
    WITHDRAWN = "withdrawn", _("Disiangi")


GONE = frozenset({ItemStates.LOST, ItemStates.WITHDRAWN})


@dataclass(frozen=True)
class ItemState:
    """The state of one copy; ``due_at`` when it is on loan, ``ready_until`` when it waits on the pick-up shelf."""

    state: ItemStates
    due_at: datetime | None = None
    ready_until: date | None = None


@dataclass
class BranchAvailability:
    """Copies of a title at one branch (the branch they belong to). ``in_house`` may be read there and not be borrowed."""

    total: int = 0
    available: int = 0
    in_house: int = 0


@dataclass
class Availability:
    """Copies of a title: ``total`` without the lost and withdrawn; ``available`` to borrow now; ``in_house`` to read in the library.

    ``branches`` has the same by key of branch. ``waiting`` holds have no copy yet. ``next_due_at`` is told when nothing is available.
    """

    total: int = 0
    available: int = 0
    in_house: int = 0
    waiting: int = 0
    next_due_at: datetime | None = None
    branches: dict[int, BranchAvailability] = field(default_factory=lambda: defaultdict(BranchAvailability))

    @property
    def can_be_had(self) -> bool:
        return self.available > 0 or self.in_house > 0


def availability_of(record_ids: Collection[int]) -> dict[int, Availability]:
    """The availability of every title asked for (titles without copies included), in three statements."""
    found = {record: Availability() for record in record_ids}
    rows = (
        Item.objects.filter(**among(found, "record_id"))
        .annotate(state=_state())
        .order_by()
        .values_list("record", "branch", "state")
        .annotate(copies=Count("pk"))
    )
    for record, branch, state, copies in rows:
        if state not in GONE:
            for counted in (found[record], found[record].branches[branch]):
                counted.total += copies
                counted.available += copies * (state == ItemStates.AVAILABLE)
                counted.in_house += copies * (state == ItemStates.IN_HOUSE)
    waiting = (
        Hold.objects.waiting().filter(**among(found, "record_id")).order_by().values_list("record").annotate(holds=Count("pk"))
    )
    for record, holds in waiting:
        found[record].waiting = holds
    lent_out = [record for record, each in found.items() if each.total and not each.available]
    due = (
        Loan.objects.open().filter(item__record__in=lent_out).order_by().values_list("item__record").annotate(due=Min("due_at"))
    )
    for record, first in due:
        found[record].next_due_at = first
    return found


def item_states(items: Collection[Item]) -> dict[int, ItemState]:
    """The state of each item, by key, in two statements and one for the item types where they are not there yet."""
    keys = [item.pk for item in items]
    due = dict(Loan.objects.open().filter(item__in=keys).order_by().values_list("item", "due_at"))
    holds = {hold.item_id: hold for hold in Hold.objects.set_aside().filter(item__in=keys)}
    models.prefetch_related_objects([item for item in items if not Item.item_type.is_cached(item)], "item_type")
    return {item.pk: _state_of(item, due.get(item.pk), holds.get(item.pk)) for item in items}


def _state_of(item: Item, due: datetime | None, hold: Hold | None) -> ItemState:
    if due is not None:
        return ItemState(ItemStates.ON_LOAN, due_at=due)
    if hold is not None:
        ready = hold.state == Hold.States.READY
        return ItemState(ItemStates.SET_ASIDE if ready else ItemStates.IN_TRANSIT, ready_until=hold.ready_until)
    if item.status != Item.Statuses.AVAILABLE:
        return ItemState(ItemStates(item.status))
    return ItemState(ItemStates.AVAILABLE if item.item_type.lendable else ItemStates.IN_HOUSE)


def _state() -> Case:
    """``_state_of`` in SQL."""
    aside = Hold.objects.filter(item=OuterRef("pk"))
    return Case(
        When(Exists(Loan.objects.open().filter(item=OuterRef("pk"))), then=Value(ItemStates.ON_LOAN.value)),
        When(Exists(aside.filter(state=Hold.States.READY)), then=Value(ItemStates.SET_ASIDE.value)),
        When(Exists(aside.filter(state=Hold.States.IN_TRANSIT)), then=Value(ItemStates.IN_TRANSIT.value)),
        When(~Q(status=Item.Statuses.AVAILABLE), then=F("status")),
        When(item_type__lendable=False, then=Value(ItemStates.IN_HOUSE.value)),
        default=Value(ItemStates.AVAILABLE.value),
        output_field=CharField(),
    )
