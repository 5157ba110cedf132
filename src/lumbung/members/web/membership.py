"""One member's standing: membership renewed, lending stopped and allowed again, sign-in activated."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.words import day
from lumbung.members import permissions, queries
from lumbung.members.domain import members as verbs
from lumbung.members.domain.activation import invite
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.models import Member
from lumbung.members.web.first_password import invitation
from lumbung.members.web.forms import BlockForm, RenewalForm


@needs(permissions.CHANGE)
@require_POST
def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the membership run on."""
    form = RenewalForm(request.POST)
    if form.is_valid():
        member = verbs.renew_membership(_member(request, pk), until=form.cleaned_data["until"], by=request.user)
        messages.success(request, _("Keanggotaan berlaku sampai %(day)s.") % {"day": day(member.expires_on)})
    else:
        messages.error(request, " ".join(map(str, form.errors["until"])))
    return redirect("members:member", pk)


@needs(permissions.BLOCK)
@require_http_methods(["POST", "DELETE"])
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """POST stops lending to the member, DELETE allows it again."""
    if request.method == "DELETE":
        verbs.unblock(_member(request, pk), by=request.user)
        messages.success(request, _("Blokir dicabut. Anggota ini dapat meminjam lagi."))
    else:
        form = BlockForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return redirect("members:member", pk)
        verbs.block(_member(request, pk), by=request.user, **form.cleaned_data)
        messages.success(request, _("Anggota diblokir. Alasannya tampil di setiap meja."))
    return redirect("members:member", pk)


@needs(permissions.ACTIVATE)
@require_POST
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the member a sign-in, and show the one-time way to its first password. It is shown once, here."""
    member = _member(request, pk)
    user = invite(member, by=cast("User", request.user))
    return render(
        request, "members/account.html", {"member": member, "user_shown": user, "invitation": invitation(request, user)}
    )


@needs(permissions.SEE)
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip to print with name, number and its QR code."""
    return render(request, "members/card.html", {"member": _member(request, pk)})


def _member(request: HttpRequest, pk: int) -> Member:
    members = queries.members_visible_to(request.user).select_related("category", "branch", "user", "programme")
    member = get_object_or_404(members, pk=pk)
    note_look(member, by=cast("User", request.user))
    return member
