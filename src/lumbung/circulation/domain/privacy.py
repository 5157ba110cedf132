"""Forgetting who borrowed and who waited, once nobody needs to know: a person's reading is personal data (UU 27/2022).

The last borrower is kept for a while after the return, because damage is often found only when the book is next opened. After that
loan and hold stay for statistics, with the category of the member and without the member, unless the member keeps a history.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lumbung.circulation.events import (
    BorrowersForgotten,
    CheckedIn,
    CheckedOut,
    HoldCancelled,
    HoldExpired,
    HoldFilled,
    HoldPlaced,
    HoldReady,
    HoldSentOn,
    Renewed,
)
from lumbung.circulation.models import Hold, Loan
from lumbung.kernel import clock, events
from lumbung.kernel.models import JournalEntry

DAYS_UNTIL_FORGOTTEN = 30
BATCH = 200

_OF_LOANS = [event.__name__ for event in (CheckedOut, Renewed, CheckedIn)]
_OF_HOLDS = [event.__name__ for event in (HoldPlaced, HoldReady, HoldSentOn, HoldCancelled, HoldExpired, HoldFilled)]


def forget_borrowers(*, by: events.Actor | None = None) -> int:
    """Forget the members of loans returned, and of holds closed, more than 30 days ago; how many. For the nightly job.

    The journal forgets with them. It goes in batches, each a transaction of its own, and can be stopped at any point.
    """
    before, forgotten = clock.now() - timedelta(days=DAYS_UNTIL_FORGOTTEN), 0
    while batch := _forget_batch(before, by=by):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(before: datetime, *, by: events.Actor | None) -> int:
    returned = Loan.objects.filter(returned_at__lt=before, member__isnull=False, member__keeps_history=False)
    loans = list(returned.order_by("returned_at", "id").values_list("pk", "item")[:BATCH])
    closed = Hold.objects.filter(closed_at__lt=before, member__isnull=False, member__keeps_history=False)
    holds = list(closed.order_by("closed_at", "id").values_list("pk", "record")[:BATCH])
    if not loans and not holds:
        return 0
    of_loans = JournalEntry.objects.filter(name__in=_OF_LOANS, data__item__in={item for _, item in loans})
    of_holds = JournalEntry.objects.filter(name__in=_OF_HOLDS, data__record__in={record for _, record in holds})
    _forget_in_journal(of_loans, "loan", {pk for pk, _ in loans})
    _forget_in_journal(of_holds, "hold", {pk for pk, _ in holds})
    Loan.objects.filter(pk__in=[pk for pk, _ in loans]).update(member=None)
    Hold.objects.filter(pk__in=[pk for pk, _ in holds]).update(member=None)
    events.record(BorrowersForgotten(loans=len(loans), holds=len(holds)), by=by)
    return len(loans) + len(holds)


def _forget_in_journal(entries: QuerySet[JournalEntry], field: str, keys: Collection[int]) -> None:
    """Of the entries about these items or titles, those about these loans or holds forget the member."""
    events.forget((entry for entry in entries if entry.data[field] in keys), "member")
