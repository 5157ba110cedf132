"""E-mail: out through ``LUMBUNG_EMAIL_URL`` or the account's own server, in from a mailbox over IMAP, threaded by its headers."""

from collections.abc import Sequence
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.outside.failures import Failed
from lumbung.messaging.channels.email import mailbox, outgoing, reading
from lumbung.messaging.channels.interface import Accepted, Field, Health, Left, Limits, Moved, Needs, Parsed, Polled
from lumbung.messaging.models import Account, Delivery

LIMITS = Limits(text=100_000, subject=True, media={"png": 5_000_000, "jpeg": 5_000_000, "pdf": 10_000_000}, urgent=False)
NEVER_MIND = 300.0
SECURITY = [("tls", _("TLS (port 993)")), ("none", _("Tanpa enkripsi, hanya di jaringan sendiri"))]


def needs() -> Needs:
    return Needs(
        _("Surel"),
        _(
            "Surat keluar lewat server surel kampus atau penyedia surel: LUMBUNG_EMAIL_URL di server. Agar balasan pembaca masuk ke "
            "sini, isi kotak surat IMAP perpustakaan; server ini yang menjemput, jadi tidak perlu alamat umum di internet."
        ),
        fields=[
            Field("imap_host", _("Server IMAP"), _("Misalnya imap.kampus.ac.id"), is_required=False),
            Field("imap_security", _("Enkripsi"), kind="choice", choices=SECURITY, default="tls", is_required=False),
            Field("imap_port", _("Port IMAP"), is_required=False, default="993"),
            Field("imap_user", _("Nama pengguna kotak surat"), is_required=False),
            Field("imap_password", _("Kata sandi kotak surat"), is_secret=True, is_required=False),
            Field("imap_folder", _("Folder"), is_required=False, default="INBOX"),
            Field("address", _("Alamat surel untuk balasan"), _("Pembaca membalas ke alamat ini."), is_required=False),
        ],
        icon="mail",
    )


def check(account: Account) -> Health:
    """Whether the mail server takes our name, and the mailbox opens."""
    try:
        with get_connection(timeout=5):
            pass
        if account.setting("imap_host"):
            mailbox.look_in(account)
    except Failed as failed:
        return Health(is_well=False, note=f"IMAP: {failed.failure.label}")
    except (OSError, SMTPException, *mailbox.FAULTS) as error:
        return Health(is_well=False, note=str(error))
    return Health(is_well=True)


def poll(account: Account) -> Polled:
    """New letters of the mailbox, kept as files; nothing where the account has no mailbox."""
    return mailbox.poll(account) if account.setting("imap_host") else Polled(pause=NEVER_MIND)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    return reading.parse(account, mailbox.raw(payload))


def send(account: Account, delivery: Delivery) -> Accepted:
    return outgoing.send(account, delivery)
