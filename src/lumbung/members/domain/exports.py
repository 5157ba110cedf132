"""Lists of members that leave the house: as little of each as a list needs, and the journal keeps who took it."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import events
from lumbung.members.events import MembersExported
from lumbung.members.models import Member

EXPORTED = {
    "barcode": _("nomor kartu"),
    "name": _("nama"),
    "category__name": _("kategori"),
    "unit": _("fakultas atau program studi"),
    "branch__name": _("cabang asal"),
    "joined_on": _("anggota sejak"),
    "expires_on": _("anggota sampai"),
}
"""Column → its heading. Addresses, telephone numbers and notes stay in the house."""


@transaction.atomic
def export_members(members: "QuerySet[Member]", *, by: events.Actor) -> Iterator[tuple[object, ...]]:
    """The rows of ``EXPORTED`` for these members."""
    events.record(MembersExported(count=members.count()), by=by)
    return members.values_list(*EXPORTED).iterator(chunk_size=500)
