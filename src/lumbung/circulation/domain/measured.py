"""What circulation counts of the services of the library, and how long people wait for what they held."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import Hold
from lumbung.kernel.models import JournalEntry
from lumbung.organization.domain.measures import Measure, Span, happened, happened_last

MOST_LOOKED_AT = 5000


def loans(first: datetime, last: datetime) -> int:
    return happened("CheckedOut", first, last)


def renewals(first: datetime, last: datetime) -> int:
    return happened("Renewed", first, last)


def holds(first: datetime, last: datetime) -> int:
    return happened("HoldPlaced", first, last)


def made_ready(first: datetime, last: datetime) -> Iterator[Span]:
    """From when a title was held until its copy stood on the pick-up shelf; where it did so twice, until the first time. The latest, where
    there are very many."""
    entries = JournalEntry.objects.filter(name="HoldReady", at__gte=first, at__lt=last).order_by("-at", "-pk")[:MOST_LOOKED_AT]
    ready = {entry.data["hold"]: entry.at for entry in entries}
    for hold in Hold.objects.filter(pk__in=ready):
        yield Span(hold.pickup_branch_id, hold.placed_at, ready[hold.pk])


MEASURES = (
    Measure("circulation.loans", _("Peminjaman"), loans, lambda until: happened_last("CheckedOut", until)),
    Measure("circulation.renewals", _("Perpanjangan"), renewals, lambda until: happened_last("Renewed", until)),
    Measure(
        "circulation.holds",
        _("Pesanan, sampai siap di rak ambil"),
        holds,
        lambda until: happened_last("HoldPlaced", until),
        made_ready,
    ),
)
