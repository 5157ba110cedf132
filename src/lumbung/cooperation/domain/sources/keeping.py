"""The repositories we harvest: add, change, take back, remove."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from lumbung.cooperation.domain.sources.taking import take_away
from lumbung.cooperation.events import SourceAdded, SourceChanged, SourceRemoved, SourceUndone
from lumbung.cooperation.models import Source, SourceRecord, SourceTrouble
from lumbung.cooperation.refusals import SOURCE_ADDRESS_WRONG, SOURCE_HAS_RECORDS, SOURCE_NAME_EMPTY, SOURCE_NAME_TAKEN
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = ("name", "address", "prefix", "set_name", "switched_on")
ANEW = {"address", "prefix", "set_name"}
STRETCH = 100


@transaction.atomic
def add_source(*, by: events.Actor | None, **given: Any) -> Source:
    """Add a repository to harvest. Refuses a name that is empty or taken, and what is no web address."""
    source = Source()
    set_changed(source, given, allowed=FIELDS)
    _refuse(source)
    source.save(force_insert=True)
    events.record(SourceAdded(source=source.pk), by=by)
    return source


@transaction.atomic
def change_source(source: Source, *, by: events.Actor | None, **changes: Any) -> Source:
    """Change it; refuses as ``add_source`` does. With another address, form or set all of it is harvested anew."""
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    changed = set_changed(source, changes, allowed=FIELDS)
    _refuse(source)
    if ANEW & set(changed):
        source.since = source.token = source.began = ""
    if changed:
        source.save()
        events.record(SourceChanged(source=source.pk, fields=changed), by=by)
    return source


def undo_source(source: Source, *, by: events.Actor | None) -> tuple[int, int]:
    """Take out of the catalogue all that came from the source; how many went, and how many stayed.

    What was changed here since, has copies or is in use stays, and is ours from then on. The source is switched off; harvested again, all
    of it comes anew. A stretch at a time; asked again, it goes on.
    """
    Source.objects.filter(pk=source.pk).update(switched_on=False, since="", token="", began="")
    gone = stayed = 0
    while rows := list(SourceRecord.objects.filter(source=source).order_by("pk")[:STRETCH]):
        with transaction.atomic():
            for row in rows:
                went = row.record is None or take_away(row, by=by)
                gone, stayed = gone + (went and row.record is not None), stayed + (not went)
            SourceRecord.objects.filter(pk__in=[row.pk for row in rows]).delete()
            SourceTrouble.objects.filter(source=source).delete()
    with transaction.atomic():
        events.record(SourceUndone(source=source.pk, gone=gone, stayed=stayed), by=by)
    return gone, stayed


@transaction.atomic
def remove_source(source: Source, *, by: events.Actor | None) -> None:
    """Remove a source of which nothing is in the catalogue; refuses while something is."""
    if count := SourceRecord.objects.filter(source=source, record__isnull=False).count():
        raise Refused(SOURCE_HAS_RECORDS(count=count))
    key = source.pk
    SourceRecord.objects.filter(source=source).delete()
    Source.objects.filter(pk=key).delete()
    events.record(SourceRemoved(source=key), by=by)


def _refuse(source: Source) -> None:
    reasons: list[Reason] = []
    if not source.name:
        reasons.append(SOURCE_NAME_EMPTY())
    elif Source.objects.filter(name__iexact=source.name).exclude(pk=source.pk).exists():
        reasons.append(SOURCE_NAME_TAKEN(name=source.name))
    parts = urlsplit(source.address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        reasons.append(SOURCE_ADDRESS_WRONG(address=source.address))
    if reasons:
        raise Refused(reasons)
