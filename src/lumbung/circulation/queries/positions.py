"""The place in the queue that somebody who waits is told."""

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from lumbung.catalogue.models import BoundTitle, Item
from lumbung.circulation.models import Hold
from lumbung.circulation.models.hold import HoldQuerySet
from lumbung.circulation.queries.hold_scopes import GONE, local_by

Mine = OuterRef


def with_position(rows: HoldQuerySet) -> HoldQuerySet:
    """With ``position``: how many go before for the copy for which fewest do, and one more: among those who wait for the title, or for the
    same volume of it (then of its copies). Where the library lets locals go first, copies of one branch have another queue than those of
    the next."""
    in_order = Subquery(_ahead(_earlier(Mine), Mine))
    if not (by := local_by()):
        return rows.annotate(position=Coalesce(in_order, 0) + 1)
    is_local: Any = When(branch=Mine(by), then=0)
    copies = Item.objects.filter(pk__in=_copies_of(), item_type__lendable=True, pk=Coalesce(Mine("wanted_item"), F("pk")))
    copies = copies.exclude(status__in=GONE).annotate(far=Case(is_local, default=1))
    is_of_volume = Q(volume="") | Q(volume=Mine("volume"))
    copies = copies.filter(Exact(Mine("volume"), Value("")) | Q(is_of_volume, record=Mine("record")))
    fewest = copies.annotate(ahead=Coalesce(Subquery(_ahead_for_copy(by)), 0)).order_by("ahead").values("ahead")[:1]
    return rows.annotate(position=Coalesce(Subquery(fewest), in_order, 0) + 1)


def _copies_of() -> Any:
    """The copies of the title of a hold, and those into which it is bound, asked within the question for the hold."""
    title = OuterRef(OuterRef("record"))
    own = Item.objects.filter(record=title).order_by().values("pk")
    return own.union(BoundTitle.objects.filter(record=title).order_by().values("item"), all=True)


def _ahead_for_copy(by: str) -> HoldQuerySet:
    """How many go before for a copy, asked within the question for a hold: each ``far`` or not from the branch of the copy."""

    def mine(name: str) -> Any:
        return OuterRef(OuterRef(name))

    is_local: Any = When(**{by: OuterRef("branch")}, then=0)
    rivals: Any = Hold.objects.annotate(far=Case(is_local, default=1))
    first = Q(priority__gt=mine("priority"))
    nearer = Q(priority=mine("priority"), far__lt=OuterRef("far"))
    return _ahead(first | nearer | Q(_earlier(mine), far=OuterRef("far"), priority=mine("priority")), mine, rivals)


def _earlier(mine: Any) -> Q:
    """Who goes before by the order of the queue alone."""
    same = Q(priority=mine("priority"))
    before = Q(placed_at__lt=mine("placed_at")) | Q(placed_at=mine("placed_at"), id__lt=mine("id"))
    return Q(priority__gt=mine("priority")) | same & before


def _ahead(who: Q, mine: Any, rivals: HoldQuerySet | None = None) -> HoldQuerySet:
    same_volume = Q(volume=mine("volume")) | Q(volume="")
    waiting = (Hold.objects.all() if rivals is None else rivals).filter(
        who, same_volume, record=mine("record"), state=Hold.States.WAITING, is_suspended=False
    )
    found: Any = waiting.order_by().values("record").annotate(n=Count("pk")).values("n")
    return found  # type: ignore[no-any-return]  # a queryset of counts
