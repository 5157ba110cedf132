"""Lists of holidays: look one through, announce it, take it back."""

from collections import Counter

from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries
from lumbung.organization.domain.holidays import Holiday, import_holidays, read_holidays, withdraw_holidays
from lumbung.organization.models import HolidayList
from lumbung.organization.permissions import CHANGE
from lumbung.organization.web.holidays_form import HolidaysForm


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Look a list through or, with ``way=announce``, announce what is new in it."""
    form, read = HolidaysForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        with reasons_shown_on(form):
            if request.POST.get("way") == "announce":
                return _announced(request, form.content)
            read = read_holidays(form.content)
            form = HolidaysForm(initial={"text": form.as_text(each.written for each in read)})
    return form_page(request, "organization/holidays.html", form, read=read, counts=_counts(read), **_lists(request))


@needs(CHANGE)
@require_http_methods(["DELETE"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    count = withdraw_holidays(get_object_or_404(HolidayList, pk=pk), by=request.user)
    messages.success(request, ngettext("%(n)s libur dibatalkan.", "%(n)s libur dibatalkan.", count) % {"n": count})
    return redirect("organization:holidays")


@needs(CHANGE)
@require_safe
def template(request: HttpRequest) -> StreamingHttpResponse:
    """A table to fill in, with feasts that fall on the same day every year."""
    year = clock.today(queries.library().zone).year + 1
    rows = [
        (f"{year}-01-01", _("Tahun Baru Masehi"), _("Libur nasional")),
        (f"{year}-08-17", _("Hari Kemerdekaan"), _("Libur nasional")),
        (f"{year}-12-26", _("Cuti bersama Natal"), _("Cuti bersama")),
    ]
    return csv_response("hari-libur.csv", ("tanggal", "nama", "jenis"), rows)


def _announced(request: HttpRequest, content: bytes) -> HttpResponse:
    count = import_holidays(content, by=request.user).closures.count()
    messages.success(request, ngettext("%(n)s libur diumumkan.", "%(n)s libur diumumkan.", count) % {"n": count})
    return redirect("organization:closures")


def _counts(read: list[Holiday] | None) -> Counter[str]:
    return Counter(each.state for each in read or ())


def _lists(request: HttpRequest) -> dict[str, object]:
    lists = HolidayList.objects.annotate(count=Count("closures"), first_day=Min("closures__first_day")).order_by(
        "-read_at", "-id"
    )
    return {"page": page_of(lists, request), "today": clock.today(queries.library().zone)}
