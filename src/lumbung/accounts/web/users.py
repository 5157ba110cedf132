"""Pages on which staff keep the accounts: list, add, change, roles, deactivate."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lumbung.accounts import queries
from lumbung.accounts.domain import users as verbs
from lumbung.accounts.domain.first_password import give_password_link
from lumbung.accounts.domain.permissions import may_keep
from lumbung.accounts.models import User
from lumbung.accounts.permissions import GRANT_ROLES, MANAGE_USERS
from lumbung.accounts.web.user_forms import NewUserForm, RolesForm, UserForm
from lumbung.accounts.web.views import SignedIn
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.addresses import root
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(MANAGE_USERS)
def users(request: SignedIn) -> HttpResponse:
    """Staff; with ``?q=`` everybody whose name or user name has the words."""
    words = request.GET.get("q", "").strip()
    named = Q(name__icontains=words) | Q(username__icontains=words)
    rows = User.objects.filter(named).prefetch_related("role_grants").order_by("name", "pk") if words else queries.staff()
    return render(request, "accounts/users.html", {"page": page_of(rows, request), "words": words})


@sensitive_post_parameters("password")
@needs(GRANT_ROLES)
@once
def add(request: SignedIn) -> HttpResponse:
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = verbs.add_user(by=request.user, **form.cleaned_data)
            told = (
                _("%(name)s sekarang dapat masuk.")
                if added.has_usable_password()
                else _("%(name)s ditambahkan. Beri tautan kata sandi agar dapat masuk.")
            )
            messages.success(request, told % {"name": added.name})
            return redirect("accounts:user", added.pk)
    return form_page(request, "accounts/user_add.html", form)


@needs(MANAGE_USERS)
def user(request: SignedIn, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk) if request.method == "GET" else _kept(request, pk)
    form = UserForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Data %(name)s disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("accounts:user", pk)
    facts = {
        "shown": shown,
        "roles_form": RolesForm(initial={"roles": sorted(shown.roles)}),
        "may_keep": may_keep(request.user, shown),
    }
    return form_page(request, "accounts/user.html", form, **facts)


@needs(GRANT_ROLES)
@require_POST
def roles(request: SignedIn, pk: int) -> HttpResponse:
    shown, form = get_object_or_404(User, pk=pk), RolesForm(request.POST)
    if form.is_valid():
        verbs.set_roles(shown, form.cleaned_data["roles"], by=request.user)
        messages.success(request, _("Peran %(name)s disimpan.") % {"name": shown.name})
    return redirect("accounts:user", pk)


@never_cache
@needs(MANAGE_USERS)
@require_POST
def password_link(request: SignedIn, pk: int) -> HttpResponse:
    """The one-time way to a password. It is shown once, here."""
    shown = _kept(request, pk)
    link = give_password_link(shown, root(request), by=request.user)
    return render(request, "accounts/password_link.html", {"shown": shown, "link": link})


@needs(MANAGE_USERS)
@require_POST
def deactivate(request: SignedIn, pk: int) -> HttpResponse:
    shown = _kept(request, pk)
    verbs.deactivate(shown, by=request.user)
    messages.success(request, _("%(name)s tidak dapat masuk lagi.") % {"name": shown.name})
    return redirect("accounts:user", pk)


@needs(MANAGE_USERS)
@require_POST
def reactivate(request: SignedIn, pk: int) -> HttpResponse:
    shown = _kept(request, pk)
    verbs.reactivate(shown, by=request.user)
    messages.success(request, _("%(name)s dapat masuk lagi.") % {"name": shown.name})
    return redirect("accounts:user", pk)


def _kept(request: SignedIn, pk: int) -> User:
    """The account, for somebody who may change it."""
    kept = get_object_or_404(User, pk=pk)
    if not may_keep(request.user, kept):
        raise PermissionDenied
    return kept
