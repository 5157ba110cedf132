"""At the desk or by telephone: staff write down what somebody asked; the answer is given by word of mouth."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.messaging.channels.interface import Accepted, Health, Left, Limits, Moved, Needs, Parsed
from lumbung.messaging.models import Account, Delivery

LIMITS = Limits(text=20_000, writes_first=True, asks_twice_safely=True)


def needs() -> Needs:
    return Needs(
        _("Datang langsung dan telepon"),
        _("Tidak perlu apa-apa: petugas mencatat pertanyaan di meja layanan, supaya ikut terjawab dan terhitung."),
        icon="people",
    )


def check(account: Account) -> Health:
    return Health(is_well=True)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    """``{person, id, text}`` as staff wrote it down; ``person`` is any name for this visit."""
    return [
        Parsed(
            address=payload["person"],
            external_id=payload["id"],
            text=payload["text"],
            name=payload.get("name", ""),
            data={"written_by": payload["by"]} if payload.get("by") else {},
        )
    ]


def send(account: Account, delivery: Delivery) -> Accepted:
    """Saying is sending."""
    return Accepted(external_id=str(delivery.pk), delivered=True)
