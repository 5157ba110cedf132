"""Choosing a PIN: at the desk, with the member typing; or by the member alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.web.forms import PinForm
from lumbung.kernel.ui.access import needs, signed_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member
from lumbung.members.queries import member_of, members_visible_to


@never_cache
@sensitive_post_parameters("pin", "again")
@needs(permissions.LEND)
@require_http_methods(["GET", "POST"])
def of_member(request: HttpRequest, pk: int) -> HttpResponse:
    """The member types the PIN at the desk; staff need not see it."""
    member = get_object_or_404(members_visible_to(request.user), pk=pk)
    return _chosen(request, member, "circulation/member_pin.html", "members:member", member.pk)


@never_cache
@sensitive_post_parameters("pin", "again")
@signed_in
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The member's own."""
    member = member_of(request.user)
    if member is None:
        raise Http404
    return _chosen(request, member, "circulation/own_pin.html", "/my/settings")


def _chosen(request: HttpRequest, member: Member, template: str, back: str, *keys: int) -> HttpResponse:
    form = PinForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            set_pin(member, form.cleaned_data["pin"], by=request.user)
            messages.success(request, _("PIN disimpan. Mulai sekarang berlaku di semua mesin mandiri."))
            return redirect(back, *keys)
    return form_page(request, template, form, member=member, pin=queries.pin_of(member))
