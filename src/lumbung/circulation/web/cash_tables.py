"""The cash book of a day as a table to take along, as CSV or XLSX."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.exports import export_cash_book
from lumbung.circulation.models import Payment
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.days import iso_day
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.spreadsheet import table_response
from lumbung.organization.models import Branch

COLUMNS = [
    _("nomor kuitansi"), _("waktu"), _("nomor kartu"), _("nama"), _("cara bayar"), _("rujukan"), _("nominal"), _("status"),
    _("penerima"), _("keterangan"),
]  # fmt: skip


@needs(permissions.CASH)
@require_POST
@at_a_branch
def cash_table(request: HttpRequest, form: str, branch: Branch) -> HttpResponseBase:
    """Every receipt of the day of the address at the working branch; the journal keeps who took it away, so it is asked for by POST."""
    day = iso_day(request.GET.get("day")) or clock.today(branch.zone)
    payments = export_cash_book(queries.cash_book(branch, day), by=request.user)
    return table_response(f"kas-{branch.code.lower()}-{day:%Y-%m-%d}.{form}", COLUMNS, _rows(payments, branch))


def _rows(payments: list[Payment], branch: Branch) -> Iterator[tuple[Any, ...]]:
    for each in payments:
        yield (
            each.receipt_number,
            each.made_at.astimezone(branch.zone).strftime("%Y-%m-%d %H:%M"),
            each.member.barcode,
            each.member.name,
            each.get_method_display(),
            each.reference,
            each.moved if each.state == Payment.States.RECEIVED else 0,
            each.get_state_display(),
            each.taken_by.name if each.taken_by else "",
            each.reason,
        )
