"""Works that must be handed to the national and the provincial library: lists, counts, what falls due."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from lumbung.digital.models import Deposit, DepositStates, LegalDeposit, LegalDepositStates
from lumbung.kernel import clock
from lumbung.organization.queries import library

AHEAD = timedelta(days=30)
LATE = "late"


def legal_deposits(state: str = "") -> QuerySet[LegalDeposit]:
    """The works with their titles and copies, what falls due first; of one state if it is named, or ``late``."""
    rows = LegalDeposit.objects.select_related("record").defer("record__marc", "record__findable").prefetch_related("copies")
    if state == LATE:
        return rows.filter(state=LegalDepositStates.OPEN, due_on__lt=_today())
    return rows.filter(state=state) if state else rows


def counts() -> dict[str, int]:
    """How many works are in each state, and how many of the open ones are late."""
    told = {each: Count("pk", filter=Q(state=each)) for each in LegalDepositStates.values}
    late = Count("pk", filter=Q(state=LegalDepositStates.OPEN, due_on__lt=_today()))
    return LegalDeposit.objects.aggregate(**told, late=late)


def by_year() -> list[dict[str, Any]]:
    """The report: of the works of each year of publication, how many there are, were sent in time, sent late, received, and excused."""
    sent = LegalDeposit.objects.annotate(year=ExtractYear("published_on"), sent_on=Max("copies__sent_on"))
    rows: dict[int, dict[str, Any]] = {}
    for year, state, day, due in sent.values_list("year", "state", "sent_on", "due_on"):
        row = rows.setdefault(year, {"year": year, "all": 0, "in_time": 0, "too_late": 0, "done": 0, "open": 0, "excused": 0})
        row["all"] += 1
        if state in {LegalDepositStates.SENT, LegalDepositStates.DONE}:
            row["in_time" if day <= due else "too_late"] += 1
        row[state] = row.get(state, 0) + 1
    return [rows[year] for year in sorted(rows, reverse=True)]


def falling_due() -> QuerySet[LegalDeposit]:
    """Open works that fall due within thirty days, or did already."""
    return legal_deposits(LegalDepositStates.OPEN).filter(due_on__lte=_today() + AHEAD)


def proposed() -> QuerySet[Deposit]:
    """Works that were published here in the last year and are not noted yet, the latest first."""
    noted = LegalDeposit.objects.values("record")
    since = clock.now() - timedelta(days=365)
    published = Deposit.objects.filter(state=DepositStates.PUBLISHED, published_at__gte=since, record__isnull=False)
    return (
        published.exclude(record__in=noted)
        .select_related("record")
        .defer("record__marc", "record__findable")
        .order_by(F("published_at").desc())
    )


def _today() -> date:
    return clock.today(library().zone)
