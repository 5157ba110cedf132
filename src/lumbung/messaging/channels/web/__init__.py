"""Chat on the library's own pages. A message is sent by being there: the visitor's page asks for what is new."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock
from lumbung.messaging.channels.interface import Accepted, Enclosed, Health, Left, Limits, Moved, Needs, Parsed
from lumbung.messaging.models import Account, Delivery

FOLDER = "messages/raw"
LIMITS = Limits(
    text=10_000,
    choices=10,
    choice_label=60,
    rows=10,
    row_label=80,
    row_about=120,
    data_bytes=500,
    media={"png": 5_000_000, "jpeg": 5_000_000, "webp": 5_000_000, "pdf": 10_000_000},
    writes_first=True,
    tells_delivered=True,
    tells_read=True,
    asks_twice_safely=True,
)


def needs() -> Needs:
    return Needs(
        _("Obrolan di situs"),
        _("Tidak perlu apa-apa: kotak obrolan ada di setiap halaman umum, juga di jaringan kampus tanpa internet."),
        icon="message",
    )


def check(account: Account) -> Health:
    return Health(is_well=True)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    """``{visitor, id, text}`` and, where known, ``name``, ``language``, ``at`` (ISO 8601), ``user`` (the key of who was signed in).

    ``file`` is where the file that came with it lies, ``file_name`` what it was called there.
    """
    return [
        Parsed(
            address=payload["visitor"],
            external_id=payload["id"],
            text=payload["text"],
            kind="file" if payload.get("file") else "text",
            at=datetime.fromisoformat(payload["at"]) if payload.get("at") else None,
            name=payload.get("name", ""),
            language=payload.get("language", ""),
            data={"user": payload["user"]} if payload.get("user") else {},
            enclosed=[_enclosed(payload)] if payload.get("file") else (),
        )
    ]


def keep_raw(name: str, content: bytes) -> dict[str, str]:
    """Put the file of a visitor away until it is understood; what of it belongs into the event."""
    stored = default_storage.save(f"{FOLDER}/{clock.now():%Y%m%d}-{secrets.token_urlsafe(18)}", ContentFile(content))
    return {"file": stored, "file_name": name[:200]}


def _enclosed(payload: dict[str, Any]) -> Enclosed:
    with default_storage.open(payload["file"]) as file:
        return Enclosed(payload.get("file_name", ""), content=file.read())


def send(account: Account, delivery: Delivery) -> Accepted:
    return Accepted(external_id=str(delivery.pk))
