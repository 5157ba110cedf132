"""One barcode names one thing: items and members claim theirs here, in the transaction that adds them."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_EMPTY, BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER


def normal(barcode: str) -> str:
    """The barcode as the registry compares it: without surrounding blanks, in upper case."""
    return barcode.strip().upper()


@transaction.atomic
def claim(barcode: str, names: Barcode.Names) -> str:
    """Take the barcode for an item or a member; returns it without surrounding blanks. Refuses one that is empty or taken."""
    printed = barcode.strip()
    if not printed:
        raise Refused(BARCODE_EMPTY())
    try:
        with transaction.atomic():
            Barcode.objects.create(value=normal(printed), names=names)
    except IntegrityError:
        holder = Barcode.objects.get(value=normal(printed))
        taken = BARCODE_TAKEN_BY_ITEM if holder.names == Barcode.Names.ITEM else BARCODE_TAKEN_BY_MEMBER
        raise Refused(taken(barcode=printed)) from None
    return printed


def release(barcodes: Collection[str]) -> None:
    """Give barcodes back, so that they may be used again."""
    Barcode.objects.filter(value__in=[normal(barcode) for barcode in barcodes]).delete()


def taken(barcodes: Collection[str]) -> dict[str, Barcode.Names]:
    """Those of ``barcodes`` that are in use, in normal form, with what they name."""
    rows = Barcode.objects.filter(value__in={normal(barcode) for barcode in barcodes})
    return {row.value: Barcode.Names(row.names) for row in rows}
