"""What readers looked for and the library does not have: counted, looked at by librarians, forgotten in time."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lumbung.discovery.domain.numbers_in_searches import may_be_kept
from lumbung.discovery.events import UnmetNeedDismissed, UnmetNeedsForgotten
from lumbung.discovery.models import UnmetNeed
from lumbung.discovery.models.unmet_need import LONGEST
from lumbung.kernel import clock, events
from lumbung.search.analysis import analyse

MOST_A_DAY = 2_000
KEPT_DAYS = 400


def key_of(words: str) -> str:
    """The same for the same words in any order, case and spelling of marks. Empty for what may not be kept, or says nothing."""
    return " ".join(sorted(set(analyse(words).folded)))[:LONGEST] if may_be_kept(words) else ""


@transaction.atomic
def count_unmet_need(words: str) -> None:
    """Count one search that the library had no answer to, unless it may hold a person's number; of different ones, MOST_A_DAY at most."""
    key, now = key_of(words), clock.now()
    if not key:
        return
    today = UnmetNeed.objects.filter(day=timezone.localdate(now))
    counted = {"count": F("count") + 1, "words": words[:LONGEST], "last_at": now, "dismissed": False}
    if today.filter(key=key).update(**counted) or today.count() >= MOST_A_DAY:
        return
    _, is_new = UnmetNeed.objects.get_or_create(
        day=timezone.localdate(now), key=key, defaults={"words": words[:LONGEST], "last_at": now}
    )
    if not is_new:
        today.filter(key=key).update(**counted)


@transaction.atomic
def dismiss_unmet_need(key: str, *, by: events.Actor | None) -> None:
    """Set a need aside until it is asked for again."""
    open_days = UnmetNeed.objects.filter(key=key, dismissed=False)
    latest = open_days.order_by("-day").values_list("pk", flat=True).first()
    if latest is not None:
        open_days.update(dismissed=True)
        events.record(UnmetNeedDismissed(need=latest), by=by)


@transaction.atomic
def forget_unmet_needs() -> None:
    """Forget what was counted more than KEPT_DAYS ago, and what would not be kept today."""
    oldest = timezone.localdate(clock.now()) - timedelta(days=KEPT_DAYS)
    numbered = UnmetNeed.objects.filter(words__regex=r"\d|@").values_list("pk", "words").iterator()
    not_to_keep = [key for key, words in numbered if not may_be_kept(words)]
    forgotten, _ = UnmetNeed.objects.filter(Q(day__lt=oldest) | Q(pk__in=not_to_keep)).delete()
    if forgotten:
        events.record(UnmetNeedsForgotten(count=forgotten), by=None)
