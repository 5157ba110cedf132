"""SMS: by a modem on this machine (Gammu SMSD), or by a provider's gateway over HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.messaging.channels import gateway
from lumbung.messaging.channels.interface import (
    Accepted,
    Field,
    Health,
    Left,
    Limits,
    Moved,
    Needs,
    Parsed,
    Polled,
    Rate,
    Undeliverable,
)
from lumbung.messaging.channels.phones import international
from lumbung.messaging.channels.sms import gammu
from lumbung.messaging.models import Account, Delivery

LIMITS = Limits(text=1530, per_pair=Rate(6, 60), per_account=Rate(10, 60), cost=350)
"""Ten parts of 153 characters; a modem sends one in about six seconds."""

_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "·": "-",
        "•": "-",
        "…": "...",
        "✓": "+",
        "✗": "x",
        "\u00a0": " ",
    }
)
GAMMU, HTTP = "gammu", "http"
WAYS = [(GAMMU, _("Modem di server ini (Gammu SMSD)")), (HTTP, _("Gateway HTTP penyedia SMS"))]


def needs() -> Needs:
    return Needs(
        _("SMS"),
        _(
            "Modem GSM dengan kartu SIM di server ini dan Gammu SMSD dari paket Debian (gammu-smsd), layanan “files”. Tidak perlu "
            "internet. Atau langganan penyedia SMS dengan gateway HTTP."
        ),
        fields=[
            Field("way", pgettext_lazy("messaging", "Cara"), kind="choice", choices=WAYS, default=GAMMU),
            Field("config", _("Berkas gammu-smsdrc"), is_required=False, default="/etc/gammu-smsdrc"),
            Field("url", _("Alamat gateway"), is_required=False),
            Field("token", _("Token gateway"), is_secret=True, is_required=False),
            Field("header", _("Nama tajuk untuk token"), is_required=False, default="Authorization"),
            Field(
                "form",
                _("Bentuk kiriman"),
                kind="choice",
                choices=[("json", "JSON"), ("form", _("Formulir")), ("query", _("Alamat (GET)"))],
                default="form",
            ),
            Field("body", _("Isi kiriman"), is_required=False, kind="lines", default="to = {to}\ntext = {text}"),
            Field("success", _("Tanda berhasil"), is_required=False),
            Field("id_path", _("Jalur nomor pesan di jawaban"), is_required=False),
            Field("in_address", _("Jalur nomor pengirim di webhook"), is_required=False, default="from"),
            Field("in_text", _("Jalur teks di webhook"), is_required=False, default="text"),
            Field("in_id", _("Jalur nomor pesan di webhook"), is_required=False, default="id"),
            Field("hook_token", _("Kata sandi webhook"), is_secret=True, is_required=False),
            Field("messages_per_minute", _("Paling banyak pesan per menit"), is_required=False, default="10"),
        ],
        has_hook=True,
        pastes_hook=lambda account: not _by_modem(account),
        icon="phone",
    )


verify, events = gateway.verify, gateway.events


def _by_modem(account: Account) -> bool:
    return bool(account.setting("way", GAMMU) == GAMMU)


def check(account: Account) -> Health:
    return gammu.check(account) if _by_modem(account) else gateway.check(account)


def poll(account: Account) -> Polled:
    return gammu.poll(account) if _by_modem(account) else Polled(pause=3600)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    """A number in whatever form it is written is one side."""
    parts = gammu.parse(payload) if _by_modem(account) else gateway.parse(account, payload)
    return [_with_number(each) if isinstance(each, Parsed) else each for each in parts]


def in_plain_marks(text: str) -> str:
    """Marks of print as the keyboard has them: one mark beyond the telephones' alphabet makes a part hold 67 letters instead of 153, and
    each part is paid."""
    return text.translate(_PLAIN)


def _with_number(said: Parsed) -> Parsed:
    number = international(said.address)
    return replace(said, address=number or said.address, phone=number)


def send(account: Account, delivery: Delivery) -> Accepted:
    to = international(delivery.address)
    if not to:
        raise Undeliverable(f"no telephone number: {delivery.address}")
    text = in_plain_marks(delivery.body.strip())
    return gammu.send(account, to, text) if _by_modem(account) else gateway.send(account, delivery, to, text)
