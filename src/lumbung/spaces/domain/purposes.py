"""What people come for. A purpose that was counted is never removed: it is only no longer offered."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.spaces.events import VisitPurposeAdded, VisitPurposeChanged
from lumbung.spaces.models import VisitPurpose
from lumbung.spaces.refusals import PURPOSE_NAME_EMPTY, PURPOSE_NAME_TAKEN

FIELDS = frozenset({"name", "position", "is_active"})


def default_purposes() -> list[str]:
    """The purposes a new library begins with."""
    return [
        gettext("Membaca di tempat"),
        gettext("Meminjam atau mengembalikan"),
        gettext("Mengerjakan tugas"),
        gettext("Berdiskusi"),
        gettext("Memakai komputer atau internet"),
        gettext("Bertanya kepada pustakawan"),
        gettext("Lainnya"),
    ]


@transaction.atomic
def create_default_purposes(*, by: events.Actor | None) -> list[VisitPurpose]:
    """Add the default purposes where there is no purpose at all; returns all there are."""
    if not VisitPurpose.objects.exists():
        for position, name in enumerate(default_purposes()):
            add_purpose(name=name, position=position, by=by)
    return list(VisitPurpose.objects.all())


@transaction.atomic
def add_purpose(*, by: events.Actor | None, **fields: Any) -> VisitPurpose:
    """Offer another purpose. Refuses an empty name and one that is there."""
    purpose = VisitPurpose()
    set_changed(purpose, fields, allowed=FIELDS)
    _refuse_faults(purpose)
    purpose.save(force_insert=True)
    events.record(VisitPurposeAdded(purpose=purpose.pk), by=by)
    return purpose


@transaction.atomic
def change_purpose(purpose: VisitPurpose, *, by: events.Actor | None, **fields: Any) -> VisitPurpose:
    """Change what is named. Refuses like ``add_purpose``."""
    purpose = VisitPurpose.objects.select_for_update().get(pk=purpose.pk)
    if changed := set_changed(purpose, fields, allowed=FIELDS):
        _refuse_faults(purpose)
        purpose.save(update_fields=changed)
        events.record(VisitPurposeChanged(purpose=purpose.pk, fields=changed), by=by)
    return purpose


def _refuse_faults(purpose: VisitPurpose) -> None:
    if not purpose.name:
        raise Refused(PURPOSE_NAME_EMPTY())
    if VisitPurpose.objects.filter(name__iexact=purpose.name).exclude(pk=purpose.pk).exists():
        raise Refused(PURPOSE_NAME_TAKEN(name=purpose.name))
