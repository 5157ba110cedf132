"""Limit sets: at most so many at once of a group of types, places and materials, beside what rules say of all loans."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from lumbung.catalogue.models import ItemType, Material
from lumbung.circulation.domain.rules import turn_the_page
from lumbung.circulation.domain.terms import out_of_bounds
from lumbung.circulation.events import LimitSetAdded, LimitSetChanged, LimitSetRemoved
from lumbung.circulation.models import LimitSet
from lumbung.circulation.queries import limit_sets
from lumbung.circulation.refusals import (
    LIMIT_SET_GONE,
    LIMIT_SET_NAME_EMPTY,
    LIMIT_SET_NAME_TAKEN,
    LIMIT_SET_OF_NOTHING,
    NAMED_GONE,
)
from lumbung.kernel import events
from lumbung.kernel.changes import locked, named_by, reasons_of_those_gone, set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Location

FIELDS = frozenset({"name", "most", "materials", "category", "branch", "branch_group"})
BOUNDS = {"most": (1, 1000)}


@refuse_when_broken(one_limit_set_of_a_name=LIMIT_SET_NAME_TAKEN)
@transaction.atomic
def add_limit_set(
    *, item_types: Collection[ItemType] = (), locations: Collection[Location] = (), by: events.Actor | None, **said: Any
) -> LimitSet:
    """Limit how many a member may have at once of these types, places and ``materials`` together.

    Refuses one without a name or with that of another, one over nothing, and a number out of bounds, all at once.
    """
    limit = LimitSet()
    set_changed(limit, said, allowed=FIELDS)
    _refuse(limit, item_types, locations)
    limit.save(force_insert=True)
    limit.item_types.set(item_types)
    limit.locations.set(locations)
    _tell_everybody()
    events.record(LimitSetAdded(limit_set=limit.pk), by=by)
    return limit


@refuse_when_broken(one_limit_set_of_a_name=LIMIT_SET_NAME_TAKEN)
@transaction.atomic
def change_limit_set(
    limit: LimitSet,
    *,
    item_types: Collection[ItemType] | None = None,
    locations: Collection[Location] | None = None,
    by: events.Actor | None,
    **changes: Any,
) -> LimitSet:
    """Change a limit set; what is left out stays. Loans already made stay, also where they are more than may be from now on. Refuses as
    ``add_limit_set`` does."""
    limit = locked(limit, gone=LIMIT_SET_GONE)
    changed = set_changed(limit, changes, allowed=FIELDS)
    types, places = set(limit.item_types.all()), set(limit.locations.all())
    new_types = types if item_types is None else set(item_types)
    new_places = places if locations is None else set(locations)
    regrouped = ["item_types"] * (new_types != types) + ["locations"] * (new_places != places)
    if changed or regrouped:
        _refuse(limit, new_types, new_places)
        limit.save(update_fields=changed)
        limit.item_types.set(new_types)
        limit.locations.set(new_places)
        _tell_everybody()
        events.record(LimitSetChanged(limit_set=limit.pk, fields=sorted([*changed, *regrouped])), by=by)
    return limit


@transaction.atomic
def remove_limit_set(limit: LimitSet, *, by: events.Actor | None) -> None:
    """Remove a limit set: nothing is counted against it any more."""
    key = limit.pk
    locked(limit, gone=LIMIT_SET_GONE).delete()
    _tell_everybody()
    events.record(LimitSetRemoved(limit_set=key), by=by)


def _tell_everybody() -> None:
    turn_the_page()
    limit_sets.changed()


def _refuse(limit: LimitSet, item_types: Collection[ItemType], locations: Collection[Location]) -> None:
    if unknown := set(limit.materials) - set(Material.values):
        raise TypeError(f"there is no material {', '.join(sorted(unknown))}")
    reasons: list[Reason] = [] if limit.name else [LIMIT_SET_NAME_EMPTY()]
    if LimitSet.objects.filter(name=limit.name).exclude(pk=limit.pk).exists():
        reasons.append(LIMIT_SET_NAME_TAKEN(name=limit.name))
    if not (item_types or locations or limit.materials):
        reasons.append(LIMIT_SET_OF_NOTHING())
    reasons += reasons_of_those_gone([*named_by(limit), *item_types, *locations], gone=NAMED_GONE)
    if reasons := [*reasons, *out_of_bounds(limit, BOUNDS)]:
        raise Refused(reasons)
