"""Forgetting who asked for which title, once nobody needs to know: what a person wants to read is personal data (UU 27/2022).

The request stays with its title, what was decided and what became of it, without the person and without words about them.
"""

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from lumbung.acquisitions.events import (
    AskersForgotten,
    PurchaseRequestAccepted,
    PurchaseRequestDeclined,
    PurchaseRequested,
    PurchaseRequestReopened,
    PurchaseRequestWithdrawn,
)
from lumbung.acquisitions.models import NewCopy, OrderLine, PurchaseRequest
from lumbung.kernel import clock, events, retention
from lumbung.kernel.models import JournalEntry

TERM = retention.declare(
    retention.Term(
        "purchase_requests", _("Siapa yang mengusulkan judul"), _("tinggal judulnya, kecuali anggota menyimpan riwayatnya"), 30
    )
)
BATCH = 200
NO_WORDS = "–"
_OF_REQUESTS = [
    each.__name__
    for each in (
        PurchaseRequested,
        PurchaseRequestAccepted,
        PurchaseRequestDeclined,
        PurchaseRequestReopened,
        PurchaseRequestWithdrawn,
    )
]
States = PurchaseRequest.States


def forget_purchase_askers(*, by: events.Actor | None = None) -> int:
    """Forget who asked for what was declined or withdrawn, stands on the shelf, or was cancelled and not ordered again, longer ago than
    it is kept; how many requests. Members who keep a history keep it. For the nightly job, in batches, each a transaction of its own."""
    forgotten = 0
    while batch := _forget_batch(by):
        forgotten += batch
    return forgotten


@transaction.atomic
def forget_who_asked(requests: QuerySet[PurchaseRequest]) -> int:
    """These requests are nobody's, without their reasons and the words of the decision, and the journal tells no more whose they were;
    how many."""
    rows = {key: (noted_by, user) for key, noted_by, user in requests.values_list("pk", "noted_by", "member__user")}
    entries = JournalEntry.objects.filter(name__in=_OF_REQUESTS, data__purchase_request__in=list(rows))
    events.forget(((entry, _who(entry, *rows[entry.data["purchase_request"]])) for entry in entries), "member")
    reason = Case(When(state=States.DECLINED, then=Value(NO_WORDS)), default=Value(""))
    PurchaseRequest.objects.filter(pk__in=rows).update(member=None, why="", pickup_branch=None, reason=reason)
    return len(rows)


@transaction.atomic
def _forget_batch(by: events.Actor | None) -> int:
    known = PurchaseRequest.objects.filter(_is_over(), member__isnull=False, member__keeps_history=False)
    keys = list(known.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys:
        forget_who_asked(PurchaseRequest.objects.filter(pk__in=keys))
        events.record(AskersForgotten(count=len(keys)), by=by)
    return len(keys)


def _is_over() -> Q:
    """Declined or withdrawn before; or accepted before, ordered, and before that day all of it was on the shelf or cancelled."""
    before = clock.now() - retention.kept_for(TERM)
    lines = OrderLine.objects.filter(request=OuterRef("pk"))
    awaited = lines.filter(Q(copies__gt=F("received") + F("dropped")) | Q(order__ended_at__gte=before))
    copies = NewCopy.objects.filter(receipt__line__request=OuterRef("pk"))
    on_their_way = copies.filter(Q(shelved_at=None) | Q(shelved_at__gte=before))
    ordered = Q(Exists(lines)) & ~Q(Exists(awaited)) & ~Q(Exists(on_their_way))
    return Q(decided_at__lt=before) & (Q(state__in=[States.DECLINED, States.WITHDRAWN]) | Q(state=States.ACCEPTED) & ordered)


def _who(entry: JournalEntry, noted_by: int | None, user: int | None) -> int | None:
    """The user of who asked. Who asked without a colleague, or withdrew it, acted themselves, be it under a registration merged since."""
    asked_alone = entry.name == PurchaseRequested.__name__ and noted_by is None
    return entry.actor_id if asked_alone or entry.name == PurchaseRequestWithdrawn.__name__ else user
