"""Branches and the shelving locations in them."""

from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries
from lumbung.organization.events import (
    BranchAdded,
    BranchChanged,
    BranchRemoved,
    LocationAdded,
    LocationChanged,
    LocationRemoved,
)
from lumbung.organization.models import Branch, Location
from lumbung.organization.refusals import (
    BRANCH_IN_USE,
    BRANCH_UNDER_ITSELF,
    CODE_EMPTY,
    CODE_TAKEN,
    LOCATION_IN_USE,
    NAME_EMPTY,
    TIME_ZONE_UNKNOWN,
)

BRANCH_FIELDS = ("code", "name", "address", "phone", "time_zone", "directions", "parent")
LOCATION_FIELDS = ("code", "name", "directions")


@transaction.atomic
def add_branch(
    *,
    code: str,
    name: str,
    by: events.Actor | None,
    time_zone: str = "Asia/Jakarta",
    address: str = "",
    phone: str = "",
    directions: str = "",
    parent: Branch | None = None,
) -> Branch:
    """Open a branch, with ``parent`` as part of another. Refuses an empty name or code, a code in use, an unknown time zone (IANA name)."""
    branch = Branch(
        code=code.strip(),
        name=name.strip(),
        time_zone=time_zone,
        address=address,
        phone=phone,
        directions=directions,
        parent=parent,
    )
    _refuse(_faults_of_branch(branch))
    branch.save(force_insert=True)
    queries.branches.changed()
    events.record(BranchAdded(branch=branch.pk), by=by)
    return branch


@transaction.atomic
def change_branch(branch: Branch, *, by: events.Actor | None, **changes: Any) -> Branch:
    """Change the named fields of a branch; refuses as ``add_branch`` does, and to be part of itself."""
    branch = Branch.objects.select_for_update().get(pk=branch.pk)
    if changed := set_changed(branch, changes, allowed=BRANCH_FIELDS):
        _refuse(_faults_of_branch(branch))
        branch.save(update_fields=changed)
        queries.branches.changed()
        events.record(BranchChanged(branch=branch.pk, fields=changed), by=by)
    return branch


@transaction.atomic
def remove_branch(branch: Branch, *, by: events.Actor | None) -> None:
    """Remove a branch that nothing refers to any more."""
    key = branch.pk
    try:
        Branch.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(BRANCH_IN_USE(branch=branch.name)) from None
    queries.branches.changed()
    events.record(BranchRemoved(branch=key), by=by)


@transaction.atomic
def add_location(branch: Branch, *, code: str, name: str, by: events.Actor | None, directions: str = "") -> Location:
    """Add a shelving location. Refuses an empty name or code, and a code the branch has already."""
    location = Location(branch=branch, code=code.strip(), name=name.strip(), directions=directions)
    _refuse(_faults_of_location(location))
    location.save(force_insert=True)
    events.record(LocationAdded(branch=branch.pk, location=location.pk), by=by)
    return location


@transaction.atomic
def change_location(location: Location, *, by: events.Actor | None, **changes: str) -> Location:
    """Change the named fields of a location; refuses as ``add_location`` does."""
    location = Location.objects.select_for_update().get(pk=location.pk)
    if changed := set_changed(location, changes, allowed=LOCATION_FIELDS):
        _refuse(_faults_of_location(location))
        location.save(update_fields=changed)
        events.record(LocationChanged(branch=location.branch_id, location=location.pk, fields=changed), by=by)
    return location


@transaction.atomic
def remove_location(location: Location, *, by: events.Actor | None) -> None:
    """Remove a location that no item stands in."""
    key = location.pk
    try:
        Location.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(LOCATION_IN_USE(location=location.name)) from None
    events.record(LocationRemoved(branch=location.branch_id, location=key), by=by)


def _faults_of_branch(branch: Branch) -> list[Reason]:
    reasons = _faults_of_name(branch)
    if branch.pk and branch.parent_id and branch.pk in queries.lineage(branch.parent_id):
        reasons.append(BRANCH_UNDER_ITSELF())
    if branch.code and Branch.objects.filter(code=branch.code).exclude(pk=branch.pk).exists():
        reasons.append(CODE_TAKEN(code=branch.code))
    if branch.time_zone not in available_timezones():
        reasons.append(TIME_ZONE_UNKNOWN(zone=branch.time_zone))
    return reasons


def _faults_of_location(location: Location) -> list[Reason]:
    reasons = _faults_of_name(location)
    others = Location.objects.filter(branch=location.branch_id, code=location.code).exclude(pk=location.pk)
    if location.code and others.exists():
        reasons.append(CODE_TAKEN(code=location.code))
    return reasons


def _faults_of_name(row: Branch | Location) -> list[Reason]:
    return [*([] if row.name else [NAME_EMPTY()]), *([] if row.code else [CODE_EMPTY()])]


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
