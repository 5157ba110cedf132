"""Titles and copies as tables. A spreadsheet takes no cell for a formula, and in XLSX every cell is text, so that zeros stay."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.exports.told import Told
from lumbung.catalogue.domain.with_items import with_items
from lumbung.catalogue.models import Item, Record
from lumbung.kernel.sheets import write_xlsx
from lumbung.kernel.ui.spreadsheet import csv_lines

BLOCK = 1 << 16
BETWEEN = "; "


def titles_as_csv(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return (line.encode() for line in csv_lines(_title_columns(), _title_rows(records, told)))


def titles_as_xlsx(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return _xlsx(_title_columns(), _title_rows(records, told))


def copies_as_csv(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return (line.encode() for line in csv_lines(_copy_columns(), _copy_rows(records)))


def copies_as_xlsx(records: Iterable[Record], told: Told) -> Iterator[bytes]:
    return _xlsx(_copy_columns(), _copy_rows(records))


def _xlsx(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        write_xlsx(cast(BinaryIO, file), header, rows)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _title_columns() -> list[str]:
    return [
        _("Nomor"), _("Jenis"), _("Judul"), _("Anak judul"), _("Pernyataan tanggung jawab"), _("Pengarang"), _("Edisi"),
        _("Tempat terbit"), _("Penerbit"), _("Tahun"), _("Deskripsi fisik"), _("Seri"), "ISBN", "ISSN", _("Bahasa"),
        _("Klasifikasi"), _("Nomor panggil"), _("Subjek"), _("Abstrak"), pgettext("many", "Eksemplar"), _("Barcode"),
        _("Disembunyikan"),
    ]  # fmt: skip


def _title_rows(records: Iterable[Record], told: Told) -> Iterator[list[Any]]:
    for record, items in with_items(records, wanted=told.copies):
        said = describe(record.marc_record)
        yield [
            record.pk, record.get_material_display(), said.title_proper or said.title, said.remainder, said.responsibility,
            BETWEEN.join(dict.fromkeys(each.name for each in said.contributors if not each.work)), said.edition, said.place,
            said.publisher, said.year or said.date, said.physical, BETWEEN.join(said.series), BETWEEN.join(said.isbns),
            BETWEEN.join(said.issns), BETWEEN.join(said.languages), said.classification, BETWEEN.join(said.call_numbers),
            BETWEEN.join(each.text for each in said.subjects), said.summary, len(items) if told.copies else "",
            BETWEEN.join(each.barcode for each in items), _("Ya") if record.suppressed else "",
        ]  # fmt: skip


def _copy_columns() -> list[str]:
    return [
        _("Barcode"), _("Nomor"), _("Judul"), _("Pengarang"), _("Tahun"), _("Klasifikasi"), _("Cabang"), _("Lokasi"),
        _("Jenis eksemplar"), _("Nomor panggil"), _("Nomor eksemplar"), _("Nomor induk"), _("Tanggal masuk"), _("Sumber"),
        _("Rekanan atau pemberi"), _("Harga"), _("Status"), _("Catatan"), _("Jilid atau bagian"),
    ]  # fmt: skip


def _copy_rows(records: Iterable[Record]) -> Iterator[list[Any]]:
    return (_copy_row(record, item) for record, items in with_items(records) for item in items)


def _copy_row(record: Record, item: Item) -> list[Any]:
    return [
        item.barcode, record.pk, record.title, record.creator, record.year, record.classification, item.branch.name,
        item.location.name if item.location else "", item.item_type.name, item.call_number, item.copy, item.accession_number,
        item.accessioned_on, item.get_source_display(), item.vendor, item.price, item.get_status_display(), item.note,
        item.volume,
    ]  # fmt: skip
