"""Which formats are kept, how many contents of each, and how far their identification got."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from lumbung.digital.models import KeptContent, KeptFormat, Risks


@dataclass(frozen=True)
class Progress:
    """``waiting`` are to be identified now or anew, ``unknown`` are in no format that PRONOM knows."""

    count: int
    waiting: int
    unknown: int

    @property
    def done(self) -> int:
        return self.count - self.waiting


def progress() -> Progress:
    """How far the identification of all contents got."""
    facts = KeptContent.objects.aggregate(
        count=Count("pk"),
        waiting=Count("pk", filter=Q(identify_due=True)),
        unknown=Count("pk", filter=UNKNOWN),
    )
    return Progress(**facts)


def kept_formats(risk: str = "") -> QuerySet[KeptFormat]:
    """The formats that are kept, those most at risk first, with ``count`` and ``size`` of their contents; of one risk if it is named."""
    rows = KeptFormat.objects.filter(risk=risk) if risk else KeptFormat.objects.all()
    order = Case(When(risk=Risks.HIGH, then=0), When(risk=Risks.WATCH, then=1), default=2)
    counted = rows.annotate(count=Count("contents"), size=Sum("contents__size", default=0)).filter(count__gt=0)
    return counted.order_by(order, F("count").desc(), "puid")


def register() -> Iterator[tuple[Any, ...]]:
    """The register of risks, a format at a time: PUID, name, version, count, size, risk, reason, plan, when it was judged."""
    told: Any = kept_formats()
    return iter(told.values_list("puid", "name", "version", "count", "size", "risk", "reason", "plan", "judged_at"))


def unknown_contents() -> QuerySet[KeptContent]:
    """The contents of which nobody can tell the format."""
    return KeptContent.objects.filter(UNKNOWN)


UNKNOWN = Q(format=None, identified_at__isnull=False)
