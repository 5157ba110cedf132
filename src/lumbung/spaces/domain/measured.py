"""What is counted of people who come in."""

from datetime import datetime

from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from lumbung.organization.domain.measures import Measure
from lumbung.spaces.models import Visit


def visitors(first: datetime, last: datetime) -> int:
    rows = Visit.objects.filter(came_at__gte=first, came_at__lt=last)
    return rows.aggregate(people=Sum("people"))["people"] or 0


def last_visitor(until: datetime) -> datetime | None:
    came: datetime | None = Visit.objects.filter(came_at__lt=until).aggregate(last=Max("came_at"))["last"]
    return came


MEASURE = Measure("spaces.visits", _("Pengunjung"), visitors, last_visitor)
