"""Midtrans Core API, QRIS only: ask for a code that carries its amount, and read the notification that says it was paid.

https://docs.midtrans.com/reference/qris and /docs/https-notification-webhooks. The server key signs both ways.
"""

import hmac
import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha512
from typing import Any

from lumbung.circulation.models.payment_ways import Outcomes
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import ask

CREATED = {"200", "201"}
PAID_STATUS = "200"
_OUTCOMES = {
    "settlement": Outcomes.PAID,
    "capture": Outcomes.PAID,
    "expire": Outcomes.OVER,
    "cancel": Outcomes.OVER,
    "deny": Outcomes.OVER,
    "failure": Outcomes.OVER,
}


class Forged(Exception):
    """The notification does not bear the mark of the key."""


@dataclass(frozen=True)
class Notification:
    """What the provider says of an order; ``amount`` is whole rupiah."""

    order: str
    amount: int
    outcome: Outcomes


def ask_for_code(address: str, key: str, *, order: str, amount: int, notify: str) -> str:
    """The text of a QRIS code for this amount. Raises ``Failed`` for no answer, one that cannot be read, and one that says no.

    ``notify`` is our own address for its word, never one that a caller told; empty: the one that is written down at the provider.
    """
    body = {"payment_type": "qris", "transaction_details": {"order_id": order, "gross_amount": amount}}
    headers = {
        "Authorization": "Basic " + b64encode(f"{key}:".encode()).decode(),
        "Accept": "application/json",
        "Content-Type": "application/json",
        **({"X-Override-Notification": notify} if notify else {}),
    }
    answer = ask(f"{address.rstrip('/')}/v2/charge", method="POST", headers=headers, body=json.dumps(body).encode())
    if not answer.is_success:
        raise Failed(Failures.STATUS, f"{answer.status} {answer.reason}")
    told = _read(answer.body)
    if str(told.get("status_code")) not in CREATED or told.get("order_id") != order:
        raise Failed(Failures.DECLINED, str(told.get("status_message", ""))[:200])
    if not isinstance(text := told.get("qr_string"), str) or not text:
        raise Failed(Failures.NONSENSE, "no qr_string")
    return text


def read_notification(body: bytes, key: str) -> Notification:
    """What a notification says. Raises ``Forged`` for one not signed with the key, ``ValueError`` for what cannot be read."""
    try:
        told = _read(body)
    except Failed:
        raise ValueError("no notification") from None
    order, status, gross, mark = (
        str(told.get(name, "")) for name in ("order_id", "status_code", "gross_amount", "signature_key")
    )
    expected = sha512(f"{order}{status}{gross}{key}".encode()).hexdigest()
    if not hmac.compare_digest(mark.encode(), expected.encode()):
        raise Forged
    whole, _point, cents = gross.partition(".")
    if not whole.isascii() or not whole.isdigit() or cents.strip("0"):
        raise ValueError("the amount is no whole rupiah")
    outcome = _OUTCOMES.get(str(told.get("transaction_status")), Outcomes.PENDING)
    is_sure = (
        status == PAID_STATUS and told.get("fraud_status", "accept") == "accept"
    )  # the signature covers the status code alone
    if outcome == Outcomes.PAID and not is_sure:
        outcome = Outcomes.PENDING
    return Notification(order, int(whole), outcome)


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        raise Failed(Failures.NONSENSE, body[:100].decode(errors="replace")) from None
    if not isinstance(told, dict):
        raise Failed(Failures.NONSENSE, "no object")
    return told
