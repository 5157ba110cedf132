"""Several copies of one title at once, and the barcodes that a library prints in a row."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from lumbung.catalogue.domain.accessions import give_accession_numbers
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.refusals import BARCODE_TWICE
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.domain.barcodes import normal


@transaction.atomic
def add_copies(
    record: Record, barcodes: Sequence[str], *, by: events.Actor | None, numbered: bool = False, **shared: Any
) -> list[Item]:
    """Add one copy for each barcode, alike but for their number (c.1, c.2 …, going on from the copies there are).

    ``numbered`` gives each its accession number. All or none: refuses with the reasons of every barcode that cannot be used.
    """
    start = record.items.count() + 1
    added: list[Item] = []
    reasons: list[Reason] = []
    seen: set[str] = set()
    for number, barcode in enumerate(barcodes, start):
        if normal(barcode) in seen:
            reasons.append(BARCODE_TWICE(barcode=barcode))
            continue
        seen.add(normal(barcode))
        try:
            with transaction.atomic():
                added.append(add_item(record, barcode=barcode, copy=f"c.{number}", by=by, **shared))
        except Refused as refused:
            reasons += [reason for reason in refused.reasons if reason not in reasons]
    if reasons:
        raise Refused(reasons)
    return give_accession_numbers(added, by=by, on=shared.get("accessioned_on")) if numbered else added


def barcodes_from(first: str, count: int) -> list[str]:
    """``count`` barcodes that go up by one from ``first`` ("B0099" → "B0100"). Raises ValueError when it does not end in digits."""
    found = re.fullmatch(r"(.*?)([0-9]+)", first.strip())
    if found is None:
        raise ValueError(first)
    start, digits = found.groups()
    return [f"{start}{int(digits) + step:0{len(digits)}d}" for step in range(count)]
