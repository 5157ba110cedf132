"""What a record of a source becomes here: added, changed where nobody changed it meanwhile, taken away where the source did."""

import hashlib
from collections.abc import Callable
from xml.etree.ElementTree import Element, tostring

from django.db import transaction

from lumbung.catalogue.domain.records import add_record, change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.cooperation.models import Source, SourceRecord, SourceTrouble
from lumbung.formats import marc
from lumbung.formats.dublin_core.reading import from_dublin_core
from lumbung.formats.oai_pmh.reading import NotOai, Received, dublin_core_in, marc_in
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

LOCAL = frozenset({"001", "003", "852", *map(str, range(590, 600))})
OWN = "900"
ADDED, CHANGED, REMOVED, SAME, TROUBLED = "added", "changed", "removed", "same", "troubled"


def take(received: Received, source: Source) -> str:
    """Bring in one record; what became of it. What cannot come in is kept as a trouble, and the others go on. Part of a page."""
    try:
        with transaction.atomic():
            became = _take(received, source)
            SourceTrouble.objects.filter(source=source, identifier=received.identifier[:300]).delete()
            return became
    except (NotOai, marc.MalformedRecord, ValueError) as error:
        why = str(error)
    except Refused as refused:
        why = " ".join(map(str, refused.reasons))
    SourceTrouble.objects.update_or_create(
        source=source, identifier=received.identifier[:300], defaults={"why": why[:500], "at": clock.now()}
    )
    return TROUBLED


def _take(received: Received, source: Source) -> str:
    if not received.identifier:
        raise NotOai("a record without an identifier")
    row = SourceRecord.objects.filter(source=source, identifier=received.identifier[:300]).first()
    if received.deleted:
        return _removed(row)
    if received.metadata is None:
        raise NotOai("no metadata")
    digest = hashlib.blake2b(tostring(received.metadata), digest_size=16).hexdigest()
    row = row or SourceRecord(source=source, identifier=received.identifier[:300])
    if row.digest == digest and not row.deleted:
        return SAME
    became = _written(row, _as_marc(received, source))
    row.digest, row.datestamp, row.deleted = digest, received.datestamp[:20], False
    row.save()
    return became


def _written(row: SourceRecord, told: marc.Record) -> str:
    ours = Record.objects.filter(pk=row.record).first() if row.record is not None else None
    if row.record is not None and (ours is None or ours.version != row.version):
        return SAME  # people changed it, merged it or took it out here: that stands
    if ours is None:
        added = add_record(told, by=None)
        row.record, row.version = added.pk, added.version
        return ADDED
    changed = change_record(ours, told, version=ours.version, by=None)
    if changed.suppressed:
        changed = set_suppressed(changed, False, by=None)
    row.version = changed.version
    return CHANGED


def _removed(row: SourceRecord | None) -> str:
    if row is None or row.deleted:
        return SAME
    if row.record is not None and take_away(row, by=None):
        row.record = None
    row.deleted, row.digest = True, ""
    row.save()
    return REMOVED


def take_away(row: SourceRecord, *, by: events.Actor | None) -> bool:
    """Take out of the catalogue what came as this; False when people changed it or it is in use, and it stays. Part of a verb."""
    ours = Record.objects.filter(pk=row.record or 0).first()
    if ours is None:
        return True
    if ours.version != row.version:
        return False
    try:
        remove_record(ours, by=by)
    except Refused:
        return False
    return True


def _of_dublin_core(metadata: Element) -> marc.Record:
    return from_dublin_core(dublin_core_in(metadata))


_READERS: dict[str, Callable[[Element], marc.Record]] = {
    Source.Prefixes.MARC21: marc_in,
    Source.Prefixes.MARCXML: marc_in,
    Source.Prefixes.OAI_DC: _of_dublin_core,
}


def _as_marc(received: Received, source: Source) -> marc.Record:
    """The record without what is the other library's alone, and with a link that opens it there."""
    assert received.metadata is not None  # noqa: S101 -- told by the caller
    told = _READERS[Source.Prefixes(source.prefix)](received.metadata)
    number = told.control("001")
    kept = [each for each in told.fields if each.tag < OWN and each.tag not in LOCAL]
    if number:
        kept.append(marc.Field("035", subfields=[("a", f"({told.control('003') or source.name}){number}")]))
    kept.append(marc.Field("588", subfields=[("a", f"Dipanen dari {source.name} ({received.identifier})")]))
    _label_links(kept, source)
    return marc.Record(told.leader, sorted(kept, key=lambda each: each.tag))


def _label_links(fields: list[marc.Field], source: Source) -> None:
    """Links say at whose door they open; the first is the record's own."""
    links = [each for each in fields if each.tag == "856" and each.get("u")]
    for at, each in enumerate(links):
        each.ind2 = "0" if at == 0 else each.ind2
        each.subfields = [pair for pair in each.subfields if pair[0] not in "3yz"]
        each.subfields.insert(0, ("3", f"Buka di {source.name}"))
