"""What others may ask about signals, feeds and incidents."""

from typing import Any

from django.db.models import QuerySet

from lumbung.kernel.permissions import may
from lumbung.knowledge.models import Incident, Signal
from lumbung.knowledge.permissions import ENTER


def signals_visible_to(viewer: Any) -> QuerySet[Signal]:
    """Every signal, to the staff, the newest first."""
    rows = Signal.objects.select_related("feed")
    return rows if may(viewer, ENTER) else rows.none()


def incidents_visible_to(viewer: Any) -> QuerySet[Incident]:
    """Every incident, to the staff, the newest first."""
    rows = Incident.objects.select_related("reported_by")
    return rows if may(viewer, ENTER) else rows.none()
