"""Requests and lines of orders when two titles become one, or are two again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import ngettext

from lumbung.acquisitions.models import OrderLine, PurchaseRequest
from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.models import Record
from lumbung.kernel import events

KINDS: dict[str, type[Model]] = {"requests": PurchaseRequest, "lines": OrderLine}


def told(gone: Record, _kept: Record) -> Sequence[str]:
    """What will become of requests and orders, without saying whose they are."""
    asked = PurchaseRequest.objects.filter(record=gone).count()
    ordered = OrderLine.objects.filter(record=gone).count()
    said = [
        (asked, ngettext("%(n)d usulan pengadaan pindah.", "%(n)d usulan pengadaan pindah.", asked)),
        (ordered, ngettext("%(n)d baris pesanan pindah.", "%(n)d baris pesanan pindah.", ordered)),
    ]
    return [sentence % {"n": count} for count, sentence in said if count]


def move(gone: int, kept: int, _by: events.Actor | None) -> dict[str, list[int]]:
    """They mean the title that stays."""
    moved = {}
    for name, kind in KINDS.items():
        rows = kind._default_manager.filter(record=gone)  # noqa: SLF001 -- Django's documented name
        moved[name] = list(rows.values_list("pk", flat=True))
        rows.update(record=kept)
    return moved


def give_back(moved: dict[str, Any], gone: int, kept: int, _by: events.Actor | None) -> None:
    """They mean the title they meant, unless somebody changed that meanwhile."""
    for name, kind in KINDS.items():
        kind._default_manager.filter(pk__in=moved[name], record=kept).update(record=gone)  # noqa: SLF001 -- the same


FOLLOWER = Follower("acquisitions.titles", (PurchaseRequest, OrderLine), told, move, give_back)
