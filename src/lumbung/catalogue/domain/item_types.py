"""Kinds of items: what a library lends, and what it keeps for reading in the house."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext

from lumbung.catalogue.events import ItemTypeAdded, ItemTypeChanged, ItemTypeRemoved
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.refusals import ITEM_TYPE_CODE_EMPTY, ITEM_TYPE_CODE_TAKEN, ITEM_TYPE_IN_USE, ITEM_TYPE_NAME_EMPTY
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset({"code", "name", "lendable"})


def default_item_types() -> list[tuple[str, str, bool]]:
    """Code, name, and whether it may be borrowed, of the item types a new library begins with."""
    return [
        ("textbook", gettext("Buku teks"), True),
        ("reading", gettext("Buku bacaan"), True),
        ("reference", gettext("Buku referensi"), False),
        ("dictionary", gettext("Kamus"), False),
        ("encyclopaedia", gettext("Ensiklopedia"), False),
        ("reserve", gettext("Buku tandon"), True),
        ("thesis", gettext("Tugas akhir"), False),
        ("serial", gettext("Majalah dan jurnal"), False),
        ("audiovisual", gettext("Bahan pandang dengar"), True),
        ("map", gettext("Peta"), False),
    ]


@transaction.atomic
def create_default_item_types(*, by: events.Actor | None) -> list[ItemType]:
    """Add those of the default item types whose code is not there yet; all of the default codes are returned."""
    present = {item_type.code: item_type for item_type in ItemType.objects.all()}
    for code, name, lendable in default_item_types():
        if code not in present:
            present[code] = add_item_type(code=code, name=name, lendable=lendable, by=by)
    return [present[code] for code, *_ in default_item_types()]


@transaction.atomic
def add_item_type(*, code: str, name: str, by: events.Actor | None, lendable: bool = True) -> ItemType:
    """Add an item type. Refuses an empty code or name, and a code in use."""
    item_type = ItemType(code=code.strip(), name=name.strip(), lendable=lendable)
    _refuse(item_type)
    item_type.save(force_insert=True)
    events.record(ItemTypeAdded(item_type=item_type.pk), by=by)
    return item_type


@transaction.atomic
def change_item_type(item_type: ItemType, *, by: events.Actor | None, **changes: Any) -> ItemType:
    """Change the named fields; refuses as ``add_item_type`` does. Loans already made go on."""
    item_type = ItemType.objects.select_for_update().get(pk=item_type.pk)
    if changed := set_changed(item_type, changes, allowed=FIELDS):
        _refuse(item_type)
        item_type.save(update_fields=changed)
        events.record(ItemTypeChanged(item_type=item_type.pk, fields=changed), by=by)
    return item_type


@transaction.atomic
def remove_item_type(item_type: ItemType, *, by: events.Actor | None) -> None:
    """Remove an item type that no item and no loan rule has."""
    key = item_type.pk
    try:
        ItemType.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(ITEM_TYPE_IN_USE(item_type=item_type.name)) from None
    events.record(ItemTypeRemoved(item_type=key), by=by)


def _refuse(item_type: ItemType) -> None:
    reasons: list[Reason] = []
    if not item_type.name:
        reasons.append(ITEM_TYPE_NAME_EMPTY())
    if not item_type.code:
        reasons.append(ITEM_TYPE_CODE_EMPTY())
    if ItemType.objects.filter(code=item_type.code).exclude(pk=item_type.pk).exists():
        reasons.append(ITEM_TYPE_CODE_TAKEN(code=item_type.code))
    if reasons:
        raise Refused(reasons)
