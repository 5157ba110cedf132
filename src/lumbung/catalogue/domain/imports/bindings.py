"""Titles that a file says are bound into a copy of another: 773 $o names the barcode of that copy."""

from collections.abc import Iterable, Sequence

from lumbung.catalogue.events.binding import TitleBound
from lumbung.catalogue.models import BoundTitle, Item, Record
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import clock, events

MOST_WAITING = 10_000
"""Of titles whose copy was not met yet, and of holdings records whose title was not, no more are remembered: a file of articles may
name a host in each, a file of holdings may come without its titles."""

Wanted = Sequence[tuple[int, str]]
"""Titles (primary keys) with the barcode of the copy that each is bound into."""


def barcodes_of_hosts(record: Marc) -> list[str]:
    """The barcodes that 773 names; none in most records."""
    return [code for each in record.fields if each.tag == "773" and not each.is_control and (code := each.get("o").strip())]


def bind(wanted: Iterable[tuple[int, str]], *, by: events.Actor | None) -> list[tuple[int, str]]:
    """Bind each title into the copy that has its barcode; those for which there is none (yet), for another try."""
    wanted = list(wanted)
    hosts = {each.barcode: each for each in Item.objects.filter(barcode__in={code for _, code in wanted})}
    here = set(Record.objects.filter(pk__in={record for record, code in wanted if code in hosts}).values_list("pk", flat=True))
    known = [(record, hosts[code]) for record, code in wanted if record in here and hosts.get(code)]
    known = [(record, item) for record, item in known if item.record_id != record]
    there = set(BoundTitle.objects.filter(item__in=[item.pk for _, item in known]).values_list("record", "item"))
    fresh = [(record, item) for record, item in known if (record, item.pk) not in there]
    BoundTitle.objects.bulk_create(BoundTitle(record_id=record, item=item, added_at=clock.now()) for record, item in fresh)
    Item.objects.filter(pk__in={item.pk for _, item in fresh}).update(is_bound=True)
    for record, item in fresh:
        events.record(TitleBound(item=item.pk, record=record), by=by)
    return [(record, code) for record, code in wanted if code not in hosts]
