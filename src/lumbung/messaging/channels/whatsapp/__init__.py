"""WhatsApp, by Meta's own Cloud API (Graph v23): free words for 24 hours after the reader wrote, approved templates after that."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock
from lumbung.messaging.channels import graph
from lumbung.messaging.channels.interface import (
    Accepted,
    Event,
    Field,
    Health,
    Hook,
    Judged,
    Left,
    Limits,
    Moved,
    Needs,
    Parsed,
    Rate,
)
from lumbung.messaging.channels.mapping import read_body
from lumbung.messaging.channels.whatsapp import approved
from lumbung.messaging.channels.whatsapp.updates import parsed, parted
from lumbung.messaging.channels.whatsapp.writing import write
from lumbung.messaging.models import Account, Delivery, Identity

MEGABYTE = 1_000_000
LIMITS = Limits(
    text=4096,
    choices=3,
    choice_label=20,
    rows=10,
    row_label=24,
    row_about=72,
    data_bytes=200,
    media={"png": 5 * MEGABYTE, "jpeg": 5 * MEGABYTE},
    caption=1024,
    window_hours=24,
    templates=True,
    per_pair=Rate(1, 6),
    per_account=Rate(80, 1),
    cost=350,
    tells_delivered=True,
    tells_read=True,
)
FIELD = "messages"

verify, greet, forms = graph.verify, graph.greet, approved.forms


def needs() -> Needs:
    return Needs(
        _("WhatsApp resmi (Cloud API)"),
        _(
            "Nomor telepon yang belum terdaftar di aplikasi WhatsApp, akun Meta Business, dan server yang dapat dicapai dari internet "
            "dengan HTTPS. Di developers.facebook.com buat aplikasi jenis Business, tambahkan WhatsApp, lalu salin isian di bawah. "
            "Tempelkan alamat webhook di sana dan langganilah “messages” dan “message_template_status_update”. "
            "Menjawab dalam 24 jam setelah pembaca menulis tidak berbayar; setelah itu hanya template yang disetujui Meta, dan "
            "itu berbayar."
        ),
        fields=[
            Field("phone_number_id", _("Phone number ID")),
            Field("access_token", _("Token akses (permanen, dari system user)"), is_secret=True),
            Field("app_secret", _("App secret"), is_secret=True),
            Field(
                "verify_token", _("Verify token"), _("Kata yang Anda karang sendiri dan tulis juga di Meta."), is_secret=True
            ),
            Field(
                "business_account_id",
                _("WhatsApp Business Account ID"),
                _("Untuk membaca templat yang disetujui Meta; tanpa ini hanya menjawab dalam 24 jam."),
                is_required=False,
            ),
            Field("version", _("Versi API"), is_required=False, default=graph.VERSION),
            Field("api", _("Alamat API"), _("Kosongkan untuk server Meta."), is_required=False),
        ],
        has_hook=True,
        icon="message",
    )


def check(account: Account) -> Health:
    return graph.check(account, account.setting("phone_number_id"), "display_phone_number,verified_name,quality_rating")


def events(account: Account, hook: Hook) -> Sequence[Event]:
    """Each message and each status by itself. What is for another number of the same app is not ours."""
    told = read_body(hook.body, hook.headers.get("content-type", ""))
    found: list[Event] = []
    for entry in told.get("entry") or []:
        for change in entry.get("changes") or []:
            if change.get("field") != FIELD:
                digest = hashlib.sha256(repr((entry.get("time"), change)).encode()).hexdigest()
                found.append(Event(digest, {"change": change}))
            elif change["value"].get("metadata", {}).get("phone_number_id") == account.setting("phone_number_id"):
                found += parted(change["value"])
    return found


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left | Judged]:
    return parsed(payload)


def fetch(account: Account, remote: str, most: int) -> bytes:
    """The bytes of a media number. Raises as ``wire.file_at``; Meta keeps what came in for thirty days."""
    return graph.fetch(account, remote, most)


def cost(account: Account, identity: Identity, at: datetime | None = None) -> int:
    """Nothing while the window is open: Meta charges for templates outside it."""
    last = identity.last_inbound_at
    is_open = last is not None and ((at or clock.now()) - last).total_seconds() < LIMITS.window_hours * 3600
    return 0 if is_open else LIMITS.cost


def send(account: Account, delivery: Delivery) -> Accepted:
    return Accepted(external_id=write(account, delivery))
