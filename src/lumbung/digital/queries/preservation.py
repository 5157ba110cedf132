"""How what is kept digitally is: for the page of those who look after it, and for the evidence of accreditation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Sum, When

from lumbung.digital.models import Conditions, DepositFile, File, KeptContent
from lumbung.digital.queries.conditions import terms
from lumbung.digital.queries.kept_formats import unknown_contents
from lumbung.digital.queries.preservation_events import OF_CONTENTS
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

SLACK = timedelta(days=2)


@dataclass(frozen=True)
class Summary:
    """``late``: not read within the days that the terms say, with two days' grace. ``uncopied``: not in the second place yet."""

    count: int
    size: int
    sound: int
    new: int
    troubled: int
    late: int
    uncopied: int
    oldest: datetime | None
    latest: datetime | None


def summary(second: str) -> Summary:
    """How all contents are together; ``second`` names the second place, empty where there is none."""
    before = clock.now() - timedelta(days=terms().fixity_days) - SLACK
    missing_copy = ~Q(copied_to=second) if second else Q(pk=None)
    facts = KeptContent.objects.aggregate(
        count=Count("pk"),
        size=Sum("size", default=0),
        sound=Count("pk", filter=Q(condition=Conditions.SOUND)),
        new=Count("pk", filter=Q(condition=Conditions.NEW)),
        troubled=Count("pk", filter=Q(condition__in=[Conditions.DAMAGED, Conditions.MISSING])),
        late=Count("pk", filter=Q(checked_at__lt=before) | Q(checked_at=None, kept_at__lt=before)),
        uncopied=Count("pk", filter=missing_copy),
        oldest=Min("checked_at"),
        latest=Max("checked_at"),
    )
    return Summary(**facts)


def contents(condition: str = "", *, unknown: bool = False) -> QuerySet[KeptContent]:
    """The contents, those in trouble first, then those read longest ago; of one condition if it is named, or of no known format."""
    rows = unknown_contents() if unknown else KeptContent.objects.all()
    rows = rows.filter(condition=condition) if condition else rows
    in_trouble = When(condition__in=[Conditions.DAMAGED, Conditions.MISSING], then=0)
    return rows.order_by(Case(in_trouble, default=1), F("checked_at").asc(nulls_first=True), "pk")


def names_of(shown: list[KeptContent]) -> dict[str, str]:
    """What these contents are called, by hash: the name of the latest file that has each."""
    hashes = [each.sha256 for each in shown]
    names = dict(DepositFile.objects.filter(sha256__in=hashes).order_by("pk").values_list("sha256", "name"))
    return names | dict(File.objects.filter(sha256__in=hashes).order_by("pk").values_list("sha256", "name"))


def history_of(content: KeptContent) -> QuerySet[JournalEntry]:
    """What happened to the content, the latest first."""
    return JournalEntry.objects.filter(content=content.pk, name__in=OF_CONTENTS).order_by("-pk")
