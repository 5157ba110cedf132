"""A title's files as a bag (RFC 8493), with its MARC record and what happened to each (PREMIS): for another archive, or for a shelf."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO

from django.db import transaction
from django.utils.encoding import iri_to_uri

from lumbung import __version__
from lumbung.catalogue.domain.exports.marc_files import export_records
from lumbung.catalogue.models import Record
from lumbung.digital.domain import fixity, store
from lumbung.digital.events import FilesBagged
from lumbung.digital.models import File, KeptContent
from lumbung.digital.queries.preservation_events import premis_of
from lumbung.digital.refusals import HELD, NOTHING_TO_BAG
from lumbung.formats import bagit
from lumbung.formats.marc import Format
from lumbung.kernel import clock, events
from lumbung.kernel.pieces import safe_name
from lumbung.kernel.refusals import Refused
from lumbung.organization.queries import library


@transaction.atomic
def bag_files(record: Record, target: IO[bytes], *, address: str, by: events.Actor | None) -> str:
    """Write all files of the title, withdrawn ones and older versions too, and return the name of the bag. ``address`` is the title's page.

    Refuses a title without files or with one in quarantine, and says so when the storage does not have one of them.
    """
    files = list(File.objects.filter(record=record).order_by("pk"))
    if not files:
        raise Refused([NOTHING_TO_BAG()])
    if any(each.is_held for each in files):
        raise Refused([HELD()])
    fixity.register([each.pk for each in files])
    name = f"lumbung-{record.pk}-{clock.today(library().zone):%Y%m%d}"
    facts = {
        "Source-Organization": library().name,
        "External-Identifier": iri_to_uri(address),
        "External-Description": record.title,
        "Bagging-Date": f"{clock.today(library().zone):%Y-%m-%d}",
        "Bag-Software-Agent": f"Lumbung {__version__}",
    }
    bagit.write_bag(target, name, _payload(record, files), facts, beside=_histories(files))
    events.record(FilesBagged(record=record.pk, count=len(files)), by=by)
    return name


def _payload(record: Record, files: list[File]) -> Iterator[bagit.Payload]:
    yield bagit.Payload("metadata/marc.xml", BytesIO(b"".join(export_records([record], Format.MARCXML))))
    for file in files:
        with store.opened(file.sha256) as content:
            yield bagit.Payload(f"files/{file.pk}-v{file.version}-{safe_name(file.name)}", content)


def _histories(files: list[File]) -> dict[str, bytes]:
    """What happened to each file, as PREMIS."""
    contents = KeptContent.objects.select_related("format").in_bulk([each.sha256 for each in files], field_name="sha256")
    return {f"premis/file-{each.pk}.xml": premis_of(contents[each.sha256], name=each.name) for each in files}
