"""Loans: the verbs as resources, the lists staff work through, and the page of one loan with its history."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.exports import export_overdue
from lumbung.circulation.domain.loans import check_out, renew, undo_check_out
from lumbung.circulation.models import Loan, LoanKinds
from lumbung.circulation.queries.fines import cost_of_loss
from lumbung.circulation.web import visit
from lumbung.circulation.web.addresses import open_member, to_desk
from lumbung.circulation.web.desk import taken_back
from lumbung.circulation.web.forms import OverdueForm
from lumbung.circulation.web.refusing import told_at_the_desk
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.journal import CHANNELS
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import text_sent
from lumbung.kernel.ui.words import day
from lumbung.members.models import Member
from lumbung.organization.models import Branch

OVERDUE_COLUMNS = [
    gettext_lazy("nomor kartu"),
    gettext_lazy("nama"),
    gettext_lazy("kategori"),
    gettext_lazy("telepon"),
    gettext_lazy("barcode"),
    gettext_lazy("judul"),
    gettext_lazy("dipinjam dari"),
    gettext_lazy("jatuh tempo"),
]


@needs(permissions.LEND)
@require_http_methods(["POST", "DELETE"])
@at_a_branch
@told_at_the_desk
def item_loan(request: HttpRequest, barcode: str, branch: Branch) -> HttpResponse:
    """The loan of an item: POST lends it to the open member, also to be read here alone (``kind``), DELETE takes it back."""
    item, member = item_by_barcode(barcode), open_member(request.POST)
    if item is None:
        raise Http404
    if request.method == "DELETE":
        return taken_back(request, item, member, branch)
    if member is None:
        return to_desk(item=barcode)
    kind = LoanKinds.ON_SITE if request.POST.get("kind") == LoanKinds.ON_SITE else LoanKinds.NORMAL
    loan = check_out(item, to=member, at=branch, by=request.user, kind=kind, **_waived(request))
    visit.add(request, "lent", loan)
    return to_desk(member=member, done="lent", loan=loan.pk)


@needs(permissions.LEND)
@require_POST
def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the loan again; from the desk one comes back to the desk, from elsewhere to the loan."""
    return _renewed_at_the_desk(request, pk=pk) if request.POST.get("at") == "desk" else _renewed(request, pk)


@told_at_the_desk
def _renewed_at_the_desk(request: HttpRequest, pk: int) -> HttpResponse:
    loan = renew(get_object_or_404(Loan, pk=pk), by=request.user, **_waived(request))
    visit.add(request, "renewed", loan)
    return to_desk(member=loan.member_id, done="renewed", loan=pk)


def _renewed(request: HttpRequest, pk: int) -> HttpResponse:
    loan = renew(get_object_or_404(Loan, pk=pk), by=request.user)
    messages.success(request, _("Diperpanjang sampai %(day)s.") % {"day": day(loan.due)})
    return redirect("circulation:loan", pk)


@needs(permissions.SEE)
@require_http_methods(["GET", "HEAD", "DELETE"])
def loan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A loan with its renewals, each with the old due date and the new; DELETE undoes a check-out that was a slip."""
    if request.method == "DELETE":
        return _undone(request, pk=pk)
    shown = get_object_or_404(
        queries.loans_visible_to(request.user).select_related("lent_by", "returned_to", "member__category"), pk=pk
    )
    context = {
        "loan": shown,
        "renewals": shown.renewals.select_related("renewed_by"),
        "terms": queries.policy_words(shown.terms, shown.kind),
        "door": CHANNELS.get(shown.channel, shown.channel),
        "rule": queries.rule_titled(shown.policy.get("rule")),
        "copies": shown.terms.lost_copies,
        "loss": cost_of_loss(shown),
        "refund_until": shown.reported_lost_at + timedelta(days=shown.terms.refund_days) if shown.reported_lost_at else None,
    }
    return render(request, "circulation/loan.html", context)


@needs(permissions.LEND)
@told_at_the_desk
def _undone(request: HttpRequest, pk: int) -> HttpResponse:
    wrong = get_object_or_404(Loan.objects.select_related("item"), pk=pk)
    undo_check_out(wrong, by=request.user)
    visit.forget(request, pk)
    return to_desk(member=wrong.member_id, done="undone", item=wrong.item.barcode)


@needs(permissions.SEE)
@require_safe
def loans(request: HttpRequest) -> HttpResponse:
    """Everything that is lent now, soonest due first."""
    form = OverdueForm(request.GET)
    rows = form.narrowed(queries.loans_visible_to(request.user).open().select_related("member__category")).order_by(
        "due_at", "id"
    )
    return render(request, "circulation/loans.html", {"form": form, "page": page_of(rows, request), "is_overdue_list": False})


@needs(permissions.SEE)
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """What should have come back, longest overdue first."""
    form = OverdueForm(request.GET)
    shown = {"form": form, "page": page_of(_overdue(form), request), "is_overdue_list": True}
    return render(request, "circulation/loans.html", shown | {"may_export": may(request.user, permissions.EXPORT)})


@needs(permissions.EXPORT)
@require_POST
def overdue_csv(request: HttpRequest) -> HttpResponseBase:
    """The list of the address as a table; the journal keeps who took how many away, so it is asked for by POST."""
    rows = map(_overdue_row, export_overdue(_overdue(OverdueForm(request.GET)), by=request.user))
    return csv_response("terlambat.csv", OVERDUE_COLUMNS, rows)


def _overdue(form: OverdueForm) -> "QuerySet[Loan]":
    return queries.overdue_loans(clock.now(), **form.filters)


def _overdue_row(late: Loan) -> tuple[Any, ...]:
    who, item = cast("Member", late.member), late.item
    due = late.due_at.astimezone(late.lent_from.zone).date()
    return who.barcode, who.name, who.category.name, who.phone, item.barcode, item.record.title, late.lent_from.name, due


def _waived(request: HttpRequest) -> dict[str, Any]:
    """What the clerk set aside, if the clerk may."""
    if not may(request.user, permissions.WAIVE):
        return {}
    return {"waive": frozenset(request.POST.getlist("waive")), "waive_reason": text_sent(request, "reason", 200)}
