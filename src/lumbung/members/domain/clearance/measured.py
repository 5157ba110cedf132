"""What is counted of clearance letters (bebas pustaka), and how long it takes from asking to the letter."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.members.models import ClearanceApplication
from lumbung.organization.domain.measures import Measure, Span, happened, happened_last


def applications(first: datetime, last: datetime) -> int:
    return happened("ClearanceApplied", first, last)


def issued(first: datetime, last: datetime) -> Iterator[Span]:
    """From the application to the letter, of those that were issued."""
    done = ClearanceApplication.objects.filter(state="issued", closed_at__gte=first, closed_at__lt=last)
    for branch, began, ended in done.order_by().values_list("member__branch", "applied_at", "closed_at"):
        if ended is not None:
            yield Span(branch, began, ended)


MEASURE = Measure(
    "members.clearance",
    _("Bebas pustaka, sampai surat terbit"),
    applications,
    lambda until: happened_last("ClearanceApplied", until),
    issued,
)
