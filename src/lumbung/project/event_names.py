"""What the things are called that the events of the journal name by their keys: asked when it is read, so that the journal keeps nobody's
name."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.circulation.models import Hold, Terminal
from lumbung.kernel.journal import NamesOf
from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch, Location


def _named(things: QuerySet[Any]) -> NamesOf:
    """These things by their names."""

    def names(keys: Collection[int]) -> Mapping[int, str]:
        return {each.pk: str(each) for each in things.filter(pk__in=keys)}

    return names


def _volumes(holds: Collection[int]) -> Mapping[int, str]:
    """Holds by the volume that they wait for."""
    return {each.pk: each.volume_label for each in Hold.objects.filter(pk__in=holds).select_related("item", "wanted_item")}


_members, _users = _named(Member.objects.all()), _named(User.objects.all())

NAMES: dict[str, NamesOf] = {
    "record": _named(Record.objects.defer("marc", "findable")),
    "item": _named(Item.objects.all()),
    "member": _members,
    "other_member": _members,
    "hold": _volumes,
    "branch": _named(Branch.objects.all()),
    "location": _named(Location.objects.all()),
    "item_type": _named(ItemType.objects.all()),
    "category": _named(Category.objects.all()),
    "terminal": _named(Terminal.objects.all()),
    "user": _users,
    "assignee": _users,
}
