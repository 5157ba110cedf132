"""The forms in which records go out, each with its name, its ending and how it is written."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.domain.exports import tables
from lumbung.catalogue.domain.exports.marc_files import export_records
from lumbung.catalogue.domain.exports.told import Told
from lumbung.catalogue.domain.host_records import with_hosts
from lumbung.catalogue.domain.record_selection import STRETCH, stretched
from lumbung.catalogue.domain.with_items import with_items
from lumbung.catalogue.models import Item, Record
from lumbung.formats import citation, dublin_core, mods
from lumbung.formats.bibframe import to_bibframe
from lumbung.formats.marc import Format
from lumbung.kernel.sheets import XLSX


@dataclass(frozen=True)
class Form:
    """A kind of file. ``write`` gives it piece by piece; memory does not grow with it, but for XLSX, which takes a temporary file."""

    name: str | Promise
    ending: str
    content_type: str
    write: Callable[[Iterable[Record], Told], Iterator[bytes]]


def _marc(form: Format) -> Callable[[Iterable[Record], Told], Iterator[bytes]]:
    return lambda records, told: export_records(records, form, copies=told.copies, too_long=told.too_long)


def _mods(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    yield mods.COLLECTION_START.encode()
    for record, items in with_items(records, wanted=told.copies):
        yield mods.to_mods(record.marc_record, copies=tuple(map(mods_copy, items))).encode()
    yield mods.COLLECTION_END.encode()


def mods_copy(item: Item) -> mods.Copy:
    """A copy of ours as MODS tells it."""
    shelf = item.location.name if item.location else ""
    number = " ".join(filter(None, [item.call_number, item.copy]))
    return mods.Copy(place=item.branch.name, shelf=shelf, call_number=number, barcode=item.barcode, parts=item.volume)


def _dublin_core(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    yield dublin_core.COLLECTION_START.encode()
    for record in records:
        page = (f"{told.pages}{record.pk}",) if told.pages else ()
        yield dublin_core.to_dublin_core(record.marc_record, identifiers=page).encode()
    yield dublin_core.COLLECTION_END.encode()


def _bibframe(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    for each in records:
        base = f"{told.pages}{each.pk}#" if told.pages else ""
        yield to_bibframe(each.marc_record, key=f"r{each.pk}", base=base).encode()


def _works(records: Iterable[Record], told: Told) -> Iterator[citation.Work]:
    for some in stretched(records, STRETCH):
        said = with_hosts([describe(each.marc_record) for each in some])
        yield from (
            work_of(each, url=f"{told.pages}{record.pk}" if told.pages else "") for each, record in zip(said, some, strict=True)
        )


def _ris(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return (citation.ris(work).encode() for work in _works(records, told))


def _bibtex(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return (f"{entry}\n".encode() for entry in citation.bibtex_entries(_works(records, told)))


def _csl(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    start = "[\n"
    for work in _works(records, told):
        yield (start + json.dumps(citation.csl_json(work), ensure_ascii=False)).encode()
        start = ",\n"
    yield b"[]\n" if start == "[\n" else b"\n]\n"


FORMS: dict[str, Form] = {
    "iso2709": Form(_("MARC 21 (ISO 2709)"), "mrc", "application/marc", _marc(Format.ISO_2709)),
    "marcxml": Form("MARCXML", "xml", "application/marcxml+xml", _marc(Format.MARCXML)),
    "marcjson": Form(_("MARC-in-JSON, satu cantuman per baris"), "jsonl", "application/jsonl", _marc(Format.MARC_IN_JSON)),
    "mods": Form("MODS 3.8", "mods.xml", "application/mods+xml", _mods),
    "dc": Form("Dublin Core (oai_dc)", "dc.xml", "application/xml", _dublin_core),
    "bibframe": Form("BIBFRAME 2 (N-Triples)", "nt", "application/n-triples", _bibframe),
    "csv": Form(_("CSV, satu judul per baris"), "csv", "text/csv; charset=utf-8", tables.titles_as_csv),
    "xlsx": Form(_("XLSX (Excel), satu judul per baris"), "xlsx", XLSX, tables.titles_as_xlsx),
    "copies-csv": Form(_("CSV, satu eksemplar per baris"), "csv", "text/csv; charset=utf-8", tables.copies_as_csv),
    "copies-xlsx": Form(_("XLSX (Excel), satu eksemplar per baris"), "xlsx", XLSX, tables.copies_as_xlsx),
    "ris": Form("RIS", "ris", "application/x-research-info-systems", _ris),
    "bib": Form("BibTeX", "bib", "application/x-bibtex", _bibtex),
    "csl": Form("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", _csl),
}
