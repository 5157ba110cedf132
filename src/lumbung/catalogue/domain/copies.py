"""Several copies of one title at once, and the barcodes that a library prints in a row."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import pgettext

from lumbung.catalogue.domain.accessions import give_accession_numbers
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.refusals import BARCODE_TWICE
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.terminal import in_library_language
from lumbung.organization.domain.barcodes import normal

_NUMBERED = re.compile(r"(\D*)\d+")


@transaction.atomic
def add_copies(
    record: Record, barcodes: Sequence[str], *, by: events.Actor | None, numbered: bool = False, **shared: Any
) -> list[Item]:
    """Add one copy for each barcode, alike but for their number (k.1, k.2 …, going on from the copies there are and as they are numbered).

    ``numbered`` gives each its accession number. All or none: refuses with the reasons of every barcode that cannot be used.
    """
    start, mark = record.items.count() + 1, _mark_of(record)
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
                added.append(add_item(record, barcode=barcode, copy=f"{mark}{number}", by=by, **shared))
        except Refused as refused:
            reasons += [reason for reason in refused.reasons if reason not in reasons]
    if reasons:
        raise Refused(reasons)
    return give_accession_numbers(added, by=by, on=shared.get("accessioned_on")) if numbered else added


def _mark_of(record: Record) -> str:
    """What stands before the number of a copy: that of the last copy that bears one, else as the language of the library writes it."""
    numbers = record.items.order_by("-pk").values_list("copy", flat=True)
    if found := next(filter(None, map(_NUMBERED.fullmatch, numbers)), None):
        return found[1]
    with in_library_language():
        return pgettext("mark of a copy", "k.")


def barcodes_from(first: str, count: int) -> list[str]:
    """``count`` barcodes that go up by one from ``first`` ("B0099" → "B0100"). Raises ValueError when it does not end in digits."""
    found = re.fullmatch(r"(.*?)([0-9]+)", first.strip())
    if found is None:
        raise ValueError(first)
    start, digits = found.groups()
    return [f"{start}{int(digits) + step:0{len(digits)}d}" for step in range(count)]
