"""Registering a member, and changing what is known of one."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseFormSet, BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.own_pages import own_page
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on
from lumbung.members import permissions, queries
from lumbung.members.domain.members import change, register
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member, numbers
from lumbung.members.web.forms import IdentifierForm, IdentifierForms, MemberForm, RegistrationForm, numbers_in
from lumbung.organization import queries as organization


@needs(permissions.CHANGE)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """Register somebody; whoever came from another page (``next``) goes back to it with the new member open."""
    form = RegistrationForm(request.POST or None, initial=_usual(request))
    rows = IdentifierForms(request.POST or None, prefix="numbers", initial=[{"kind": "nim"}])
    if form.is_valid() and rows.is_valid():
        with reasons_shown_on(form, beside=_field_of(form, rows)):
            registered = register(**form.cleaned_data, identifiers=numbers_in(rows), by=request.user)
            messages.success(request, _("%(name)s terdaftar dengan nomor kartu %(card)s.") % _naming(registered))
            back = own_page(request, request.GET.get("next", ""))
            return redirect(f"{back}?member={registered.pk}") if back else redirect("members:member", registered.pk)
    return _page(request, form, rows, None)


@needs(permissions.CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a member's facts and numbers."""
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    note_look(member, by=cast("User", request.user))
    form = MemberForm(request.POST or None, instance=member)
    rows = IdentifierForms(request.POST or None, prefix="numbers", initial=[*member.identifiers.values("kind", "value")])
    if form.is_valid() and rows.is_valid():
        with reasons_shown_on(form, beside=_field_of(form, rows)):
            change(member, **form.cleaned_data, identifiers=numbers_in(rows), by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:member", pk)
    return _page(request, form, rows, member)


def _page(request: HttpRequest, form: MemberForm, rows: BaseFormSet[IdentifierForm], member: Member | None) -> HttpResponse:
    shown = form_page(request, "members/form.html", form, rows=rows, member=member)
    if rows.is_bound and any(rows.errors):
        shown.status_code = UNPROCESSABLE
    return shown


def _field_of(form: MemberForm, rows: BaseFormSet[IdentifierForm]) -> Callable[[Reason], BoundField | None]:
    """Where what is wrong was typed."""

    def field(reason: Reason) -> BoundField | None:
        number = reason.facts.get("value")
        for row in rows:
            told = row.cleaned_data
            if number and told.get("value") and numbers.normal(told["kind"], told["value"]) == number:
                return row["value"]
        is_of_card = "barcode" in reason.facts and number is None and form.cleaned_data["barcode"]
        return form["barcode"] if is_of_card else None

    return field


def _usual(request: HttpRequest) -> dict[str, Any]:
    """What is mostly right: the name typed at the desk, and the branch where the clerk works or there is one only."""
    branches = [branch.pk for branch in organization.branches()]
    here = [key for key in branches if str(key) == request.GET.get("branch") or len(branches) == 1]
    return {"name": request.GET.get("name", ""), "branch": here[0] if here else None}


def _naming(member: Any) -> dict[str, str]:
    return {"name": member.name, "card": member.barcode}
