"""Places of files that only so many may read at once: taken with the first page, kept while pages are opened, first come first."""

from datetime import datetime, timedelta

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.digital.models import File, Sitting
from lumbung.digital.models.sitting import READS_FOR
from lumbung.digital.queries.sittings import LATEST_JUDGED
from lumbung.kernel import clock, events

SPARING = timedelta(minutes=1)
"""That somebody is still there is written down no oftener than this."""


def sit_down(file: File, reader: User) -> Sitting:
    """The reader's place at the file: the one they have, else a free one when nobody waits before them, else (without ``place``) a
    place in the queue. Each page that is opened asks this; only the first writes more than the time.

    Whoever opens nothing for ten minutes has left.
    """
    now = clock.now()
    own = Sitting.objects.open(now).filter(file=file, reader=reader, place__isnull=False).first()
    if own is not None and (now - own.seen_at < SPARING or _still_there(own, now)):
        return own
    return _seated(file, reader, now)


@transaction.atomic
def stand_up(file: File, reader: User) -> None:
    """The reader has read enough, or waits no longer: the place is free at once. Who has none is none the worse."""
    _locked(file)
    _end(list(Sitting.objects.filter(file=file, reader=reader, ended_at__isnull=True)), clock.now())


def end_sittings(*, by: events.Actor | None = None) -> int:
    """Forget the readers of files that nobody opened since they left; how many. Nightly."""
    ended = 0
    for file in File.objects.filter(sittings__ended_at__isnull=True, sittings__isnull=False).distinct():
        with transaction.atomic():
            _locked(file)
            now = clock.now()
            there = Sitting.objects.open(now).filter(file=file).values("pk")
            gone = list(Sitting.objects.filter(file=file, ended_at__isnull=True).exclude(pk__in=there))
            _end(gone, now)
            ended += len(gone)
    return ended


def _still_there(own: Sitting, now: datetime) -> bool:
    return bool(Sitting.objects.filter(pk=own.pk, ended_at__isnull=True).update(seen_at=now))


@transaction.atomic
def _seated(file: File, reader: User, now: datetime) -> Sitting:
    file = _locked(file)
    there = list(Sitting.objects.open(now).filter(file=file))
    gone = Sitting.objects.filter(file=file, ended_at__isnull=True).exclude(pk__in=[each.pk for each in there])
    _end(list(gone), now)
    own = next((each for each in there if each.reader_id == reader.pk), None) or Sitting(file=file, reader=reader, since=now)
    if own.place is None:
        taken = {each.place for each in there if each.place is not None}
        free = [place for place in range(1, (file.at_once or 0) + 1) if place not in taken]
        before = [each for each in there if each.place is None and _came_before(each, own)]
        if len(free) > len(before):
            own.place, own.since = free[0], now
    own.seen_at = now
    own.save()
    return own


def _came_before(other: Sitting, own: Sitting) -> bool:
    """Of two who came in the same moment, one is first: else each would wait for the other."""
    return own.pk is None or (other.since, other.pk) < (own.since, own.pk)


def _end(sittings: list[Sitting], now: datetime) -> None:
    """Who read is forgotten at once; how long is kept of the latest, for estimates."""
    for each in sittings:
        if each.place is None:
            each.delete()
            continue
        each.reader, each.ended_at = None, min(now, each.seen_at + READS_FOR)
        each.save(update_fields=["reader", "ended_at"])
    for file in {each.file_id for each in sittings}:
        ended = Sitting.objects.filter(file=file, ended_at__isnull=False).order_by("-ended_at", "-pk")
        Sitting.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[LATEST_JUDGED:])).delete()


def _locked(file: File) -> File:
    """Those who sit down at one file take turns."""
    return File.objects.select_for_update(no_key=True).get(pk=file.pk)
