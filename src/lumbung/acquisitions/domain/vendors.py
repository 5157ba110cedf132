"""Whom the library buys from."""

from typing import Any

from django.db import transaction

from lumbung.acquisitions.events import VendorAdded, VendorChanged
from lumbung.acquisitions.models import Vendor
from lumbung.acquisitions.models.vendor import LONGEST_DELIVERY
from lumbung.acquisitions.refusals import DELIVERY_OUT_OF_RANGE, VENDOR_NAME_EMPTY, VENDOR_NAME_TAKEN
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset({"name", "contact", "email", "phone", "address", "delivery_days", "is_active"})


@refuse_when_broken(vendor_name_is_unique=VENDOR_NAME_TAKEN)
@transaction.atomic
def add_vendor(*, by: events.Actor | None, **fields: Any) -> Vendor:
    """Add a vendor. Refuses an empty name, one that is there, and a delivery of more than a year."""
    vendor = Vendor()
    set_changed(vendor, fields, allowed=FIELDS)
    _refuse_faults(vendor)
    vendor.save(force_insert=True)
    events.record(VendorAdded(vendor=vendor.pk), by=by)
    return vendor


@refuse_when_broken(vendor_name_is_unique=VENDOR_NAME_TAKEN)
@transaction.atomic
def change_vendor(vendor: Vendor, *, by: events.Actor | None, **changes: Any) -> Vendor:
    """Change what is named; orders already sent stay as they are. Refuses as ``add_vendor`` does."""
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if changed := set_changed(vendor, changes, allowed=FIELDS):
        _refuse_faults(vendor)
        vendor.save(update_fields=changed)
        events.record(VendorChanged(vendor=vendor.pk, fields=changed), by=by)
    return vendor


def _refuse_faults(vendor: Vendor) -> None:
    reasons: list[Reason] = []
    if not vendor.name:
        reasons.append(VENDOR_NAME_EMPTY())
    elif Vendor.objects.filter(name__iexact=vendor.name).exclude(pk=vendor.pk).exists():
        reasons.append(VENDOR_NAME_TAKEN())
    if not 1 <= vendor.delivery_days <= LONGEST_DELIVERY:
        reasons.append(DELIVERY_OUT_OF_RANGE(most=LONGEST_DELIVERY))
    if reasons:
        raise Refused(reasons)
