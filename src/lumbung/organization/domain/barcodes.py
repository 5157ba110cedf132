"""One barcode names one thing: items and members claim theirs here, in the transaction that adds them."""

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction

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


def claim_all(barcodes: Collection[str], names: Barcode.Names) -> dict[str, Barcode.Names]:
    """Take many barcodes in one statement, none of them twice; returns those that were taken already, in normal form, with what
    they name. Only inside a transaction."""
    wanted = [normal(barcode) for barcode in barcodes]
    if not wanted:
        return {}
    table = connection.ops.quote_name(Barcode._meta.db_table)
    places = ", ".join(["(%s, %s)"] * len(wanted))
    with connection.cursor() as cursor:  # the model has no way to say "and tell me which were new" on both databases
        cursor.execute(
            f"INSERT INTO {table} (value, names) VALUES {places} ON CONFLICT DO NOTHING RETURNING value",  # noqa: S608 -- our own table
            [part for value in wanted for part in (value, names.value)],
        )
        claimed = {value for (value,) in cursor.fetchall()}
    return taken([value for value in wanted if value not in claimed]) if len(claimed) < len(wanted) else {}
