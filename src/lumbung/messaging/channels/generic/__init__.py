"""Any gateway over HTTP by mapping: Fonnte, Wablas and their like."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.channels import gateway
from lumbung.messaging.channels.interface import (
    Accepted,
    Field,
    Limits,
    Needs,
    Parsed,
    Rate,
    Undeliverable,
)
from lumbung.messaging.channels.phones import international
from lumbung.messaging.models import Account, Delivery

LIMITS = Limits(text=4096, per_pair=Rate(6, 60), per_account=Rate(20, 60), cost=50)
"""Slow on purpose: numbers that write fast through such gateways are the first to be banned."""

verify, events, check, fetch = gateway.verify, gateway.events, gateway.check, gateway.fetch

FORMS: list[tuple[str, str | Promise]] = [("json", "JSON"), ("form", _("Formulir")), ("query", _("Alamat (GET)"))]


def needs() -> Needs:
    return Needs(
        _("Gateway HTTP (WhatsApp tak resmi, dan lain-lain)"),
        _(
            "Langganan gateway seperti Fonnte atau Wablas, dan tokennya. Isian di bawah sudah cocok untuk Fonnte. Agar pesan masuk "
            "terbaca, server ini harus dapat dicapai dari internet; tempelkan alamat webhook di halaman gateway."
        ),
        fields=[
            Field("url", _("Alamat untuk mengirim"), default="https://api.fonnte.com/send"),
            Field("token", _("Token"), is_secret=True),
            Field("header", _("Nama tajuk untuk token"), default="Authorization"),
            Field("form", _("Bentuk kiriman"), kind="choice", choices=FORMS, default="form"),
            Field(
                "body",
                _("Isi kiriman"),
                _("Satu baris satu isian: nama = nilai. {to} nomor tujuan, {text} pesannya, {id} nomor pesan kita."),
                kind="lines",
                default="target = {to}\nmessage = {text}\ncountryCode = 0",
            ),
            Field(
                "success",
                _("Tanda berhasil"),
                _("Jalur = nilai di jawaban gateway."),
                is_required=False,
                default="status = true",
            ),
            Field("id_path", _("Jalur nomor pesan di jawaban"), is_required=False, default="id.0"),
            Field("in_address", _("Jalur nomor pengirim di webhook"), is_required=False, default="sender"),
            Field("in_text", _("Jalur teks di webhook"), is_required=False, default="message"),
            Field("in_id", _("Jalur nomor pesan di webhook"), is_required=False, default="inboxid"),
            Field("in_name", _("Jalur nama pengirim di webhook"), is_required=False, default="name"),
            Field("in_file", _("Jalur alamat berkas di webhook"), is_required=False, default="url"),
            Field("in_file_name", _("Jalur nama berkas di webhook"), is_required=False, default="filename"),
            Field("state_path", _("Jalur status di webhook"), is_required=False, default="state"),
            Field("state_id", _("Jalur nomor pesan kita di webhook status"), is_required=False, default="id"),
            Field(
                "states",
                _("Arti status"),
                _("Nilai gateway = accepted, delivered, read, atau failed."),
                is_required=False,
                kind="lines",
                default="sent = accepted\ndelivered = delivered\nread = read\nfailed = failed",
            ),
            Field(
                "hook_token",
                _("Kata sandi webhook"),
                _("Bila diisi, gateway harus menyertakannya: ?token=… atau tajuk X-Hook-Token."),
                is_secret=True,
                is_required=False,
            ),
            Field("messages_per_minute", _("Paling banyak pesan per menit"), is_required=False, default="20"),
        ],
        has_hook=True,
        warning=_(
            "Gateway WhatsApp tak resmi melanggar ketentuan WhatsApp: nomornya dapat diblokir kapan saja, dan isi percakapan "
            "melewati server pihak lain. Jangan pakai nomor utama perpustakaan. Untuk layanan tetap, pakai WhatsApp resmi."
        ),
        icon="link",
    )


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Any]:
    """A number in whatever form the gateway writes it is one side."""
    return [_with_number(each) if isinstance(each, Parsed) else each for each in gateway.parse(account, payload)]


def _with_number(said: Parsed) -> Parsed:
    number = international(said.address)
    return replace(said, address=number or said.address, phone=number)


def send(account: Account, delivery: Delivery) -> Accepted:
    to = international(delivery.address)
    if not to:
        raise Undeliverable(f"no telephone number: {delivery.address}")
    return gateway.send(account, delivery, to, delivery.body)
