"""Forgetting who came, once nobody needs to know: where a person was is personal data (UU 27/2022). The figures stay."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock, events, retention
from lumbung.spaces.events import VisitorsForgotten
from lumbung.spaces.models import Visit

TERM = retention.declare(retention.Term("visits", _("Siapa yang berkunjung"), _("tinggal angka"), 30))
BATCH = 1000


def forget_visitors(*, by: events.Actor | None = None) -> int:
    """Forget the members, and the names of the guests, of visits longer ago than they are kept; how many. For the nightly job.

    The name of a group stays: it names a class or a school. It goes in batches, each a transaction of its own.
    """
    forgotten = 0
    while batch := _forget_batch(by=by):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(*, by: events.Actor | None) -> int:
    before = clock.now() - retention.kept_for(TERM)
    known = Q(member__isnull=False) | Q(kind=Visit.Kinds.GUEST) & ~Q(name="")
    keys = list(Visit.objects.filter(known, came_at__lt=before).order_by("came_at").values_list("pk", flat=True)[:BATCH])
    if keys:
        Visit.objects.filter(pk__in=keys, kind=Visit.Kinds.GUEST).update(name="", recorded_by=None)
        Visit.objects.filter(pk__in=keys).update(member=None)
        events.record(VisitorsForgotten(count=len(keys)), by=by)
    return len(keys)
