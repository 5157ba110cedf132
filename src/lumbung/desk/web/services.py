"""Which services are used and asked for, which nobody has for so many days, and how soon each is done."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lumbung.desk.permissions import FIGURES
from lumbung.desk.service_figures import FLAGS, Line, lines
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.organization.models import Offering

PERIODS = (30, 60, 90, 180, 365)
USUAL = 90
SHOWN = {
    "all": gettext_lazy("Semua layanan"),
    "idle": gettext_lazy("Tidak dipakai atau belum terhitung"),
    "look": gettext_lazy("Semua yang perlu dilihat"),
}


@needs(FIGURES)
@require_safe
def services(request: HttpRequest) -> HttpResponseBase:
    """``?days=`` how far back, ``?show=`` all or those to be looked at, ``?kind=`` of one kind; ``?format=csv`` the table."""
    days, show, kind = _asked(request)
    whole = lines(days)
    found = [each for each in whole if _fits(each, show) and kind in {"", each.service.kind}]
    if request.GET.get("format") == "csv":
        return csv_response(f"layanan-{days}-hari.csv", _header(days), map(_cells, found))
    facts = {"lines": found, "days": days, "show": show, "kind": kind, "periods": PERIODS, "shown": SHOWN.items()}
    more = {"kinds": Offering.Kinds.choices, "by_kind": _by_kind(whole), "there_are": bool(whole), "flags": FLAGS}
    return render(request, "desk/services.html", {**facts, **more})


def _asked(request: HttpRequest) -> tuple[int, str, str]:
    days, show, kind = (request.GET.get(name, "") for name in ("days", "show", "kind"))
    chosen = int(days) if days in set(map(str, PERIODS)) else USUAL
    return chosen, show if show in SHOWN else "all", kind if kind in Offering.Kinds.values else ""


def _fits(line: Line, show: str) -> bool:
    wanted = {"idle": {"idle", "uncounted"}, "look": FLAGS.keys() - {"new"}}.get(show)
    return wanted is None or not wanted.isdisjoint(line.flags)


def _by_kind(whole: Sequence[Line]) -> list[tuple[str, int]]:
    """How often services of each kind that there is were used and asked for."""
    kinds = [kind for kind in Offering.Kinds if any(each.service.kind == kind for each in whole)]
    return [(str(kind.label), sum(each.total for each in whole if each.service.kind == kind)) for kind in kinds]


def _header(days: int) -> list[str]:
    names = [_("Layanan"), _("Jenis"), _("Keadaan"), _("Dipakai (%(n)s hari)") % {"n": days}, _("Permintaan lewat meja")]
    names += [_("Masa sebelumnya"), _("Terakhir"), _("Target selesai (menit)"), _("Selesai rata-rata (menit)")]
    return [*names, _("Tepat waktu (%)"), _("Nilai layanan"), _("Tanda"), _("Yang dapat dilakukan")]


def _cells(line: Line) -> list[Any]:
    last = f"{timezone.localtime(line.last):%Y-%m-%d}" if line.last else ""
    took = round(line.took.minutes) if line.took.minutes is not None else ""
    mark = round(line.help, 1) if line.help is not None else ""
    said = [", ".join(str(FLAGS[each]) for each in line.flags), " ".join(line.advice)]
    counts = ["" if line.uses is None else line.uses, line.requests, line.before, last, line.target or "", took]
    in_time = "" if line.took.in_time is None else line.took.in_time
    return [line.service, line.service.get_kind_display(), line.service.get_state_display(), *counts, in_time, mark, *said]
