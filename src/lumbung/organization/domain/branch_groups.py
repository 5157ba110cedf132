"""Groups of branches: a named set of branches from anywhere in the tree, for rules to name."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.kernel import events
from lumbung.kernel.changes import locked, reasons_of_those_gone, set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries
from lumbung.organization.events import BranchGroupAdded, BranchGroupChanged, BranchGroupRemoved
from lumbung.organization.models import Branch, BranchGroup
from lumbung.organization.refusals import (
    BRANCH_GONE,
    GROUP_EMPTY,
    GROUP_GONE,
    GROUP_IN_USE,
    GROUP_NAME_TAKEN,
    GROUP_STALE,
    NAME_EMPTY,
)


@refuse_when_broken(one_group_of_branches_of_a_name=GROUP_NAME_TAKEN)
@transaction.atomic
def add_branch_group(*, name: str, branches: Collection[Branch], by: events.Actor | None) -> BranchGroup:
    """Put branches under one name. Refuses an empty name, one in use, and a group without branches."""
    group = BranchGroup(name=" ".join(name.split()))
    _refuse(group, branches)
    group.save(force_insert=True)
    group.branches.set(branches)
    queries.branch_groups.changed()
    events.record(BranchGroupAdded(branch_group=group.pk), by=by)
    return group


@refuse_when_broken(one_group_of_branches_of_a_name=GROUP_NAME_TAKEN)
@transaction.atomic
def change_branch_group(
    group: BranchGroup, *, name: str, branches: Collection[Branch], version: int, by: events.Actor | None
) -> BranchGroup:
    """Rename a group, or say anew which branches are in it: rules that name it follow at once. Refuses as ``add_branch_group`` does, when
    the group is gone, and when it is no longer the ``version`` that was looked at."""
    group = locked(group, gone=GROUP_GONE)
    if group.version != version:
        raise Refused(GROUP_STALE())
    changed = set_changed(group, {"name": " ".join(name.split())}, allowed=("name",))
    regrouped = ["branches"] if set(branches) != set(group.branches.all()) else []
    if changed or regrouped:
        _refuse(group, branches)
        group.version += 1
        group.save(update_fields=[*changed, "version"])
        group.branches.set(branches)
        queries.branch_groups.changed()
        events.record(BranchGroupChanged(branch_group=group.pk, fields=sorted([*changed, *regrouped])), by=by)
    return group


@transaction.atomic
def remove_branch_group(group: BranchGroup, *, by: events.Actor | None) -> None:
    """Remove a group that no rule names any more. The branches stay."""
    key = group.pk
    try:
        locked(group, gone=GROUP_GONE).delete()
    except ProtectedError:
        raise Refused(GROUP_IN_USE(group=group.name)) from None
    queries.branch_groups.changed()
    events.record(BranchGroupRemoved(branch_group=key), by=by)


def _refuse(group: BranchGroup, branches: Collection[Branch]) -> None:
    reasons: list[Reason] = [] if group.name else [NAME_EMPTY()]
    if BranchGroup.objects.filter(name=group.name).exclude(pk=group.pk).exists():
        reasons.append(GROUP_NAME_TAKEN())
    if not branches:
        reasons.append(GROUP_EMPTY())
    reasons += reasons_of_those_gone(branches, gone=BRANCH_GONE)
    if reasons:
        raise Refused(reasons)
