"""How members may pay besides cash: the library's bank account and its own QRIS."""

from django.db import transaction

from lumbung.circulation.events import PaymentWaysChanged
from lumbung.circulation.models import PaymentWays
from lumbung.circulation.queries.payment_ways import payment_ways
from lumbung.circulation.refusals import FILE_TOO_LARGE, GATEWAY_HALF, GATEWAY_MOVED, QRIS_NO_PICTURE
from lumbung.kernel import events, uploads
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Refused
from lumbung.kernel.secrets_at_rest import seal

LARGEST = 4 << 20
FOLDER = "payments"
FIELDS = frozenset({"bank", "qris_name", "qris_file", "qris_kind", "gateway_address", "gateway_secret"})
PICTURES = frozenset({"jpeg", "png", "webp"})


@transaction.atomic
def change_payment_ways(
    *,
    bank: str,
    qris_name: str,
    by: events.Actor | None,
    picture: bytes = b"",
    drop_picture: bool = False,
    gateway_address: str = "",
    gateway_key: str = "",
) -> PaymentWays:
    """Say how members may pay. ``picture`` takes the place of the QRIS there was. An empty ``gateway_key`` leaves the key as it is; an
    empty address forgets it. Refuses what is no picture, one over 4 MB, a provider with an address and no key, and another address for
    the key there is: a key goes to no other machine than the one it was given for.
    """
    ways, told = payment_ways(), {"bank": bank, "qris_name": qris_name, "gateway_address": gateway_address}
    if gateway_key or not gateway_address:
        told["gateway_secret"] = seal({"key": gateway_key}) if gateway_address else ""
    if gateway_address and not told.get("gateway_secret", ways.gateway_secret):
        raise Refused(GATEWAY_HALF())
    if gateway_address and not gateway_key and gateway_address.rstrip("/") != ways.gateway_address.rstrip("/"):
        raise Refused(GATEWAY_MOVED())
    before = ways.qris_file
    if len(picture) > LARGEST:
        raise Refused(FILE_TOO_LARGE(most=LARGEST >> 20))
    if picture:
        if (kind := uploads.kind_of(picture)) not in PICTURES:
            raise Refused(QRIS_NO_PICTURE())
        told |= {"qris_file": uploads.keep(picture, kind=kind, folder=FOLDER).stored_file, "qris_kind": kind}
    elif drop_picture:
        told |= {"qris_file": "", "qris_kind": ""}
    if changed := set_changed(ways, told, allowed=FIELDS):
        ways.save()
        events.record(PaymentWaysChanged(fields=changed), by=by)
        if "qris_file" in changed and before:
            transaction.on_commit(lambda: uploads.forget(before))
    return ways
