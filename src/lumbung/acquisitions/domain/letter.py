"""The letter to the vendor (surat pesanan), as PDF and in Indonesian, whoever prints it."""

from importlib.resources import files
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from lumbung.acquisitions.models import Order, OrderLine
from lumbung.kernel import clock
from lumbung.kernel.typesetting import pdf
from lumbung.kernel.ui.words import number, rupiah
from lumbung.organization.queries import library


def order_letter(order: Order) -> bytes:
    """The letter; "draft" stands across one that is not sent. ``order`` comes with vendor, branch and whoever sent it."""
    lines = list(order.lines.all())
    dated = order.ordered_at.astimezone(order.branch.zone).date() if order.ordered_at else clock.today(order.branch.zone)
    with translation.override("id"):
        told = {
            **_parties(order),
            "number": order.number or "–",
            "is_draft": order.ordered_at is None,
            "date": date_format(dated, "j F Y"),
            "due": date_format(order.due_on, "j F Y") if order.due_on else "",
            "note": order.note,
            "rows": [_row(at, line) for at, line in enumerate(lines, start=1)],
            "copies": number(sum(line.copies for line in lines)),
            "total": rupiah(sum(line.cost for line in lines)),
        }
        return pdf(files(__package__).joinpath("order_letter.typ").read_text(encoding="utf-8"), told)


def _parties(order: Order) -> dict[str, Any]:
    ours, vendor = library(), order.vendor
    return {
        "library": ours.name,
        "institution": ours.institution,
        "address": ours.address,
        "vendor": vendor.name,
        "contact": vendor.contact,
        "vendor_address": [each for each in vendor.address.splitlines() if each.strip()],
        "branch": order.branch.name,
        "sender": str(order.ordered_by or ""),
    }


def _row(at: int, line: OrderLine) -> list[str]:
    by = ", ".join(filter(None, [line.creator, line.publisher, line.year]))
    about = " · ".join(filter(None, [by, f"ISBN {line.isbn}" if line.isbn else ""]))
    discount = f"{line.discount} %" if line.discount else "–"
    return [str(at), line.title, about, str(line.copies), rupiah(line.unit_price), discount, rupiah(line.cost)]
