"""What is kept of a member, for reading by a person: the keys of the copy in words, what is empty left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.ui.words import on_its_clock
from lumbung.members.domain.privacy.holdings import Holding

COMMON: dict[str, Promise] = {
    "title": gettext_lazy("judul"),
    "name": gettext_lazy("nama"),
    "note": gettext_lazy("catatan"),
    "text": gettext_lazy("isi"),
    "kind": gettext_lazy("jenis"),
    "state": gettext_lazy("keadaan"),
    "number": gettext_lazy("nomor"),
    "at": gettext_lazy("waktu"),
    "until": gettext_lazy("sampai"),
    "made": gettext_lazy("dibuat"),
    "asked_at": gettext_lazy("diminta"),
    "closed_at": gettext_lazy("selesai"),
    "placed_at": gettext_lazy("dipesan"),
    "lent_at": gettext_lazy("dipinjam"),
    "starts_at": gettext_lazy("mulai"),
    "address": gettext_lazy("alamat"),
    "channel": gettext_lazy("kanal"),
    "email": gettext_lazy("surel"),
    "phone": gettext_lazy("telepon"),
    "amount": gettext_lazy("jumlah"),
    "creator": gettext_lazy("pengarang"),
    "isbn": gettext_lazy("ISBN"),
    "copies": gettext_lazy("jumlah eksemplar"),
    "why": gettext_lazy("untuk apa"),
    "reason": gettext_lazy("alasan"),
}
"""Words for what several parts keep; a part's own go before them."""


@dataclass(frozen=True)
class Entry:
    """One thing kept: what it is called, and what stands there, a line each."""

    name: str
    lines: list[str]


def readable(holding: Holding, told: Mapping[str, Any]) -> list[Entry]:
    """The part's copy in words; what is empty is left out."""
    entries = [Entry(_word(holding, key), list(_lines(holding, key, value))) for key, value in told.items()]
    return [each for each in entries if each.lines]


def _lines(holding: Holding, place: str, value: Any) -> Iterator[str]:
    """``place`` says where in the copy it stands (``loans``), for its words."""
    for each in value if isinstance(value, list) else [value]:
        if said := _said(holding, place, each):
            yield said


def _said(holding: Holding, place: str, value: Any) -> str:
    if isinstance(value, Mapping):
        facts = ((_word(holding, key), _said(holding, f"{place}.{key}", inner)) for key, inner in value.items())
        return " · ".join(f"{name}: {said}" for name, said in facts if said)
    if isinstance(value, list):
        return "; ".join(_lines(holding, place, value))
    if value is None or value == "":
        return ""
    if place in holding.choices:
        return str(dict(holding.choices[place].choices).get(value, value))
    return holding.names[place](value) if place in holding.names else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return date_format(on_its_clock(value), "SHORT_DATETIME_FORMAT")
    return date_format(value, "j M Y") if isinstance(value, date) else str(value)


def _word(holding: Holding, key: str) -> str:
    """By the whole key, or by its last part: ``item__record__title`` is the title."""
    last = key.rpartition("__")[2]
    for each in (key, last):
        if word := holding.words.get(each) or COMMON.get(each):
            return str(word)
    return last.replace("_", " ")
