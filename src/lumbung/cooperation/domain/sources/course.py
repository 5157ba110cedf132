"""The course of a harvest. Each page commits its records together with the token after it: one that breaks off goes on there."""

from django.db import transaction
from django.db.models import F

from lumbung.cooperation.domain.sources.asking import Later, identified, listed
from lumbung.cooperation.domain.sources.taking import ADDED, CHANGED, REMOVED, take
from lumbung.cooperation.events import SourceHarvested
from lumbung.cooperation.models import Source
from lumbung.formats.oai_pmh.reading import Listed
from lumbung.kernel import clock, events
from lumbung.kernel.jobs import leases
from lumbung.kernel.outside.failures import Failed, Failures

MOST_PAGES = 200_000
DAY = 10
"""Signs of a moment that tell its day."""


def harvest_every_night() -> int:
    """Harvest the sources that are switched on and may be asked now, one after the other; returns how many."""
    ready = Source.objects.filter(switched_on=True).exclude(not_before__gt=clock.now())
    keys = list(ready.values_list("pk", flat=True))
    for key in keys:
        harvest(key)
    return len(keys)


def harvest(key: int) -> Source | None:
    """Bring in what is new, changed or gone at the source since the last time, or go on where a harvest broke off.

    None when another process is at it. Whatever goes wrong is written on the source; what came in before stays.
    """
    holder = leases.new_holder()
    if not leases.take(f"harvest:{key}", holder):
        return None
    try:
        source = Source.objects.get(pk=key)
        try:
            _harvest(source, holder)
        except Failed as failed:
            _note(source, failure=failed.failure.value, failure_detail=failed.detail)
        except Later as later:
            _note(source, failure=Failures.DECLINED.value, failure_detail="Retry-After", not_before=later.at)
    finally:
        leases.give_up(holder, f"harvest:{key}")
    return Source.objects.get(pk=key)


def _harvest(source: Source, holder: str) -> None:
    Source.objects.filter(pk=source.pk).update(tried_at=clock.now(), failure="", failure_detail="", not_before=None)
    if not source.token:
        told = identified(source)
        source.began = told.response_date[: DAY if len(told.granularity) == DAY else 20]
    for _ in range(MOST_PAGES):
        asked_with = source.token
        page = listed(source, since=source.since, token=asked_with)
        if _is_over(source, page, asked_with):
            continue
        _bring_in(source, page)
        leases.take(f"harvest:{source.pk}", holder)
        if not page.token:
            return
        if page.token == asked_with:
            raise Failed(Failures.NONSENSE, "the same token again")
    raise Failed(Failures.TOO_LARGE, "no end")


def _is_over(source: Source, page: Listed, asked_with: str) -> bool:
    """Whether the page is an error after which the harvest begins anew; raises Failed for those that end it."""
    codes = {code for code, _ in page.errors}
    if not codes or codes == {"noRecordsMatch"}:
        return False
    if "badResumptionToken" in codes and asked_with:
        source.token = ""  # run out over there: from the last whole harvest on
        return True
    raise Failed(Failures.DECLINED, "; ".join(f"{code} {text}" for code, text in page.errors))


@transaction.atomic
def _bring_in(source: Source, page: Listed) -> None:
    became = [take(each, source) for each in page.records]
    counts = {name: became.count(name) for name in (ADDED, CHANGED, REMOVED)}
    source.token = page.token
    told = {"token": page.token, "began": source.began, **{name: F(name) + count for name, count in counts.items()}}
    if not page.token:
        source.since = source.began
        told |= {"since": source.began, "finished_at": clock.now()}
    Source.objects.filter(pk=source.pk).update(**told)
    if any(counts.values()) or not page.token:
        events.record(SourceHarvested(source=source.pk, is_finished=not page.token, **counts), by=None)


def _note(source: Source, **told: object) -> None:
    Source.objects.filter(pk=source.pk).update(**told)
