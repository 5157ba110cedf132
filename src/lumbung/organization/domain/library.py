"""The library's own particulars: name, parent institution, contact, time zone."""

from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries
from lumbung.organization.events import LibraryChanged
from lumbung.organization.models import Library
from lumbung.organization.refusals import ALREADY_SET_UP, EMAIL_UNREADABLE, NAME_EMPTY, TIME_ZONE_UNKNOWN

FIELDS = frozenset(field.name for field in Library._meta.concrete_fields) - {"id"}


@refuse_when_broken(there_is_one_library=ALREADY_SET_UP)
@transaction.atomic
def set_up(*, name: str, by: events.Actor | None, **particulars: str) -> Library:
    """Give this installation its library. Refuses when there is one already, and every particular that is wrong."""
    library = Library(pk=1, name=name.strip(), **_known(particulars))
    reasons = _faults(library)
    if Library.objects.exists():
        reasons.append(ALREADY_SET_UP())
    if reasons:
        raise Refused(reasons)
    library.save(force_insert=True)
    queries.library.changed()
    events.record(LibraryChanged(fields=sorted({"name", *particulars})), by=by)
    return library


@transaction.atomic
def change_library(*, by: events.Actor | None, **changes: str) -> Library:
    """Change the named particulars. Refuses each one that is wrong."""
    library = Library.objects.select_for_update().get()
    changed = set_changed(library, changes, allowed=FIELDS)
    if reasons := _faults(library):
        raise Refused(reasons)
    if changed:
        library.save(update_fields=changed)
        queries.library.changed()
        events.record(LibraryChanged(fields=changed), by=by)
    return library


def _known(particulars: dict[str, Any]) -> dict[str, Any]:
    if unknown := particulars.keys() - FIELDS:
        raise TypeError(f"a library has no {', '.join(sorted(unknown))}")
    return particulars


def _faults(library: Library) -> list[Reason]:
    reasons = []
    if not library.name:
        reasons.append(NAME_EMPTY())
    if library.time_zone not in available_timezones():
        reasons.append(TIME_ZONE_UNKNOWN(zone=library.time_zone))
    if library.email and not is_email(library.email):
        reasons.append(EMAIL_UNREADABLE(email=library.email))
    return reasons
