"""The repositories we harvest, and what came from them."""

from collections.abc import Collection

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lumbung.cooperation.models import Source, SourceRecord, SourceTrouble


def sources() -> QuerySet[Source]:
    """Every source, by name, with how many records of it are here and how many could not come in."""
    troubles = (
        SourceTrouble.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk")).values("n")
    )
    here = Count("records", filter=Q(records__record__isnull=False, records__deleted=False))
    return Source.objects.annotate(here=here, troubled=Coalesce(Subquery(troubles), 0))


def troubles_of(source: Source) -> QuerySet[SourceTrouble]:
    """What of the source could not come in, the latest first."""
    return SourceTrouble.objects.filter(source=source)


def gathered(keys: Collection[int]) -> set[int]:
    """Those of these records that came from a source: they are its own to hand on."""
    return {
        key
        for key in SourceRecord.objects.filter(record__in=keys, deleted=False).values_list("record", flat=True)
        if key is not None
    }
