"""Who harvests us, what they asked, and how far they came: written at the beginning and the end of a harvest and seldom between."""

from datetime import timedelta

from django.db import OperationalError, transaction

from lumbung.cooperation.events import HarvestBegan
from lumbung.cooperation.models import HarvestVisit
from lumbung.kernel import clock, events

REMEMBERED = timedelta(days=90)
MOST_REMEMBERED = 2000


def begin_visit(*, verb: str, prefix: str, question: str, agent: str, address: str | None, expected: int, sent: int, left_out: int,
                is_finished: bool) -> int:  # fmt: skip
    """Note that a harvest began; its key, or 0 while nothing can be written: nobody is refused records for that."""
    now = clock.now()
    try:
        with transaction.atomic():
            visit = HarvestVisit.objects.create(
                began_at=now,
                seen_at=now,
                verb=verb,
                prefix=prefix,
                question=question[:300],
                agent=agent[:200],
                address=address,
                expected=expected,
                sent=sent,
                left_out=left_out,
                is_finished=is_finished,
            )
            events.record(HarvestBegan(visit=visit.pk), by=None)
    except OperationalError:
        return 0
    return visit.pk


def note_visit(visit: int, *, sent: int, left_out: int, is_finished: bool) -> None:
    """Note how far a harvest came."""
    try:
        with transaction.atomic():
            HarvestVisit.objects.filter(pk=visit).update(
                seen_at=clock.now(), sent=sent, left_out=left_out, is_finished=is_finished
            )
    except OperationalError:
        return


def forget_visits() -> int:
    """Forget harvests after ninety days, and all but the last two thousand; returns how many."""
    old = HarvestVisit.objects.filter(seen_at__lt=clock.now() - REMEMBERED)
    last = HarvestVisit.objects.order_by("-pk").values_list("pk", flat=True)[MOST_REMEMBERED : MOST_REMEMBERED + 1].first()
    forgotten, _ = old.delete()
    if last is not None:
        forgotten += HarvestVisit.objects.filter(pk__lte=last).delete()[0]
    return forgotten
