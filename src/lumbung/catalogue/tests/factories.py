"""Records and items for tests, made by the verbs, so that barcodes are claimed and columns read as they really are."""

import io
from collections.abc import Iterable

import factory

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import ImportRun, Item, ItemType, Record
from lumbung.formats.marc import Field, to_iso2709
from lumbung.formats.marc import Record as Marc
from lumbung.organization.models import Branch


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch
        django_get_or_create = ("code",)

    code = "PUSAT"
    name = factory.LazyAttribute(lambda branch: f"Perpustakaan {branch.code}")


class ItemTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemType
        django_get_or_create = ("code",)

    code = "BUKU"
    name = "Buku"


def marc_of(title: str = "Bumi manusia", *more: Field, control_number: str = "") -> Marc:
    """A MARC record with this title, a fixed field, and more fields."""
    number = [Field("001", value=control_number)] if control_number else []
    coded = Field("008", value="200520s1980    io a          000 1 ind d")
    return Marc(fields=[*number, coded, Field("245", "1", "0", [("a", title)]), *more])


def a_record(title: str = "Bumi manusia", *more: Field) -> Record:
    return add_record(marc_of(title, *more), by=None)


def an_item(record: Record | None = None, barcode: str = "B-1", branch: str = "PUSAT") -> Item:
    return add_item(
        record or a_record(), barcode=barcode, branch=BranchFactory(code=branch), item_type=ItemTypeFactory(), by=None
    )


def copy_field(barcode: str, branch: str = "PUSAT", **more: str) -> Field:
    """A copy as Koha writes it."""
    subfields = [("a", branch), ("c", "UMUM"), ("o", "899.221 TOE b"), ("p", barcode), ("y", "BUKU"), *more.items()]
    return Field("952", subfields=subfields)


def file_of(records: Iterable[Marc]) -> io.BytesIO:
    return io.BytesIO(b"".join(map(to_iso2709, records)))


def an_import(records: Iterable[Marc], **options: object) -> ImportRun:
    """An import of these records, run to its end."""
    dry_run = bool(options.pop("dry_run", False))
    chosen = imports.ImportOptions(**options)  # type: ignore[arg-type]
    run = imports.start_import(file_of(records), name="koleksi.mrc", by=None, dry_run=dry_run, options=chosen)
    return imports.run_import(run)
