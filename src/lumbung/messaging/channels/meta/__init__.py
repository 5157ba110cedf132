"""Messages of a Facebook page or an Instagram account, by Meta's Messenger API (Graph v23)."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.messaging.channels import graph, wire
from lumbung.messaging.channels.interface import Accepted, Event, Field, Health, Hook, Left, Limits, Moved, Needs, Parsed, Rate
from lumbung.messaging.channels.mapping import read_body
from lumbung.messaging.channels.meta.updates import parsed
from lumbung.messaging.models import Account, Delivery

LIMITS = Limits(
    text=1000,
    choices=13,
    choice_label=20,
    data_bytes=1000,
    window_hours=24,
    writes_first=True,
    per_account=Rate(40, 1),
    tells_delivered=True,
    tells_read=True,
)
"""Instagram's 1,000 letters for both: Facebook would take 2,000."""
FACEBOOK, INSTAGRAM = "page", "instagram"

verify, greet = graph.verify, graph.greet


def needs() -> Needs:
    return Needs(
        _("Pesan Instagram dan Facebook"),
        _(
            "Halaman Facebook perpustakaan (untuk Instagram: akun profesional yang tersambung ke halaman itu), aplikasi Meta jenis "
            "Business dengan izin pages_messaging atau instagram_manage_messages, dan server yang dapat dicapai dari internet dengan "
            "HTTPS. Kita hanya dapat menjawab dalam 24 jam setelah pembaca menulis."
        ),
        fields=[
            Field(
                "platform",
                pgettext_lazy("messaging", "Layanan"),
                kind="choice",
                choices=[(INSTAGRAM, "Instagram"), (FACEBOOK, "Facebook")],
                default=INSTAGRAM,
            ),
            Field("account_id", _("ID akun Instagram atau halaman Facebook")),
            Field("access_token", _("Token akses halaman"), is_secret=True),
            Field("app_secret", _("App secret"), is_secret=True),
            Field(
                "verify_token", _("Verify token"), _("Kata yang Anda karang sendiri dan tulis juga di Meta."), is_secret=True
            ),
            Field("version", _("Versi API"), is_required=False, default=graph.VERSION),
            Field("api", _("Alamat API"), _("Kosongkan untuk server Meta."), is_required=False),
        ],
        has_hook=True,
        icon="message",
    )


def check(account: Account) -> Health:
    fields = "name" if account.setting("platform") == FACEBOOK else "username"
    return graph.check(account, account.setting("account_id"), fields)


def events(account: Account, hook: Hook) -> Sequence[Event]:
    """Each happening of the page by itself. What is for another page of the same app is not ours."""
    told = read_body(hook.body, hook.headers.get("content-type", ""))
    if told.get("object") != account.setting("platform"):
        return []
    ours = [entry for entry in told.get("entry") or [] if str(entry.get("id")) == account.setting("account_id")]
    return [Event(_name(each), each) for entry in ours for each in entry.get("messaging") or []]


def _name(event: dict[str, Any]) -> str:
    """A message by its own name; anything else by all it says."""
    message = event.get("message") or {}
    if "mid" in message and not message.get("is_deleted"):
        return str(message["mid"])
    return hashlib.sha256(repr(sorted(event.items())).encode()).hexdigest()


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    return parsed(payload)


def fetch(account: Account, remote: str, most: int) -> bytes:
    """The bytes behind the address of an attachment. Raises as ``wire.file_at``."""
    return wire.file_at(remote, most, redirects=2)


def send(account: Account, delivery: Delivery) -> Accepted:
    message: dict[str, Any] = {"text": delivery.body}
    if delivery.choices:
        message["quick_replies"] = [
            {"content_type": "text", "title": each.label, "payload": each.say} for each in delivery.choices
        ]
    said = {"recipient": {"id": delivery.address}, "messaging_type": "RESPONSE", "message": message}
    told = graph.post(account, f"{account.setting('account_id')}/messages", said)
    return Accepted(external_id=str(told.get("message_id", "")))
