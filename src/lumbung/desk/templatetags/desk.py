"""Words of the desk: ``{% load desk %}``."""

from collections.abc import Callable
from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from lumbung.desk import channels
from lumbung.kernel import clock
from lumbung.kernel.ui.words import mid_day, near_day, weekday

register = template.Library()
NOT_KEPT = {
    "too_large": _("terlalu besar, tidak disimpan"),
    "not_taken": _("bukan gambar, rekaman, atau PDF, tidak disimpan"),
    "acts": _("PDF yang menjalankan sesuatu, tidak disimpan"),
    "too_many": _("terlalu banyak sekaligus, tidak disimpan"),
    "expired": _("sudah tidak ada di salurannya; mintalah dikirim lagi"),
    "unreached": _("tidak dapat diambil dari salurannya; mintalah dikirim lagi"),
    "forgotten": _("sudah dihapus menurut aturan penyimpanan"),
}
register.filter("channel", channels.label)


@register.filter
def moment(value: datetime) -> str:
    """The time of day today; the day and the time on any other."""
    return _moment(value, near_day)


@register.filter
def mid_moment(value: datetime) -> str:
    """The same in the middle of a sentence: 08.30, besok 08.30, Sen 7 Des 08.30."""
    return _moment(value, mid_day)


def _moment(value: datetime, day: Callable[[datetime], str]) -> str:
    local = timezone.localtime(value)
    at = formats.date_format(local, "TIME_FORMAT")
    return at if local.date() == timezone.localtime(clock.now()).date() else f"{day(value)} {at}"


@register.filter
def why_not_kept(file: object) -> str:
    """Why a file that came with a message is not to be had."""
    return str(NOT_KEPT.get(getattr(file, "note", ""), _("masih diambil dari salurannya")))


@register.filter
def minutes(value: float | None) -> str:
    """45 mnt, 1 j 30 mnt; a dash for none."""
    if value is None:
        return "–"
    hours, rest = divmod(round(value), 60)
    parts = [_("%(n)s j") % {"n": hours}] if hours else []
    parts += [_("%(n)s mnt") % {"n": rest}] if rest or not hours else []
    return " ".join(map(str, parts))


@register.filter
def nth_weekday(number: int) -> str:
    """Senin for 0 … Minggu for 6."""
    return weekday(number)


@register.filter
def of(words: dict[str, object], key: str) -> object:
    """What is kept under the key."""
    return words.get(key, "")
